//! The digest of a table that nobody keeps: the same as that of its file.

use sha2::digest::common::hazmat::SerializableState;
use sha2::{Digest, Sha256};
use tripath_model::observe::{Cells, TableSchema};

use crate::cell_text::CsvText;
use crate::digest::hex;
use crate::table_writer::TablePosition;

/// Hashes a table as [`crate::TableWriter`] would write it.
#[derive(Debug, Clone)]
pub struct TableDigest {
    table: &'static str,
    rows: u64,
    bytes: u64,
    hash: Sha256,
    text: CsvText,
}

impl TableDigest {
    /// A table with its header.
    pub fn new(schema: &TableSchema) -> Self {
        let mut digest = Self { table: schema.name, rows: 0, bytes: 0, hash: Sha256::new(), text: CsvText::default() };
        digest.text.push_header(schema);
        digest.take_text();
        digest
    }

    /// Takes one row.
    pub fn write(&mut self, row: &dyn Cells) {
        self.text.push_cells(row);
        self.rows += 1;
        self.take_text();
    }

    fn take_text(&mut self) {
        self.hash.update(self.text.as_bytes());
        self.bytes += self.text.len() as u64;
        self.text.clear();
    }

    /// How far the table has come, as its file would.
    pub fn position(&self) -> TablePosition {
        TablePosition { table: self.table, rows: self.rows, bytes: self.bytes, sha256: hex(&self.hash.clone().finalize()) }
    }

    /// Everything needed to go on later.
    pub fn state(&self) -> Vec<u8> {
        let numbers = [self.rows, self.bytes].into_iter().flat_map(u64::to_le_bytes);
        numbers.chain(self.hash.serialize().iter().copied()).collect()
    }

    /// Goes on from a state; nothing where it is none.
    pub fn resume(schema: &TableSchema, state: &[u8]) -> Option<Self> {
        let (rows, rest) = state.split_first_chunk()?;
        let (bytes, rest) = rest.split_first_chunk()?;
        let hash = Sha256::deserialize(rest.try_into().ok()?).ok()?;
        Some(Self {
            table: schema.name,
            rows: u64::from_le_bytes(*rows),
            bytes: u64::from_le_bytes(*bytes),
            hash,
            text: CsvText::default(),
        })
    }
}

#[cfg(test)]
mod tests {
    use tripath_model::observe::{Cell, TABLES};

    use super::*;
    use crate::TableWriter;

    struct Numbers(usize, f64);

    impl Cells for Numbers {
        fn cells(&self, write: &mut dyn FnMut(Cell<'_>)) {
            (0..self.0).for_each(|_| write(Cell::Real(self.1)));
        }
    }

    #[test]
    fn the_digest_is_that_of_the_file_also_after_a_pause() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let schema = &TABLES[0];
        let mut file = TableWriter::create(schema, &folder.path().join("table.csv")).expect("a file");
        let mut digest = TableDigest::new(schema);
        for number in 0..100 {
            let row = Numbers(schema.columns.len(), f64::from(number) / 7.0);
            file.write(&row).expect("room");
            digest.write(&row);
            digest = TableDigest::resume(schema, &digest.state()).expect("its own state");
        }
        file.flush().expect("room");
        assert_eq!(digest.position(), file.position());
        assert!(TableDigest::resume(schema, &digest.state()[1..]).is_none());
    }
}
