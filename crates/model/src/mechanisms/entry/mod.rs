//! mechanisms/entry

mod entrants;
mod founding;

pub use entrants::{Newcomers, born_from, found_enterprises, settle_newcomers, stable_id};
