//! Saltelli's sample for Sobol' indices, from a Sobol' sequence with the direction numbers of Joe and Kuo (2008).
//!
//! For every row of the base sample come A, then A with each of its numbers in turn from B, then (for second-order
//! indices) B with each in turn from A, then B: the order in which SALib's `sobol.analyze` takes outputs.

use sobol::Sobol;
use sobol::params::JoeKuoD6;

use super::{Purpose, Shares, word};

/// Most parameters: each takes two dimensions of the sequence.
pub const MOST_AXES: usize = 500;

/// Rows for one row of the base sample.
pub fn rows_per_base(axes: usize, second_order: bool) -> usize {
    if second_order { 2 * axes + 2 } else { axes + 2 }
}

/// The sample. With `scramble`, every dimension is shifted digit by digit by a random number of its own, which keeps
/// the evenness of the sequence and takes its first point away from the corner.
pub fn saltelli(seed: u64, base: usize, axes: usize, second_order: bool, scramble: bool) -> Shares {
    let parameters = JoeKuoD6::standard();
    let shifts: Vec<u64> = (0..2 * axes).map(|axis| if scramble { word(seed, Purpose::Shift, axis, 0) >> 11 } else { 0 }).collect();
    let mut numbers = Vec::with_capacity(base * rows_per_base(axes, second_order) * axes);
    for point in Sobol::<f64>::new(2 * axes, &parameters).take(base) {
        let shifted: Vec<f64> = point.iter().zip(&shifts).map(|(share, shift)| shift_digits(*share, *shift)).collect();
        let (a, b) = shifted.split_at(axes);
        numbers.extend_from_slice(a);
        (0..axes).for_each(|swapped| numbers.extend((0..axes).map(|axis| if axis == swapped { b[axis] } else { a[axis] })));
        if second_order {
            (0..axes).for_each(|swapped| numbers.extend((0..axes).map(|axis| if axis == swapped { a[axis] } else { b[axis] })));
        }
        numbers.extend_from_slice(b);
    }
    Shares { axes, numbers }
}

/// A number of [0, 1) of 53 binary digits, each flipped where the shift has a one.
fn shift_digits(share: f64, shift: u64) -> f64 {
    const DIGITS: f64 = 9_007_199_254_740_992.0;
    ((share * DIGITS) as u64 ^ shift) as f64 / DIGITS
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_come_as_salib_makes_them() {
        // SALib.sample.sobol.sample({"num_vars": 2, "bounds": [[0, 1], [0, 1]], …}, 4, scramble=False)
        // Four base rows, six rows for each: A, A with either number from B, B with either from A, B.
        let (low, high) = (0.25, 0.75);
        let mut expected = vec![[0.0, 0.0]; 6];
        expected.extend(vec![[0.5, 0.5]; 6]);
        expected.extend([[high, low], [low, low], [high, low], [high, low], [low, low], [low, low]]);
        expected.extend([[low, high], [high, high], [low, high], [low, high], [high, high], [high, high]]);
        let sample = saltelli(1, 4, 2, true, false);
        let rows: Vec<[f64; 2]> = sample.numbers.chunks(2).map(|row| [row[0], row[1]]).collect();
        assert_eq!(rows, expected);
    }

    #[test]
    fn a_shift_keeps_one_point_in_every_stratum() {
        let (base, axes) = (64, 5);
        let sample = saltelli(9, base, axes, false, true);
        for axis in 0..axes {
            // The rows A of the base sample.
            let mut strata: Vec<usize> =
                (0..base).map(|row| (sample.row(row * rows_per_base(axes, false))[axis] * base as f64) as usize).collect();
            strata.sort_unstable();
            assert_eq!(strata, (0..base).collect::<Vec<_>>());
        }
        assert_ne!(sample, saltelli(10, base, axes, false, true));
    }
}
