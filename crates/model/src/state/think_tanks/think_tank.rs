//! Think tanks, and what their clients pay.

use bevy_ecs::prelude::{Component, Resource};
use serde::{Deserialize, Serialize};

/// Fees of enterprise clients in this tick, by `[think tank × sectors + sector]`.
#[derive(Debug, Clone, Default, PartialEq, Resource, Serialize, Deserialize)]
pub struct ClientFees(pub Vec<f64>);

/// A think tank.
#[derive(Debug, Clone, PartialEq, Component, Serialize, Deserialize)]
pub struct ThinkTank {
    /// Stable id, from 1.
    pub id: u64,
    /// Region of its seat.
    pub region: u16,
    /// Weights over sectors; sum to 1.
    pub field: Vec<f64>,
    /// Staff.
    pub staff: f64,
    /// Quality of research.
    pub quality: f64,
    /// Independence.
    pub independence: f64,
    /// Reputation.
    pub reputation: f64,
    /// Deposits.
    pub cash: f64,
    /// Growth of demand by sector that it called a year ago.
    pub calls: Vec<f64>,
    /// Accuracy of its last calls.
    pub accuracy: f64,
    /// Income of the last tick: contracts, clients, subscriptions, commissions.
    pub income: [f64; 4],
    /// Part of all income that clients of each sector pay, averaged.
    pub clients: Vec<f64>,
    /// Earned in this tick so far: contracts, subscriptions.
    pub earned: [f64; 2],
}
