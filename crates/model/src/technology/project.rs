//! A project: an invention on its way through technology readiness levels.

use serde::{Deserialize, Serialize};

use crate::math;
use crate::parameters::Technology as Parameters;

use super::{CAPITAL, OWN, POLICY};

/// Stages of a project: TRL 3 to 6 (pilot), 6 to 8 (demonstration), 8 to 9 (line).
pub const STAGES: usize = 3;

/// What an invention changes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Kind {
    /// Less labour per unit.
    #[default]
    Process,
    /// A better product.
    Product,
    /// Less capital per unit.
    Scale,
    /// All of it, and the sector's opportunity.
    Breakthrough,
}

impl Kind {
    /// Name in tables.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Process => "process",
            Kind::Product => "product",
            Kind::Scale => "scale",
            Kind::Breakthrough => "breakthrough",
        }
    }

    /// What a stage costs over one of an ordinary project: twice for a breakthrough.
    #[inline(always)]
    pub fn cost_weight(self) -> f64 {
        if self == Kind::Breakthrough { 2.0 } else { 1.0 }
    }
}

/// How far a project is in its stage.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Progress {
    /// There is no project.
    #[default]
    None,
    /// Under way.
    Running,
    /// Passed its stage and waits for the next to be free.
    Passed,
}

/// A project in one stage. It remembers who paid.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Project {
    /// How far it is.
    pub progress: Progress,
    /// What it changes.
    pub kind: Kind,
    /// Ticks from the invention to the entry into its stage.
    pub entered_after: u16,
    /// Tick of the invention.
    pub invented: u32,
    /// Edge in log points if it succeeds.
    pub size: f64,
    /// Spent in this stage.
    pub stage_spent: f64,
    /// Spent in this stage by the outside source whose money speaks for it: policy in the first stage, capital in the second.
    pub stage_outside: f64,
    /// Spent by source, in all stages and on the search that found it.
    pub spent: [f64; 3],
}

impl Project {
    /// Whether there is a project.
    #[inline]
    pub fn exists(&self) -> bool {
        self.progress != Progress::None
    }

    /// Ticks since it entered its stage.
    pub fn ticks_in_stage(&self, tick: u32) -> u32 {
        tick - self.invented - u32::from(self.entered_after)
    }

    /// The same project at the beginning of its next stage.
    pub fn in_next_stage(&self, tick: u32) -> Self {
        let entered_after = u16::try_from(tick - self.invented).unwrap_or(u16::MAX);
        Self { progress: Progress::Running, entered_after, stage_spent: 0.0, stage_outside: 0.0, ..*self }
    }

    /// Share of the outside source whose money speaks for this stage in what was spent in it.
    pub fn outside_share(&self) -> f64 {
        math::ratio(self.stage_outside, self.stage_spent, 0.0)
    }

    /// Source that paid most; own where nothing was spent.
    #[inline]
    pub fn main_source(&self) -> usize {
        main_source(self.spent) as usize
    }

    /// Shares of the sources in what was spent.
    pub fn source_shares(&self) -> [f64; 3] {
        let total: f64 = self.spent.iter().sum();
        if total <= 0.0 { [1.0, 0.0, 0.0] } else { self.spent.map(|spent| spent / total) }
    }
}

/// Source that paid most of what was spent; own where that is nothing. Without a branch, and as wide as what it compares.
#[inline(always)]
pub(super) fn main_source(spent: [f64; 3]) -> u64 {
    let outside = spent[POLICY] > spent[OWN];
    let most = if outside { spent[POLICY] } else { spent[OWN] };
    if spent[CAPITAL] > most { CAPITAL as u64 } else { u64::from(outside) * POLICY as u64 }
}

/// Outside source whose money speaks for a stage: policy for the pilot, capital for the demonstration; none for the line, which own money pays.
pub const FITTING_SOURCE: [Option<usize>; STAGES] = [Some(POLICY), Some(CAPITAL), None];

/// Odds that a project in each stage is converted in the end, as financiers and appraisers count them.
const ODDS: [f64; STAGES] = [0.25, 0.36, 0.8];

/// Expected edge of all projects under way, from their sizes (0 where there is none): size times the odds of conversion from their stage,
/// log points.
#[inline(always)]
pub fn expected_edge(sizes: [f64; STAGES]) -> f64 {
    sizes[0] * ODDS[0] + sizes[1] * ODDS[1] + sizes[2] * ODDS[2]
}

/// Cost of a stage: `normal R&D a year × stage_cost × growth^stage`, times `valley_cost` in the second stage, and the [weight](Kind::cost_weight)
/// of the project's kind: breakthroughs cost double.
///
/// `normal_rd` is the sector's R&D intensity times the enterprise's annual sales, but at least that of an
/// enterprise of `small_enterprise_floor` times the mean: what is a year's effort for a large enterprise
/// is beyond the cash flow of a small one.
#[inline(always)]
pub fn stage_cost(parameters: &Parameters, normal_rd: f64, stage: usize, weight: f64) -> f64 {
    let growth = parameters.stage_cost_growth;
    let rise = [1.0, growth * parameters.valley_cost, growth * growth][stage];
    normal_rd * parameters.stage_cost * rise * weight
}

/// Pace of projects: `1 + a (e_I − 1/2)`, at least a tenth. Engineers and managers who write applications or talk to
/// investors are not in the laboratory: a stage then costs and lasts `1 / pace` of its norm.
#[inline(always)]
pub fn pace(parameters: &Parameters, attention: f64) -> f64 {
    (1.0 + parameters.attention_pace * (attention - 0.5)).max(0.1)
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
/// (below 0 behind them), and what public laboratories add to the sector's; at most 1 either way.
pub fn knowledge(kind: Kind, productivity_lead: f64, quality_lead: f64, scale_lead: impl FnOnce() -> f64, laboratory_lift: f64) -> f64 {
    let lead = match kind {
        Kind::Process => productivity_lead,
        Kind::Product => quality_lead,
        Kind::Scale => scale_lead(),
        Kind::Breakthrough => 0.5 * (productivity_lead + quality_lead),
    };
    (lead + laboratory_lift).clamp(-1.0, 1.0)
}

/// What speaks for or against a project at the end of a stage.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Grounds {
    /// How fast the stage was paid for against its least duration, 0 to 1.
    pub adequacy: f64,
    /// Attention to the industrial path.
    pub attention: f64,
    /// Gain of log-odds by a think tank's advice and by support.
    pub advice: f64,
    /// Share of the [source that fits](FITTING_SOURCE) in what was spent in the stage.
    pub outside_share: f64,
    /// Knowledge that it builds on, log points.
    pub knowledge: f64,
}

/// Log-odds that a stage is passed, from its [base log-odds](base_log_odds).
///
/// `logit p = logit p0 + a_f (adequacy − 1/2) + a_I (e_I − 1/3) + a_K knowledge + advice + a_P policy share (first stage) + a_C capital share (second stage)`.
pub fn success_log_odds(parameters: &Parameters, base_log_odds: f64, stage: usize, grounds: &Grounds) -> f64 {
    let mut log_odds = base_log_odds;
    log_odds += parameters.success_adequacy * (grounds.adequacy - 0.5);
    log_odds += parameters.success_attention * (grounds.attention - 1.0 / 3.0);
    log_odds += parameters.success_knowledge * grounds.knowledge;
    log_odds += grounds.advice;
    log_odds += grounds.outside_share * [parameters.success_public_early, parameters.success_venture_middle, 0.0][stage];
    log_odds
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn later_stages_cost_more() {
        let parameters = Parameters::default();
        let costs: Vec<f64> = (0..STAGES).map(|stage| stage_cost(&parameters, 1.0, stage, Kind::Process.cost_weight())).collect();
        let (growth, valley) = (parameters.stage_cost_growth, parameters.valley_cost);
        assert!((costs[1] / costs[0] - growth * valley).abs() < 1e-12, "the valley of death");
        assert!((costs[2] / costs[0] - growth * growth).abs() < 1e-12);
        assert_eq!(stage_cost(&parameters, 1.0, 1, Kind::Breakthrough.cost_weight()), 2.0 * costs[1]);
    }

    #[test]
    fn attention_sets_the_pace() {
        let parameters = Parameters { attention_pace: 1.5, ..Parameters::default() };
        assert_eq!(pace(&parameters, 0.5), 1.0);
        assert!((pace(&parameters, 0.3) - 0.7).abs() < 1e-12);
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
        let neutral = Grounds { adequacy: 0.5, attention: 1.0 / 3.0, advice: 0.0, outside_share: 0.0, knowledge: 0.0 };
        let probability = |base, stage, grounds: &Grounds| math::logistic(success_log_odds(&parameters, base, stage, grounds));
        let p = probability(demonstration, 1, &neutral);
        assert!((p - parameters.success_demonstration).abs() < 1e-9);
        assert!(probability(demonstration, 1, &Grounds { outside_share: 1.0, ..neutral }) > p);
        let supported = Grounds { advice: 0.5, outside_share: 1.0, ..neutral };
        assert!(probability(pilot, 0, &supported) > parameters.success_pilot);
    }

    #[test]
    fn knowledge_speaks_for_a_project() {
        let of = |kind, laboratory| knowledge(kind, 0.3, -0.1, || 0.2, laboratory);
        let by_kind = [Kind::Process, Kind::Product, Kind::Scale, Kind::Breakthrough].map(|kind| of(kind, 0.0));
        assert!(by_kind.iter().zip([0.3, -0.1, 0.2, 0.1]).all(|(found, expected)| (found - expected).abs() < 1e-15));
        assert!((of(Kind::Product, 0.4) - 0.3).abs() < 1e-15, "laboratories make up for what an enterprise lacks");
        assert_eq!((of(Kind::Process, 0.9), knowledge(Kind::Process, -3.0, 0.0, || 0.0, 0.0)), (1.0, -1.0));
        // Even odds, half a log-odd a log point: 0.4 ahead are 0.2 log-odds.
        let parameters = Parameters { success_knowledge: 0.5, ..Parameters::default() };
        let grounds = Grounds { adequacy: 0.5, attention: 1.0 / 3.0, advice: 0.0, outside_share: 0.0, knowledge: 0.4 };
        assert!((success_log_odds(&parameters, 0.0, 2, &grounds) - 0.2).abs() < 1e-12);
    }

    #[test]
    fn an_expected_edge_by_hand() {
        assert_eq!(expected_edge([0.0; 3]), 0.0);
        assert!((expected_edge([0.4, 0.0, 0.1]) - 0.18).abs() < 1e-15);
    }

    #[test]
    fn stages_begin_anew() {
        let pilot = Project { progress: Progress::Passed, invented: 7, stage_spent: 4.0, spent: [3.0, 1.0, 0.0], ..Project::default() };
        assert_eq!(Project { stage_outside: 1.0, ..pilot }.outside_share(), 0.25);
        let demonstration = pilot.in_next_stage(12);
        assert_eq!((demonstration.ticks_in_stage(15), demonstration.stage_spent, demonstration.spent), (3, 0.0, pilot.spent));
        assert_eq!(demonstration.outside_share(), 0.0);
    }

    #[test]
    fn projects_remember_who_paid() {
        let project = Project { spent: [1.0, 3.0, 0.0], ..Project::default() };
        assert_eq!(project.main_source(), POLICY);
        assert_eq!(project.source_shares(), [0.25, 0.75, 0.0]);
        assert_eq!(Project::default().source_shares(), [1.0, 0.0, 0.0]);
    }
}
