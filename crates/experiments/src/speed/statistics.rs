//! Medians and spreads.

use serde::Serialize;

/// A median with its spread.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Measured {
    /// Median.
    pub median: f64,
    /// Least.
    pub least: f64,
    /// Greatest.
    pub greatest: f64,
    /// Measurements.
    pub measurements: usize,
}

impl Measured {
    /// Of measurements; not a number where there are none.
    pub(crate) fn of(mut values: Vec<f64>) -> Self {
        values.sort_unstable_by(f64::total_cmp);
        let middle = values.len() / 2;
        let median = match values.len() {
            0 => f64::NAN,
            count if count % 2 == 1 => values[middle],
            _ => 0.5 * (values[middle - 1] + values[middle]),
        };
        let end = |value: Option<&f64>| value.copied().unwrap_or(f64::NAN);
        Self { median, least: end(values.first()), greatest: end(values.last()), measurements: values.len() }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn medians_by_hand() {
        let odd = Measured::of(vec![3.0, 1.0, 2.0]);
        assert_eq!((odd.median, odd.least, odd.greatest, odd.measurements), (2.0, 1.0, 3.0, 3));
        assert_eq!(Measured::of(vec![4.0, 1.0, 2.0, 3.0]).median, 2.5);
        assert!(Measured::of(Vec::new()).median.is_nan());
    }
}
