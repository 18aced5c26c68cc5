//! How two samples move together, as pure functions and sums that grow pair by pair.

use super::statistics::mean;

/// Sums of pairs, from which their correlation comes.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Moments {
    count: f64,
    x: f64,
    y: f64,
    xx: f64,
    yy: f64,
    xy: f64,
}

impl Moments {
    /// Adds a pair; one with a missing number is left out.
    pub fn add(&mut self, x: f64, y: f64) {
        if x.is_finite() && y.is_finite() {
            self.count += 1.0;
            self.x += x;
            self.y += y;
            self.xx += x * x;
            self.yy += y * y;
            self.xy += x * y;
        }
    }

    /// Number of pairs.
    pub fn count(&self) -> f64 {
        self.count
    }

    /// Mean of the first of each pair.
    pub fn mean_x(&self) -> f64 {
        self.x / self.count
    }

    /// Standard deviation of the second of each pair, of a sample.
    pub fn spread_y(&self) -> f64 {
        ((self.yy - self.y * self.y / self.count).max(0.0) / (self.count - 1.0)).sqrt()
    }

    /// Pearson's correlation; not a number for fewer than three pairs, or where one side does not vary.
    pub fn correlation(&self) -> f64 {
        let product = self.xy - self.x * self.y / self.count;
        let spread = ((self.xx - self.x * self.x / self.count) * (self.yy - self.y * self.y / self.count)).sqrt();
        if self.count < 3.0 || spread.is_nan() || spread <= 0.0 { f64::NAN } else { product / spread }
    }
}

/// Pearson's correlation of two series, pairs with a missing number left out.
pub fn correlation(x: &[f64], y: &[f64]) -> f64 {
    // About their means, so that sums of squares do not cancel.
    let (mx, my) = (mean(x), mean(y));
    let mut moments = Moments::default();
    x.iter().zip(y).for_each(|(x, y)| moments.add(x - mx, y - my));
    moments.correlation()
}

/// Correlation of the values of a series with the ones before them.
pub fn autocorrelation(values: &[f64]) -> f64 {
    if values.is_empty() { f64::NAN } else { correlation(&values[..values.len() - 1], &values[1..]) }
}

/// Covariance of Olley and Pakes (1996): the sum over enterprises of their share in all sizes less the mean share, times their
/// log productivity less its plain mean. Pairs are sizes and log productivities.
pub fn olley_pakes(pairs: &[(f64, f64)]) -> f64 {
    let all: f64 = pairs.iter().map(|(size, _)| size).sum();
    let plain = pairs.iter().map(|(_, productivity)| productivity).sum::<f64>() / pairs.len() as f64;
    pairs.iter().map(|(size, productivity)| size / all * (productivity - plain)).sum()
}

/// Sums for the slope of a line within groups: each group about its own means.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct WithinSlope {
    product: f64,
    square: f64,
}

impl WithinSlope {
    /// Adds a group of pairs.
    pub fn add(&mut self, pairs: &[(f64, f64)]) {
        let count = pairs.len() as f64;
        let (mx, my) = (pairs.iter().map(|pair| pair.0).sum::<f64>() / count, pairs.iter().map(|pair| pair.1).sum::<f64>() / count);
        self.product += pairs.iter().map(|(x, y)| (x - mx) * (y - my)).sum::<f64>();
        self.square += pairs.iter().map(|(x, _)| (x - mx).powi(2)).sum::<f64>();
    }

    /// The slope; not a number where nothing varies.
    pub fn slope(&self) -> f64 {
        if self.square > 0.0 { self.product / self.square } else { f64::NAN }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: f64, expected: f64) -> bool {
        (found - expected).abs() < 1e-12
    }

    #[test]
    fn correlations_by_hand() {
        // Deviations −1, 0, 1 and −1, 1, 0: product 1, squares 2 and 2.
        assert!(close(correlation(&[1.0, 2.0, 3.0], &[4.0, 6.0, 5.0]), 0.5));
        let mut moments = Moments::default();
        [(1.0, 4.0), (2.0, 6.0), (f64::NAN, 9.0), (6.0, 5.0)].iter().for_each(|(x, y)| moments.add(*x, *y));
        assert_eq!((moments.count(), moments.mean_x(), moments.spread_y()), (3.0, 3.0, 1.0));
        assert!(close(correlation(&[1.0, 2.0, f64::NAN, 3.0], &[4.0, 6.0, 9.0, 5.0]), 0.5) && correlation(&[1.0], &[1.0]).is_nan());
        assert!(close(autocorrelation(&[1.0, -1.0, 1.0, -1.0, 1.0]), -1.0) && close(autocorrelation(&[1.0, 2.0, 4.0, 8.0]), 1.0));
        assert!(autocorrelation(&[2.0; 9]).is_nan() && autocorrelation(&[]).is_nan() && autocorrelation(&[1.0, 2.0]).is_nan());
    }

    #[test]
    fn allocation_by_hand() {
        // Shares 0.75 and 0.25, log productivities 1 and 0: 0.25 × 0.5 + (−0.25) × (−0.5).
        assert!(close(olley_pakes(&[(3.0, 1.0), (1.0, 0.0)]), 0.25) && close(olley_pakes(&[(2.0, 1.0), (2.0, 0.0)]), 0.0));
        // Two groups with slopes 1 and −1 about different means; the second has four times the spread.
        let mut within = WithinSlope::default();
        within.add(&[(0.0, 10.0), (2.0, 12.0)]);
        assert!(close(within.slope(), 1.0));
        within.add(&[(0.0, 0.0), (4.0, -4.0)]);
        assert!(close(within.slope(), (2.0 - 8.0) / (2.0 + 8.0)) && WithinSlope::default().slope().is_nan());
    }
}
