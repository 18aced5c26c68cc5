//! From the numbers of the ticks of a window to one number.

use tripath_engine::math::ln;

use crate::evidence::{mean, slope, standard_deviation};

/// From the numbers of the ticks of a window to one number. Ticks that are missing are left out of means and sums.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reducer {
    /// Mean over ticks.
    Mean,
    /// Sum over ticks.
    Sum,
    /// Least tick.
    Min,
    /// Greatest tick.
    Max,
    /// Mean of the first year.
    First,
    /// Mean of the last year.
    Last,
    /// Last less first.
    Change,
    /// Mean change a year of the logarithm of the years' means: (ln last − ln first) ⁄ (years − 1).
    Growth,
    /// Standard deviation over years of the change of the logarithm of the years' means.
    Volatility,
    /// Standard deviation of the years' means.
    StandardDeviation,
    /// Slope a year of a least-squares line through the years' means.
    Slope,
}

impl Reducer {
    /// Names in designs.
    pub const NAMES: [(&'static str, Self); 11] = [
        ("mean", Self::Mean),
        ("sum", Self::Sum),
        ("min", Self::Min),
        ("max", Self::Max),
        ("first", Self::First),
        ("last", Self::Last),
        ("change", Self::Change),
        ("growth", Self::Growth),
        ("volatility", Self::Volatility),
        ("standard_deviation", Self::StandardDeviation),
        ("slope", Self::Slope),
    ];

    /// Fewest whole years that it needs.
    pub fn least_years(self) -> u32 {
        match self {
            Self::Volatility => 3,
            Self::Growth | Self::Change | Self::StandardDeviation | Self::Slope => 2,
            _ => 1,
        }
    }

    /// The number; not finite where the ticks do not give one.
    pub fn reduce(self, ticks: &[f64], ticks_per_year: usize) -> f64 {
        let present = || ticks.iter().copied().filter(|value| value.is_finite());
        let years = || -> Vec<f64> { ticks.chunks_exact(ticks_per_year.max(1)).map(mean).collect() };
        let ends = || {
            let years = years();
            (years.first().copied().unwrap_or(f64::NAN), years.last().copied().unwrap_or(f64::NAN), years.len())
        };
        match self {
            Self::Mean => mean(ticks),
            Self::Sum if present().next().is_none() => f64::NAN,
            Self::Sum => present().sum(),
            Self::Min => present().reduce(f64::min).unwrap_or(f64::NAN),
            Self::Max => present().reduce(f64::max).unwrap_or(f64::NAN),
            Self::First => ends().0,
            Self::Last => ends().1,
            Self::Change => ends().1 - ends().0,
            Self::Growth => {
                let (first, last, years) = ends();
                // Two losses would make a growth that is none.
                if first > 0.0 && last > 0.0 && years > 1 { (ln(last) - ln(first)) / (years as f64 - 1.0) } else { f64::NAN }
            }
            Self::Volatility => {
                let years = years();
                if !years.iter().all(|value| *value > 0.0) {
                    return f64::NAN;
                }
                standard_deviation(&years.windows(2).map(|pair| ln(pair[1]) - ln(pair[0])).collect::<Vec<_>>())
            }
            Self::StandardDeviation => standard_deviation(&years()),
            Self::Slope => slope(&years()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reducers_by_hand() {
        let ticks = [1.0, 3.0, 4.0, 4.0, 7.0, 9.0];
        let reduce = |reducer: Reducer| reducer.reduce(&ticks, 2);
        assert_eq!(reduce(Reducer::Mean), 28.0 / 6.0);
        assert_eq!((reduce(Reducer::Sum), reduce(Reducer::Min), reduce(Reducer::Max)), (28.0, 1.0, 9.0));
        assert_eq!((reduce(Reducer::First), reduce(Reducer::Last), reduce(Reducer::Change)), (2.0, 8.0, 6.0));
        // Years 2, 4, 8: a doubling each year.
        assert!((reduce(Reducer::Growth) - 2.0_f64.ln()).abs() < 1e-12 && reduce(Reducer::Volatility).abs() < 1e-12);
        assert_eq!(reduce(Reducer::Slope), 3.0);
        assert!((reduce(Reducer::StandardDeviation) - (28.0_f64 / 3.0).sqrt()).abs() < 1e-12);
    }

    #[test]
    fn what_is_missing_is_left_out_and_nothing_at_all_is_not_a_number() {
        assert_eq!(Reducer::Mean.reduce(&[f64::NAN, 2.0], 1), 2.0);
        for (_, reducer) in Reducer::NAMES {
            assert!(!reducer.reduce(&[f64::NAN; 8], 2).is_finite(), "{reducer:?}");
            assert!(!reducer.reduce(&[], 2).is_finite(), "{reducer:?}");
        }
        assert!(Reducer::Growth.reduce(&[-1.0, -2.0], 1).is_nan());
    }
}
