//! A world that goes on from a checkpoint has the same rows to the end as one that was never stopped.

use tripath_tests::worlds::{assert_same_rows, rows_to_the_end, tick_rows, world, world_from};

#[test]
fn resumed_at_any_tick_the_rows_are_the_same_to_the_end() {
    let economy = super::eventful_economy();
    let mut whole = world(&economy, 11);
    let expected = rows_to_the_end(&mut whole);
    let state = whole.checkpoint();
    assert!(expected.iter().any(|tick| tick.contains("events,")), "nothing happens");
    // 20 ticks of burn-in, 20 recorded; the events fall at ticks 12, 24 and 34.
    for stop in [0, 1, 7, 12, 19, 20, 21, 24, 33, 34, 39] {
        let mut begun = world(&economy, 11);
        for _ in 0..stop {
            tick_rows(&mut begun);
        }
        let mut resumed = world_from(&economy, 11, &begun.checkpoint());
        assert_eq!(resumed.clock(), begun.clock());
        assert_same_rows(&rows_to_the_end(&mut resumed), &expected[stop..], &format!("resumed at tick {stop}"));
        assert!(resumed.checkpoint() == state, "resumed at tick {stop}: another state at the end");
    }
}
