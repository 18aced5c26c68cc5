//! Cells as text: RFC 4180, shortest decimals, empty where there is no value.

use tripath_model::observe::{Cell, Cells, Row, TableSchema};

/// Bytes kept free for one number and the comma after it: a real takes 24 at most.
const ROOM: usize = 32;

/// Lines of a table, made to be filled again and again.
///
/// The buffer is always longer than the text in it: numbers are moved in pieces of a fixed length, which costs a fraction of a
/// copy whose length is known only when it is made. What such a move leaves behind the end is written over by the next cell.
#[derive(Debug, Clone, Default)]
pub(crate) struct CsvText {
    bytes: Vec<u8>,
    end: usize,
}

impl CsvText {
    /// The text.
    pub(crate) fn as_bytes(&self) -> &[u8] {
        &self.bytes[..self.end]
    }

    /// Bytes of the text.
    pub(crate) fn len(&self) -> usize {
        self.end
    }

    /// Forgets the text and keeps its room.
    pub(crate) fn clear(&mut self) {
        self.end = 0;
    }

    /// Appends the header line.
    pub(crate) fn push_header(&mut self, schema: &TableSchema) {
        for column in schema.columns {
            self.push_text(column.name);
        }
        self.end_line();
    }

    /// Appends one row with its line end.
    pub(crate) fn push_row<R: Row>(&mut self, row: &R) {
        row.cells(&mut |cell: Cell<'_>| self.push_cell(cell));
        self.end_line();
    }

    /// Appends one row, of whatever table, with its line end.
    pub(crate) fn push_cells(&mut self, row: &dyn Cells) {
        row.cells(&mut |cell| self.push_cell(cell));
        self.end_line();
    }

    /// A real number always has a point or an exponent, so that readers take the column for real even where all values are whole.
    #[inline(always)]
    fn push_cell(&mut self, cell: Cell<'_>) {
        match cell {
            Cell::Integer(value) => self.push_integer(value),
            Cell::Real(value) if value.is_finite() => self.push_real(value + 0.0),
            Cell::Real(_) | Cell::Missing => self.push_short(b""),
            Cell::Text(text) => self.push_text(text),
            Cell::Flag(value) => self.push_short(if value { b"true" } else { b"false" }),
        }
    }

    fn push_integer(&mut self, value: i64) {
        self.push_short(itoa::Buffer::new().format(value).as_bytes());
    }

    fn push_real(&mut self, value: f64) {
        // Much of a panel is nothing: it is known without looking for its shortest digits.
        if value.to_bits() == 0 {
            self.push_short(b"0.0");
        } else {
            self.push_short(zmij::Buffer::new().format_finite(value).as_bytes());
        }
    }

    fn push_text(&mut self, text: &str) {
        if may_need_quotes(text.as_bytes()) && text.bytes().any(|byte| matches!(byte, b',' | b'"' | b'\n' | b'\r')) {
            self.push_long(b"\"");
            self.end -= 1;
            let mut parts = text.split('"');
            self.push_long(parts.next().unwrap_or("").as_bytes());
            for part in parts {
                self.end -= 1;
                self.push_long(b"\"\"");
                self.end -= 1;
                self.push_long(part.as_bytes());
            }
            self.end -= 1;
            self.push_long(b"\"");
        } else if text.len() < ROOM {
            self.push_short(text.as_bytes());
        } else {
            self.push_long(text.as_bytes());
        }
    }

    /// Appends a cell shorter than [`ROOM`], with its comma.
    #[inline]
    fn push_short(&mut self, cell: &[u8]) {
        if self.bytes.len() - self.end < ROOM {
            self.grow(ROOM);
        }
        let room = &mut self.bytes[self.end..][..ROOM];
        // Two pieces of a fixed length, which may overlap, cover all lengths between one and two of them.
        if let (Some(first), Some(last)) = (cell.first_chunk(), cell.last_chunk()) {
            put::<16>(room, 0, first);
            put::<16>(room, cell.len() - 16, last);
        } else if let (Some(first), Some(last)) = (cell.first_chunk(), cell.last_chunk()) {
            put::<8>(room, 0, first);
            put::<8>(room, cell.len() - 8, last);
        } else if let (Some(first), Some(last)) = (cell.first_chunk(), cell.last_chunk()) {
            put::<4>(room, 0, first);
            put::<4>(room, cell.len() - 4, last);
        } else if let (Some(first), Some(last)) = (cell.first(), cell.last()) {
            // One to three bytes: the middle of one is its first again.
            room[0] = *first;
            room[1] = cell[cell.len() / 2];
            room[cell.len() - 1] = *last;
        }
        room[cell.len()] = b',';
        self.end += cell.len() + 1;
    }

    /// Appends a cell of any length, with its comma.
    fn push_long(&mut self, cell: &[u8]) {
        if self.bytes.len() - self.end < cell.len() + 1 {
            self.grow(cell.len() + 1);
        }
        self.bytes[self.end..self.end + cell.len()].copy_from_slice(cell);
        self.end += cell.len();
        self.bytes[self.end] = b',';
        self.end += 1;
    }

    /// The comma after the last cell becomes the end of the line.
    fn end_line(&mut self) {
        if let Some(last) = self.end.checked_sub(1) {
            self.bytes[last] = b'\n';
        }
    }

    #[cold]
    fn grow(&mut self, more: usize) {
        let length = (self.bytes.len() * 2).max(self.end + more);
        self.bytes.resize(length, 0);
    }
}

#[inline(always)]
fn put<const LENGTH: usize>(room: &mut [u8], at: usize, piece: &[u8; LENGTH]) {
    if let Some(place) = room[at..].first_chunk_mut() {
        *place = *piece;
    }
}

/// Whether a text has a byte below the hyphen, as commas, quotes and line ends are: eight bytes are asked at once, and names
/// seldom have one.
fn may_need_quotes(text: &[u8]) -> bool {
    const ONES: u64 = u64::MAX / 255;
    let below = |bytes: u64| bytes.wrapping_sub(ONES * u64::from(b'-')) & !bytes & (ONES << 7);
    if let Some(last) = text.last_chunk() {
        let (chunks, _) = text.as_chunks();
        chunks.iter().fold(below(u64::from_le_bytes(*last)), |found, chunk| found | below(u64::from_le_bytes(*chunk))) != 0
    } else if let (Some(first), Some(last)) = (text.first_chunk(), text.last_chunk()) {
        below(u64::from(u32::from_le_bytes(*first)) | u64::from(u32::from_le_bytes(*last)) << 32) != 0
    } else {
        text.iter().any(|byte| *byte < b'-')
    }
}

/// Appends a cell as it reads, without quotes.
pub(crate) fn push_plain(buffer: &mut Vec<u8>, cell: Cell<'_>) {
    match cell {
        Cell::Integer(value) => buffer.extend_from_slice(itoa::Buffer::new().format(value).as_bytes()),
        Cell::Real(value) if value.is_finite() => buffer.extend_from_slice(zmij::Buffer::new().format_finite(value).as_bytes()),
        Cell::Real(_) | Cell::Missing => {}
        Cell::Text(text) => buffer.extend_from_slice(text.as_bytes()),
        Cell::Flag(value) => buffer.extend_from_slice(if value { b"true" } else { b"false" }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    struct Line<'a>(Vec<Cell<'a>>);

    impl Cells for Line<'_> {
        fn cells(&self, write: &mut dyn FnMut(Cell<'_>)) {
            for cell in &self.0 {
                write(*cell);
            }
        }
    }

    fn line(cells: Vec<Cell<'_>>) -> String {
        let mut text = CsvText::default();
        text.push_cells(&Line(cells));
        String::from_utf8(text.as_bytes().to_vec()).expect("text cells are UTF-8 and all else is ASCII")
    }

    #[test]
    fn whole_reals_keep_their_point_and_integers_have_none() {
        assert_eq!(line(vec![Cell::Integer(-3), Cell::Real(1.0), Cell::Real(0.1), Cell::Flag(true)]), "-3,1.0,0.1,true\n");
    }

    #[test]
    fn what_is_missing_or_not_finite_is_an_empty_cell() {
        assert_eq!(line(vec![Cell::Missing, Cell::Real(f64::NAN), Cell::Real(f64::INFINITY), Cell::Text("")]), ",,,\n");
    }

    #[test]
    fn text_is_quoted_only_where_it_must_be() {
        assert_eq!(
            line(vec![Cell::Text("solar"), Cell::Text("a,b"), Cell::Text("say \"so\""), Cell::Text("two\nlines")]),
            "solar,\"a,b\",\"say \"\"so\"\"\",\"two\nlines\"\n"
        );
    }

    #[test]
    fn cells_of_every_length_keep_all_their_bytes() {
        for length in 0..3 * ROOM {
            let text: String = ('a'..='z').cycle().take(length).collect();
            assert_eq!(line(vec![Cell::Text(&text), Cell::Text("b"), Cell::Text(&text)]), format!("{text},b,{text}\n"));
            for (place, special) in (0..length).flat_map(|place| [',', '\n', '\r', '-', 'é'].map(|special| (place, special))) {
                let mut other: String = text.chars().take(place).collect();
                other.push(special);
                other.extend(text.chars().skip(place + 1));
                let quoted = if matches!(special, '-' | 'é') { other.clone() } else { format!("\"{other}\"") };
                assert_eq!(line(vec![Cell::Text(&other)]), format!("{quoted}\n"));
            }
        }
    }

    proptest! {
        #[test]
        fn every_finite_real_reads_back_to_the_same_bits_and_never_as_an_integer(value in proptest::num::f64::NORMAL | proptest::num::f64::SUBNORMAL | proptest::num::f64::ZERO) {
            let text = line(vec![Cell::Real(value)]);
            let text = text.trim_end();
            prop_assert_eq!(text.parse::<f64>().expect("a decimal").to_bits(), value.to_bits());
            prop_assert!(text.parse::<i64>().is_err());
        }

        #[test]
        fn a_csv_reader_reads_every_text_back(texts in proptest::collection::vec("(?s).*", 1..6)) {
            // As in a file, something stands before: a byte order mark is cut only at the very start.
            let mut cells = vec![Cell::Text("start")];
            cells.extend(texts.iter().map(|text| Cell::Text(text)));
            let mut buffer = CsvText::default();
            buffer.push_cells(&Line(cells));
            let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(buffer.as_bytes());
            let record = reader.records().next().expect("one row").expect("readable");
            prop_assert_eq!(record.iter().skip(1).collect::<Vec<_>>(), texts.iter().map(String::as_str).collect::<Vec<_>>());
        }
    }
}
