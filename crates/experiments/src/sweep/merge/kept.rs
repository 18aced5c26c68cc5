//! Kept tables of all runs as one table each, every row with its run, every file checked against the digest of its run.

use std::fs::File;
use std::io::{self, BufReader, Read};
use std::path::{Path, PathBuf};

use sha2::{Digest, Sha256};
use tripath_outputs::{OutputError, TableFormat, hex, table_file};

use super::whole::WholeCsv;
use crate::sweep::store::Record;
use crate::sweep::work::TABLES_FOLDER;
use crate::sweep::{Design, SweepError};

pub(super) struct KeptTables {
    folder: PathBuf,
    files: Vec<(&'static str, WholeCsv)>,
}

impl KeptTables {
    pub(super) fn create(folder: &Path, design: &Design) -> Result<Self, OutputError> {
        let mut files = Vec::new();
        for schema in design.tables.iter().filter(|schema| design.keep.contains(&schema.name)) {
            let keys = ["run_id", "point", "replicate"].into_iter();
            let header = keys.chain(schema.columns.iter().map(|column| column.name));
            files.push((schema.name, WholeCsv::create(folder.join(table_file(schema.name, TableFormat::Csv)), header)?));
        }
        Ok(Self { folder: folder.join(TABLES_FOLDER), files })
    }

    pub(super) fn write(&mut self, record: &Record) -> Result<(), SweepError> {
        for (table, merged) in &mut self.files {
            // A run that diverged or broke off has no tables.
            let Some(stored) = record.tables.iter().find(|stored| stored.table == *table) else { continue };
            let path = self.folder.join(&record.run_id).join(table_file(table, TableFormat::Csv));
            let changed = || SweepError::TableChanged { file: path.clone(), run: record.run_id.clone() };
            let unreadable = |source| OutputError::Read { path: path.clone(), source };
            let file = match File::open(&path) {
                Ok(file) => file,
                Err(error) if error.kind() == io::ErrorKind::NotFound => return Err(changed()),
                Err(source) => return Err(unreadable(source).into()),
            };
            let mut hashed = Hashed { inner: BufReader::new(file), hash: Sha256::new() };
            let mut reader = csv::Reader::from_reader(&mut hashed);
            let (point, replicate) = (record.point.to_string(), record.replicate.to_string());
            let keys = [record.run_id.as_bytes(), point.as_bytes(), replicate.as_bytes()];
            let mut row = csv::ByteRecord::new();
            // What was torn or edited is told by the digest below, whatever a reader of CSV makes of it.
            while reader.read_byte_record(&mut row).map_err(|_| changed())? {
                merged.row(keys.iter().copied().chain(row.iter()))?;
            }
            drop(reader);
            let found = hex(&hashed.hash.finalize());
            if found != stored.sha256 {
                return Err(changed());
            }
        }
        Ok(())
    }

    pub(super) fn finish(self) -> Result<Vec<String>, OutputError> {
        self.files.into_iter().map(|(_, file)| file.finish()).collect()
    }
}

/// Hashes what is read.
struct Hashed<R> {
    inner: R,
    hash: Sha256,
}

impl<R: Read> Read for Hashed<R> {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        let count = self.inner.read(buffer)?;
        self.hash.update(&buffer[..count]);
        Ok(count)
    }
}
