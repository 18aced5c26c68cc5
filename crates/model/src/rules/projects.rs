//! Projects: what stages cost, how long they take, and how likely they are to succeed.

use crate::parameters::Technology as Parameters;
use crate::state::technology::{KINDS, Kind, STAGES};
use tripath_engine::math;

/// Odds that a project in each stage is converted in the end, as financiers and appraisers count them.
const ODDS: [f64; STAGES] = [0.25, 0.36, 0.8];

/// Expected edge of all projects under way, from their sizes (0 where there is none): size times the odds of conversion from their stage,
/// log points.
#[inline(always)]
pub fn expected_edge(sizes: [f64; STAGES]) -> f64 {
    sizes[0] * ODDS[0] + sizes[1] * ODDS[1] + sizes[2] * ODDS[2]
}

/// Costs of the stages over that of the first: `1`, `growth × valley_cost`, `growth²`.
#[inline(always)]
pub fn stage_rises(parameters: &Parameters) -> [f64; STAGES] {
    let growth = parameters.stage_cost_growth;
    [1.0, growth * parameters.valley_cost, growth * growth]
}

/// Cost of a stage: `n S⁺ × stage_cost × rise of the stage × load`.
///
/// `norm` is the [research norm](crate::rules::search::research_norm) `n S⁺` of what the step is applied to: no intensity of an enterprise or a sector is in it, so that
/// R&D buys projects and does not make them dearer.
#[inline(always)]
pub fn stage_cost(parameters: &Parameters, norm: f64, stage: usize, load: f64) -> f64 {
    norm * parameters.stage_cost * stage_rises(parameters)[stage] * load
}

/// Expected cost of a project from the beginning of a stage to its end, over `n S⁺` and load: what comes later is paid only if it comes to that.
pub fn expected_costs(parameters: &Parameters) -> [f64; STAGES] {
    let odds = [parameters.success_pilot, parameters.success_demonstration, parameters.success_line];
    let rises = stage_rises(parameters);
    let mut costs = [0.0; STAGES];
    let mut later = 0.0;
    for stage in (0..STAGES).rev() {
        costs[stage] = parameters.stage_cost * rises[stage] + odds[stage] * later;
        later = costs[stage];
    }
    costs
}

/// Pace of projects: `1 + a (a_I − 1)`, at least a tenth, `a_I` what is attended to in the laboratory ([`crate::rules::attention::attended`]). Engineers and
/// managers who write applications or talk to investors are not there: a stage then costs and lasts `1 / pace` of its norm.
#[inline(always)]
pub fn pace(parameters: &Parameters, attended: f64) -> f64 {
    (1.0 + parameters.attention_pace * (attended - 1.0)).max(0.1)
}

/// Odds of all stages left, for a project in each stage.
pub fn odds_left(parameters: &Parameters) -> [f64; STAGES] {
    let odds = [parameters.success_pilot, parameters.success_demonstration, parameters.success_line];
    std::array::from_fn(|stage| odds[stage..].iter().product())
}

/// Whether a project is given up: its expected value is below `hurdle ×` the cost still to pay.
///
/// Expected value = edge × [odds of all stages left](odds_left) × years of quasi-rent × annual value added. Sunk cost counts for nothing.
#[inline(always)]
pub fn hopeless(parameters: &Parameters, size: f64, odds_left: f64, annual_value_added: f64, cost_left: f64) -> bool {
    size * odds_left * parameters.project_value_years * annual_value_added.max(0.0) < parameters.abandonment_hurdle * cost_left
}

/// Log-odds of success in each stage, before anything speaks for or against it: `logit p0`.
pub fn base_log_odds(parameters: &Parameters) -> [f64; STAGES] {
    [parameters.success_pilot, parameters.success_demonstration, parameters.success_line].map(math::logit)
}

/// Knowledge that a project builds on: the enterprise's lead over the others in its sector in what the project improves, log points
/// (below 0 behind them), and what public laboratories add to the sector's; at most 1 either way. `leads` are those in productivity, quality and
/// saved capital. What others have already asks for none.
pub fn knowledge(mix: &[f32; KINDS], leads: [f64; 3], laboratory_lift: f64) -> f64 {
    let mut lead = 0.0;
    for kind in Kind::ALL {
        let gains = kind.gains();
        if kind.adopted() {
            continue;
        }
        let all: f64 = gains.iter().sum();
        lead += f64::from(mix[kind as usize]) * gains.iter().zip(leads).map(|(gain, lead)| gain * lead).sum::<f64>() / all;
    }
    (lead + laboratory_lift).clamp(-1.0, 1.0)
}

/// What speaks for or against a project at the end of a stage.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Grounds {
    /// How fast the stage was paid for against its least duration, 0 to 1.
    pub adequacy: f64,
    /// What is attended to in the laboratory, over that at one third of attention.
    pub attended: f64,
    /// Gain of log-odds by a think tank's advice and by support.
    pub advice: f64,
    /// Share of the [source that fits](crate::state::technology::FITTING_SOURCE) in what was spent in the stage.
    pub outside_share: f64,
    /// Knowledge that it builds on, log points.
    pub knowledge: f64,
}

/// Log-odds that a stage is passed, from its [base log-odds](base_log_odds).
///
/// `logit p = logit p0 + a_f (adequacy − 1/2) + a_I (a_I(e) − 1) + a_K knowledge + advice + a_P policy share (first stage) + a_C capital share (second stage)`.
pub fn success_log_odds(parameters: &Parameters, base_log_odds: f64, stage: usize, grounds: &Grounds) -> f64 {
    let mut log_odds = base_log_odds;
    log_odds += parameters.success_adequacy * (grounds.adequacy - 0.5);
    log_odds += parameters.success_attention * (grounds.attended - 1.0);
    log_odds += parameters.success_knowledge * grounds.knowledge;
    log_odds += grounds.advice;
    log_odds += grounds.outside_share * [parameters.success_public_early, parameters.success_venture_middle, 0.0][stage];
    log_odds
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::technology::Project;

    #[test]
    fn later_stages_cost_more() {
        let parameters = Parameters::default();
        let costs: Vec<f64> = (0..STAGES).map(|stage| stage_cost(&parameters, 1.0, stage, 1.0)).collect();
        let (growth, valley) = (parameters.stage_cost_growth, parameters.valley_cost);
        assert!((costs[1] / costs[0] - growth * valley).abs() < 1e-12, "the valley of death");
        assert!((costs[2] / costs[0] - growth * growth).abs() < 1e-12);
        assert_eq!(stage_cost(&parameters, 1.0, 1, 2.0), 2.0 * costs[1]);
        let odds = [parameters.success_pilot, parameters.success_demonstration];
        assert!((expected_costs(&parameters)[0] - (costs[0] + odds[0] * (costs[1] + odds[1] * costs[2]))).abs() < 1e-12);
    }

    #[test]
    fn attention_sets_the_pace() {
        let parameters = Parameters { attention_pace: 1.5, ..Parameters::default() };
        assert_eq!(pace(&parameters, 1.0), 1.0);
        assert!((pace(&parameters, 0.8) - 0.7).abs() < 1e-12);
        assert!((pace(&Parameters { attention_pace: 2.0, ..parameters }, 0.0) - 0.1).abs() < 1e-12);
    }

    #[test]
    fn a_project_not_worth_its_cost_is_given_up() {
        let parameters = Parameters {
            success_pilot: 0.5,
            success_demonstration: 0.5,
            success_line: 0.8,
            project_value_years: 5.0,
            abandonment_hurdle: 0.5,
            ..Parameters::default()
        };
        // Worth 0.1 × 0.2 × 5 × 10 = 1 in the laboratory, 4 before the line.
        let [laboratory, _, line] = odds_left(&parameters);
        assert!(!hopeless(&parameters, 0.1, laboratory, 10.0, 1.9) && hopeless(&parameters, 0.1, laboratory, 10.0, 2.1));
        assert!(!hopeless(&parameters, 0.1, line, 10.0, 7.9) && hopeless(&parameters, 0.1, line, 10.0, 8.1));
        assert!(!hopeless(&Parameters { abandonment_hurdle: 0.0, ..parameters }, 0.1, laboratory, 0.0, 100.0));
    }

    #[test]
    fn a_neutral_state_gives_the_base_probability() {
        let parameters = Parameters::default();
        let [pilot, demonstration, _] = base_log_odds(&parameters);
        let neutral = Grounds { adequacy: 0.5, attended: 1.0, advice: 0.0, outside_share: 0.0, knowledge: 0.0 };
        let probability = |base, stage, grounds: &Grounds| math::logistic(success_log_odds(&parameters, base, stage, grounds));
        let p = probability(demonstration, 1, &neutral);
        assert!((p - parameters.success_demonstration).abs() < 1e-9);
        assert!(probability(demonstration, 1, &Grounds { outside_share: 1.0, ..neutral }) > p);
        let supported = Grounds { advice: 0.5, outside_share: 1.0, ..neutral };
        assert!(probability(pilot, 0, &supported) > parameters.success_pilot);
    }

    #[test]
    fn knowledge_speaks_for_a_project() {
        let of = |kind: Kind, laboratory| {
            let mut mix = [0.0; KINDS];
            mix[kind as usize] = 1.0;
            knowledge(&mix, [0.3, -0.1, 0.2], laboratory)
        };
        let by_kind = [Kind::Process, Kind::Product, Kind::Scale, Kind::AdoptedProcess].map(|kind| of(kind, 0.0));
        assert!(by_kind.iter().zip([0.3, -0.1, 0.2, 0.0]).all(|(found, expected)| (found - expected).abs() < 1e-15));
        // Half a log point of productivity beside one of quality.
        assert!((of(Kind::Breakthrough, 0.0) - (0.15 - 0.1) / 1.5).abs() < 1e-15);
        assert!((of(Kind::Product, 0.4) - 0.3).abs() < 1e-15, "laboratories make up for what an enterprise lacks");
        assert_eq!((of(Kind::Process, 0.9), knowledge(&Project::of(Kind::Process, 1.0, 1.0, 0).mix, [-3.0, 0.0, 0.0], 0.0)), (1.0, -1.0));
        // Even odds, half a log-odd a log point: 0.4 ahead are 0.2 log-odds.
        let parameters = Parameters { success_knowledge: 0.5, ..Parameters::default() };
        let grounds = Grounds { adequacy: 0.5, attended: 1.0, advice: 0.0, outside_share: 0.0, knowledge: 0.4 };
        assert!((success_log_odds(&parameters, 0.0, 2, &grounds) - 0.2).abs() < 1e-12);
    }

    #[test]
    fn an_expected_edge_by_hand() {
        assert_eq!(expected_edge([0.0; 3]), 0.0);
        assert!((expected_edge([0.4, 0.0, 0.1]) - 0.18).abs() < 1e-15);
    }
}
