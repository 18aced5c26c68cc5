//! What has to wait for the disk, on a thread that may wait: neither the economy nor the encoding stands still meanwhile.

use std::fs::File;
use std::path::{Path, PathBuf};
use std::sync::mpsc::{Receiver, SyncSender, sync_channel};
use std::thread::JoinHandle;

use crate::error::OutputError;
use crate::table_set::ResumePoint;

/// What is done at a point from which a run can go on.
pub(crate) type AtPoint = Box<dyn FnOnce(&[ResumePoint]) -> Result<(), OutputError> + Send>;

/// Errands that may wait; whoever sends one more waits with them.
const QUEUE_ERRANDS: usize = 2;

enum Errand {
    Point(AtPoint, Vec<ResumePoint>),
    HandOver(PathBuf),
}

/// Hands errands to the thread that runs them, one after the other.
#[derive(Debug)]
pub(crate) struct Errands {
    queue: Option<SyncSender<Errand>>,
    thread: JoinHandle<Result<(), OutputError>>,
}

impl Errands {
    /// Starts the thread.
    pub(crate) fn start() -> Self {
        let (queue, errands) = sync_channel(QUEUE_ERRANDS);
        let thread = std::thread::spawn(move || run_all(&errands));
        Self { queue: Some(queue), thread }
    }

    /// Has something done with the points at which the tables are now.
    pub(crate) fn at_point(&self, action: AtPoint, points: Vec<ResumePoint>) {
        if let Some(queue) = &self.queue {
            // A thread that has ended has met a failure, which it tells at the end.
            let _ = queue.send(Errand::Point(action, points));
        }
    }

    /// Has the bytes of a file that still grows handed to the disk, so that little is left to wait for at the end.
    /// False where the thread is busy: the file can then be offered again.
    pub(crate) fn hand_over(&self, path: &Path) -> bool {
        self.queue.as_ref().is_some_and(|queue| queue.try_send(Errand::HandOver(path.to_owned())).is_ok())
    }

    /// Whether an errand has failed; those after it are not run.
    pub(crate) fn have_failed(&self) -> bool {
        self.thread.is_finished()
    }

    /// Waits for all errands.
    ///
    /// # Errors
    /// The first failure.
    pub(crate) fn finish(mut self) -> Result<(), OutputError> {
        self.queue = None;
        self.thread.join().unwrap_or_else(|panic| std::panic::resume_unwind(panic))
    }
}

fn run_all(errands: &Receiver<Errand>) -> Result<(), OutputError> {
    for errand in errands {
        match errand {
            Errand::Point(action, points) => action(&points)?,
            Errand::HandOver(path) => {
                // A failure is told again to the handle that wrote, when the table is finished.
                let _ = File::open(path).and_then(|file| file.sync_data());
            }
        }
    }
    Ok(())
}
