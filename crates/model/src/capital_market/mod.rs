//! The capital market: fundamental values, boards and listings, integrity, prices, indices.

mod board;
mod flotation;
mod foresight;
mod integrity;
mod listing;
mod outlook;
mod trading;
mod valuation;

pub use board::{Applicant, Applicants, Board, Exchange, Traded, Waiting, by_approval};
pub use flotation::list_enterprises;
pub use listing::{concept_premium, offer_price};
pub use outlook::look_ahead;
pub use trading::{MISPRICING_MEMORY, trade};
pub use valuation::{fundamental_value, promised_growth};
