//! Missions of whole-nation programmes: the chance of a milestone, what full effort costs, what a technology brings.

use crate::parameters::{Government, Technology as TechnologyParameters};
use crate::rules::projects::base_log_odds;
use crate::rules::search::{BREAKTHROUGH_SIZE, bounded};
use tripath_engine::math;

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
/// `g max(gap, 0) + b(3 m o)`, with `m` the mean size of inventions, `o` the sector's opportunity and `b` the [bound](crate::rules::search::bounded) of every step.
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
    fn a_gain_by_hand() {
        // Far below the bound a step is what it is; none passes it.
        let technology = TechnologyParameters { innovation_mean: 0.05, largest_step: 1e6, ..TechnologyParameters::default() };
        assert!((technology_gain(&technology, 0.5, 0.8, 1.0) - 0.55).abs() < 1e-6);
        assert!((technology_gain(&technology, 0.5, -0.3, 2.0) - 0.3).abs() < 1e-6);
        assert!(technology_gain(&TechnologyParameters { largest_step: 0.2, ..technology }, 0.5, 0.0, 9.0) <= 0.2);
    }
}
