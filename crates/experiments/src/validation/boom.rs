//! C6: a boom of an industry, its shake-out, and what remains.

use super::fact::{Part, Reading, Stop, Target, Targets, Unit};
use super::policy::of_sector;
use super::run_tables::RunTables;
use super::statistics::mean;

/// Years at the start and end whose means are compared.
const ENDS: usize = 5;

const fn part(name: &'static str, unit: Unit, target: Target) -> Part {
    Part { name, unit, targets: Targets::all(target) }
}

/// Statistics of the fact.
pub(super) const PARTS: &[Part] = &[
    part("year of the peak", Unit::One, Target::Between(2008.0, 2012.0)),
    part("year of the trough", Unit::One, Target::ReportedOnly),
    part("peak over start", Unit::One, Target::AtLeast(1.3)),
    part("enterprises lost", Unit::Percent, Target::AtLeast(0.3)),
    part("price change", Unit::Percent, Target::Below(0.0)),
    part("later world share over start", Unit::One, Target::Above(1.0)),
];

/// Places of the peak and the trough of the largest relative fall.
pub(super) fn largest_fall(values: &[f64]) -> (usize, usize) {
    let (mut peak, mut best, mut fall) = (0, (0, 0), 0.0);
    for (place, value) in values.iter().enumerate() {
        if *value > values[peak] {
            peak = place;
        } else if 1.0 - value / values[peak] > fall {
            fall = 1.0 - value / values[peak];
            best = (peak, place);
        }
    }
    best
}

fn annual(run: &RunTables, column: &'static str) -> Result<Vec<f64>, Stop> {
    Ok(of_sector(run, "solar", column)?.chunks_exact(run.per_year()).map(mean).collect())
}

/// Boom, shake-out and later share of solar.
pub(super) fn measure(run: &RunTables) -> Result<Vec<Reading>, Stop> {
    let (enterprises, prices, shares) = (annual(run, "enterprise_count")?, annual(run, "price")?, annual(run, "world_share")?);
    let general = run.annual_means("consumer_price_index")?;
    let ends = ENDS.min(enterprises.len());
    let (peak, trough) = largest_fall(&enterprises);
    let real = |year: usize| prices[year] / general[year];
    // A tick belongs to the year in which it ends; the last one of a year ends at the turn.
    let first_year = (run.numbers("macro", "year")?.first().copied().unwrap_or(f64::NAN) - 1e-9).floor();
    Ok(vec![
        (first_year + peak as f64).into(),
        (first_year + trough as f64).into(),
        (enterprises[peak] / mean(&enterprises[..ends])).into(),
        (1.0 - enterprises[trough] / enterprises[peak]).into(),
        (real(trough) / real(peak) - 1.0).into(),
        (mean(&shares[shares.len() - ends..]) / mean(&shares[..ends])).into(),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_largest_fall_by_hand() {
        assert_eq!(largest_fall(&[1.0, 4.0, 3.0, 5.0, 2.0, 6.0]), (3, 4));
        assert_eq!(largest_fall(&[1.0, 2.0, 3.0]), (0, 0));
    }
}
