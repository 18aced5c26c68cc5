//! Missions of whole-nation programmes: attempts at a key technology, their milestones, and what these cost and bring.

use bevy_ecs::prelude::Entity;
use serde::{Deserialize, Serialize};

use crate::parameters::{Government, Technology as TechnologyParameters};
use crate::rules::search::{BREAKTHROUGH_SIZE, bounded};
use crate::state::technology::{FunnelCell, base_log_odds};
use tripath_engine::math;

/// Milestones of a key technology: laboratory, pilot, line.
pub const MILESTONES: u8 = 3;

/// An enterprise that works at a key technology.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Member {
    /// The enterprise as an entity: one that is no longer there means that it is gone.
    #[serde(with = "crate::state::enterprise::as_bits")]
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

/// Probability that a milestone is passed: `logit p = logit p0 + (logit p_k − mean logit p_k) + a_f (adequacy − ½) + a_L failures + lead`.
///
/// The second milestone is the hardest, as the second stage of a project is: `p_k` are the chances of projects' stages. `adequacy` is that of
/// its money (`money_adequacy`). Failed attempts leave knowledge behind, and able enterprises get further: `lead` in log points of knowledge
/// over the sector's mean.
pub fn milestone_probability(
    government: &Government,
    technology: &TechnologyParameters,
    milestone: u8,
    adequacy: f64,
    failures: u32,
    lead: f64,
) -> f64 {
    let stages = base_log_odds(technology);
    let mean = stages.iter().sum::<f64>() / stages.len() as f64;
    math::logistic(
        math::logit(government.mission_success.clamp(0.001, 0.999)) + stages[usize::from(milestone)] - mean
            + technology.success_adequacy * (adequacy - 0.5)
            + government.mission_learning * f64::from(failures)
            + lead.clamp(-1.0, 1.0),
    )
}

/// Adequacy of the money for a milestone: `clip(½ · years at full effort / years taken, 0, 1)`, one half at full effort, as with projects.
pub fn money_adequacy(planned_years: f64, years_taken: f64) -> f64 {
    (0.5 * math::ratio(planned_years, years_taken, 1.0)).clamp(0.0, 1.0)
}

/// What a year of full effort at a key technology costs: `m ρ D`, a part `m` of the R&D at the world's frontier of suppliers who would serve all
/// home demand `D`. It does not shrink with a home industry that is small yet.
pub fn full_effort(government: &Government, rd_intensity: f64, annual_demand: f64) -> f64 {
    government.mission_effort * rd_intensity * annual_demand
}

/// Quality that members gain with a technology: a part of the gap to foreign suppliers, and a breakthrough's step.
///
/// `g max(gap, 0) + b(3 m o)`, with `m` the mean size of inventions, `o` the sector's opportunity and `b` the [bound](bounded) of every step.
pub fn technology_gain(technology: &TechnologyParameters, gain: f64, gap: f64, opportunity: f64) -> f64 {
    gain * gap.max(0.0) + bounded(BREAKTHROUGH_SIZE * technology.innovation_mean * opportunity, technology.largest_step)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_teach() {
        let government = Government { mission_success: 0.4, mission_learning: 0.35, ..Government::default() };
        // Stages as easy as each other.
        let technology = TechnologyParameters {
            success_pilot: 0.5,
            success_demonstration: 0.5,
            success_line: 0.5,
            success_adequacy: 1.2,
            ..TechnologyParameters::default()
        };
        let of = |milestone, adequacy, failures, lead| milestone_probability(&government, &technology, milestone, adequacy, failures, lead);
        assert!((of(0, 0.5, 0, 0.0) - 0.4).abs() < 1e-9);
        let odds = |p: f64| p / (1.0 - p);
        assert!((odds(of(1, 0.5, 2, 0.0)) / odds(0.4) - math::exp(0.7)).abs() < 1e-9);
        assert!((odds(of(2, 0.25, 0, 0.0)) / odds(0.4) - math::exp(-0.3)).abs() < 1e-9, "want of money");
        assert!(of(0, 0.5, 0, 0.5) > 0.4);
    }

    #[test]
    fn the_second_milestone_is_the_hardest() {
        let (government, technology) = (Government::default(), TechnologyParameters::default());
        let logits = [0, 1, 2].map(|milestone| math::logit(milestone_probability(&government, &technology, milestone, 0.5, 0, 0.0)));
        assert!(logits[1] < logits[0] && logits[0] < logits[2]);
        // In the mean of log-odds stages change nothing.
        assert!((logits.iter().sum::<f64>() / 3.0 - math::logit(government.mission_success)).abs() < 1e-9);
    }

    #[test]
    fn money_by_hand() {
        assert_eq!([money_adequacy(1.5, 1.5), money_adequacy(1.5, 3.0), money_adequacy(1.5, 0.5)], [0.5, 0.25, 1.0]);
        let government = Government { mission_effort: 0.8, ..Government::default() };
        assert!((full_effort(&government, 0.05, 400.0) - 16.0).abs() < 1e-12);
    }

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
    fn a_gain_by_hand() {
        // Far below the bound a step is what it is; none passes it.
        let technology = TechnologyParameters { innovation_mean: 0.05, largest_step: 1e6, ..TechnologyParameters::default() };
        assert!((technology_gain(&technology, 0.5, 0.8, 1.0) - 0.55).abs() < 1e-6);
        assert!((technology_gain(&technology, 0.5, -0.3, 2.0) - 0.3).abs() < 1e-6);
        assert!(technology_gain(&TechnologyParameters { largest_step: 0.2, ..technology }, 0.5, 0.0, 9.0) <= 0.2);
    }

    #[test]
    fn achievements_count_milestones() {
        assert_eq!(Mission { milestone: 1, completed: 2, ..Mission::default() }.achieved(), 2.0 + 1.0 / 3.0);
    }
}
