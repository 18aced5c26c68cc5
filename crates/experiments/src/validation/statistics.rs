//! Statistics of facts as pure functions. A missing number stands as not a number.

/// Mean of what is there; not a number where nothing is.
pub use crate::evidence::{mean, standard_deviation};

/// Logarithm of the gamma function for a positive argument (Lanczos, g = 7, nine terms; error below 1e-13).
pub fn ln_gamma(x: f64) -> f64 {
    const TERMS: [f64; 9] = [
        0.999_999_999_999_809_9,
        676.520_368_121_885_1,
        -1_259.139_216_722_402_8,
        771.323_428_777_653_1,
        -176.615_029_162_140_6,
        12.507_343_278_686_905,
        -0.138_571_095_265_720_12,
        9.984_369_578_019_572e-6,
        1.505_632_735_149_311_6e-7,
    ];
    if x < 0.5 {
        // Reflection: Γ(x)·Γ(1 − x) = π / sin(πx).
        let pi = std::f64::consts::PI;
        return (pi / (pi * x).sin()).ln() - ln_gamma(1.0 - x);
    }
    let x = x - 1.0;
    let base = x + 7.5;
    let sum = TERMS.iter().enumerate().skip(1).fold(TERMS[0], |sum, (i, term)| sum + term / (x + i as f64));
    0.5 * (2.0 * std::f64::consts::PI).ln() + (x + 0.5) * base.ln() - base + sum.ln()
}

/// Hill estimate of a Pareto exponent from the largest `share` of positive values: the inverse of the mean log excess over
/// the largest value left out.
pub fn hill(values: &[f64], share: f64) -> f64 {
    let mut sorted: Vec<f64> = values.iter().copied().filter(|value| *value > 0.0 && value.is_finite()).collect();
    sorted.sort_unstable_by(|a, b| b.total_cmp(a));
    let count = (sorted.len() as f64 * share).floor() as usize;
    if count < 10 || count >= sorted.len() {
        return f64::NAN;
    }
    let threshold = sorted[count].ln();
    count as f64 / sorted[..count].iter().map(|value| value.ln() - threshold).sum::<f64>()
}

/// Shape `b` of a Subbotin density centred at 0, by maximum likelihood: 1 is Laplace (a tent in logs), 2 Gaussian.
///
/// `f(x) = exp(−|x/a|^b / b) / (2 a b^(1/b) Γ(1 + 1/b))`; for a given b, `a^b` is the mean of `|x|^b`.
pub fn subbotin_shape(values: &[f64]) -> f64 {
    let sizes: Vec<f64> = values.iter().map(|value| value.abs()).filter(|size| size.is_finite()).collect();
    if sizes.len() < 100 || sizes.iter().all(|size| *size == 0.0) {
        return f64::NAN;
    }
    let logs: Vec<f64> = sizes.iter().filter(|size| **size > 0.0).map(|size| size.ln()).collect();
    let count = sizes.len() as f64;
    // Negative log likelihood per value, up to constants: ln a + ln b / b + ln Γ(1 + 1/b) + 1/b.
    let loss = |b: f64| {
        let scale = logs.iter().map(|log| (b * log).exp()).sum::<f64>() / count;
        (scale.ln() + b.ln() + 1.0) / b + ln_gamma(1.0 + 1.0 / b)
    };
    // The likelihood has one peak in the range of interest: golden section.
    let (mut low, mut high) = (0.1, 5.0);
    let golden = 0.5 * (5f64.sqrt() - 1.0);
    let (mut left, mut right) = (high - golden * (high - low), low + golden * (high - low));
    let (mut at_left, mut at_right) = (loss(left), loss(right));
    while high - low > 1e-4 {
        if at_left < at_right {
            (high, right, at_right) = (right, left, at_left);
            left = high - golden * (high - low);
            at_left = loss(left);
        } else {
            (low, left, at_left) = (left, right, at_right);
            right = low + golden * (high - low);
            at_right = loss(right);
        }
    }
    0.5 * (low + high)
}

/// Quantile of a sample by linear interpolation between order statistics; missing numbers are left out.
pub fn quantile(values: &[f64], share: f64) -> f64 {
    let mut sorted: Vec<f64> = values.iter().copied().filter(|value| !value.is_nan()).collect();
    sorted.sort_unstable_by(f64::total_cmp);
    if sorted.is_empty() {
        return f64::NAN;
    }
    let place = share * (sorted.len() - 1) as f64;
    let below = place.floor() as usize;
    let above = (below + 1).min(sorted.len() - 1);
    sorted[below] + (place - below as f64) * (sorted[above] - sorted[below])
}

/// Deviation of a series from its Hodrick–Prescott trend: the trend minimises squared deviations plus `smoothness` times
/// squared second differences.
pub fn hp_cycle(values: &[f64], smoothness: f64) -> Vec<f64> {
    let n = values.len();
    if n < 4 {
        return vec![f64::NAN; n];
    }
    // (I + λ D'D) trend = values; the matrix is symmetric with two side bands: elimination without pivots is stable.
    let mut band = vec![[0.0; 3]; n];
    for row in band.iter_mut() {
        row[0] = 1.0;
    }
    for t in 0..n - 2 {
        let difference = [1.0, -2.0, 1.0];
        for i in 0..3 {
            for j in i..3 {
                band[t + i][j - i] += smoothness * difference[i] * difference[j];
            }
        }
    }
    let mut right = values.to_vec();
    for t in 0..n {
        for step in 1..3usize.min(n - t) {
            let factor = band[t][step] / band[t][0];
            for next in step..3usize.min(n - t) {
                band[t + step][next - step] -= factor * band[t][next];
            }
            right[t + step] -= factor * right[t];
        }
    }
    for t in (0..n).rev() {
        let known: f64 = (1..3usize.min(n - t)).map(|step| band[t][step] * right[t + step]).sum();
        right[t] = (right[t] - known) / band[t][0];
    }
    values.iter().zip(right).map(|(value, trend)| value - trend).collect()
}

/// Smoothness of the Hodrick–Prescott filter for so many observations a year: 1600 for quarters, otherwise by the fourth
/// power of the frequency (Ravn and Uhlig 2002).
pub fn hp_smoothness(per_year: usize) -> f64 {
    1600.0 * (per_year as f64 / 4.0).powi(4)
}

/// Changes of the logarithm from one value to the next.
pub fn log_growth(values: &[f64]) -> Vec<f64> {
    values.windows(2).map(|pair| (pair[1] / pair[0]).ln()).collect()
}

/// Slope of a least-squares line of `y` on `x`; pairs with a missing number are left out.
pub fn regression_slope(x: &[f64], y: &[f64]) -> f64 {
    let pairs: Vec<(f64, f64)> = x.iter().copied().zip(y.iter().copied()).filter(|(x, y)| x.is_finite() && y.is_finite()).collect();
    let count = pairs.len() as f64;
    let (mx, my) = (pairs.iter().map(|p| p.0).sum::<f64>() / count, pairs.iter().map(|p| p.1).sum::<f64>() / count);
    pairs.iter().map(|p| (p.0 - mx) * (p.1 - my)).sum::<f64>() / pairs.iter().map(|p| (p.0 - mx).powi(2)).sum::<f64>()
}

/// Share of the largest `share` of values (at least one of them) in the sum of all.
pub fn top_share(values: &[f64], share: f64) -> f64 {
    let mut sorted: Vec<f64> = values.iter().copied().filter(|value| value.is_finite()).collect();
    sorted.sort_unstable_by(|a, b| b.total_cmp(a));
    let count = ((sorted.len() as f64 * share).round() as usize).max(1).min(sorted.len());
    sorted[..count].iter().sum::<f64>() / sorted.iter().sum::<f64>()
}

/// Two-sided 95 % quantile of Student's t.
pub fn student_95(degrees: usize) -> f64 {
    const TABLE: [f64; 30] = [
        12.706, 4.303, 3.182, 2.776, 2.571, 2.447, 2.365, 2.306, 2.262, 2.228, 2.201, 2.179, 2.160, 2.145, 2.131, 2.120, 2.110, 2.101,
        2.093, 2.086, 2.080, 2.074, 2.069, 2.064, 2.060, 2.056, 2.052, 2.048, 2.045, 2.042,
    ];
    match degrees {
        0 => f64::NAN,
        1..=30 => TABLE[degrees - 1],
        more => 1.96 + 2.5 / more as f64,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: f64, expected: f64, within: f64) -> bool {
        (found - expected).abs() <= within
    }

    /// Mid-points of equal probability mass of a distribution, given by its inverse.
    fn ideal_sample(count: usize, inverse: impl Fn(f64) -> f64) -> Vec<f64> {
        (0..count).map(|i| inverse((i as f64 + 0.5) / count as f64)).collect()
    }

    #[test]
    fn gamma_of_known_arguments() {
        assert!(close(ln_gamma(1.0), 0.0, 1e-13) && close(ln_gamma(5.0), 24f64.ln(), 1e-12));
        assert!(
            close(ln_gamma(0.5), std::f64::consts::PI.sqrt().ln(), 1e-12) && close(ln_gamma(0.25), 3.625_609_908_221_908f64.ln(), 1e-11)
        );
    }

    #[test]
    fn hill_finds_the_exponent_of_a_pareto() {
        for exponent in [0.8, 1.06, 2.0] {
            let sample = ideal_sample(20_000, |u| (1.0 - u).powf(-1.0 / exponent));
            assert!(close(hill(&sample, 0.1), exponent, 0.01 * exponent), "{}", hill(&sample, 0.1));
        }
        assert!(hill(&[1.0; 50], 0.1).is_nan(), "five values are no tail");
    }

    #[test]
    fn subbotin_tells_a_tent_from_a_bell() {
        let laplace = ideal_sample(20_001, |u| if u < 0.5 { (2.0 * u).ln() } else { -(2.0 * (1.0 - u)).ln() });
        assert!(close(subbotin_shape(&laplace), 1.0, 0.02), "{}", subbotin_shape(&laplace));
        // A sum of twelve uniform draws is Gaussian but for far tails; here from a fixed linear generator.
        let mut state = 1u64;
        let mut uniform = || {
            state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            (state >> 11) as f64 / 9_007_199_254_740_992.0
        };
        let gaussian: Vec<f64> = (0..20_000).map(|_| (0..12).map(|_| uniform()).sum::<f64>() - 6.0).collect();
        assert!(close(subbotin_shape(&gaussian), 2.0, 0.15), "{}", subbotin_shape(&gaussian));
        assert!(subbotin_shape(&[0.1; 20]).is_nan() && subbotin_shape(&[0.0; 200]).is_nan());
    }

    #[test]
    fn quantiles_and_shares_by_hand() {
        let values = [4.0, 1.0, 3.0, 2.0, f64::NAN];
        assert_eq!((quantile(&values, 0.0), quantile(&values, 0.5), quantile(&values, 1.0)), (1.0, 2.5, 4.0));
        assert!(close(quantile(&values, 0.9), 3.7, 1e-12) && quantile(&[], 0.5).is_nan());
        assert_eq!(top_share(&[1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 91.0], 0.1), 0.91);
    }

    #[test]
    fn a_straight_line_has_no_cycle_and_a_wiggle_is_all_cycle() {
        let line: Vec<f64> = (0..40).map(|t| 3.0 + 0.5 * f64::from(t)).collect();
        assert!(hp_cycle(&line, 1600.0).iter().all(|cycle| cycle.abs() < 1e-8));
        let wiggle: Vec<f64> = (0..41).map(|t| if t % 2 == 0 { 1.0 } else { -1.0 }).collect();
        let cycle = hp_cycle(&wiggle, 1600.0);
        assert!(close(cycle[20], 1.0, 0.05) && close(cycle[21], -1.0, 0.05), "{cycle:?}");
        // Four values by the defining equation: trend + λ D'D trend = values.
        let values = [0.0, 1.0, 1.0, 0.0];
        let trend: Vec<f64> = values.iter().zip(hp_cycle(&values, 1.0)).map(|(v, c)| v - c).collect();
        let d = [trend[0] - 2.0 * trend[1] + trend[2], trend[1] - 2.0 * trend[2] + trend[3]];
        let pull = [d[0], -2.0 * d[0] + d[1], d[0] - 2.0 * d[1], d[1]];
        assert!((0..4).all(|t| close(trend[t] + pull[t], values[t], 1e-12)));
        assert_eq!((hp_smoothness(4), hp_smoothness(1)), (1600.0, 6.25));
    }

    #[test]
    fn slopes_and_growth_by_hand() {
        assert_eq!(regression_slope(&[0.0, 1.0, 2.0, f64::NAN], &[1.0, 3.0, 5.0, 9.0]), 2.0);
        assert!(close(log_growth(&[1.0, std::f64::consts::E])[0], 1.0, 1e-15));
        assert!(student_95(9) == 2.262 && close(student_95(1000), 1.962, 1e-3) && student_95(0).is_nan());
    }
}
