//! Rows and state do not depend on the number of threads, also where a world is large enough to use them.

use tripath_engine::parallel::CHUNK;
use tripath_tests::worlds::{assert_same_rows, economy, rows_to_the_end, world};

#[test]
fn one_two_and_eight_threads_give_the_same_rows_and_state() {
    // More than four chunks at the start, so that loops are cut and handed to the threads.
    let enterprises = format!("population.enterprises={}", 5 * CHUNK);
    let large = economy("baseline", &["time.years=1", "time.burn_in_years=1", &enterprises]);
    let mut first = None;
    for threads in [1, 2, 8] {
        let pool = rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads start");
        let found = pool.install(|| {
            let mut large = world(&large, 5);
            (rows_to_the_end(&mut large), large.checkpoint())
        });
        let (rows, state) = first.get_or_insert_with(|| found.clone());
        assert!(rows.last().is_some_and(|tick| tick.lines().filter(|row| row.starts_with("enterprises,")).count() > 4 * CHUNK));
        assert_same_rows(&found.0, rows, &format!("{threads} threads"));
        assert!(found.1 == *state, "{threads} threads: another state");
    }
}
