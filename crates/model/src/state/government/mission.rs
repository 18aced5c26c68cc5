//! Missions of whole-nation programmes: members, attempts, milestones.

use bevy_ecs::prelude::Entity;
use serde::{Deserialize, Serialize};

use crate::state::technology::FunnelCell;

/// Milestones of a key technology: laboratory, pilot, line.
pub const MILESTONES: u8 = 3;

/// An enterprise that works at a key technology.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Member {
    /// The enterprise as an entity: one that is no longer there means that it is gone.
    #[serde(with = "tripath_engine::rows::as_bits")]
    pub enterprise: Entity,
    /// Its id.
    pub id: u64,
}

/// The key technology that a whole-nation programme works at.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Mission {
    /// Enterprises that work at it.
    pub members: Vec<Member>,
    /// Milestones passed in this attempt.
    pub milestone: u8,
    /// Years of full effort spent on the next milestone.
    pub progress: f64,
    /// Tick in which the attempt under way began; none between two attempts.
    pub began: Option<u32>,
    /// Tick in which work at the next milestone began.
    pub since: u32,
    /// Spent on the attempt under way.
    pub spent: f64,
    /// Paid for its research in this tick.
    pub paid: f64,
    /// Failed attempts at this technology, each of which teaches.
    pub failures: u32,
    /// Technologies brought home to date.
    pub completed: u32,
}

impl Mission {
    /// What an evaluation finds: technologies brought home and milestones passed in the attempt under way.
    pub fn achieved(&self) -> f64 {
        f64::from(self.completed) + f64::from(self.milestone) / f64::from(MILESTONES)
    }

    /// Ends the attempt under way; what failed attempts taught stays.
    pub(crate) fn end_attempt(&mut self) {
        *self = Self { failures: self.failures, completed: self.completed, paid: self.paid, ..Self::default() };
    }

    /// Begins an attempt where none is under way: an invention of policy's that enters its first stage.
    pub(crate) fn begin(&mut self, tick: u32, cell: &mut FunnelCell) {
        if self.began.is_none() {
            (self.began, self.since) = (Some(tick), tick);
            cell.inventions += 1;
            cell.entered[0] += 1;
        }
    }

    /// Goes on to the next milestone where one is passed; an attempt that fails ends, and teaches.
    pub(crate) fn go_on(&mut self, passed: bool) {
        if passed {
            self.milestone += 1;
        } else {
            self.failures += 1;
            self.end_attempt();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_attempt_that_ends_leaves_what_it_taught() {
        let mut mission = Mission {
            members: vec![Member { enterprise: Entity::PLACEHOLDER, id: 7 }],
            milestone: 2,
            failures: 3,
            completed: 1,
            spent: 9.0,
            ..Mission::default()
        };
        mission.end_attempt();
        assert_eq!(mission, Mission { failures: 3, completed: 1, ..Mission::default() });
    }

    #[test]
    fn achievements_count_milestones() {
        assert_eq!(Mission { milestone: 1, completed: 2, ..Mission::default() }.achieved(), 2.0 + 1.0 / 3.0);
    }
}
