//! Enterprises: prices, orders, production, settlement, investment, attention, entry and exit.

mod attention;
mod bridging;
mod census;
mod closing;
mod components;
mod contest;
mod demand;
mod distress;
mod entry;
mod exit;
mod investment;
mod liquidation;
mod orders;
mod pricing;
mod production;
mod quarter;
mod register;
mod settlement;
mod table;
mod year;

pub use attention::{choose_attention, choose_paths, log_weights};
pub use census::Census;
pub use closing::close_tick;
pub use components::*;
pub use demand::{compete, mobilities, share_step, take_orders, won_by_pull};
pub use distress::{Distressed, Footing, Wanting, relative_size};
pub use entry::{born_from, entry_factor, found_enterprises, stable_id};
pub use exit::{Closure, close_enterprise, extinguish_equity, fail_and_exit};
pub use investment::{Outlook, Plan, desired_capital};
pub use pricing::{full_unit_cost, markup_price, markup_step, set_prices};
pub use production::labour_input;
pub use quarter::produce_and_settle;
pub use register::{Owners, Register};
pub use settlement::corporate_tax;
pub use table::{Columns, Enterprise, Enterprises};
pub use year::{YearAccount, YearAccounts};
