//! A batch of enterprises that R&D goes through in passes, what comes after it, and those of it whom a pass concerns.

use crate::enterprise::{Attention, Identity, Operation, Pipeline, Position, Projects, Technology, Treasury};
use crate::vectors::fetch;

use super::effort::PLACES;
use super::project::STAGES;

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
    pub(super) projects: &'a mut [Projects],
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
    &'a mut [Projects],
);

impl<'a> Enterprises<'a> {
    pub(super) fn new(first: usize, slices: Slices<'a>) -> Self {
        let (identity, operation, attention, position, technology, treasury, pipeline, projects) = slices;
        Self { first, identity, operation, attention, position, technology, treasury, pipeline, projects }
    }
}

/// What is asked of memory for the next batch while this one is worked on: in a big world nothing of it is near, and a pass without branches
/// comes to it faster than the processor foresees.
pub(super) struct Next<'a> {
    identity: &'a [Identity],
    operation: &'a [Operation],
    attention: &'a [Attention],
    position: &'a [Position],
    technology: &'a [Technology],
    treasury: &'a [Treasury],
    pipeline: &'a [Pipeline],
    projects: &'a [Projects],
}

impl<'a> Next<'a> {
    pub(super) fn of(slices: &'a Slices) -> Self {
        let (identity, operation, attention, position, technology, treasury, pipeline, projects) = slices;
        Self { identity, operation, attention, position, technology, treasury, pipeline, projects }
    }

    /// Asks for the projects of one enterprise.
    #[inline(always)]
    pub(super) fn fetch_projects(&self, at: usize) {
        if at < self.projects.len() {
            fetch(&self.projects[at]);
        }
    }

    /// Asks for what is read of one enterprise.
    #[inline(always)]
    pub(super) fn fetch_read(&self, at: usize) {
        if at < self.identity.len() {
            fetch(&self.identity[at]);
            fetch(&self.operation[at].sales);
            fetch(&self.attention[at].shares);
            fetch(&self.position[at].share);
        }
    }

    /// Asks for what is written of one enterprise.
    #[inline(always)]
    pub(super) fn fetch_written(&self, at: usize) {
        if at < self.identity.len() {
            fetch(&self.technology[at]);
            fetch(&self.treasury[at]);
            fetch(&self.pipeline[at]);
        }
    }
}

/// Places in a batch that one of the passes goes through.
pub(super) struct Few {
    places: [u16; PLACES],
    pub(super) count: usize,
}

/// Whom the passes after the money concern.
pub(super) struct Concerned {
    /// Those with a project that has another main payer now.
    pub(super) turned: Few,
    /// Those whose stage ends or whose project moves on, by stage.
    pub(super) ending: [Few; STAGES],
    /// Those whose yearly turn it is to learn and to review.
    pub(super) reviewing: Few,
}

impl Concerned {
    /// Nobody yet.
    pub(super) fn nobody() -> Self {
        Self { turned: Few::none(), ending: [const { Few::none() }; STAGES], reviewing: Few::none() }
    }
}

impl Few {
    const fn none() -> Self {
        Self { places: [0; PLACES], count: 0 }
    }

    /// Appends a place where something holds, without a branch: a place that is not kept is written over.
    #[inline(always)]
    pub(super) fn push_where(&mut self, place: usize, holds: bool) {
        self.places[self.count & (PLACES - 1)] = place as u16;
        self.count += usize::from(holds);
    }

    pub(super) fn iter(&self) -> impl Iterator<Item = usize> {
        self.places[..self.count].iter().map(|place| usize::from(*place))
    }
}
