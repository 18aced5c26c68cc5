//! Passes: where several mechanisms work on the same data with nothing to wait for between them, one system runs their rules enterprise by enterprise.

pub mod close;
pub mod innovation;
pub mod look_ahead;
pub mod operation;
