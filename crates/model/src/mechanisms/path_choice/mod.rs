//! mechanisms/path_choice

mod turn;

pub(crate) use turn::{Turn, Turning};
