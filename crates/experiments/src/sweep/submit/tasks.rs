//! Which tasks are sent: strides of the design that hold runs which are not done.

use super::SubmitOptions;
use crate::sweep::rounds::PointRuns;
use crate::sweep::store::Index;
use crate::sweep::{Design, Pilot, Stride, SweepError, SweepFolder};

/// What is not done, by unit of a stride: runs, or points where replicates are sequential.
#[derive(Debug, Clone)]
pub(super) struct Missing {
    /// Runs of each unit that are not done.
    units: Vec<u32>,
}

impl Missing {
    /// Reads what a folder lacks.
    pub(super) fn read(folder: &SweepFolder, design: &Design) -> Result<Self, SweepError> {
        let index = Index::read(folder.path(), &folder.head(), false)?;
        let mut units = Vec::new();
        for point in 0..design.point_count() {
            if design.replicates.is_sequential() {
                units.push(PointRuns::read(design, &index, point)?.missing() as u32);
            } else {
                units.extend((0..design.replicates.most).map(|replicate| u32::from(index.place(point, replicate).is_none())));
            }
        }
        Ok(Self { units })
    }

    pub(super) fn runs(&self) -> usize {
        self.units.iter().map(|runs| *runs as usize).sum()
    }

    pub(super) fn is_empty(&self) -> bool {
        self.units.iter().all(|runs| *runs == 0)
    }

    fn unit_count(&self) -> usize {
        self.units.iter().filter(|runs| **runs > 0).count()
    }
}

/// Tasks of a submission.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Tasks {
    pub(super) strides: Vec<Stride>,
    /// Runs of the largest task, rounds still to come counted.
    pub(super) most_runs: usize,
}

impl Tasks {
    /// Deals units so that a task takes about the minutes that are asked for.
    pub(super) fn deal(design: &Design, missing: &Missing, options: &SubmitOptions, cost: Option<&Pilot>) -> Self {
        let runs_of_unit = if design.replicates.is_sequential() { design.replicates.most as usize } else { 1 };
        let left = if options.missing { missing.unit_count() } else { missing.units.len() };
        let count = options.tasks.unwrap_or_else(|| {
            let seconds = cost.map_or(1.0, |cost| cost.seconds_per_run) * runs_of_unit as f64;
            let units = (options.minutes * 60.0 * options.cpus as f64 / seconds).floor().max(1.0);
            (left as f64 / units).ceil() as usize
        });
        let of = count.clamp(1, left.max(1));
        let mut units = vec![0; of];
        for (unit, runs) in missing.units.iter().enumerate() {
            units[unit % of] += usize::from(*runs > 0 || !options.missing);
        }
        let strides = (0..of).filter(|first| units[*first] > 0).map(|first| Stride { first, of }).collect();
        Self { strides, most_runs: units.into_iter().max().unwrap_or(0) * runs_of_unit }
    }
}
