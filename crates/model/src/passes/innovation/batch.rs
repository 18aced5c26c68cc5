//! A batch of enterprises that R&D goes through in passes, what comes after it, and those of it whom a pass concerns.

use crate::state::enterprise::{Attention, Identity, Operation, Pipeline, Position, Technology, Treasury};
use crate::state::technology::{Block, PLACES, ProjectRows, STAGES};
use tripath_engine::vectors::{Ahead, Soon, fetch};

/// Enterprises of a batch: slices of equal length.
pub(super) struct Enterprises<'a> {
    /// Row of the first.
    pub(super) first: usize,
    pub(super) identity: &'a [Identity],
    pub(super) operation: &'a [Operation],
    pub(super) attention: &'a [Attention],
    pub(super) position: &'a [Position],
    pub(super) technology: &'a mut [Technology],
    pub(super) treasury: &'a mut [Treasury],
    pub(super) pipeline: &'a mut [Pipeline],
    /// Their projects.
    pub(super) projects: &'a mut Block,
}

/// Slices of the components that R&D looks at and of those that it writes.
type Slices<'a> = (
    &'a [Identity],
    &'a [Operation],
    &'a [Attention],
    &'a [Position],
    &'a mut [Technology],
    &'a mut [Treasury],
    &'a mut [Pipeline],
    ProjectRows<'a>,
);

impl<'a> Enterprises<'a> {
    /// How many they are, in words that spare loops over them a check of every slice.
    #[inline(always)]
    pub(super) fn count(&self) -> usize {
        self.identity.len().min(PLACES)
    }

    pub(super) fn new(first: usize, slices: Slices<'a>) -> Option<Self> {
        let (identity, operation, attention, position, technology, treasury, pipeline, projects) = slices;
        let projects = projects.into_first()?;
        Some(Self { first, identity, operation, attention, position, technology, treasury, pipeline, projects })
    }
}

/// What is asked of memory for the next batch while this one is worked on.
pub(super) struct Next<'a> {
    /// What is read of the enterprises of the batch, and what is written.
    pub(super) read: Soon<4>,
    pub(super) written: Soon<3>,
    projects: Option<&'a Block>,
}

impl<'a> Next<'a> {
    pub(super) fn of(slices: &'a Slices) -> Self {
        let (identity, operation, attention, position, technology, treasury, pipeline, projects) = slices;
        Self {
            read: (*identity, *operation, *attention, *position).soon(0),
            written: (&**technology, &**treasury, &**pipeline).soon(0),
            projects: projects.first(),
        }
    }

    /// Asks for projects, a stage at each of a few places.
    #[inline(always)]
    pub(super) fn ask_for_projects(&self, at: usize) {
        const APART: usize = PLACES / (STAGES + 1);
        if at.is_multiple_of(APART)
            && let Some(projects) = self.projects
        {
            match projects.stages.get(at / APART) {
                Some(stage) => fetch(stage),
                None => fetch(&projects.stage_outside),
            }
        }
    }
}
