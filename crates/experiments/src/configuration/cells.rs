//! Records of a CSV file (RFC 4180), and where their cells stand.
//!
//! The crate `csv` tells where a record starts, not where its cells do, and an error must point at one cell.

use std::ops::Range;

/// A record.
#[derive(Debug)]
pub struct Record {
    /// Its cells, without blanks at their ends.
    pub cells: csv::StringRecord,
    start: usize,
}

/// The records from byte `start` on; empty lines are none.
pub fn records(content: &str, start: usize) -> Vec<Record> {
    let bytes = content.as_bytes().get(start..).unwrap_or_default();
    let mut reader = csv::ReaderBuilder::new().has_headers(false).flexible(true).trim(csv::Trim::All).from_reader(bytes);
    let mut cells = csv::StringRecord::new();
    let mut records = Vec::new();
    // Text in memory is readable and UTF-8, and flexible records have no wrong length: no error can come.
    while reader.read_record(&mut cells).unwrap_or(false) {
        let at = cells.position().map_or(0, |position| position.byte() as usize);
        records.push(Record { cells: cells.clone(), start: start + at });
    }
    records
}

impl Record {
    /// Where a cell stands, in bytes, quotes included.
    pub fn span(&self, content: &str, index: usize) -> Range<usize> {
        let bytes = content.as_bytes();
        let mut at = self.start.min(bytes.len());
        while bytes.get(at).is_some_and(|byte| matches!(byte, b'\r' | b'\n')) {
            at += 1;
        }
        for _ in 0..index {
            at = (end_of_cell(bytes, at) + 1).min(bytes.len());
        }
        at..end_of_cell(bytes, at)
    }
}

fn end_of_cell(bytes: &[u8], start: usize) -> usize {
    let mut at = start;
    let mut quoted = false;
    while let Some(byte) = bytes.get(at) {
        match byte {
            b'"' if at == start => quoted = true,
            b'"' if quoted && bytes.get(at + 1) == Some(&b'"') => at += 1,
            b'"' if quoted => quoted = false,
            b',' | b'\r' | b'\n' if !quoted => return at,
            _ => {}
        }
        at += 1;
    }
    bytes.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_cell_is_found_whatever_its_quotes() {
        let content = "a,b\r\n\r\n\"x,\"\"y\"\"\",é\n,3";
        let records = records(content, 0);
        let cells: Vec<Vec<&str>> =
            records.iter().map(|record| (0..2).map(|index| &content[record.span(content, index)]).collect()).collect();
        assert_eq!(cells, [["a", "b"], ["\"x,\"\"y\"\"\"", "é"], ["", "3"]]);
        assert_eq!(&records[1].cells[0], "x,\"y\"");
    }
}
