//! Gate A, facts about the path from quarter to quarter: A14 to A16.

use super::correlation::{autocorrelation, correlation};
use super::fact::{Fact, Gap, Measure, Part, Reading, Stop, Target, Targets, Unit};
use super::run_tables::RunTables;
use super::statistics::{hp_cycle, hp_smoothness, log_growth, mean, standard_deviation};

/// Rates of unemployment outside of which nobody would believe a quarter.
const BELIEVABLE: [f64; 2] = [0.02, 0.12];

/// A14 to A16.
pub(super) const FACTS: &[Fact] = &[
    Fact {
        id: "A14",
        title: "the path inside a year",
        definition: "By quarter (of twelve ticks a year, sums of three for output, means of three for the rate of unemployment): correlation of \
                     the log of macro.output_real less its Hodrick-Prescott trend (smoothness 1600) with that of the quarter before; the same \
                     of its growth, the change of the log; standard deviations of growth and of the change of macro.unemployment_rate. Not \
                     judged where a tick is a year",
        source: "US GDP and unemployment, by quarter: 0.84, 0.3, 0.8 %, 0.3 points",
        presets: &[],
        calibrated: false,
        tables: &["macro"],
        parts: &[
            Part { name: "AC(1) of the cycle", unit: Unit::One, targets: Targets::all(Target::Between(0.6, 0.95)) },
            Part { name: "AC(1) of growth", unit: Unit::One, targets: Targets::all(Target::Above(0.0)) },
            Part { name: "sd of growth", unit: Unit::Percent, targets: Targets::all(Target::AtMost(0.018)) },
            Part { name: "sd of change, unemployment", unit: Unit::Percent, targets: Targets::all(Target::AtMost(0.008)) },
        ],
        measure: Measure::Run(inside_a_year),
    },
    Fact {
        id: "A15",
        title: "consumption follows income",
        definition: "Correlation of the logs of real consumption (macro.consumption over macro.consumer_price_index) and macro.output_real, by \
                     quarter as in A14, each less its Hodrick-Prescott trend (smoothness 1600; 6.25 where a tick is a year)",
        source: "US national accounts, by quarter: 0.85",
        presets: &[],
        calibrated: false,
        tables: &["macro"],
        parts: &[Part { name: "correlation of cycles", unit: Unit::One, targets: Targets::all(Target::AtLeast(0.5)) }],
        measure: Measure::Run(consumption),
    },
    Fact {
        id: "A16",
        title: "no year that nobody would believe",
        definition: "Share of quarters (years where a tick is a year) whose macro.unemployment_rate, the mean of their ticks, is below 2 or above \
                     12 %; standard deviation of its annual mean; the lowest and the highest quarter",
        source: "ranges of this project around unemployment in industrial countries",
        presets: &[],
        calibrated: false,
        tables: &["macro"],
        parts: &[
            Part { name: "quarters outside 2–12 %", unit: Unit::Percent, targets: Targets::all(Target::AtMost(0.05)) },
            Part { name: "sd of annual mean", unit: Unit::Percent, targets: Targets::all(Target::Between(0.007, 0.025)) },
            Part { name: "lowest quarter", unit: Unit::Percent, targets: Targets::all(Target::ReportedOnly) },
            Part { name: "highest quarter", unit: Unit::Percent, targets: Targets::all(Target::ReportedOnly) },
        ],
        measure: Measure::Run(unemployment),
    },
];

/// Ticks of a quarter, or one where a tick is longer than that.
fn ticks_of_quarter(run: &RunTables) -> usize {
    (run.per_year() / 4).max(1)
}

/// Sums of so many ticks at a time; what is left over at the end is left out.
fn sums(values: &[f64], ticks: usize) -> Vec<f64> {
    values.chunks_exact(ticks).map(|chunk| chunk.iter().sum()).collect()
}

fn means(values: &[f64], ticks: usize) -> Vec<f64> {
    sums(values, ticks).into_iter().map(|sum| sum / ticks as f64).collect()
}

/// Logs less their trend, for series of quarters or, where a tick is longer, of ticks.
fn cycle(run: &RunTables, values: &[f64]) -> Vec<f64> {
    hp_cycle(&values.iter().map(|value| value.ln()).collect::<Vec<_>>(), hp_smoothness(run.per_year().min(4)))
}

fn inside_a_year(run: &RunTables) -> Result<Vec<Reading>, Stop> {
    if run.per_year() < 4 {
        return Err(Gap::Quarters.into());
    }
    let ticks = ticks_of_quarter(run);
    let output = sums(&run.numbers("macro", "output_real")?, ticks);
    let unemployment = means(&run.numbers("macro", "unemployment_rate")?, ticks);
    let growth = log_growth(&output);
    let changes: Vec<f64> = unemployment.windows(2).map(|pair| pair[1] - pair[0]).collect();
    Ok(vec![
        autocorrelation(&cycle(run, &output)).into(),
        autocorrelation(&growth).into(),
        standard_deviation(&growth).into(),
        standard_deviation(&changes).into(),
    ])
}

fn consumption(run: &RunTables) -> Result<Vec<Reading>, Stop> {
    let ticks = ticks_of_quarter(run);
    let prices = run.numbers("macro", "consumer_price_index")?;
    let real: Vec<f64> = run.numbers("macro", "consumption")?.iter().zip(&prices).map(|(spent, price)| spent / price).collect();
    let output = sums(&run.numbers("macro", "output_real")?, ticks);
    Ok(vec![correlation(&cycle(run, &sums(&real, ticks)), &cycle(run, &output)).into()])
}

fn unemployment(run: &RunTables) -> Result<Vec<Reading>, Stop> {
    let rates = means(&run.numbers("macro", "unemployment_rate")?, ticks_of_quarter(run));
    let outside: Vec<f64> = rates.iter().map(|rate| f64::from(u8::from(!(BELIEVABLE[0]..=BELIEVABLE[1]).contains(rate)))).collect();
    Ok(vec![
        mean(&outside).into(),
        standard_deviation(&run.annual_means("unemployment_rate")?).into(),
        rates.iter().copied().fold(f64::NAN, f64::min).into(),
        rates.iter().copied().fold(f64::NAN, f64::max).into(),
    ])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn months_make_quarters() {
        let months = [1.0, 2.0, 3.0, 4.0, 5.0, 6.0, 7.0];
        assert_eq!((sums(&months, 3), means(&months, 3)), (vec![6.0, 15.0], vec![2.0, 5.0]));
        assert_eq!(sums(&months, 1), months);
    }
}
