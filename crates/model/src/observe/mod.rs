//! What is recorded: rows as plain structs, one buffer a table, taken by whoever keeps the tables.

mod finance_tables;
mod macro_tables;
mod own_rows;
mod path_tables;
mod plan;
mod row;

pub use finance_tables::*;
pub use macro_tables::*;
pub use own_rows::OwnRows;
pub use path_tables::*;
pub use plan::{EnterpriseSample, RecordPlan};
pub use row::{Cell, CellValue, Column, ColumnType, Row};

/// Definition of a table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct TableSchema {
    /// Name, also of its file.
    pub name: &'static str,
    /// What a row stands for.
    pub meaning: &'static str,
    /// Columns that identify a row.
    pub keys: &'static [&'static str],
    /// Columns in order.
    pub columns: &'static [Column],
}

impl TableSchema {
    /// Description of the table of a row.
    pub const fn of<R: Row>() -> Self {
        Self { name: R::TABLE, meaning: R::MEANING, keys: R::KEYS, columns: R::COLUMNS }
    }
}

/// Cells of a row, whatever its table.
pub trait Cells {
    /// Hands every cell to `write` in the order of the columns.
    fn cells(&self, write: &mut dyn FnMut(Cell<'_>));
}

impl<T: Row> Cells for T {
    fn cells(&self, write: &mut dyn FnMut(Cell<'_>)) {
        Row::cells(self, write);
    }
}

/// Takes the rows of a tick, table by table, as the types they are: what is done a cell is then compiled for each column.
pub trait TakeRows {
    /// Why rows cannot be taken.
    type Error;

    /// Takes the rows of the table with this index among the model's tables.
    ///
    /// # Errors
    /// They cannot be taken.
    fn take_rows<R: Row>(&mut self, table: usize, rows: &[R]) -> Result<(), Self::Error>;

    /// Takes the rows of a table of a mechanism from outside, with its index among the model's tables.
    ///
    /// # Errors
    /// They cannot be taken.
    fn take_own_rows(&mut self, table: usize, rows: &dyn OwnRows) -> Result<(), Self::Error>;
}

macro_rules! tables {
    ($($field:ident : $row:ty),+ $(,)?) => {
        /// Rows recorded since they were last taken.
        #[derive(Debug, Default, bevy_ecs::prelude::Resource)]
        pub struct Records {
            $(#[doc = concat!("Rows of `", stringify!($row), "`.")] pub $field: Vec<$row>,)+
            /// Rows of tables of mechanisms from outside.
            own: Vec<own_rows::Own>,
        }

        /// All tables in order.
        pub const TABLES: &[TableSchema] = &[$(TableSchema::of::<$row>(),)+];

        impl Records {
            /// Drops rows of tables that are not kept.
            pub fn forget_tables_not_kept(&mut self, plan: &RecordPlan) {
                $(
                    if !plan.keeps(<$row as Row>::TABLE) {
                        self.$field.clear();
                    }
                )+
                self.place_own_tables(plan);
            }

            /// Hands all rows, table by table in the order of [`TABLES`], to `taker` and forgets them.
            ///
            /// # Errors
            /// The first error of `taker`; later tables are not handed over.
            pub fn hand_to<T: TakeRows>(&mut self, taker: &mut T) -> Result<(), T::Error> {
                let mut index = 0;
                $(
                    let taken = if self.$field.is_empty() { Ok(()) } else { taker.take_rows(index, &self.$field) };
                    self.$field.clear();
                    taken?;
                    index += 1;
                )+
                debug_assert_eq!(index, TABLES.len());
                self.hand_own_to(taker)
            }

            /// Hands every row, table by table in the order of the model's tables, to `write` with the table's index, and forgets them.
            ///
            /// # Errors
            /// The first error of `write`; rows not yet handed over are forgotten.
            pub fn take<E>(&mut self, mut write: impl FnMut(usize, &dyn Cells) -> Result<(), E>) -> Result<(), E> {
                let mut index = 0;
                $(
                    for row in self.$field.drain(..) {
                        write(index, &row)?;
                    }
                    index += 1;
                )+
                debug_assert_eq!(index, TABLES.len());
                self.take_own(write)
            }
        }
    };
}

tables! {
    macro_economy: MacroRow,
    sectors: SectorRow,
    regions: RegionRow,
    returns: ReturnRow,
    funnel: FunnelRow,
    growth: GrowthRow,
    governments: GovernmentRow,
    programmes: ProgrammeRow,
    banks: BankRow,
    funds: FundRow,
    guidance_funds: GuidanceFundRow,
    deals: DealRow,
    listings: ListingRow,
    boards: BoardRow,
    think_tanks: ThinkTankRow,
    enterprises: EnterpriseRow,
    events: EventRow,
    flows: FlowRow,
    balance_sheets: BalanceSheetRow,
}
