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
    // 5 and 7 have no divisor in common with the number of groups: every group comes once.
    let strides = [5, 7].map(|stride| (0..groups).map(|group| group * stride % groups).collect::<Vec<_>>());
    let rotated: Vec<usize> = (0..groups).map(|group| (group + groups / 2) % groups).collect();
    for order in [vec![backwards, rotated], strides.to_vec()].concat() {
        let mut sorted = order.clone();
        sorted.sort_unstable();
        assert!(sorted.into_iter().eq(0..groups), "{order:?} is no permutation");
        let mut shuffled = world_in_order(&economy, 3, &order);
        assert_same_rows(&rows_to_the_end(&mut shuffled), &expected, &format!("order {order:?}"));
        assert!(shuffled.checkpoint() == state, "order {order:?}: another state");
    }
}
