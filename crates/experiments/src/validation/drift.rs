//! A13: what moves slowly over a century and should not.

use super::fact::{Gap, Part, Reading, Stop, Target, Targets, Unit};
use super::gate_economy::debt_ratio;
use super::run_tables::RunTables;
use super::statistics::{log_growth, mean, regression_slope, standard_deviation};

/// First year, border and end of the two windows.
const WINDOWS: [usize; 3] = [20, 60, 100];

/// Years of a block whose means give the standard error.
const BLOCK: usize = 10;

/// Bound of the noisy changes.
const NOISY_BOUND: f64 = 0.25;

const fn moved(name: &'static str, unit: Unit, rule: &'static str) -> Part {
    Part { name, unit, targets: Targets::all(Target::Rule(rule)) }
}

const fn shown(name: &'static str) -> Part {
    Part { name, unit: Unit::One, targets: Targets::all(Target::ReportedOnly) }
}

/// Statistics of the fact: changes, judged; then how the noisy ones fare where leaving either bound counts as drift, 1 for none; then what is
/// shown alone.
pub(super) const PARTS: &[Part] = &[
    moved("wage share, change", Unit::Percent, "± 3 %"),
    moved("enterprises, relative", Unit::Percent, "± 15 %"),
    moved("unemployment, relative", Unit::Percent, "± 2 se and 25 %"),
    moved("debt/output, relative", Unit::Percent, "± 2 se and 25 %"),
    moved("foreign assets, change", Unit::One, "± 2 se and 0.25"),
    moved("Herfindahl, relative", Unit::Percent, "± 2 se and 25 %"),
    shown("unemployment, either bound"),
    shown("debt/output, either bound"),
    shown("foreign assets, either"),
    shown("Herfindahl, either bound"),
    Part { name: "growth, change", unit: Unit::Percent, targets: Targets::all(Target::ReportedOnly) },
    Part { name: "inflation, change", unit: Unit::Percent, targets: Targets::all(Target::ReportedOnly) },
];

struct Change {
    early: f64,
    difference: f64,
    standard_error: f64,
}

fn change(series: &[f64]) -> Change {
    let (early, late) = (&series[WINDOWS[0]..WINDOWS[1]], &series[WINDOWS[1]..WINDOWS[2]]);
    let times: Vec<f64> = (WINDOWS[0]..WINDOWS[2]).map(|year| year as f64).collect();
    let slope = regression_slope(&times, &series[WINDOWS[0]..WINDOWS[2]]);
    let variance = |window: &[f64]| {
        // Less the straight line, so that a trend does not hide behind the spread that it makes.
        let steady: Vec<f64> = window.iter().enumerate().map(|(year, value)| value - slope * year as f64).collect();
        let means: Vec<f64> = steady.chunks_exact(BLOCK).map(mean).collect();
        standard_deviation(&means).powi(2) / means.len() as f64
    };
    Change { early: mean(early), difference: mean(late) - mean(early), standard_error: (variance(early) + variance(late)).sqrt() }
}

/// The strict reading of the same rule: 1 where a change keeps both its bound and two standard errors, 0 where it leaves either.
fn strictly(change: &Change, relative: bool, bound: f64) -> Reading {
    let value = if relative { change.difference / change.early.abs() } else { change.difference };
    let keeps = value.abs() <= bound && change.difference.abs() <= 2.0 * change.standard_error;
    if value.is_finite() { f64::from(u8::from(keeps)) } else { f64::NAN }.into()
}

/// Relative or absolute change, held to a bound and, where `noisy`, to two standard errors too: both must be left.
fn judged(change: &Change, relative: bool, noisy: bool, bound: f64) -> Reading {
    let value = if relative { change.difference / change.early.abs() } else { change.difference };
    let within = value.abs() <= bound || noisy && change.difference.abs() <= 2.0 * change.standard_error;
    Reading::ruled(value, within && value.is_finite())
}

/// Changes of the series.
pub(super) fn measure(run: &RunTables) -> Result<Vec<Reading>, Stop> {
    if run.years()? < WINDOWS[2] {
        return Err(Gap::Years(WINDOWS[2]).into());
    }
    let output = run.annual_sums("output_nominal")?;
    let foreign: Vec<f64> = run.annual_means("net_foreign_assets")?.iter().zip(&output).map(|(assets, output)| assets / output).collect();
    let rows = run.annual_sums_where("sectors", "hhi", |_| true)?;
    let sectors = run.numbers("sectors", "tick")?.iter().filter(|tick| **tick == 0.0).count();
    let concentration: Vec<f64> = rows.iter().map(|sum| sum / (sectors * run.per_year()) as f64).collect();
    let noisy = [
        (change(&run.annual_means("unemployment_rate")?), true),
        (change(&debt_ratio(run)?), true),
        (change(&foreign), false),
        (change(&concentration), true),
    ];
    let mut readings = vec![
        judged(&change(&run.annual_means("wage_share")?), false, false, 0.03),
        judged(&change(&run.annual_means("enterprise_count")?), true, false, 0.15),
    ];
    readings.extend(noisy.iter().map(|(change, relative)| judged(change, *relative, true, NOISY_BOUND)));
    readings.extend(noisy.iter().map(|(change, relative)| strictly(change, *relative, NOISY_BOUND)));
    // The first year has no growth; the windows begin later.
    let rates = |levels: Vec<f64>| [vec![f64::NAN], log_growth(&levels)].concat();
    let shown = [rates(run.annual_sums("output_real")?), rates(run.annual_means("consumer_price_index")?)];
    readings.extend(shown.iter().map(|series| Reading::from(change(series).difference)));
    Ok(readings)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn steps_are_drift_and_noise_is_not() {
        // A straight rise by a hundredth a year, 0.4 from window to window, has no spread of its own.
        let rise: Vec<f64> = (0..100).map(|year| 0.61 + 0.01 * f64::from(year)).collect();
        let found = change(&rise);
        assert!((found.early - 1.005).abs() < 1e-12 && (found.difference - 0.4).abs() < 1e-12 && found.standard_error < 1e-12);
        assert_eq!(judged(&found, true, true, 0.25).holds, Some(false));
        let noisy = Change { early: 1.0, difference: 0.5, standard_error: 0.3 };
        assert_eq!(judged(&noisy, true, true, 0.25).holds, Some(true));
        assert_eq!(judged(&noisy, true, false, 0.25).holds, Some(false));
        // Beyond a quarter and within two standard errors: no drift as judged, drift where either bound counts.
        assert_eq!(strictly(&noisy, true, 0.25).value, 0.0);
        assert_eq!(strictly(&Change { difference: 0.2, ..noisy }, true, 0.25).value, 1.0);
        assert_eq!(judged(&Change { early: 0.0, difference: f64::NAN, standard_error: 0.0 }, false, true, 1.0).holds, Some(false));
    }
}
