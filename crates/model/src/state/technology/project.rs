//! A project: an invention on its way through technology readiness levels.

use serde::{Deserialize, Serialize};

use crate::parameters::Technology as Parameters;
use crate::sources::{CAPITAL, OWN, POLICY};
use tripath_engine::math;

/// Stages of a project: TRL 3 to 6 (pilot), 6 to 8 (demonstration), 8 to 9 (line).
pub const STAGES: usize = 3;

/// What a step of technique changes, and where it comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Serialize, Deserialize)]
pub enum Kind {
    /// An invention of its own: less labour per unit.
    #[default]
    Process,
    /// An invention of its own: a better product.
    Product,
    /// An invention of its own: less capital per unit.
    Scale,
    /// An invention of its own: all of it, and the sector's opportunity.
    Breakthrough,
    /// Productivity that others have.
    AdoptedProcess,
    /// Quality that others have.
    AdoptedProduct,
}

/// Number of kinds.
pub const KINDS: usize = 6;

impl Kind {
    /// All of them, in the order of every array by kind.
    pub const ALL: [Self; KINDS] =
        [Self::Process, Self::Product, Self::Scale, Self::Breakthrough, Self::AdoptedProcess, Self::AdoptedProduct];

    /// Name in tables.
    pub fn word(self) -> &'static str {
        match self {
            Kind::Process => "process",
            Kind::Product => "product",
            Kind::Scale => "scale",
            Kind::Breakthrough => "breakthrough",
            Kind::AdoptedProcess => "adopted_process",
            Kind::AdoptedProduct => "adopted_product",
        }
    }

    /// Whether it is something that others have already.
    pub fn adopted(self) -> bool {
        matches!(self, Kind::AdoptedProcess | Kind::AdoptedProduct)
    }

    /// Log points of productivity, of quality and of saved capital a unit that a log point of it brings.
    pub fn gains(self) -> [f64; 3] {
        match self {
            Kind::Process | Kind::AdoptedProcess => [1.0, 0.0, 0.0],
            Kind::Product | Kind::AdoptedProduct => [0.0, 1.0, 0.0],
            Kind::Scale => [0.0, 0.0, 1.0],
            Kind::Breakthrough => [0.5, 1.0, 0.0],
        }
    }

    /// More machines that a log point of it takes: `θ` for own labour-saving technique. What is adopted comes with better machines in place of more.
    pub fn machines(self, mechanisation: f64) -> f64 {
        match self {
            Kind::Process => mechanisation,
            Kind::Breakthrough => 0.5 * mechanisation,
            _ => 0.0,
        }
    }
}

/// A bundle of steps in one stage, which goes through it as one. It remembers what it consists of and who paid.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
pub struct Project {
    /// Inventions and adopted techniques in it, by kind; none where there is no project.
    pub ideas: [u32; KINDS],
    /// Part of its size that each kind makes; sums to 1.
    pub mix: [f32; KINDS],
    /// Tick of the invention: the mean of its ideas.
    pub invented: f32,
    /// Tick in which it entered its stage: the mean of what is in it, weighted by load.
    pub entered: u32,
    /// What its stages cost over those of an ordinary invention.
    pub load: f64,
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
    /// One idea that enters its first stage in a tick.
    pub fn of(kind: Kind, size: f64, load: f64, tick: u32) -> Self {
        let mut project = Self { invented: tick as f32, entered: tick, load, size, ..Self::default() };
        project.ideas[kind as usize] = 1;
        project.mix[kind as usize] = 1.0;
        project
    }

    /// Whether there is a project.
    #[inline]
    pub fn exists(&self) -> bool {
        self.load > 0.0
    }

    /// Number of ideas in it.
    pub fn count(&self) -> u64 {
        self.ideas.iter().map(|ideas| u64::from(*ideas)).sum()
    }

    /// Edge that a kind makes, log points.
    pub fn part(&self, kind: Kind) -> f64 {
        self.size * f64::from(self.mix[kind as usize])
    }

    /// The kind that makes most of it.
    pub fn main_kind(&self) -> Kind {
        Kind::ALL.into_iter().fold(Kind::Process, |most, kind| if self.mix[kind as usize] > self.mix[most as usize] { kind } else { most })
    }

    /// Ticks since it entered its stage.
    pub fn ticks_in_stage(&self, tick: u32) -> u32 {
        tick - self.entered
    }

    /// The same project at the beginning of its next stage.
    pub fn in_next_stage(&self, tick: u32) -> Self {
        Self { entered: tick, stage_spent: 0.0, stage_outside: 0.0, ..*self }
    }

    /// The bundle that two make in one stage: sizes, loads, ideas and money add up; time in the stage is a mean by load, age a mean by ideas, and
    /// each kind has its part in the size.
    #[must_use]
    pub fn joined(&self, other: &Self) -> Self {
        if !self.exists() {
            return *other;
        }
        if !other.exists() {
            return *self;
        }
        let (size, load) = (self.size + other.size, self.load + other.load);
        let (mine, theirs) = (self.count() as f64, other.count() as f64);
        let mean = |a: f64, b: f64, weight: f64| a + weight * (b - a);
        Self {
            ideas: std::array::from_fn(|kind| self.ideas[kind].saturating_add(other.ideas[kind])),
            mix: std::array::from_fn(|kind| {
                mean(f64::from(self.mix[kind]), f64::from(other.mix[kind]), math::ratio(other.size, size, 0.0)) as f32
            }),
            invented: mean(f64::from(self.invented), f64::from(other.invented), math::ratio(theirs, mine + theirs, 0.0)) as f32,
            entered: mean(f64::from(self.entered), f64::from(other.entered), math::ratio(other.load, load, 0.0)) as u32,
            load,
            size,
            stage_spent: self.stage_spent + other.stage_spent,
            stage_outside: self.stage_outside + other.stage_outside,
            spent: std::array::from_fn(|source| self.spent[source] + other.spent[source]),
        }
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
pub(crate) fn main_source(spent: [f64; 3]) -> u64 {
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
    /// Share of the [source that fits](FITTING_SOURCE) in what was spent in the stage.
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

    #[test]
    fn stages_begin_anew() {
        let pilot = Project { stage_spent: 4.0, spent: [3.0, 1.0, 0.0], ..Project::of(Kind::Process, 0.1, 1.0, 7) };
        assert_eq!(Project { stage_outside: 1.0, ..pilot }.outside_share(), 0.25);
        let demonstration = pilot.in_next_stage(12);
        assert_eq!((demonstration.ticks_in_stage(15), demonstration.stage_spent, demonstration.spent), (3, 0.0, pilot.spent));
        assert_eq!(demonstration.outside_share(), 0.0);
    }

    #[test]
    fn ideas_make_a_bundle() {
        let one = Project { stage_spent: 1.0, spent: [1.0, 0.0, 0.0], ..Project::of(Kind::Process, 0.1, 1.0, 10) };
        let other = Project { entered: 14, spent: [0.0, 2.0, 0.0], ..Project::of(Kind::Breakthrough, 0.3, 3.0, 20) };
        let both = one.joined(&other);
        assert_eq!((both.count(), both.load, both.entered, both.invented), (2, 4.0, 13, 15.0));
        assert_eq!((both.stage_spent, both.spent, both.main_kind()), (1.0, [1.0, 2.0, 0.0], Kind::Breakthrough));
        assert!((both.part(Kind::Process) - 0.1).abs() < 1e-8 && (both.part(Kind::Breakthrough) - 0.3).abs() < 1e-7);
        assert_eq!((Project::default().joined(&one), one.joined(&Project::default())), (one, one));
    }

    #[test]
    fn projects_remember_who_paid() {
        let project = Project { spent: [1.0, 3.0, 0.0], ..Project::default() };
        assert_eq!(project.main_source(), POLICY);
        assert_eq!(project.source_shares(), [0.25, 0.75, 0.0]);
        assert_eq!(Project::default().source_shares(), [1.0, 0.0, 0.0]);
    }
}
