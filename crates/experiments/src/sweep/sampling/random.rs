//! Independent uniform points.

use super::{Purpose, Shares, share};

/// Points drawn independently.
pub fn random(seed: u64, rows: usize, axes: usize) -> Shares {
    let numbers = (0..rows).flat_map(|row| (0..axes).map(move |axis| share(seed, Purpose::Place, axis, row))).collect();
    Shares { axes, numbers }
}
