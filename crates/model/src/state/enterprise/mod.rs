//! Enterprises: components, the table in which they stand, owners, and who comes and goes.

mod belief;
mod closures;
mod components;
mod distress;
mod identity;
mod newcomers;
mod owners;
mod register;
mod rows;
mod table;
mod year;

pub use belief::Belief;
pub use closures::Closures;
pub use components::{
    Attention, EfficiencyStep, Equity, Experience, Operation, Pipeline, Plant, Position, Technology, TickAccount, Treasury,
};
pub use distress::{Distressed, Wanting};
pub(crate) use identity::remembered_support;
pub use identity::{Identity, Listed, Status};
pub(crate) use newcomers::Founding;
pub use newcomers::Newcomers;
pub use owners::Owners;
pub use register::Register;
pub use rows::Rows;
pub(crate) use rows::TableCheck;
pub use table::{Columns, Enterprise};
pub(crate) use table::{Enterprises, fetch_row};
pub use year::{ClosedEnterprise, Closing, YearAccount, YearAccounts};
