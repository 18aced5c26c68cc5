//! Internal rate of return of a fund.

use tripath_engine::math;

/// Internal rate of return, a year, of cash flows by tick and of a value after so many ticks, by bisection; `None` where there is none in (−0.99, 10).
pub fn internal_rate_of_return(flows: &[f64], value: f64, value_tick: usize, ticks_per_year: f64) -> Option<f64> {
    let present = |rate: f64| {
        let step = 1.0 / math::pow(1.0 + rate, 1.0 / ticks_per_year);
        let (mut discount, mut sum) = (1.0, 0.0);
        for flow in flows {
            sum += flow * discount;
            discount *= step;
        }
        let last = if value == 0.0 { 0.0 } else { value * math::pow(step, value_tick as f64) };
        sum + last
    };
    let (mut low, mut high) = (-0.99, 10.0);
    let mut at_low = present(low);
    // Not below 0 for a product that is no number either: lives of centuries.
    let crosses = at_low * present(high) <= 0.0;
    if !crosses || flows.iter().all(|flow| *flow == 0.0) {
        return None;
    }
    for _ in 0..80 {
        let middle = 0.5 * (low + high);
        let at_middle = present(middle);
        if at_low * at_middle <= 0.0 {
            high = middle;
        } else {
            (low, at_low) = (middle, at_middle);
        }
    }
    Some(0.5 * (low + high))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn irr_by_hand() {
        let of = |flows: &[f64], value, at, per_year| internal_rate_of_return(flows, value, at, per_year);
        assert!((of(&[-100.0, 110.0], 0.0, 2, 1.0).unwrap() - 0.1).abs() < 1e-9);
        assert!((of(&[-100.0], 150.0, 1, 1.0).unwrap() - 0.5).abs() < 1e-9);
        assert_eq!(of(&[], 1.0, 1, 1.0), None);
        assert_eq!(of(&[-1.0, -1.0], 0.0, 2, 1.0), None);
        // A tenth a quarter is 1.1^4 - 1 a year.
        assert!((of(&[-100.0, 110.0], 0.0, 2, 4.0).unwrap() - 0.4641).abs() < 1e-9);
        // 121 in two years, whatever happened in the first: nothing.
        assert!((of(&[-100.0], 121.0, 8, 4.0).unwrap() - 0.1).abs() < 1e-9);
        // Silent ticks before the first call change nothing.
        assert!((of(&[0.0, 0.0, -100.0, 0.0, 0.0, 0.0, 120.0], 0.0, 7, 4.0).unwrap() - 0.2).abs() < 1e-9);
    }
}
