//! Production and settlement: output, wages and sales, then taxes, interest, repayments and dividends.

mod production;
mod quarter;
mod settled;
mod settlement;
mod sheet;

pub use quarter::produce_and_settle;
