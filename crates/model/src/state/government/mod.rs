//! state/government

mod mission;
mod programmes;
mod receipts;

pub use mission::{MILESTONES, Member, Mission, full_effort, milestone_probability, money_adequacy, technology_gain};
pub use programmes::{Pots, ProgrammeBudgets, ProgrammeState, plan_programmes};
pub use receipts::{Receipts, Rest};
