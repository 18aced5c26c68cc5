//! The transformation funnel: what became of every invention, by sector and by who paid most so far.

use bevy_ecs::prelude::Resource;
use serde::{Deserialize, Serialize};

use tripath_engine::parallel::Merge;

use super::project::{KINDS, Project, STAGES};

/// The funnel of one sector and source in this tick.
///
/// All of it counts ideas: inventions and techniques to take over, which go through stages in bundles. Of every stage: entered + turned = passed + failed +
/// abandoned + lost + change of those under way; what passed entered the next stage or was converted.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct FunnelCell {
    /// Inventions.
    pub inventions: u64,
    /// Techniques of others, found to be taken over.
    pub adoptions: u64,
    /// Inventions and techniques put aside at once: the funnel was full of better ones.
    pub shelved: u64,
    /// Of those that entered each stage, how many joined a bundle there.
    pub joined: [u64; STAGES],
    /// Ideas that entered each stage.
    pub entered: [u64; STAGES],
    /// Ideas in each stage whose main payer became this source, less those whose main payer it was.
    pub turned: [i64; STAGES],
    /// Ideas that passed each stage.
    pub advanced: [u64; STAGES],
    /// Ideas that failed at the end of each stage.
    pub failed: [u64; STAGES],
    /// Ideas given up in each stage: not worth their cost, or not paid for.
    pub abandoned: [u64; STAGES],
    /// Ideas in each stage that ended with their enterprise.
    pub lost: [u64; STAGES],
    /// Ideas in each stage at the end of the tick.
    pub under_way: [u64; STAGES],
    /// Spent in each stage.
    pub spent: [f64; STAGES],
    /// Conversions.
    pub conversions: u64,
    /// Log points converted.
    pub log_points: f64,
    /// Years from invention to conversion, summed.
    pub years: f64,
    /// Conversions by [kind](super::project::Kind).
    pub kinds: [u64; KINDS],
    /// Spent on converted projects in all their stages and on the search that found them, by all sources.
    pub converted_spent: f64,
}

impl FunnelCell {
    /// Projects that passed a stage over those that passed it, failed or were given up; nothing where none did. What ends with its
    /// enterprise says nothing of the stage.
    pub fn survival(&self, stage: usize) -> Option<f64> {
        let ended = self.advanced[stage] + self.failed[stage] + self.abandoned[stage];
        (ended > 0).then(|| self.advanced[stage] as f64 / ended as f64)
    }
}

impl Merge for FunnelCell {
    fn merge(&mut self, other: Self) {
        self.inventions += other.inventions;
        self.adoptions += other.adoptions;
        self.shelved += other.shelved;
        for stage in 0..STAGES {
            self.joined[stage] += other.joined[stage];
            self.entered[stage] += other.entered[stage];
            self.turned[stage] += other.turned[stage];
            self.advanced[stage] += other.advanced[stage];
            self.failed[stage] += other.failed[stage];
            self.abandoned[stage] += other.abandoned[stage];
            self.lost[stage] += other.lost[stage];
            self.under_way[stage] += other.under_way[stage];
            self.spent[stage] += other.spent[stage];
        }
        self.conversions += other.conversions;
        self.log_points += other.log_points;
        self.years += other.years;
        for (mine, theirs) in self.kinds.iter_mut().zip(other.kinds) {
            *mine += theirs;
        }
        self.converted_spent += other.converted_spent;
    }
}

/// Main payer of the project in each stage and the ideas in it; nothing where there is none.
pub type Payers = [Option<(usize, u64)>; STAGES];

/// Main payers of an enterprise's projects.
#[inline]
pub fn payers(projects: &[Project; STAGES]) -> Payers {
    projects.each_ref().map(|project| project.exists().then(|| (project.main_source(), project.count())))
}

/// The funnel of this tick: `cells[sector][source]`.
#[derive(Debug, Clone, Default, PartialEq, Resource)]
pub struct Funnel {
    /// Cells.
    pub cells: Vec<[FunnelCell; 3]>,
}

impl Funnel {
    /// Counts projects that end with their enterprise, given by their main payers, after the R&D of the tick.
    pub fn lose(&mut self, sector: u16, projects: Payers) {
        let cells = &mut self.cells[sector as usize];
        for (stage, payer) in projects.into_iter().enumerate() {
            let Some((source, count)) = payer else { continue };
            cells[source].lost[stage] += count;
            cells[source].under_way[stage] -= count;
        }
    }

    /// Counts projects of two enterprises of a sector that join stage by stage, after the R&D of the tick: a bundle has one main payer.
    pub fn join(&mut self, sector: u16, ours: &[Project; STAGES], theirs: &[Project; STAGES]) {
        let cells = &mut self.cells[sector as usize];
        for (stage, (ours, theirs)) in ours.iter().zip(theirs).enumerate() {
            let bundle = ours.joined(theirs);
            for part in [ours, theirs] {
                let count = part.count();
                let (from, to) = (part.main_source(), bundle.main_source());
                cells[from].turned[stage] -= count as i64;
                cells[to].turned[stage] += count as i64;
                cells[from].under_way[stage] -= count;
                cells[to].under_way[stage] += count;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::project::Kind;
    use super::*;

    #[test]
    fn projects_end_with_their_enterprise() {
        let idea = Project::of(Kind::Process, 0.1, 1.0, 0);
        let pilot = Project { spent: [1.0, 3.0, 0.0], ..idea.joined(&idea) };
        let line = Project { spent: [1.0, 0.0, 0.0], ..idea };
        let projects = [pilot, Project::default(), line];
        assert_eq!(payers(&projects), [Some((1, 2)), None, Some((0, 1))]);
        let mut funnel = Funnel { cells: vec![Default::default(); 2] };
        funnel.cells[1][1].under_way[0] = 3;
        funnel.cells[1][0].under_way[2] = 1;
        funnel.lose(1, payers(&projects));
        assert_eq!((funnel.cells[1][1].lost, funnel.cells[1][1].under_way), ([2, 0, 0], [1, 0, 0]));
        assert_eq!((funnel.cells[1][0].lost, funnel.cells[1][0].under_way), ([0, 0, 1], [0, 0, 0]));
        assert_eq!(funnel.cells[0], [FunnelCell::default(); 3]);
    }

    #[test]
    fn survival_by_hand() {
        let cell = FunnelCell { advanced: [6, 0, 0], failed: [2, 0, 0], abandoned: [4, 0, 0], lost: [1, 0, 0], ..FunnelCell::default() };
        assert_eq!((cell.survival(0), cell.survival(1)), (Some(0.5), None));
    }
}
