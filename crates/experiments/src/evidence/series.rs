//! Means, spreads and trends of series. A missing number stands as not a number and is left out.

/// Mean of what is there; not a number where nothing is.
pub fn mean(values: &[f64]) -> f64 {
    let present = values.iter().filter(|value| value.is_finite());
    present.clone().sum::<f64>() / present.count() as f64
}

/// Standard deviation of a sample; not a number for fewer than two values.
pub fn standard_deviation(values: &[f64]) -> f64 {
    let centre = mean(values);
    let present = values.iter().filter(|value| value.is_finite());
    let count = present.clone().count();
    if count < 2 {
        return f64::NAN;
    }
    (present.map(|value| (value - centre).powi(2)).sum::<f64>() / (count - 1) as f64).sqrt()
}

/// Changes of the logarithm from one value to the next.
pub(super) fn log_growth(values: &[f64]) -> Vec<f64> {
    values.windows(2).map(|pair| (pair[1] / pair[0]).ln()).collect()
}

/// Slope of a least-squares line through equidistant values, a step.
pub fn slope(values: &[f64]) -> f64 {
    let centre = (values.len() as f64 - 1.0) / 2.0;
    let level = mean(values);
    let (mut product, mut square) = (0.0, 0.0);
    for (step, value) in values.iter().enumerate().filter(|(_, value)| value.is_finite()) {
        product += (step as f64 - centre) * (value - level);
        square += (step as f64 - centre).powi(2);
    }
    product / square
}

/// Last values, at most so many.
pub(super) fn last(values: &[f64], count: usize) -> &[f64] {
    &values[values.len().saturating_sub(count)..]
}

/// First values, at most so many.
pub(super) fn first(values: &[f64], count: usize) -> &[f64] {
    &values[..values.len().min(count)]
}

/// Mean of the last quarter of a series over the mean of its middle half.
pub(super) fn late_rise(values: &[f64]) -> f64 {
    let quarter = values.len() / 4;
    if quarter == 0 {
        return f64::NAN;
    }
    mean(last(values, quarter)) / mean(&values[quarter..values.len() - quarter])
}

/// Whether a ratio of debt explodes: in the last quarter of the run it is more than 1.5 times that of the middle half,
/// and above 1.5 as well. A missing ratio counts as explosive.
pub fn explosive(debt_ratio: &[f64]) -> bool {
    let level = mean(last(debt_ratio, (debt_ratio.len() / 4).max(1)));
    let contained = level <= 1.5 || late_rise(debt_ratio) <= 1.5;
    !contained
}

/// Mean difference of pairs.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Comparison {
    /// Pairs of which both numbers are there.
    pub pairs: usize,
    /// Mean of the differences.
    pub difference: f64,
    /// Its standard error; not a number for fewer than two pairs.
    pub standard_error: f64,
}

/// Compares pairs: the mean of `changed − kept`.
pub fn paired(kept: &[f64], changed: &[f64]) -> Comparison {
    let differences: Vec<f64> = kept.iter().zip(changed).map(|(kept, changed)| changed - kept).filter(|d| d.is_finite()).collect();
    Comparison {
        pairs: differences.len(),
        difference: mean(&differences),
        standard_error: standard_deviation(&differences) / (differences.len() as f64).sqrt(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn worked_by_hand() {
        assert_eq!(mean(&[1.0, f64::NAN, 3.0]), 2.0);
        assert!(mean(&[]).is_nan() && standard_deviation(&[1.0]).is_nan());
        assert_eq!(standard_deviation(&[1.0, 3.0]), 2f64.sqrt());
        assert_eq!(slope(&[1.0, 3.0, 5.0]), 2.0);
        let compared = paired(&[1.0, 2.0, f64::NAN], &[2.0, 5.0, 1.0]);
        assert_eq!((compared.pairs, compared.difference, compared.standard_error), (2, 2.0, 1.0));
    }

    #[test]
    fn debt_explodes_when_it_is_high_and_rises() {
        assert!(!explosive(&[0.8; 8]));
        assert!(!explosive(&[0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.9, 0.9]), "it rises, yet it is low");
        assert!(!explosive(&[2.0; 8]), "it is high, yet it does not rise");
        assert!(explosive(&[1.0, 1.0, 1.0, 1.0, 1.0, 1.0, 2.0, 2.0]));
        assert!(explosive(&[f64::NAN; 8]));
    }
}
