//! Projects of all enterprises, a block of enterprises at a time and field by field: R&D works on them where they are, eight enterprises
//! side by side in the processor's vectors.

use bevy_ecs::prelude::Resource;
use serde::{Deserialize, Serialize};

use tripath_engine::parallel::{CHUNK, Columns};
use tripath_engine::{batch, counting};

use super::funnel::{Payers, payers};
use super::project::{KINDS, Project, STAGES};

/// Enterprises of a block: few enough that all fields of them, and what else R&D looks at, stay in the innermost cache.
pub const PLACES: usize = 32;
const _: () = assert!(CHUNK.is_multiple_of(PLACES), "no block lies in two chunks");

/// Stages that the money of an outside source speaks for ([`FITTING_SOURCE`](super::project::FITTING_SOURCE)): pilot and demonstration.
const SPOKEN_FOR: usize = 2;

batch! {
    /// Projects of a block of enterprises in one stage: a place for each enterprise in every field.
    #[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
    pub(crate) struct StageProjects[PLACES] {
        /// What their stages cost over those of an ordinary invention; 0 where there is none.
        pub(crate) load: f64 = project.load => project.load,
        /// Tick in which they entered the stage: the mean of their ideas, by load.
        pub(crate) entered: u32 = project.entered => project.entered,
        /// Edge in log points if they succeed.
        pub(crate) size: f64 = project.size => project.size,
        /// Spent in this stage.
        pub(crate) stage_spent: f64 = project.stage_spent => project.stage_spent,
        /// Spent by source, in all stages and on the search that found them.
        pub(crate) spent: [f64; 3] = project.spent => project.spent,
        /// Ideas in them.
        pub(crate) count: u32 = u32::try_from(project.count()).unwrap_or(u32::MAX),
    }
    gather(project: Project) {}
    write(project: Project)
}

/// What a project consists of: ideas by kind, their parts in the size, tick of the invention.
#[derive(Debug, Clone, Copy, PartialEq, Default, Serialize, Deserialize)]
struct Contents {
    ideas: [u32; KINDS],
    mix: [f32; KINDS],
    invented: f32,
}

/// Projects of a block of enterprises.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
pub(crate) struct Block {
    pub(crate) stages: [StageProjects; STAGES],
    /// Spent in the first two stages by the outside source whose money speaks for them.
    pub(crate) stage_outside: [[f64; PLACES]; SPOKEN_FOR],
    /// What few look at, by stage.
    contents: [[Contents; PLACES]; STAGES],
}

impl Block {
    /// The project of the enterprise in a place that is in a stage; without ideas where there is none.
    #[inline]
    pub(crate) fn of(&self, stage: usize, place: usize) -> Project {
        let Contents { ideas, mix, invented } = self.contents[stage][place];
        let stage_outside = if stage < SPOKEN_FOR { self.stage_outside[stage][place] } else { 0.0 };
        let mut project = Project { ideas, mix, invented, stage_outside, ..Project::default() };
        self.stages[stage].write_row(place, (&mut project,));
        project
    }

    /// Puts a project into a stage.
    #[inline]
    pub(crate) fn put(&mut self, stage: usize, place: usize, project: Project) {
        self.contents[stage][place] = Contents { ideas: project.ideas, mix: project.mix, invented: project.invented };
        self.stages[stage].gather_row(place, (&project,));
        if stage < SPOKEN_FOR {
            self.stage_outside[stage][place] = project.stage_outside;
        }
    }

    /// Takes a project out of its stage.
    #[inline]
    pub(crate) fn take(&mut self, stage: usize, place: usize) -> Project {
        let project = self.of(stage, place);
        self.clear(stage, place);
        project
    }

    /// Leaves no project in a stage. Where there is none, there is nothing.
    #[inline]
    fn clear(&mut self, stage: usize, place: usize) {
        if self.exists(stage, place) {
            self.put(stage, place, Project::default());
        }
    }

    /// Whether there is a project in a stage.
    #[inline]
    pub(super) fn exists(&self, stage: usize, place: usize) -> bool {
        self.stages[stage].load[place] > 0.0
    }
}

/// Projects of all enterprises under way, one a stage: TRL 3 to 6, 6 to 8, 8 to 9. R&D alone looks at all of them.
#[derive(Debug, Clone, PartialEq, Default, Resource, Serialize, Deserialize)]
pub struct Projects {
    rows: usize,
    blocks: Vec<Block>,
}

impl Projects {
    /// Bytes of a row.
    pub const ROW_BYTES: usize = size_of::<Block>() / PLACES;

    /// No rows, and room for so many.
    pub fn with_room(rows: usize) -> Self {
        Self { rows: 0, blocks: Vec::with_capacity(rows.div_ceil(PLACES)) }
    }

    /// Number of rows; `None` where blocks do not fit it.
    pub fn rows(&self) -> Option<usize> {
        (self.blocks.len() == self.rows.div_ceil(PLACES)).then_some(self.rows)
    }

    /// Adds an enterprise without projects at the end.
    pub(crate) fn push(&mut self) {
        self.rows += 1;
        let blocks = self.rows.div_ceil(PLACES);
        if blocks > self.blocks.capacity() {
            // By an eighth and not by as much again: projects are a good part of the memory of a big world.
            self.blocks.reserve_exact(1 + blocks / 8);
        }
        self.blocks.resize_with(blocks, Block::default);
    }

    /// Adds an enterprise at the end that begins with a project, or with none.
    pub(crate) fn push_with(&mut self, project: Project) {
        self.push();
        let row = self.rows - 1;
        if project.exists() {
            self.blocks[row / PLACES].put(0, row % PLACES, project);
        }
    }

    /// Follows the table of enterprises: the one in a row leaves it, and the last takes its place.
    pub(crate) fn swap_remove(&mut self, row: usize) {
        let last = self.rows - 1;
        // Most have no project in most stages: what is not there is not moved.
        for stage in 0..STAGES {
            self.blocks[row / PLACES].clear(stage, row % PLACES);
            let from = &mut self.blocks[last / PLACES];
            if from.exists(stage, last % PLACES) {
                let moved = from.take(stage, last % PLACES);
                if row != last {
                    self.blocks[row / PLACES].put(stage, row % PLACES, moved);
                }
            }
        }
        self.rows = last;
        self.blocks.truncate(last.div_ceil(PLACES));
    }

    /// Main payers of the projects of the enterprise in a row.
    pub fn payers(&self, row: usize) -> Payers {
        payers(&std::array::from_fn(|stage| self.blocks[row / PLACES].of(stage, row % PLACES)))
    }

    /// Ideas of the enterprise in a row that are in a stage.
    pub fn count(&self, row: usize, stage: usize) -> u32 {
        self.blocks[row / PLACES].stages[stage].count[row % PLACES]
    }

    /// All rows, to be cut as the slices of a loop are.
    pub fn all(&mut self) -> ProjectRows<'_> {
        ProjectRows { rows: self.rows, blocks: &mut self.blocks }
    }
}

/// Projects of consecutive rows, from the first of a block on.
#[derive(Debug)]
pub struct ProjectRows<'a> {
    rows: usize,
    blocks: &'a mut [Block],
}

impl<'a> ProjectRows<'a> {
    /// The projects of the enterprise in a row.
    #[inline]
    pub fn of(&self, row: usize) -> [Project; STAGES] {
        let block = &self.blocks[row / PLACES];
        std::array::from_fn(|stage| block.of(stage, row % PLACES))
    }

    /// Replaces the projects of the enterprise in a row.
    #[inline]
    pub fn put(&mut self, row: usize, projects: [Project; STAGES]) {
        let block = &mut self.blocks[row / PLACES];
        for (stage, project) in projects.into_iter().enumerate() {
            block.put(stage, row % PLACES, project);
        }
    }

    /// Takes the projects of the enterprise in a row, and leaves none.
    pub fn take(&mut self, row: usize) -> [Project; STAGES] {
        let projects = self.of(row);
        self.clear(row);
        projects
    }

    /// Leaves the enterprise in a row without projects.
    #[inline]
    pub fn clear(&mut self, row: usize) {
        let block = &mut self.blocks[row / PLACES];
        for stage in 0..STAGES {
            block.clear(stage, row % PLACES);
        }
    }

    /// The block of the first row, to write.
    pub(crate) fn into_first(self) -> Option<&'a mut Block> {
        self.blocks.first_mut()
    }

    /// The block of the first row, if there is one.
    pub(crate) fn first(&self) -> Option<&Block> {
        self.blocks.first()
    }
}

impl Columns for ProjectRows<'_> {
    fn rows(&self) -> usize {
        self.rows
    }
    fn cut(self, at: usize) -> (Self, Self) {
        debug_assert!(at.is_multiple_of(PLACES) || at == self.rows, "a block is not cut");
        let (head, tail) = self.blocks.split_at_mut(at.div_ceil(PLACES));
        (Self { rows: at, blocks: head }, Self { rows: self.rows - at, blocks: tail })
    }
    fn count(&self, rows: usize) {
        counting::rows(rows, Projects::ROW_BYTES, true);
    }
}

#[cfg(test)]
mod tests {
    use super::super::project::Kind;
    use super::*;

    #[test]
    fn the_last_takes_the_place_of_one_that_leaves() {
        let project = |row: u32| Project::of(Kind::Scale, 0.1, 1.0, row);
        let mut all = Projects::default();
        (0..PLACES as u32 + 1).for_each(|row| all.push_with(project(row)));
        all.swap_remove(3);
        assert_eq!((all.rows(), all.blocks.len(), all.all().of(3)[0]), (Some(PLACES), 1, project(PLACES as u32)));
        all.swap_remove(PLACES - 1);
        assert_eq!(all.rows(), Some(PLACES - 1));
        // Who comes next finds nothing of the one before.
        all.push();
        assert_eq!(all.all().of(PLACES - 1), [Project::default(); STAGES]);
    }

    #[test]
    fn projects_come_back_as_they_were_put() {
        let mut all = Projects::with_room(3);
        let project = |stage: usize, row: usize| Project {
            stage_spent: 2.0,
            stage_outside: if stage < SPOKEN_FOR { 1.5 } else { 0.0 },
            spent: [row as f64, 1.0, 2.0],
            ..Project::of(Kind::Scale, 0.1 + row as f64, 1.0, row as u32)
        };
        for row in 0..2 * PLACES + 3 {
            all.push();
            all.all().put(row, [0, 1, 2].map(|stage| project(stage, row)));
        }
        assert_eq!(all.rows(), Some(2 * PLACES + 3));
        let mut rows = all.all();
        assert_eq!(rows.take(PLACES + 1), [0, 1, 2].map(|stage| project(stage, PLACES + 1)));
        let (head, tail) = rows.cut(PLACES);
        assert_eq!((head.rows(), tail.rows()), (PLACES, PLACES + 3));
        assert_eq!((tail.of(0)[2], tail.of(1)), (project(2, PLACES), [Project::default(); STAGES]));
        head.blocks[0].take(0, 4);
        assert_eq!(head.of(4), [Project::default(), project(1, 4), project(2, 4)]);
        assert_eq!([all.count(4, 0), all.count(4, 1), all.count(PLACES + 1, 1), all.count(2 * PLACES, 2)], [0, 1, 0, 1]);
    }
}
