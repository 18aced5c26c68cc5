//! Markets: the state of each sector, goods and labour.

pub mod goods;
pub mod labour;
pub mod needs;
mod orders;
mod sector;
mod sector_view;

pub use sector::{SectorState, Sectors, typical_share};
pub use sector_view::{SectorView, SectorViews};
