//! The seed decides: the same one gives the same rows, another one other rows.

use tripath_tests::worlds::{assert_same_rows, rows_to_the_end, world};

#[test]
fn another_seed_gives_other_rows() {
    let economy = super::eventful_economy();
    let rows = |seed| rows_to_the_end(&mut world(&economy, seed));
    let first = rows(1);
    assert_same_rows(&rows(1), &first, "the same seed");
    let other = rows(2);
    let (first, other) = (first.last().expect("ticks"), other.last().expect("ticks"));
    let macro_row = |tick: &str| tick.lines().find(|row| row.starts_with("macro,")).map(str::to_owned);
    assert!(macro_row(first).is_some() && macro_row(first) != macro_row(other));
}
