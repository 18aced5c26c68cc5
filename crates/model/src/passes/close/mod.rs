//! The close of a tick: values, the census, and every sum that is taken of all enterprises.

mod closed;
mod closing;
mod count;

pub use closing::close_tick;
