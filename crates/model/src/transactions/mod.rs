//! Transactions that several mechanisms carry out: each moves money and claims in the same way whoever calls it.

pub mod closure;
pub mod fund_payments;
