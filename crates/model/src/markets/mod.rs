//! Markets: the state of each sector, goods and labour.

pub mod goods;
pub mod labour;
mod sector;

pub use sector::{SectorState, Sectors, typical_share};
