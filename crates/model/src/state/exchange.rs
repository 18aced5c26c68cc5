//! The exchange and its boards: sentiment, indices, the window for listings.

use bevy_ecs::prelude::{Component, Entity, Resource, With};
use serde::{Deserialize, Serialize};

use crate::parameters::Parameters;
use tripath_engine::rows::Rows;

/// A board of the exchange.
#[derive(Debug, Clone, Default, PartialEq, Component, Serialize, Deserialize)]
pub struct Board {
    /// Sentiment in log points.
    pub sentiment: f64,
    /// Usual growth of the price index a year, averaged: what is above it is extrapolated.
    pub usual_return: f64,
    /// Price index; 100 at its first listing.
    pub price_index: f64,
    /// Total-return index.
    pub total_return_index: f64,
    /// Market value at the last close.
    pub market_value: f64,
    /// Fundamental value at the last close.
    pub fundamental_value: f64,
    /// Smoothed earnings of listed enterprises.
    pub earnings: f64,
    /// Listed enterprises.
    pub listed: u64,
    /// Money raised in this tick.
    pub issuance: f64,
    /// Dividends in this tick.
    pub dividends: f64,
    /// Buybacks in this tick.
    pub buybacks: f64,
    /// Listings in this tick.
    pub listings: u64,
    /// Delistings in this tick.
    pub delistings: u64,
    /// Dressed earnings exposed in this tick.
    pub exposures: u64,
    /// Market value of those exposed in this tick.
    pub exposed_value: f64,
}

impl Board {
    /// Forgets the flows of the last tick.
    pub fn open_tick(&mut self) {
        self.issuance = 0.0;
        self.dividends = 0.0;
        self.buybacks = 0.0;
        self.listings = 0;
        self.delistings = 0;
        self.exposures = 0;
        self.exposed_value = 0.0;
    }
}

/// An enterprise that applies for a listing.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Applicant {
    /// Row.
    pub row: u32,
    /// Board.
    pub board: u8,
}

/// An enterprise that waits for a listing.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Waiting {
    /// The enterprise as an entity: one that is no longer there means that it is gone.
    #[serde(with = "tripath_engine::rows::as_bits")]
    pub enterprise: Entity,
    /// Board.
    pub board: u8,
}

/// Those who apply for a listing in this tick. Scratch: they are in the queue by its end.
#[derive(Debug, Clone, Default, PartialEq, Resource)]
pub struct Applicants(pub Vec<Applicant>);

/// Rows of those at work that are listed. Scratch: found when equity is valued, joined by those who go public thereafter.
#[derive(Debug, Clone, Default, PartialEq, Resource)]
pub struct Traded(pub Vec<u32>);

/// Boards in the order of the configuration, to read.
pub type Boards<'w, 's> = Rows<'w, 's, &'static Board, With<Board>>;

/// Boards in the order of the configuration, to write.
pub type BoardsMut<'w, 's> = Rows<'w, 's, &'static mut Board, With<Board>>;

/// What the boards of the exchange share.
#[derive(Debug, Clone, Default, PartialEq, Resource, Serialize, Deserialize)]
pub struct Exchange {
    /// Applicants in the order of their applications.
    pub queue: Vec<Waiting>,
    /// Places left of the quota.
    pub places: f64,
    /// Log of the price index of all boards together; 0 at the start.
    pub composite: f64,
    /// The same, averaged over two years.
    pub usual_composite: f64,
    /// Approval lets nobody in after a fall of prices.
    pub suspended: bool,
}

impl Exchange {
    /// Years that the queue is long at `quota` listings a year.
    pub fn queue_years(&self, quota: f64) -> f64 {
        if quota > 0.0 { self.queue.len() as f64 / quota } else { 10.0 }
    }

    /// Whether a board takes new listings now.
    pub fn window_open(&self, parameters: &Parameters, board: usize) -> bool {
        let open = parameters.capital_market.open && parameters.boards[board].value.open;
        open && !(by_approval(parameters, board) && self.suspended)
    }
}

/// Whether listings on a board need approval.
pub fn by_approval(parameters: &Parameters, board: usize) -> bool {
    let own = parameters.boards[board].value.regime.as_str();
    (if own == "exchange" { parameters.capital_market.regime.as_str() } else { own }) == "approval"
}
