//! Trajectories for elementary effects (Morris 1991), in the order that SALib's `morris.analyze` takes outputs.

use super::{Purpose, Shares, permutation, word};

/// Step of an elementary effect as a share of a parameter's range, p ⁄ 2(p − 1).
pub fn step(levels: usize) -> f64 {
    levels as f64 / (2.0 * (levels as f64 - 1.0))
}

/// Trajectories of one point more than there are axes: each step moves one parameter, in a random order and direction,
/// by half of the `levels` (an even number).
pub fn morris(seed: u64, trajectories: usize, axes: usize, levels: usize) -> Shares {
    let mut numbers = Vec::with_capacity(trajectories * (axes + 1) * axes);
    for trajectory in 0..trajectories {
        // The lower of the two levels that a parameter takes, and whether it starts from the upper one.
        let lower: Vec<usize> =
            (0..axes).map(|axis| (word(seed, Purpose::Place, axis, trajectory) >> 11) as usize % (levels / 2)).collect();
        let mut upper: Vec<bool> = (0..axes).map(|axis| word(seed, Purpose::Direction, axis, trajectory) & 1 == 1).collect();
        let mut push = |upper: &[bool]| {
            let level = |axis: usize| lower[axis] + if upper[axis] { levels / 2 } else { 0 };
            numbers.extend((0..axes).map(|axis| level(axis) as f64 / (levels - 1) as f64));
        };
        push(&upper);
        for axis in permutation(seed, Purpose::Order, trajectory, 0, axes) {
            upper[axis] = !upper[axis];
            push(&upper);
        }
    }
    Shares { axes, numbers }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn each_step_moves_one_parameter_by_the_step_and_each_parameter_once(
            seed: u64, trajectories in 1..8_usize, axes in 1..7_usize, half in 1..5_usize
        ) {
            let levels = 2 * half;
            let sample = morris(seed, trajectories, axes, levels);
            prop_assert_eq!(sample.numbers.len(), trajectories * (axes + 1) * axes);
            prop_assert!(sample.numbers.iter().all(|share| (0.0..=1.0).contains(share)));
            for trajectory in 0..trajectories {
                let mut moved = Vec::new();
                for row in trajectory * (axes + 1)..trajectory * (axes + 1) + axes {
                    let changes: Vec<usize> = (0..axes).filter(|axis| sample.row(row)[*axis] != sample.row(row + 1)[*axis]).collect();
                    prop_assert_eq!(changes.len(), 1);
                    let change = (sample.row(row + 1)[changes[0]] - sample.row(row)[changes[0]]).abs();
                    prop_assert!((change - step(levels)).abs() < 1e-12);
                    moved.push(changes[0]);
                }
                moved.sort_unstable();
                prop_assert_eq!(moved, (0..axes).collect::<Vec<_>>());
            }
        }
    }
}
