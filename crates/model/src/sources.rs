//! Sources of funding of R&D.

/// Sources of funding, in the order of every array by source.
pub const SOURCES: [&str; 3] = ["own", "policy", "capital"];

/// Own money: cash flow and bank credit.
pub const OWN: usize = 0;

/// Public money.
pub const POLICY: usize = 1;

/// Money of funds and the exchange.
pub const CAPITAL: usize = 2;
