//! Exponentials and logarithms of many numbers at once, in the processor's vectors.
//!
//! Every result has the digits of the `libm` crate, whose algorithms these are (those of fdlibm: an argument reduced by a multiple of
//! `ln 2`, a rational function, the power of two put back), with each branch turned into a choice between two numbers, so that the
//! compiler computes two, four or eight of them side by side. Widths differ in how many numbers a vector holds, not in what is computed:
//! there is no fused multiply-add and no order to choose, so all of them give the same bits.

use crate::counting;
use crate::vectors::{self, WIDEST};

/// Numbers that are looked at together for what the common way cannot do.
const RUN: usize = 64;

/// From here on all numbers are whole: adding it rounds to a whole number, and lays it open in the lowest bits.
const WHOLE: f64 = 4_503_599_627_370_496.0;

/// Upper digits of `ln 2`; its product with the exponent of a number is exact.
const LN_2_HIGH: f64 = 0.693_147_180_369_123_8;
/// The rest of `ln 2`.
const LN_2_LOW: f64 = 1.908_214_929_270_587_7e-10;

/// Least size of an argument whose exponential may leave the normal numbers, about 708.4. This limit and the next two are where `libm`,
/// which looks at the upper half of the bits, goes another way.
const EXTREME: f64 = f64::from_bits(0x4086_232B_0000_0000);
/// Least size of an argument that is reduced, about `ln 2 / 2`.
const REDUCED: f64 = f64::from_bits(0x3FD6_2E43_0000_0000);
/// Least size of an argument whose square counts, about 2⁻²⁸.
const SQUARE_COUNTS: f64 = f64::from_bits(0x3E30_0001_0000_0000);
/// Coefficients of the exponential's rational function.
const EXP: [f64; 5] = [
    0.166_666_666_666_666_02,
    -0.002_777_777_777_701_559_3,
    6.613_756_321_437_934e-5,
    -1.653_390_220_546_525_2e-6,
    4.138_136_797_057_238_5e-8,
];

/// Upper half of the bits of the least significand of a reduced number, `√2 / 2`.
const ROOT_HALF: u64 = 0x3FE6_A09E;
/// Coefficients of the logarithm's polynomial.
const LN: [f64; 7] = [
    0.666_666_666_666_673_5,
    0.399_999_999_994_094_2,
    0.285_714_287_436_623_9,
    0.222_221_984_321_497_84,
    0.181_835_721_616_180_5,
    0.153_138_376_992_093_73,
    0.147_981_986_051_165_86,
];

/// Exponential of a number smaller than [`EXTREME`].
#[inline(always)]
fn exp(x: f64) -> f64 {
    let size = x.abs();
    // The multiple of ln 2: |x| / ln 2 + 1/2, cut to a whole number.
    let halves = (std::f64::consts::LOG2_E * x).abs() + 0.5;
    let nearest = (halves + WHOLE) - WHOLE;
    let cut = if nearest > halves { nearest - 1.0 } else { nearest };
    let multiple = if size < REDUCED { 0.0 } else { cut }.copysign(x);
    let high = x - multiple * LN_2_HIGH;
    let low = multiple * LN_2_LOW;
    let reduced = high - low;
    let square = reduced * reduced;
    let even = square * (EXP[0] + square * (EXP[1] + square * (EXP[2] + square * (EXP[3] + square * EXP[4]))));
    let rest = reduced - even;
    let above_one = reduced * rest / (2.0 - rest) - low + high;
    let power = 1.0 + if size < SQUARE_COUNTS { x } else { above_one };
    let scale = f64::from_bits(((multiple + 1.5 * WHOLE).to_bits() + 1023) << 52);
    power * scale
}

/// Exponentials of a run. Where a number is extreme or none at all, `libm` itself computes them.
#[inline(always)]
fn exp_run(run: &mut [f64]) {
    if run.iter().fold(true, |common, x| common & (x.abs() < EXTREME)) {
        for x in run {
            *x = exp(*x);
        }
    } else {
        for x in run {
            *x = super::one_exp(*x);
        }
    }
}

/// Logarithm; the argument is floored at the smallest normal number.
#[inline(always)]
fn ln(x: f64) -> f64 {
    let x = x.max(f64::MIN_POSITIVE);
    // Significand between √½ and √2, and the exponent that goes with it.
    let shifted = x.to_bits() + ((0x3FF0_0000 - ROOT_HALF) << 32);
    let exponent = f64::from_bits((shifted >> 52) | WHOLE.to_bits()) - (WHOLE + 1023.0);
    let above_one = f64::from_bits((shifted & 0x000F_FFFF_FFFF_FFFF) + (ROOT_HALF << 32)) - 1.0;
    let half_square = 0.5 * above_one * above_one;
    let s = above_one / (2.0 + above_one);
    let z = s * s;
    let w = z * z;
    let odd = w * (LN[1] + w * (LN[3] + w * LN[5]));
    let even = z * (LN[0] + w * (LN[2] + w * (LN[4] + w * LN[6])));
    let result = s * (half_square + (even + odd)) + exponent * LN_2_LOW - half_square + above_one + exponent * LN_2_HIGH;
    if x < f64::INFINITY { result } else { x }
}

#[inline(always)]
fn ln_run(run: &mut [f64]) {
    for x in run {
        *x = ln(*x);
    }
}

/// Cuts a slice into runs; the last is filled up with ones to whole vectors. How long a run is the compiler must not know before it has
/// made vectors of the loop: a loop of eight turns it would write out, branches and all.
macro_rules! in_runs {
    ($values:ident, $work:ident) => {
        for run in $values.chunks_mut(RUN) {
            let length = run.len();
            if length.is_multiple_of(WIDEST) {
                $work(run);
            } else {
                let mut full = [1.0; RUN];
                full[..length].copy_from_slice(run);
                $work(&mut full[..length.next_multiple_of(WIDEST)]);
                run.copy_from_slice(&full[..length]);
            }
        }
    };
}

#[inline(always)]
fn exp_runs(values: &mut [f64]) {
    in_runs!(values, exp_run);
}

fn exp_up_to(width: usize, values: &mut [f64]) {
    vectors::up_to(
        width,
        #[inline(always)]
        || exp_runs(values),
    );
}

#[inline(always)]
fn ln_runs(values: &mut [f64]) {
    in_runs!(values, ln_run);
}

fn ln_up_to(width: usize, values: &mut [f64]) {
    vectors::up_to(
        width,
        #[inline(always)]
        || ln_runs(values),
    );
}

/// Exponentials of all numbers of a slice, in place: those of [`exp`](super::exp), digit by digit, in a tenth to a quarter of the time where
/// there are many: a handful is as fast one by one.
#[inline]
pub fn exp_all(values: &mut [f64]) {
    counting::exponentials(values.len());
    exp_up_to(WIDEST, values);
}

/// Logarithms of all numbers of a slice, in place: those of [`ln`](super::ln), floor included, digit by digit.
#[inline]
pub fn ln_all(values: &mut [f64]) {
    counting::logarithms(values.len());
    ln_up_to(WIDEST, values);
}

/// Powers of all numbers of a slice, in place, by `exp(exponent · ln base)` for bases > 0: a few units in the last place less exact than
/// [`pow`](super::pow), for rules of thumb.
#[inline]
pub fn quick_pow_all(bases: &mut [f64], exponent: f64) {
    ln_all(bases);
    for logarithm in &mut *bases {
        *logarithm *= exponent;
    }
    exp_all(bases);
}

#[cfg(test)]
mod tests {
    use rand::Rng;

    use super::*;

    /// Arguments of every kind: common ones, ones next to where `libm` branches, and any bits at all.
    fn arguments() -> Vec<f64> {
        let limits: [u64; 9] =
            [0x3E30_0000, 0x3E30_0001, 0x3FD6_2E42, 0x3FD6_2E43, 0x3FF0_0000, 0x3FF0_A2B2, 0x3FE6_A09E, 0x4086_232A, 0x4086_232B];
        let mut draws = crate::random::Seed(7).draws(crate::random::Purpose(10), 0, 0);
        let mut arguments = vec![0.0, -0.0, 1.0, -1.0, f64::NAN, f64::INFINITY, f64::NEG_INFINITY, f64::MIN_POSITIVE, 5e-324];
        arguments.extend([709.78, 709.79, -708.3, -708.4, -720.0, -745.1, -745.2, f64::MAX, f64::MIN]);
        // Kind by kind, so that most runs are common throughout.
        for _ in 0..200_000 {
            arguments.extend([2.0, 2.0, 10.0, 10.0, 100.0, 1400.0].map(|spread| spread * (draws.uniform() - 0.5)));
            arguments.extend([1.0, 100.0].map(|spread| 1.0 + spread * draws.uniform()));
        }
        for limit in limits {
            for _ in 0..50_000 {
                arguments.push(f64::from_bits((limit << 32) | (draws.next_u64() & 0x8000_0000_FFFF_FFFF)));
            }
        }
        arguments.extend((0..200_000).map(|_| 1500.0 * (draws.uniform() - 0.5)));
        arguments.extend((0..200_000).map(|_| f64::from_bits(draws.next_u64())));
        arguments
    }

    /// Whether two numbers are the same bits; one NaN is as good as another.
    fn same(one: f64, other: f64) -> bool {
        one.to_bits() == other.to_bits() || one.is_nan() && other.is_nan()
    }

    fn agree(all: fn(usize, &mut [f64]), one: fn(f64) -> f64) {
        let arguments = arguments();
        let expected: Vec<f64> = arguments.iter().map(|x| one(*x)).collect();
        for width in [2, 4, WIDEST] {
            let mut values = arguments.clone();
            all(width, &mut values);
            for ((x, value), expected) in arguments.iter().zip(&values).zip(&expected) {
                assert!(same(*value, *expected), "{x:e} in vectors of {width}: {value:e} for {expected:e}");
            }
            // One at a time: what is beside a number does not matter.
            for (x, expected) in arguments.iter().zip(&expected).step_by(7) {
                let mut alone = [*x];
                all(width, &mut alone);
                assert!(same(alone[0], *expected), "{x:e} alone in vectors of {width}: {:e} for {expected:e}", alone[0]);
            }
        }
    }

    #[test]
    fn quick_powers_are_nearly_powers() {
        let mut values = [3.7, 1.0, 1e-9];
        quick_pow_all(&mut values, -0.1);
        for (value, base) in values.into_iter().zip([3.7, 1.0, 1e-9]) {
            assert!((value / crate::math::pow(base, -0.1) - 1.0).abs() < 1e-14);
        }
    }

    #[test]
    fn exponentials_have_the_digits_of_libm() {
        agree(exp_up_to, libm::exp);
    }

    #[test]
    fn logarithms_have_the_digits_of_libm() {
        agree(ln_up_to, crate::math::ln);
    }
}
