//! All tables of a run.

use std::path::Path;
use std::sync::{Mutex, PoisonError};

use tripath_model::observe::{Cells, OwnRows, RecordPlan, Records, Row, TableSchema, TakeRows};

use crate::errands::Errands;
use crate::error::OutputError;
use crate::format::TableFormat;
use crate::parquet::ParquetWriter;
use crate::table_writer::{TablePosition, TableWriter};

/// Threads that finish tables: each waits for the disk most of the time, or encodes the last group of a Parquet table.
const FINISHING_THREADS: usize = 6;

/// Name of a table's file.
pub fn table_file(table: &str, format: TableFormat) -> String {
    format!("{table}.{}", format.word())
}

/// Name of the file that holds the parts of a Parquet table while its run is at work.
pub fn parts_file(table: &str) -> String {
    format!("{table}.parquet.parts")
}

/// From where a table can go on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ResumePoint {
    /// How far its file had come.
    pub position: TablePosition,
    /// Rows that were in no file, as Parquet; empty if there were none, as always with CSV.
    pub open_rows: Vec<u8>,
}

#[derive(Debug)]
enum Writer {
    Csv(Box<TableWriter>),
    Parquet(Box<ParquetWriter>),
}

impl Writer {
    fn write<R: Row>(&mut self, rows: &[R]) -> Result<(), OutputError> {
        match self {
            Self::Csv(writer) => writer.write_rows(rows),
            Self::Parquet(writer) => writer.write_rows(rows),
        }
    }

    fn write_cells(&mut self, row: &dyn Cells) -> Result<(), OutputError> {
        match self {
            Self::Csv(writer) => writer.write(row),
            Self::Parquet(writer) => writer.write(row),
        }
    }

    /// The groups of a Parquet table are cut by their rows alone: it has nothing to hand over at other times.
    fn flush(&mut self) -> Result<(), OutputError> {
        match self {
            Self::Csv(writer) => writer.flush(),
            Self::Parquet(_) => Ok(()),
        }
    }

    fn resume_point(&mut self) -> Result<ResumePoint, OutputError> {
        match self {
            Self::Csv(writer) => {
                writer.flush()?;
                Ok(ResumePoint { position: writer.position(), open_rows: Vec::new() })
            }
            Self::Parquet(writer) => writer.resume_point(),
        }
    }

    /// What is in the file in the end; nothing where there is no file.
    fn finish(&mut self) -> (Option<TablePosition>, Result<(), OutputError>) {
        match self {
            Self::Csv(writer) => {
                let synced = writer.sync();
                (Some(writer.position()), synced)
            }
            Self::Parquet(writer) => match writer.finish() {
                Ok(position) => (Some(position), Ok(())),
                Err(error) => (None, Err(error)),
            },
        }
    }
}

/// The writers of the tables that a plan keeps.
#[derive(Debug)]
pub struct TableSet {
    /// One place for each table of the model, empty for tables that are not kept.
    writers: Vec<Option<Writer>>,
}

impl TableSet {
    /// New files for all tables of the plan.
    ///
    /// # Errors
    /// A file cannot be made.
    pub fn create(folder: &Path, plan: &RecordPlan, format: TableFormat) -> Result<Self, OutputError> {
        let writer = |schema: &TableSchema| match format {
            TableFormat::Csv => {
                TableWriter::create(schema, &folder.join(table_file(schema.name, format))).map(|writer| Writer::Csv(Box::new(writer)))
            }
            TableFormat::Parquet => ParquetWriter::create(schema, folder).map(|writer| Writer::Parquet(Box::new(writer))),
        };
        let writers = plan.tables().map(|schema| plan.keeps(schema.name).then(|| writer(schema)).transpose()).collect::<Result<_, _>>()?;
        Ok(Self { writers })
    }

    /// Continues the tables of the plan at points where they were. No file is changed where one is missing or too short.
    ///
    /// # Errors
    /// A file is missing, shorter or other than it was, or a table has no point.
    pub fn resume(folder: &Path, plan: &RecordPlan, format: TableFormat, points: &[ResumePoint]) -> Result<Self, OutputError> {
        let path = |table: &str| match format {
            TableFormat::Csv => folder.join(table_file(table, format)),
            TableFormat::Parquet => folder.join(parts_file(table)),
        };
        let point = |table: &str| points.iter().find(|point| point.position.table == table);
        for schema in plan.kept() {
            let point = point(schema.name).ok_or_else(|| OutputError::TableMissing { path: path(schema.name), rows: 0 })?;
            let expected = point.position.bytes;
            match std::fs::metadata(path(schema.name)) {
                Ok(file) if file.len() >= expected => {}
                Ok(file) => return Err(OutputError::TableShorter { path: path(schema.name), found: file.len(), expected }),
                Err(_) => return Err(OutputError::TableMissing { path: path(schema.name), rows: point.position.rows }),
            }
        }
        let resumed = |schema: &TableSchema, point: &ResumePoint| match format {
            TableFormat::Csv => {
                TableWriter::resume(schema, &path(schema.name), &point.position).map(|writer| Writer::Csv(Box::new(writer)))
            }
            TableFormat::Parquet => ParquetWriter::resume(schema, folder, point).map(|writer| Writer::Parquet(Box::new(writer))),
        };
        let mut writers = Vec::new();
        for schema in plan.tables() {
            let point = point(schema.name).filter(|_| plan.keeps(schema.name));
            writers.push(point.map(|point| resumed(schema, point)).transpose()?);
        }
        Ok(Self { writers })
    }

    /// Takes all rows out of `records`.
    ///
    /// # Errors
    /// A file does not take its rows.
    pub fn write(&mut self, records: &mut Records) -> Result<(), OutputError> {
        records.hand_to(self)
    }

    /// Hands all rows that can be read before the end to the files.
    ///
    /// # Errors
    /// The first failure; the other tables are flushed all the same.
    pub fn flush(&mut self) -> Result<(), OutputError> {
        let mut outcome = Ok(());
        for writer in self.writers.iter_mut().flatten() {
            let done = writer.flush();
            outcome = outcome.and(done);
        }
        outcome
    }

    /// From where each table can go on.
    ///
    /// # Errors
    /// A file does not take the rows it should hold by then.
    pub fn resume_points(&mut self) -> Result<Vec<ResumePoint>, OutputError> {
        self.writers.iter_mut().flatten().map(Writer::resume_point).collect()
    }

    /// Hands all rows to the files and the files to the disk; tells what is in them, and the first failure.
    /// The other tables are finished all the same. The writers may take more rows, and be finished again.
    pub fn finish(&mut self) -> (Vec<TablePosition>, Result<(), OutputError>) {
        let waiting = Mutex::new(self.writers.iter_mut().flatten().enumerate());
        let finished = Mutex::new(Vec::new());
        let finish_what_waits = || {
            loop {
                let next = waiting.lock().unwrap_or_else(PoisonError::into_inner).next();
                let Some((place, writer)) = next else { break };
                let done = writer.finish();
                finished.lock().unwrap_or_else(PoisonError::into_inner).push((place, done));
            }
        };
        std::thread::scope(|scope| {
            for _ in 1..FINISHING_THREADS {
                // Where the system gives no more threads, those that there are do all of it.
                let _ = std::thread::Builder::new().spawn_scoped(scope, finish_what_waits);
            }
            finish_what_waits();
        });
        let mut finished = finished.into_inner().unwrap_or_else(PoisonError::into_inner);
        finished.sort_unstable_by_key(|(place, _)| *place);
        let mut outcome = Ok(());
        let mut positions = Vec::new();
        for (_, (position, done)) in finished {
            positions.extend(position);
            outcome = outcome.and(done);
        }
        (positions, outcome)
    }

    /// Lets files that have grown by much be handed to the disk. Parts of Parquet tables are put together again at the end, so
    /// nobody waits for them.
    pub(crate) fn hand_over(&mut self, errands: &Errands) {
        for writer in self.writers.iter_mut().flatten() {
            if let Writer::Csv(writer) = writer {
                writer.hand_over(|path| errands.hand_over(path));
            }
        }
    }
}

impl TakeRows for TableSet {
    type Error = OutputError;

    fn take_rows<R: Row>(&mut self, table: usize, rows: &[R]) -> Result<(), OutputError> {
        match &mut self.writers[table] {
            Some(writer) => writer.write(rows),
            None => Ok(()),
        }
    }

    fn take_own_rows(&mut self, table: usize, rows: &dyn OwnRows) -> Result<(), OutputError> {
        let Some(Some(writer)) = self.writers.get_mut(table) else { return Ok(()) };
        let mut written = Ok(());
        rows.each(&mut |row| {
            if written.is_ok() {
                written = writer.write_cells(row);
            }
        });
        written
    }
}

/// Removes the parts of Parquet tables from the folder of a run that is complete.
pub fn remove_parts(folder: &Path, plan: &RecordPlan) {
    for schema in plan.tables() {
        // Parts that cannot be removed harm nobody: the tables and the manifest are whole.
        let _ = std::fs::remove_file(folder.join(parts_file(schema.name)));
    }
}
