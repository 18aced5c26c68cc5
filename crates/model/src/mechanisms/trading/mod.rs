//! Trading of listed shares.

mod floor;
mod session;

pub use session::trade;
