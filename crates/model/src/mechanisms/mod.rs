//! mechanisms

pub mod banking;
pub mod book_check;
pub mod competition;
pub mod credit;
pub mod deals;
pub mod departure;
pub mod entry;
pub mod failure;
pub mod flotation;
pub mod fund_exits;
pub mod fund_management;
pub mod goods_market;
pub mod grants;
pub mod households;
pub mod innovation_returns;
pub mod labour_market;
pub mod missions;
pub mod path_choice;
pub mod pricing;
pub mod programmes;
pub mod public_finance;
pub mod rest_of_world;
pub mod sector_choice;
pub mod think_tanks;
pub mod timeline;
pub mod trading;
