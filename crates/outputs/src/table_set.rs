//! All tables of a run.

use std::path::Path;

use tripath_model::observe::{RecordPlan, Records, TABLES};

use crate::error::OutputError;
use crate::table_writer::{TablePosition, TableWriter};

/// Name of a table's file.
pub fn table_file(table: &str) -> String {
    format!("{table}.csv")
}

/// The writers of the tables that a plan keeps.
#[derive(Debug)]
pub struct TableSet {
    /// One place for each of [`TABLES`], empty for tables that are not kept.
    writers: Vec<Option<TableWriter>>,
}

impl TableSet {
    /// New files for all tables of the plan.
    ///
    /// # Errors
    /// A file cannot be made.
    pub fn create(folder: &Path, plan: &RecordPlan) -> Result<Self, OutputError> {
        let writer = |schema| TableWriter::create(schema, &folder.join(table_file(schema.name)));
        let writers = TABLES.iter().map(|schema| plan.keeps(schema.name).then(|| writer(schema)).transpose()).collect::<Result<_, _>>()?;
        Ok(Self { writers })
    }

    /// Continues the tables of the plan at positions they had. No file is changed where one is missing or too short.
    ///
    /// # Errors
    /// A file is missing, shorter or other than it was, or a table has no position.
    pub fn resume(folder: &Path, plan: &RecordPlan, positions: &[TablePosition]) -> Result<Self, OutputError> {
        let kept = || TABLES.iter().filter(|schema| plan.keeps(schema.name));
        let path = |table: &str| folder.join(table_file(table));
        for schema in kept() {
            let found = positions.iter().find(|position| position.table == schema.name);
            let position = found.ok_or_else(|| OutputError::TableMissing { path: path(schema.name), rows: 0 })?;
            match std::fs::metadata(path(schema.name)) {
                Ok(file) if file.len() >= position.bytes => {}
                Ok(file) => return Err(OutputError::TableShorter { path: path(schema.name), found: file.len(), expected: position.bytes }),
                Err(_) => return Err(OutputError::TableMissing { path: path(schema.name), rows: position.rows }),
            }
        }
        let mut writers = Vec::with_capacity(TABLES.len());
        for schema in TABLES {
            let position = positions.iter().find(|position| plan.keeps(schema.name) && position.table == schema.name);
            writers.push(position.map(|position| TableWriter::resume(schema, &path(schema.name), position)).transpose()?);
        }
        Ok(Self { writers })
    }

    /// Takes all rows out of `records`.
    ///
    /// # Errors
    /// A file does not take its rows.
    pub fn write(&mut self, records: &mut Records) -> Result<(), OutputError> {
        records.take(|table, row| match &mut self.writers[table] {
            Some(writer) => writer.write(row),
            None => Ok(()),
        })
    }

    /// Hands all rows to the files.
    ///
    /// # Errors
    /// The first failure; the other tables are flushed all the same.
    pub fn flush(&mut self) -> Result<(), OutputError> {
        self.for_all(TableWriter::flush)
    }

    /// Hands all rows to the files and the files to the disk.
    ///
    /// # Errors
    /// The first failure; the other tables are handed over all the same.
    pub fn sync(&mut self) -> Result<(), OutputError> {
        self.for_all(TableWriter::sync)
    }

    fn for_all(&mut self, action: impl Fn(&mut TableWriter) -> Result<(), OutputError>) -> Result<(), OutputError> {
        let mut outcome = Ok(());
        for writer in self.writers.iter_mut().flatten() {
            let done = action(writer);
            outcome = outcome.and(done);
        }
        outcome
    }

    /// How far each table has come in its file.
    pub fn positions(&self) -> Vec<TablePosition> {
        self.writers.iter().flatten().map(TableWriter::position).collect()
    }
}
