//! A batch of enterprises that R&D goes through in passes, what comes after it, and those of it whom a pass concerns.

use crate::enterprise::{Attention, Identity, Operation, Pipeline, Position, Technology, Treasury};
use crate::vectors::fetch;

use super::project::STAGES;
use super::projects::{Block, PLACES, ProjectRows};

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

/// What is asked of memory for the next batch while this one is worked on: in a big world nothing of it is near, and a pass without branches
/// comes to it faster than the processor foresees. Nothing where the next batch is not a full one.
pub(super) struct Next<'a>(Option<NextBatch<'a>>);

struct NextBatch<'a> {
    identity: &'a [Identity; PLACES],
    operation: &'a [Operation; PLACES],
    attention: &'a [Attention; PLACES],
    position: &'a [Position; PLACES],
    technology: &'a [Technology; PLACES],
    treasury: &'a [Treasury; PLACES],
    pipeline: &'a [Pipeline; PLACES],
    projects: &'a Block,
}

impl<'a> Next<'a> {
    pub(super) fn of(slices: &'a Slices) -> Self {
        let (identity, operation, attention, position, technology, treasury, pipeline, projects) = slices;
        let batch = || {
            Some(NextBatch {
                identity: identity.first_chunk()?,
                operation: operation.first_chunk()?,
                attention: attention.first_chunk()?,
                position: position.first_chunk()?,
                technology: technology.first_chunk()?,
                treasury: treasury.first_chunk()?,
                pipeline: pipeline.first_chunk()?,
                projects: projects.first()?,
            })
        };
        Self(batch())
    }

    /// Asks for projects, a stage at each of a few places.
    #[inline(always)]
    pub(super) fn fetch_projects(&self, at: usize) {
        const APART: usize = PLACES / (STAGES + 1);
        if at.is_multiple_of(APART)
            && let Some(batch) = &self.0
        {
            match batch.projects.stages.get(at / APART) {
                Some(projects) => fetch(projects),
                None => {
                    fetch(&batch.projects.stage_outside);
                    fetch(&batch.projects.progress);
                }
            }
        }
    }

    /// Asks for what is read of one enterprise.
    #[inline(always)]
    pub(super) fn fetch_read(&self, at: usize) {
        if let Some(batch) = &self.0 {
            fetch(&batch.identity[at]);
            fetch(&batch.operation[at].sales);
            fetch(&batch.attention[at].shares);
            fetch(&batch.position[at].share);
        }
    }

    /// Asks for what is written of one enterprise.
    #[inline(always)]
    pub(super) fn fetch_written(&self, at: usize) {
        if let Some(batch) = &self.0 {
            fetch(&batch.technology[at]);
            fetch(&batch.treasury[at]);
            fetch(&batch.pipeline[at]);
        }
    }
}
