//! Averages of the economy as a whole, and whether they can be believed.

use std::path::Path;

use serde::Serialize;

use super::SummaryError;
use super::table::Table;

/// Averages over the recorded years. Rates are a year; missing where there are too few years.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MacroAverages {
    /// Years recorded.
    pub years: f64,
    /// Growth of real output, from the first year to the last.
    pub growth_rate: Option<f64>,
    /// Growth of consumer prices, from the first tick to the last.
    pub inflation_rate: Option<f64>,
    /// Mean unemployment.
    pub unemployment_rate: Option<f64>,
    /// Mean wage share.
    pub wage_share: Option<f64>,
    /// R&D over output, both summed.
    pub rd_share: Option<f64>,
    /// Nominal output of all recorded ticks.
    pub output_sum: Option<f64>,
    /// Debt of central and local governments over output of a year, in the first year.
    pub government_debt_ratio_first: Option<f64>,
    /// The same in the last year.
    pub government_debt_ratio_last: Option<f64>,
    /// Entrants a year over enterprises.
    pub entry_rate: Option<f64>,
    /// Exits a year over enterprises.
    pub exit_rate: Option<f64>,
    /// Largest breach of an accounting identity over gross flows.
    pub ledger_residual: Option<f64>,
}

const COLUMNS: [&str; 13] = [
    "year",
    "output_nominal",
    "output_real",
    "consumer_price_index",
    "unemployment_rate",
    "wage_share",
    "rd",
    "central_government_debt",
    "local_government_debt",
    "enterprise_count",
    "entry_count",
    "exit_count",
    "ledger_residual",
];

/// One series a column, missing values left out as not a number.
struct Series([Vec<f64>; COLUMNS.len()]);

impl Series {
    fn of(&self, column: &str) -> &[f64] {
        COLUMNS.iter().position(|name| *name == column).map_or(&[], |index| &self.0[index])
    }

    fn sum(&self, column: &str) -> f64 {
        sum(self.of(column))
    }
}

fn sum(values: &[f64]) -> f64 {
    values.iter().filter(|value| value.is_finite()).sum()
}

fn mean(values: &[f64]) -> Option<f64> {
    let count = values.iter().filter(|value| value.is_finite()).count();
    finite(sum(values) / count as f64)
}

fn finite(value: f64) -> Option<f64> {
    value.is_finite().then_some(value)
}

/// Growth a year that leads from `first` to `last` in some years.
fn growth_a_year(first: f64, last: f64, years: f64) -> Option<f64> {
    if years > 0.0 && first > 0.0 && last > 0.0 { finite((last / first).powf(1.0 / years) - 1.0) } else { None }
}

/// Reads `macro.csv`; nothing where it was not recorded or has no rows.
pub(super) fn read(folder: &Path) -> Result<Option<MacroAverages>, SummaryError> {
    let Some(table) = Table::open(folder, "macro")? else { return Ok(None) };
    let columns = table.columns(COLUMNS)?;
    let mut series = Series(Default::default());
    table.for_each(|row| {
        for (values, column) in series.0.iter_mut().zip(columns) {
            values.push(row.number(column)?.unwrap_or(f64::NAN));
        }
        Ok(())
    })?;
    Ok(averages(&series))
}

fn averages(series: &Series) -> Option<MacroAverages> {
    let ticks = series.of("year").len();
    if ticks == 0 {
        return None;
    }
    let tick_years = match series.of("year") {
        [first, second, ..] => second - first,
        _ => 1.0,
    };
    let a_year = ((1.0 / tick_years).round() as usize).clamp(1, ticks);
    let years = ticks as f64 * tick_years;
    let (first, last) = (0..a_year, ticks - a_year..ticks);
    let real = series.of("output_real");
    let prices = series.of("consumer_price_index");
    let debt_ratio = |year: std::ops::Range<usize>| {
        let debt: f64 =
            ["central_government_debt", "local_government_debt"].iter().filter_map(|column| mean(&series.of(column)[year.clone()])).sum();
        finite(debt / sum(&series.of("output_nominal")[year]))
    };
    let churn = |column: &str| finite(series.sum(column) / years / mean(series.of("enterprise_count"))?);
    Some(MacroAverages {
        years,
        growth_rate: growth_a_year(sum(&real[first.clone()]), sum(&real[last.clone()]), (ticks - a_year) as f64 * tick_years),
        inflation_rate: growth_a_year(prices[0], prices[ticks - 1], (ticks - 1) as f64 * tick_years),
        unemployment_rate: mean(series.of("unemployment_rate")),
        wage_share: mean(series.of("wage_share")),
        rd_share: finite(series.sum("rd") / series.sum("output_nominal")),
        output_sum: finite(series.sum("output_nominal")),
        government_debt_ratio_first: debt_ratio(first),
        government_debt_ratio_last: debt_ratio(last),
        entry_rate: churn("entry_count"),
        exit_rate: churn("exit_count"),
        ledger_residual: series.of("ledger_residual").iter().copied().filter(|value| value.is_finite()).reduce(f64::max),
    })
}

/// Ranges that the averages of a living economy keep to.
const PLAUSIBLE: [(&str, f64, f64); 5] = [
    ("real growth", 0.01, 0.10),
    ("inflation", -0.01, 0.06),
    ("unemployment", 0.02, 0.12),
    ("the entry rate", 0.04, 0.18),
    ("the exit rate", 0.04, 0.18),
];

impl MacroAverages {
    /// Averages outside the range that is plausible, in words.
    pub fn warnings(&self) -> Vec<String> {
        let values = [self.growth_rate, self.inflation_rate, self.unemployment_rate, self.entry_rate, self.exit_rate];
        let implausible = |((name, low, high), value): (&(&str, f64, f64), Option<f64>)| {
            let value = value.filter(|value| value < low || value > high)?;
            Some(format!("{name} is {:.1} % on average; {:.0} to {:.0} % would be plausible", value * 100.0, low * 100.0, high * 100.0))
        };
        let mut found: Vec<String> = PLAUSIBLE.iter().zip(values).filter_map(implausible).collect();
        if let (Some(first), Some(last)) = (self.government_debt_ratio_first, self.government_debt_ratio_last)
            && last > 2.0 * first.max(0.5)
        {
            found.push(format!("debt of governments over output goes from {first:.2} to {last:.2}: it may have no bound"));
        }
        found
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn averages_of_two_years_worked_by_hand() {
        let mut series = Series(Default::default());
        for tick in 0..2 {
            let row = [
                1.0,
                100.0 + 10.0 * f64::from(tick),
                100.0 + 2.0 * f64::from(tick),
                1.0 + 0.03 * f64::from(tick),
                0.05,
                0.6,
                2.0,
                60.0,
                40.0,
                1000.0,
                100.0,
                90.0,
                1e-15,
            ];
            for (index, (values, value)) in series.0.iter_mut().zip(row).enumerate() {
                values.push(if index == 0 { f64::from(tick + 1) } else { value });
            }
        }
        let found = averages(&series).expect("two rows");
        let close = |value: Option<f64>, expected: f64| (value.expect("there is a value") - expected).abs() < 1e-12;
        assert_eq!(found.years, 2.0);
        assert!(
            close(found.growth_rate, 0.02)
                && close(found.inflation_rate, 0.03)
                && close(found.entry_rate, 0.1)
                && close(found.exit_rate, 0.09)
        );
        assert!(
            close(found.government_debt_ratio_first, 1.0)
                && close(found.government_debt_ratio_last, 100.0 / 110.0)
                && close(found.rd_share, 4.0 / 210.0)
        );
        assert!(close(found.output_sum, 210.0));
        assert!(found.warnings().is_empty());
    }

    #[test]
    fn a_run_without_rows_has_no_averages() {
        assert_eq!(averages(&Series(Default::default())), None);
    }
}
