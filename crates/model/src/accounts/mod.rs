//! Honest books: one door for payments, one for stock changes that are no payment, and the identities.

mod batch;
mod identities;
mod kinds;
mod ledger;
mod stocks;

pub use batch::{Batch, add_in_turn};
pub use identities::{Breach, check_identities};
pub use kinds::{FlowClass, FlowKind, InstitutionalSector, Instrument, SECTOR_COUNT};
pub use ledger::{Account, Book, End, Granted, Ledger};
pub use stocks::{MicroStocks, StockTable};

mod closing;
mod growth;
mod national_accounts;
mod prices;

pub use closing::{BookCheck, close_books};
pub use growth::{GROWTH_CHANNELS, Growth, GrowthWeights, Moved, Moves, SectorGrowth, account_growth};
pub use identities::stock_transactions;
pub use national_accounts::{Economy, Group, Tally, measure_output, user_cost};
pub use prices::Prices;
