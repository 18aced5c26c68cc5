//! Governments: accounts, plans, programmes and what waits for them.

mod accounts;
mod applications;
mod memory;
mod mission;
mod plans;
mod programmes;
mod receipts;

pub use accounts::{Government, GovernmentAccounts};
pub use applications::{Application, GrantApplications};
pub use memory::{Opening, ProgrammeMemory, Standing};
pub use mission::{MILESTONES, Member, Mission};
pub use plans::Plans;
pub use programmes::{Pots, ProgrammeBudgets, ProgrammeState};
pub use receipts::{Receipts, Rest};
