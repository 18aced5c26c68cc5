//! Governments: choice of sectors, programmes, budgets and bonds.

mod awards;
mod budget;
mod desk;
mod evaluation;
mod laboratory;
mod mission;
mod programmes;
mod receipts;
mod rescue;
mod sector_choice;
mod whole_nation;

pub use awards::{Application, Call, GrantApplications, award_grants};
pub use budget::{Government, GovernmentAccounts, public_finance};
pub use evaluation::{Decision, Opening, ProgrammeMemory, Standing, decide, fading, programme_return};
pub use laboratory::{advance_laboratories, laboratory_lift, pay_laboratory};
pub use mission::{MILESTONES, Member, Mission, milestone_probability, technology_gain};
pub use programmes::{Pots, ProgrammeBudgets, ProgrammeState, plan_programmes};
pub use receipts::Receipts;
pub use rescue::{Champion, choose_rescues, pay_rescue, rescue_need};
pub use sector_choice::{Plans, choose_sectors, plan_shares};
pub use whole_nation::run_missions;
