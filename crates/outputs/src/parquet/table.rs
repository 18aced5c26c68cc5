//! One table on its way to its Parquet file.

use std::path::{Path, PathBuf};

use bytes::Bytes;
use parquet::column::writer::ColumnCloseResult;
use parquet::errors::ParquetError;
use parquet::file::metadata::ParquetMetaDataReader;
use parquet::file::properties::WriterPropertiesPtr;
use parquet::file::reader::{FileReader, SerializedFileReader};
use parquet::file::writer::SerializedFileWriter;
use tripath_model::observe::{Cells, Row, TableSchema};

use super::columns::Group;
use super::layout::Layout;
use super::parts::Parts;
use super::sink::DigestedFile;
use super::{GROUP_ROWS, not_read, not_written};
use crate::error::OutputError;
use crate::format::TableFormat;
use crate::table_set::{ResumePoint, parts_file, table_file};
use crate::table_writer::TablePosition;
use crate::whole_file::{partial, rename_into_place};

/// Writes one table as Parquet: groups to a file of parts, all of them to the table when it is finished.
#[derive(Debug)]
pub struct ParquetWriter {
    schema: TableSchema,
    layout: Layout,
    path: PathBuf,
    parts: Parts,
    open: Group,
}

impl ParquetWriter {
    /// A new table without rows; what stood there is lost.
    ///
    /// # Errors
    /// Its parts cannot be written, or a table that stood there cannot be removed.
    pub fn create(schema: &TableSchema, folder: &Path) -> Result<Self, OutputError> {
        let path = folder.join(table_file(schema.name, TableFormat::Parquet));
        match std::fs::remove_file(&path) {
            Err(source) if source.kind() != std::io::ErrorKind::NotFound => return Err(OutputError::Write { path, source }),
            _ => {}
        }
        let parts = Parts::create(&folder.join(parts_file(schema.name)))?;
        let layout = Layout::of(schema).map_err(not_written(&path))?;
        Ok(Self { schema: *schema, layout, path, parts, open: Group::new(schema) })
    }

    /// Goes on from a point at which the table was.
    ///
    /// # Errors
    /// The parts are missing, shorter or other than they were.
    pub fn resume(schema: &TableSchema, folder: &Path, point: &ResumePoint) -> Result<Self, OutputError> {
        let path = folder.join(table_file(schema.name, TableFormat::Parquet));
        let layout = Layout::of(schema).map_err(not_written(&path))?;
        let parts_path = folder.join(parts_file(schema.name));
        let open = match point.open_rows.is_empty() {
            true => Group::new(schema),
            false => decode(&point.open_rows, schema).map_err(not_read(&parts_path))?,
        };
        let parts = Parts::resume(&parts_path, &point.position)?;
        Ok(Self { schema: *schema, layout, path, parts, open })
    }

    /// Takes one row.
    ///
    /// # Errors
    /// A group was full and its file does not take it.
    pub fn write(&mut self, row: &dyn Cells) -> Result<(), OutputError> {
        self.open.push_cells(row);
        self.close_full_group()
    }

    /// Takes rows of one type.
    ///
    /// # Errors
    /// As [`ParquetWriter::write`].
    pub fn write_rows<R: Row>(&mut self, rows: &[R]) -> Result<(), OutputError> {
        rows.iter().try_for_each(|row| {
            self.open.push(row);
            self.close_full_group()
        })
    }

    fn close_full_group(&mut self) -> Result<(), OutputError> {
        if self.open.rows() < GROUP_ROWS {
            return Ok(());
        }
        let part = self.encoded(&self.layout.part_properties);
        let rows = self.open.rows();
        self.open.clear();
        self.parts.append(&part?, rows)
    }

    /// The open group as a Parquet file of its own.
    fn encoded(&self, properties: &WriterPropertiesPtr) -> Result<Vec<u8>, OutputError> {
        let encode = || {
            let mut bytes = Vec::new();
            let mut writer = SerializedFileWriter::new(&mut bytes, self.layout.schema.clone(), properties.clone())?;
            self.open.write(&mut writer)?;
            writer.close()?;
            Ok(bytes)
        };
        encode().map_err(not_written(&self.path))
    }

    /// From where the table can go on: the parts in their file, and the rows that are not in them.
    ///
    /// # Errors
    /// The rows cannot be encoded, or the disk does not take the parts.
    pub fn resume_point(&mut self) -> Result<ResumePoint, OutputError> {
        self.parts.sync()?;
        let open_rows = if self.open.rows() == 0 { Vec::new() } else { self.encoded(&self.layout.open_properties)? };
        Ok(ResumePoint { position: self.parts.position(self.schema.name), open_rows })
    }

    /// Puts the table together from all rows there are; the parts stay, for a run that goes on.
    ///
    /// # Errors
    /// The disk does not take it, or the parts are not those that were written; there is then no table, or the earlier one.
    pub fn finish(&mut self) -> Result<TablePosition, OutputError> {
        let partial = partial(&self.path);
        let written = self.put_together(&partial).and_then(|digest| {
            rename_into_place(&partial, &self.path).map_err(OutputError::write(&self.path))?;
            Ok(digest)
        });
        let (bytes, sha256) = written.inspect_err(|_| {
            let _ = std::fs::remove_file(&partial);
        })?;
        let rows = self.parts.rows() + self.open.rows() as u64;
        Ok(TablePosition { table: self.schema.name, rows, bytes, sha256 })
    }

    fn put_together(&mut self, partial: &Path) -> Result<(u64, String), OutputError> {
        let file = DigestedFile::create(partial).map_err(OutputError::write(&self.path))?;
        let table = self.path.as_path();
        let mut writer =
            SerializedFileWriter::new(file, self.layout.schema.clone(), self.layout.properties.clone()).map_err(not_written(table))?;
        self.parts.for_each(|part| splice(&mut writer, &part).map_err(not_written(table)))?;
        if self.open.rows() > 0 {
            self.open.write(&mut writer).map_err(not_written(table))?;
        }
        let file = writer.into_inner().map_err(not_written(table))?;
        file.finish().map_err(OutputError::write(table))
    }
}

/// Copies the groups of a part as they are.
fn splice(writer: &mut SerializedFileWriter<DigestedFile>, part: &Bytes) -> Result<(), ParquetError> {
    let metadata = ParquetMetaDataReader::new().parse_and_finish(part)?;
    for group in metadata.row_groups() {
        let mut out = writer.next_row_group()?;
        for column in group.columns() {
            let close = ColumnCloseResult {
                bytes_written: u64::try_from(column.compressed_size())?,
                rows_written: u64::try_from(group.num_rows())?,
                metadata: column.clone(),
                bloom_filter: None,
                column_index: None,
                offset_index: None,
            };
            out.append_column(part, close)?;
        }
        out.close()?;
    }
    Ok(())
}

fn decode(bytes: &[u8], schema: &TableSchema) -> Result<Group, ParquetError> {
    let reader = SerializedFileReader::new(Bytes::copy_from_slice(bytes))?;
    if reader.num_row_groups() != 1 {
        return Err(ParquetError::General("the rows in the checkpoint are not one group".to_owned()));
    }
    let described = reader.metadata().file_metadata().schema_descr_ptr();
    let group = Group::read(reader.get_row_group(0)?.as_ref(), &described)?;
    if !group.fits(schema) {
        return Err(ParquetError::General("the rows in the checkpoint have other columns than the table".to_owned()));
    }
    Ok(group)
}
