//! state

pub mod accounts;
pub mod calendar;
pub mod census;
pub mod decisions;
pub mod economy;
pub mod enterprise;
pub mod exchange;
pub mod government;
pub mod growth;
pub mod ids;
pub mod returns;
pub mod sector;
pub mod technology;
pub mod venture;
