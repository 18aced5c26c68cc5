//! state/accounts

mod batch;
mod ledger;
mod stocks;

pub use batch::{Batch, add_in_turn};
pub use ledger::{Account, Book, End, Granted, Ledger};
pub use stocks::{MicroStocks, StockTable};
