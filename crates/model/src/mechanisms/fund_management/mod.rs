//! mechanisms/fund_management

mod vintage;

pub use vintage::{TrackRecord, manage_funds};
