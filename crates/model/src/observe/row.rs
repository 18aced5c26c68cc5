//! What a recorded row is: typed columns with unit and meaning, written by whoever keeps the tables.

/// Type of a column's values.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ColumnType {
    /// Whole number.
    Integer,
    /// Real number, finite.
    Real,
    /// Text.
    Text,
    /// True or false.
    Flag,
}

/// Definition of a column.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Column {
    /// Name, snake_case.
    pub name: &'static str,
    /// Type of its values.
    pub kind: ColumnType,
    /// Unit; `1` for a pure number.
    pub unit: &'static str,
    /// Whether a cell may be missing.
    pub nullable: bool,
    /// One line.
    pub meaning: &'static str,
}

/// One value of a row.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Cell<'a> {
    /// Whole number.
    Integer(i64),
    /// Real number, finite and not −0: who writes tables leaves out what is not finite, but then a rule is wrong.
    Real(f64),
    /// Text.
    Text(&'a str),
    /// True or false.
    Flag(bool),
    /// No value.
    Missing,
}

/// A row of one table.
pub trait Row: Send + 'static {
    /// Name of the table.
    const TABLE: &'static str;
    /// One line on what a row stands for.
    const MEANING: &'static str;
    /// Columns that identify a row, besides those a sweep adds.
    const KEYS: &'static [&'static str];
    /// Columns in order.
    const COLUMNS: &'static [Column];
    /// Hands every cell to `write` in the order of the columns.
    fn cells<W: FnMut(Cell<'_>) + ?Sized>(&self, write: &mut W);
}

/// A type that can stand in a cell.
pub trait CellValue {
    /// Column type.
    const KIND: ColumnType;
    /// Whether it may be missing.
    const NULLABLE: bool = false;
    /// The cell.
    fn cell(&self) -> Cell<'_>;
}

macro_rules! integer_cells {
    ($($type:ty),+) => {$(
        impl CellValue for $type {
            const KIND: ColumnType = ColumnType::Integer;
            #[inline]
            fn cell(&self) -> Cell<'_> {
                Cell::Integer(*self as i64)
            }
        }
    )+};
}
integer_cells!(u8, u16, u32, u64, i64, usize);

impl CellValue for f64 {
    const KIND: ColumnType = ColumnType::Real;
    #[inline]
    fn cell(&self) -> Cell<'_> {
        Cell::Real(*self)
    }
}

impl CellValue for bool {
    const KIND: ColumnType = ColumnType::Flag;
    #[inline]
    fn cell(&self) -> Cell<'_> {
        Cell::Flag(*self)
    }
}

impl CellValue for &'static str {
    const KIND: ColumnType = ColumnType::Text;
    #[inline]
    fn cell(&self) -> Cell<'_> {
        Cell::Text(self)
    }
}

impl CellValue for std::sync::Arc<str> {
    const KIND: ColumnType = ColumnType::Text;
    #[inline]
    fn cell(&self) -> Cell<'_> {
        Cell::Text(self)
    }
}

impl<T: CellValue> CellValue for Option<T> {
    const KIND: ColumnType = T::KIND;
    const NULLABLE: bool = true;
    #[inline]
    fn cell(&self) -> Cell<'_> {
        self.as_ref().map_or(Cell::Missing, CellValue::cell)
    }
}

/// Declares a row type: fields with unit and meaning become columns.
#[macro_export]
macro_rules! table {
    (
        $(#[doc = $meaning:literal])+
        $row:ident in $table:literal by [$($key:literal),* $(,)?] {
            $($field:ident : $type:ty , $unit:literal , $field_meaning:literal ;)+
        }
    ) => {
        $(#[doc = $meaning])+
        #[derive(Debug, Clone, PartialEq)]
        pub struct $row {
            $(#[doc = concat!($field_meaning, " (unit: ", $unit, ")")] pub $field: $type,)+
        }

        impl $crate::observe::Row for $row {
            const TABLE: &'static str = $table;
            const MEANING: &'static str = concat!($($meaning),+);
            const KEYS: &'static [&'static str] = &[$($key),*];
            const COLUMNS: &'static [$crate::observe::Column] = &[$(
                $crate::observe::Column {
                    name: stringify!($field),
                    kind: <$type as $crate::observe::CellValue>::KIND,
                    unit: $unit,
                    nullable: <$type as $crate::observe::CellValue>::NULLABLE,
                    meaning: $field_meaning,
                },
            )+];
            #[inline]
            fn cells<W: FnMut($crate::observe::Cell<'_>) + ?Sized>(&self, write: &mut W) {
                $(write($crate::observe::CellValue::cell(&self.$field));)+
            }
        }
    };
}
