//! Cells as text: RFC 4180, shortest decimals, empty where there is no value.

use tripath_model::observe::{Cell, Cells, TableSchema};

/// Appends the header line.
pub(crate) fn push_header(buffer: &mut Vec<u8>, schema: &TableSchema) {
    for (index, column) in schema.columns.iter().enumerate() {
        if index > 0 {
            buffer.push(b',');
        }
        push_text(buffer, column.name);
    }
    buffer.push(b'\n');
}

/// Appends one row with its line end.
pub(crate) fn push_row(buffer: &mut Vec<u8>, row: &dyn Cells) {
    let mut first = true;
    row.cells(&mut |cell| {
        if !first {
            buffer.push(b',');
        }
        first = false;
        push_cell(buffer, cell);
    });
    buffer.push(b'\n');
}

/// A real number always has a point or an exponent, so that readers take the column for real even where all values are whole.
fn push_cell(buffer: &mut Vec<u8>, cell: Cell<'_>) {
    match cell {
        Cell::Integer(value) => buffer.extend_from_slice(itoa::Buffer::new().format(value).as_bytes()),
        Cell::Real(value) if value.is_finite() => buffer.extend_from_slice(zmij::Buffer::new().format_finite(value).as_bytes()),
        Cell::Real(_) | Cell::Missing => {}
        Cell::Text(text) => push_text(buffer, text),
        Cell::Flag(value) => buffer.extend_from_slice(if value { b"true" } else { b"false" }),
    }
}

/// Appends a cell as it reads, without quotes.
pub(crate) fn push_plain(buffer: &mut Vec<u8>, cell: Cell<'_>) {
    match cell {
        Cell::Text(text) => buffer.extend_from_slice(text.as_bytes()),
        other => push_cell(buffer, other),
    }
}

fn push_text(buffer: &mut Vec<u8>, text: &str) {
    if !text.bytes().any(|byte| matches!(byte, b',' | b'"' | b'\n' | b'\r')) {
        buffer.extend_from_slice(text.as_bytes());
        return;
    }
    buffer.push(b'"');
    for byte in text.bytes() {
        if byte == b'"' {
            buffer.push(b'"');
        }
        buffer.push(byte);
    }
    buffer.push(b'"');
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    struct Row(Vec<Cell<'static>>);

    impl Cells for Row {
        fn cells(&self, write: &mut dyn FnMut(Cell<'_>)) {
            for cell in &self.0 {
                write(*cell);
            }
        }
    }

    fn line(cells: Vec<Cell<'static>>) -> String {
        let mut buffer = Vec::new();
        push_row(&mut buffer, &Row(cells));
        String::from_utf8(buffer).expect("text cells are UTF-8 and all else is ASCII")
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
            let mut buffer = b"start".to_vec();
            for text in &texts {
                buffer.push(b',');
                push_text(&mut buffer, text);
            }
            buffer.push(b'\n');
            let mut reader = csv::ReaderBuilder::new().has_headers(false).from_reader(buffer.as_slice());
            let record = reader.records().next().expect("one row").expect("readable");
            prop_assert_eq!(record.iter().skip(1).collect::<Vec<_>>(), texts.iter().map(String::as_str).collect::<Vec<_>>());
        }
    }
}
