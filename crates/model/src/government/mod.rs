//! Governments: choice of sectors, programmes, budgets and bonds.

mod awards;
mod budget;
mod evaluation;
mod programmes;
mod sector_choice;

pub use awards::award_grants;
pub use budget::{Government, GovernmentAccounts, public_finance};
pub use evaluation::{Decision, Opening, ProgrammeMemory, decide, fading, programme_return};
pub use programmes::{Pots, ProgrammeBudgets, ProgrammeState, plan_programmes};
pub use sector_choice::{Plans, choose_sectors, plan_shares};
