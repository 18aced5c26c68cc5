//! rules

pub mod advice;
pub mod attention;
pub mod conversion;
pub mod evaluation;
pub mod guidance;
pub mod identities;
pub mod integrity;
pub mod investment;
pub mod listing;
pub mod money;
pub mod needs;
pub mod promise;
pub mod rate_of_return;
pub mod search;
pub mod sector_view;
pub mod self_sufficiency;
pub mod valuation;
