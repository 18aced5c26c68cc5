//! A sample of runs made again, and compared.

use std::sync::atomic::AtomicBool;

use rayon::prelude::*;
use serde::Serialize;
use tripath_outputs::Program;

use super::folder::SweepFolder;
use super::identity::RunSpec;
use super::store::{Index, Record};
use super::work::{Ended, Worlds};
use super::{Design, SweepError};
use crate::run::{MOST_THREADS, RunError};

/// What was compared.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Verification {
    /// Runs done in the sweep.
    pub done: usize,
    /// Runs made again, by name: all came to the same tables and metrics.
    pub same: Vec<String>,
}

/// Makes so many runs again, spread evenly over those that are done, and compares digests and metrics.
///
/// # Errors
/// One of them differs, or results cannot be read.
pub fn verify(
    folder: &SweepFolder,
    design: &Design,
    program: &Program,
    count: usize,
    threads: usize,
    stop: &AtomicBool,
) -> Result<Verification, SweepError> {
    if !(1..=MOST_THREADS).contains(&threads) {
        return Err(RunError::Threads { threads }.into());
    }
    let index = Index::read(folder.path(), &folder.head(), false)?;
    let done: Vec<(usize, u32)> = index.done().map(|(point, replicate, _)| (point, replicate)).collect();
    let count = count.min(done.len());
    // The middle of each of so many equal parts: neither the first nor the last runs only.
    let picked: Vec<(usize, u32)> = (0..count).map(|part| done[(2 * part + 1) * done.len() / (2 * count)]).collect();
    let worlds = Worlds { design, program, folder: None, stop: [stop, stop] };
    let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build()?;
    let again = |(point, replicate): &(usize, u32)| -> Result<Option<String>, SweepError> {
        let Some(record) = index.record(*point, *replicate)? else { return Ok(None) };
        let spec = RunSpec::of(design, program, *point, *replicate)?;
        match worlds.run_contained(&spec)? {
            Ended::Interrupted => Ok(None),
            Ended::Done(found) => must_be_same(&record, &found).map(|()| Some(record.run_id)),
        }
    };
    let same: Vec<Option<String>> = pool.install(|| picked.par_iter().with_max_len(1).map(again).collect::<Result<_, _>>())?;
    Ok(Verification { done: done.len(), same: same.into_iter().flatten().collect() })
}

fn must_be_same(record: &Record, found: &Record) -> Result<(), SweepError> {
    if record.is_same_result(found) {
        return Ok(());
    }
    let words = |record: &Record| {
        if record.digest.is_empty() { record.reason.clone() } else { format!("{} [{}]", record.digest, record.metrics.join(", ")) }
    };
    Err(SweepError::TwoResults {
        run: record.run_id.clone(),
        point: record.point,
        replicate: record.replicate,
        first: words(record),
        second: words(found),
    })
}
