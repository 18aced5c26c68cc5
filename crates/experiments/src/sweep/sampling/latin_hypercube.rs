//! Latin hypercube: every axis is cut into as many strata as there are points, and each holds one (McKay, Beckman, Conover 1979).

use super::{Purpose, Shares, permutation, share};

/// One point in each of `rows` strata of every axis, the orders of the strata drawn independently.
pub fn latin_hypercube(seed: u64, rows: usize, axes: usize) -> Shares {
    let mut numbers = vec![0.0; rows * axes];
    for axis in 0..axes {
        for (row, stratum) in permutation(seed, Purpose::Order, axis, 0, rows).into_iter().enumerate() {
            let within = (stratum as f64 + share(seed, Purpose::Place, axis, row)) / rows as f64;
            // The last digit may round up to the end of the stratum, which belongs to the next one.
            numbers[row * axes + axis] = within.min(((stratum + 1) as f64 / rows as f64).next_down());
        }
    }
    Shares { axes, numbers }
}
