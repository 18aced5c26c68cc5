//! Financiers: banks, venture funds, deals and exits.

mod acquisition;
mod bank;
mod candidate;
mod corporate_sale;
mod credit;
mod deal;
mod exits;
mod fund;
mod guidance;
mod leaving;
mod promise;
mod rate_of_return;
mod round;
mod secondary;
mod vintage;

pub use bank::{Bank, Rates, bank_accounts, measure_banks, payout_target, room, set_rates, usual_loan_rate};
pub use candidate::{Candidate, Candidates, PROMISING_EDGE, ProjectsInView, Scene};
pub use corporate_sale::merge_enterprises;
pub use credit::{Spending, grant_credit};
pub use deal::{make_deals, round_name};
pub use exits::run_fund_exits;
pub use fund::{Fund, Marks, Stake};
pub use guidance::{Mandate, mandates, matched_part, state_money_discount};
pub use promise::{Belief, log_scalability, promise, promises, scalability, value_of_growth};
pub use rate_of_return::internal_rate_of_return;
pub use vintage::{TrackRecord, manage_funds};
