//! Rows of one group, column by column: from cells, to Parquet, and back.

use std::io::Write;

use bytes::Bytes;
use parquet::basic::Type as Physical;
use parquet::column::reader::{ColumnReader, ColumnReaderImpl};
use parquet::data_type::{BoolType, ByteArray, ByteArrayType, DataType, DoubleType, Int64Type};
use parquet::errors::ParquetError;
use parquet::file::reader::RowGroupReader;
use parquet::file::writer::SerializedFileWriter;
use parquet::schema::types::SchemaDescriptor;
use tripath_model::observe::{Cell, Cells, ColumnType, Row, TableSchema};

/// Level of a cell that has a value; one that has none stands at 0.
const PRESENT: i16 = 1;

/// Values of a column, those that are missing left out.
#[derive(Debug, Clone)]
enum Values {
    Integer(Vec<i64>),
    Real(Vec<f64>),
    /// All bytes in a row, and where each text ends.
    Text(Vec<u8>, Vec<usize>),
    Flag(Vec<bool>),
}

#[derive(Debug, Clone)]
struct GroupColumn {
    levels: Vec<i16>,
    values: Values,
}

/// Rows of one group.
#[derive(Debug, Clone)]
pub(super) struct Group {
    columns: Vec<GroupColumn>,
    rows: usize,
}

impl Group {
    pub(super) fn new(schema: &TableSchema) -> Self {
        let columns = schema.columns.iter().map(|column| GroupColumn {
            levels: Vec::new(),
            values: match column.kind {
                ColumnType::Integer => Values::Integer(Vec::new()),
                ColumnType::Real => Values::Real(Vec::new()),
                ColumnType::Text => Values::Text(Vec::new(), Vec::new()),
                ColumnType::Flag => Values::Flag(Vec::new()),
            },
        });
        Self { columns: columns.collect(), rows: 0 }
    }

    pub(super) fn rows(&self) -> usize {
        self.rows
    }

    /// Forgets the rows and keeps their room.
    pub(super) fn clear(&mut self) {
        self.rows = 0;
        for column in &mut self.columns {
            column.levels.clear();
            match &mut column.values {
                Values::Integer(values) => values.clear(),
                Values::Real(values) => values.clear(),
                Values::Text(bytes, ends) => {
                    bytes.clear();
                    ends.clear();
                }
                Values::Flag(values) => values.clear(),
            }
        }
    }

    pub(super) fn push<R: Row>(&mut self, row: &R) {
        let mut columns = self.columns.iter_mut();
        row.cells(&mut |cell: Cell<'_>| {
            if let Some(column) = columns.next() {
                column.push(cell);
            }
        });
        self.rows += 1;
    }

    /// The same for a row of whatever table.
    pub(super) fn push_cells(&mut self, row: &dyn Cells) {
        let mut columns = self.columns.iter_mut();
        row.cells(&mut |cell| {
            if let Some(column) = columns.next() {
                column.push(cell);
            }
        });
        self.rows += 1;
    }

    /// Writes the rows as one group.
    pub(super) fn write<W: Write + Send>(&self, writer: &mut SerializedFileWriter<W>) -> Result<(), ParquetError> {
        let mut group = writer.next_row_group()?;
        for column in &self.columns {
            let mut out = group.next_column()?.ok_or_else(|| ParquetError::General("a column too many".to_owned()))?;
            let levels = Some(column.levels.as_slice());
            match &column.values {
                Values::Integer(values) => out.typed::<Int64Type>().write_batch(values, levels, None)?,
                Values::Real(values) => out.typed::<DoubleType>().write_batch(values, levels, None)?,
                Values::Flag(values) => out.typed::<BoolType>().write_batch(values, levels, None)?,
                Values::Text(bytes, ends) => {
                    let all = Bytes::copy_from_slice(bytes);
                    let mut start = 0;
                    let texts = ends.iter().map(|end| ByteArray::from(all.slice(std::mem::replace(&mut start, *end)..*end)));
                    out.typed::<ByteArrayType>().write_batch(&texts.collect::<Vec<_>>(), levels, None)?
                }
            };
            out.close()?;
        }
        group.close()?;
        Ok(())
    }

    /// Reads a group.
    pub(super) fn read(group: &dyn RowGroupReader, schema: &SchemaDescriptor) -> Result<Self, ParquetError> {
        let rows = usize::try_from(group.metadata().num_rows())?;
        let columns = (0..schema.num_columns()).map(|index| {
            let column = schema.column(index);
            if column.max_rep_level() > 0 || column.max_def_level() > 1 {
                return Err(ParquetError::General(format!("the column `{}` is nested", column.name())));
            }
            let optional = column.max_def_level() == 1;
            let read = read_column(group.get_column_reader(index)?, rows, optional);
            let read = read?.ok_or_else(|| {
                ParquetError::General(format!(
                    "the column `{}` is {}, a type that tables do not have",
                    column.name(),
                    column.physical_type()
                ))
            })?;
            if read.levels.len() != rows {
                return Err(ParquetError::General(format!("the column `{}` has {} of {rows} rows", column.name(), read.levels.len())));
            }
            Ok(read)
        });
        Ok(Self { columns: columns.collect::<Result<_, _>>()?, rows })
    }

    /// Hands every row to `action` as cells.
    pub(super) fn into_cells(self) -> GroupCells {
        let places = vec![0; self.columns.len()];
        GroupCells { group: self, row: 0, places }
    }

    /// Whether the columns have the types that a schema gives them.
    pub(super) fn fits(&self, schema: &TableSchema) -> bool {
        self.columns.len() == schema.columns.len()
            && self.columns.iter().zip(schema.columns).all(|(column, defined)| {
                matches!(
                    (&column.values, defined.kind),
                    (Values::Integer(_), ColumnType::Integer)
                        | (Values::Real(_), ColumnType::Real)
                        | (Values::Text(..), ColumnType::Text)
                        | (Values::Flag(_), ColumnType::Flag)
                )
            })
    }
}

impl GroupColumn {
    /// A value that is missing, not finite, or of another type than the column has no place among the values.
    #[inline]
    fn push(&mut self, cell: Cell<'_>) {
        let present = match (&mut self.values, cell) {
            (Values::Integer(values), Cell::Integer(value)) => {
                values.push(value);
                true
            }
            (Values::Real(values), Cell::Real(value)) if value.is_finite() => {
                values.push(value + 0.0);
                true
            }
            (Values::Text(bytes, ends), Cell::Text(text)) => {
                bytes.extend_from_slice(text.as_bytes());
                ends.push(bytes.len());
                true
            }
            (Values::Flag(values), Cell::Flag(value)) => {
                values.push(value);
                true
            }
            _ => false,
        };
        self.levels.push(if present { PRESENT } else { 0 });
    }

    fn cell(&self, place: usize) -> Cell<'_> {
        match &self.values {
            Values::Integer(values) => values.get(place).map_or(Cell::Missing, |value| Cell::Integer(*value)),
            Values::Real(values) => values.get(place).map_or(Cell::Missing, |value| Cell::Real(*value)),
            Values::Flag(values) => values.get(place).map_or(Cell::Missing, |value| Cell::Flag(*value)),
            Values::Text(bytes, ends) => {
                let start = if place == 0 { 0 } else { ends[place - 1] };
                let text = ends.get(place).and_then(|end| std::str::from_utf8(&bytes[start..*end]).ok());
                text.map_or(Cell::Missing, Cell::Text)
            }
        }
    }
}

/// Nothing for a type that no table has.
fn read_column(reader: ColumnReader, rows: usize, optional: bool) -> Result<Option<GroupColumn>, ParquetError> {
    let mut levels = Vec::new();
    let values = match reader {
        ColumnReader::Int64ColumnReader(reader) => Values::Integer(read_values::<Int64Type>(reader, rows, &mut levels, optional)?),
        ColumnReader::DoubleColumnReader(reader) => Values::Real(read_values::<DoubleType>(reader, rows, &mut levels, optional)?),
        ColumnReader::BoolColumnReader(reader) => Values::Flag(read_values::<BoolType>(reader, rows, &mut levels, optional)?),
        ColumnReader::ByteArrayColumnReader(reader) => {
            let (mut bytes, mut ends) = (Vec::new(), Vec::new());
            for text in read_values::<ByteArrayType>(reader, rows, &mut levels, optional)? {
                bytes.extend_from_slice(text.as_utf8()?.as_bytes());
                ends.push(bytes.len());
            }
            Values::Text(bytes, ends)
        }
        _ => return Ok(None),
    };
    Ok(Some(GroupColumn { levels, values }))
}

fn read_values<T: DataType>(
    mut reader: ColumnReaderImpl<T>,
    rows: usize,
    levels: &mut Vec<i16>,
    optional: bool,
) -> Result<Vec<T::T>, ParquetError> {
    let mut values = Vec::new();
    while levels.len() < rows {
        let before = levels.len();
        let (records, _, _) = reader.read_records(rows - before, optional.then_some(&mut *levels), None, &mut values)?;
        if !optional {
            levels.resize(before + records, PRESENT);
        }
        if records == 0 {
            break;
        }
    }
    Ok(values)
}

/// Rows of a group one after the other.
#[derive(Debug)]
pub(super) struct GroupCells {
    group: Group,
    row: usize,
    /// Place of the next value in each column.
    places: Vec<usize>,
}

impl GroupCells {
    /// Hands the cells of the next row to `write`; false where there is none.
    pub(super) fn next(&mut self, mut write: impl FnMut(Cell<'_>)) -> bool {
        if self.row >= self.group.rows {
            return false;
        }
        for (column, place) in self.group.columns.iter().zip(&mut self.places) {
            if column.levels[self.row] == PRESENT {
                write(column.cell(*place));
                *place += 1;
            } else {
                write(Cell::Missing);
            }
        }
        self.row += 1;
        true
    }
}

/// Whether a physical type is one that tables have.
pub(super) fn is_known(physical: Physical) -> bool {
    matches!(physical, Physical::INT64 | Physical::DOUBLE | Physical::BYTE_ARRAY | Physical::BOOLEAN)
}
