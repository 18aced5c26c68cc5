//! A project: an invention on its way through technology readiness levels.

use serde::{Deserialize, Serialize};

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

#[cfg(test)]
mod tests {
    use super::*;

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
