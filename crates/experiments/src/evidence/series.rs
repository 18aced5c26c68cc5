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
}
