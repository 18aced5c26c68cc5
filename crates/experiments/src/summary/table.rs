//! Reading a table back, up to its last whole row.

use std::fs::File;
use std::io::{self, Read, Seek, SeekFrom, Take};
use std::path::{Path, PathBuf};

use csv::StringRecord;
use tripath_outputs::{OutputError, ParquetRows, TableFormat, parts_file, table_file};

use super::SummaryError;

/// Bytes looked at in one step when the last line end is searched.
const STEP: u64 = 8192;

pub(crate) struct Table {
    path: PathBuf,
    reader: Reader,
    headers: StringRecord,
}

enum Reader {
    Csv(Box<csv::Reader<Take<File>>>),
    Parquet(Box<ParquetRows>),
}

/// A column that is there.
#[derive(Clone, Copy)]
pub(crate) struct ColumnIndex {
    index: usize,
    name: &'static str,
}

impl Table {
    /// A table of a run's folder, in whatever format it is; nothing where it was not recorded.
    pub(crate) fn open(folder: &Path, table: &str) -> Result<Option<Self>, SummaryError> {
        let [csv, parquet] = [TableFormat::Csv, TableFormat::Parquet].map(|format| folder.join(table_file(table, format)));
        if let Some(table) = Self::open_csv(csv)? {
            return Ok(Some(table));
        }
        if !parquet.exists() {
            return if folder.join(parts_file(table)).exists() {
                Err(OutputError::TableUnfinished { path: parquet }.into())
            } else {
                Ok(None)
            };
        }
        let rows = ParquetRows::open(&parquet)?;
        let headers = rows.columns().iter().collect();
        Ok(Some(Self { path: parquet, reader: Reader::Parquet(Box::new(rows)), headers }))
    }

    /// A file in which there is no header yet, of a run that was killed as it began, is as one that is not there.
    fn open_csv(path: PathBuf) -> Result<Option<Self>, SummaryError> {
        let unreadable = |source| OutputError::Read { path: path.clone(), source };
        let mut file = match File::open(&path) {
            Ok(file) => file,
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            Err(source) => return Err(unreadable(source).into()),
        };
        let whole = bytes_of_whole_lines(&mut file).map_err(unreadable)?;
        if whole == 0 {
            return Ok(None);
        }
        let mut reader = csv::Reader::from_reader(file.take(whole));
        let headers = reader.headers().map_err(|source| SummaryError::Csv { path: path.clone(), source })?.clone();
        Ok(Some(Self { path, reader: Reader::Csv(Box::new(reader)), headers }))
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn headers(&self) -> &StringRecord {
        &self.headers
    }

    pub(crate) fn column(&self, name: &'static str) -> Result<ColumnIndex, SummaryError> {
        let index = self.headers.iter().position(|header| header == name);
        index.map(|index| ColumnIndex { index, name }).ok_or_else(|| SummaryError::Column { path: self.path.clone(), column: name })
    }

    pub(crate) fn columns<const N: usize>(&self, names: [&'static str; N]) -> Result<[ColumnIndex; N], SummaryError> {
        let mut found = [ColumnIndex { index: 0, name: "" }; N];
        for (place, name) in found.iter_mut().zip(names) {
            *place = self.column(name)?;
        }
        Ok(found)
    }

    /// Hands every row to `action`, which may ask for text and numbers of its columns.
    pub(crate) fn for_each(mut self, mut action: impl FnMut(RowView<'_>) -> Result<(), SummaryError>) -> Result<(), SummaryError> {
        let mut record = StringRecord::new();
        loop {
            let more = match &mut self.reader {
                Reader::Csv(reader) => {
                    reader.read_record(&mut record).map_err(|source| SummaryError::Csv { path: self.path.clone(), source })?
                }
                Reader::Parquet(rows) => {
                    record.clear();
                    rows.next_row(|cell| record.push_field(cell))?
                }
            };
            if !more {
                return Ok(());
            }
            action(RowView { path: &self.path, record: &record })?;
        }
    }
}

pub(crate) struct RowView<'a> {
    path: &'a Path,
    record: &'a StringRecord,
}

impl RowView<'_> {
    pub(crate) fn text(&self, column: ColumnIndex) -> &str {
        self.record.get(column.index).unwrap_or("")
    }

    pub(crate) fn record(&self) -> &StringRecord {
        self.record
    }

    fn not_a_number(&self, column: ColumnIndex) -> SummaryError {
        SummaryError::Number {
            path: self.path.to_owned(),
            column: column.name,
            line: self.record.position().map_or(0, csv::Position::line),
            text: self.text(column).to_owned(),
        }
    }

    /// The whole number in a column that misses none, such as an id.
    pub(crate) fn whole(&self, column: ColumnIndex) -> Result<u64, SummaryError> {
        self.text(column).parse().map_err(|_| self.not_a_number(column))
    }

    /// The number in a column; a missing one is none.
    pub(crate) fn number(&self, column: ColumnIndex) -> Result<Option<f64>, SummaryError> {
        match self.text(column) {
            "" => Ok(None),
            text => text.parse().map(Some).map_err(|_| self.not_a_number(column)),
        }
    }
}

/// A process that is killed may leave a torn last line: the file counts up to its last line end.
fn bytes_of_whole_lines(file: &mut File) -> io::Result<u64> {
    let mut end = file.metadata()?.len();
    let mut chunk = Vec::new();
    while end > 0 {
        let start = end.saturating_sub(STEP);
        file.seek(SeekFrom::Start(start))?;
        chunk.clear();
        file.by_ref().take(end - start).read_to_end(&mut chunk)?;
        if let Some(at) = chunk.iter().rposition(|byte| *byte == b'\n') {
            end = start + at as u64 + 1;
            break;
        }
        end = start;
    }
    file.rewind()?;
    Ok(end)
}
