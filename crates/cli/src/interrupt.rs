//! Ctrl-C and friends.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};

use crate::{exit, print};

/// A flag that Ctrl-C, a termination signal or a closed terminal sets. The second of them ends the process at once:
/// the tables are then readable up to their last whole row, and the run goes on from its last checkpoint.
pub(crate) fn watch() -> Arc<AtomicBool> {
    let stop = Arc::new(AtomicBool::new(false));
    let flag = Arc::clone(&stop);
    let watched = ctrlc::set_handler(move || {
        if flag.swap(true, Ordering::Relaxed) {
            std::process::exit(i32::from(exit::INTERRUPTED));
        }
        print::stderr("\nstopping after this tick; once more to stop at once\n");
    });
    // Schedulers warn with USR1 before the time of a job is over.
    #[cfg(unix)]
    let watched = watched.is_ok() && signal_hook::flag::register(signal_hook::consts::SIGUSR1, Arc::clone(&stop)).is_ok();
    #[cfg(not(unix))]
    let watched = watched.is_ok();
    if !watched {
        print::stderr("signals cannot be watched: Ctrl-C will end the run without a last checkpoint\n");
    }
    stop
}
