//! mechanisms/programmes

mod desk;
mod laboratory;

pub(crate) use desk::Desk;
pub use laboratory::{advance_laboratories, pay_laboratory};
