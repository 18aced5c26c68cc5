//! Honest books: one door for payments, one for stock changes that are no payment.

mod batch;
mod check;
mod ledger;
mod stocks;

pub use batch::{Batch, add_in_turn};
pub use check::{BookCheck, Breach, TOLERANCE};
pub use ledger::{Account, Book, End, Granted, Ledger};
pub use stocks::{MicroStocks, StockTable};
