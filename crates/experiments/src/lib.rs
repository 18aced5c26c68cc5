//! Configuration → runs → outputs.

pub mod branch;
pub mod configuration;
pub mod evidence;
pub mod memory;
pub mod run;
pub mod speed;
pub mod stress;
pub mod summary;
pub mod sweep;
pub mod trace;
pub mod validation;
