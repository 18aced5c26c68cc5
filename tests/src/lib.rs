//! What the tests of tripath share.

pub mod binary;
pub mod runs;
pub mod sources;
pub mod tables_by_hand;
pub mod worlds;
