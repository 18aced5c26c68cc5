//! state/enterprise

mod components;
mod distress;
mod register;
mod rows;
mod table;
mod year;

pub(crate) use components::remembered_support;
pub use components::{
    Attention, EfficiencyStep, Equity, Experience, Identity, Listed, Operation, Pipeline, Plant, Position, Status, Technology, TickAccount,
    Treasury,
};
pub(crate) use distress::Prospects;
pub use distress::{Distressed, Footing, Wanting, relative_size};
pub use register::{Owners, Register};
pub use rows::{Parts, RowOf, Rows, as_bits};
pub(crate) use rows::{TableCheck, slice_mut, table_is_whole};
pub use table::{Columns, Enterprise};
pub(crate) use table::{Enterprises, fetch_row};
pub use year::{ClosedEnterprise, Closing, YearAccount, YearAccounts};
