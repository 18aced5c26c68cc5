//! passes/close

mod closing;

pub use closing::close_tick;
