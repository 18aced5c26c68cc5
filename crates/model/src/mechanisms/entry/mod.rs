//! Entry: enterprises are founded.

mod entrants;
mod founding;

pub use entrants::{found_enterprises, settle_newcomers};
