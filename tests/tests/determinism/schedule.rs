//! Rows and state do not depend on the order in which systems were added to the schedule.

use tripath_tests::worlds::{assert_same_rows, rows_to_the_end, world, world_in_order};

#[test]
fn a_shuffled_schedule_gives_the_same_rows_and_state() {
    let economy = super::eventful_economy();
    let mut usual = world(&economy, 3);
    let expected = rows_to_the_end(&mut usual);
    let state = usual.checkpoint();
    let groups = economy.model().groups();
    let backwards: Vec<usize> = (0..groups).rev().collect();
    // Steps that have no divisor in common with the number of groups: every group comes once.
    let alone = |step: &usize| (2..=*step).all(|divisor| !step.is_multiple_of(divisor) || !groups.is_multiple_of(divisor));
    let strides: Vec<Vec<usize>> =
        (5..).filter(alone).take(2).map(|step| (0..groups).map(|group| group * step % groups).collect()).collect();
    let rotated: Vec<usize> = (0..groups).map(|group| (group + groups / 2) % groups).collect();
    for order in [vec![backwards, rotated], strides].concat() {
        let mut sorted = order.clone();
        sorted.sort_unstable();
        assert!(sorted.into_iter().eq(0..groups), "{order:?} is no permutation");
        let mut shuffled = world_in_order(&economy, 3, &order);
        assert_same_rows(&rows_to_the_end(&mut shuffled), &expected, &format!("order {order:?}"));
        assert!(shuffled.checkpoint() == state, "order {order:?}: another state");
    }
}
