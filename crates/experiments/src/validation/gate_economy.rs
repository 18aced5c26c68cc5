//! Gate A, facts about the economy as a whole.

use super::drift;
use super::fact::{Fact, Measure, Part, Reading, Stop, Target, Targets, Unit, gap};
use super::run_tables::RunTables;
use super::statistics::{hp_cycle, hp_smoothness, log_growth, mean, regression_slope, standard_deviation};

/// Years at each end whose means are compared for a rise.
const ENDS: usize = 5;

/// R&D at the start and at the end of a path that catches up; the rise follows from both.
const START_OF_A_PATH: Targets = Targets::by_regime(Target::ReportedOnly, Target::Between(0.004, 0.012), Target::ReportedOnly);
const END_OF_A_PATH: Targets = Targets::by_regime(Target::ReportedOnly, Target::Between(0.018, 0.028), Target::ReportedOnly);

/// Debt over output of a year up to which it counts as bounded.
const DEBT_BOUND: f64 = 1.2;

/// Points of output a year by which debt may come to rise faster.
const STEEPER: f64 = 0.01;

/// A7 to A13.
pub(super) const FACTS: &[Fact] = &[
    Fact {
        id: "A7",
        title: "volatility order",
        definition: "Standard deviations of logs less their Hodrick-Prescott trend (smoothness 1600 for quarters): macro.investment over \
                     macro.output_price_index, and macro.consumption over macro.consumer_price_index, each over that of macro.output_real",
        source: "Stock and Watson 1999",
        presets: &[],
        calibrated: false,
        tables: &["macro"],
        parts: &[
            Part { name: "investment over output", unit: Unit::One, targets: Targets::all(Target::Between(2.0, 6.0)) },
            Part { name: "consumption over output", unit: Unit::One, targets: Targets::all(Target::Below(1.0)) },
        ],
        measure: Measure::Run(volatility),
    },
    Fact {
        id: "A8",
        title: "growth",
        definition: "Mean and standard deviation of changes of log annual real output (macro.output_real)",
        source: "GDP at constant prices, US, China and India (World Bank)",
        presets: &[],
        calibrated: false,
        tables: &["macro"],
        parts: &[
            Part {
                name: "mean growth",
                unit: Unit::Percent,
                targets: Targets::by_regime(Target::Between(0.015, 0.04), Target::Between(0.04, 0.10), Target::Between(0.015, 0.10))
                    .in_india(Target::Between(0.04, 0.10)),
            },
            Part {
                name: "sd of growth",
                unit: Unit::Percent,
                targets: Targets::by_regime(Target::Between(0.01, 0.03), Target::Between(0.015, 0.04), Target::Between(0.01, 0.04)),
            },
        ],
        measure: Measure::Run(growth),
    },
    Fact {
        id: "A9",
        title: "R&D over output",
        definition: "macro.rd over macro.output_nominal, each summed; means of the annual ratio over the first five and the last five years, \
                     and the last less the first. A US-like economy is held to the level of the whole run, a China-like one to both ends \
                     of its path",
        source: "R&D over GDP: US 2.4-3.5 %, China 0.56 % (1996) to 2.43 % (2021) (UNESCO, World Bank)",
        presets: &[],
        calibrated: false,
        tables: &["macro"],
        parts: &[
            Part {
                name: "R&D over output",
                unit: Unit::Percent,
                targets: Targets::by_regime(Target::Between(0.024, 0.035), Target::ReportedOnly, Target::Between(0.005, 0.035)),
            },
            Part { name: "first five years", unit: Unit::Percent, targets: START_OF_A_PATH },
            Part { name: "last five years", unit: Unit::Percent, targets: END_OF_A_PATH },
            Part { name: "its rise", unit: Unit::Percent, targets: Targets::all(Target::ReportedOnly) },
        ],
        measure: Measure::Run(research),
    },
    Fact {
        id: "A10",
        title: "money is conserved",
        definition: "Largest macro.ledger_residual",
        source: "accounting identity",
        presets: &[],
        calibrated: false,
        tables: &["macro"],
        parts: &[Part { name: "largest residual", unit: Unit::Scientific, targets: Targets::all(Target::Below(1e-9)) }],
        measure: Measure::Run(conservation),
    },
    Fact {
        id: "A11",
        title: "wages, unemployment, inflation",
        definition: "Means of macro.wage_share and macro.unemployment_rate over ticks, and of the growth of the annual mean of \
                     macro.consumer_price_index over years. The wage share judged is compensation over output at factor cost, output less \
                     value-added tax; over output at market prices it is reported (wages and vat paid by enterprises in flows, macro.output_nominal)",
        source: "AMECO: adjusted wage share at factor cost; at market prices the labour share of the Penn World Table 10.01; postwar ranges",
        presets: &[],
        calibrated: false,
        tables: &["macro", "flows"],
        parts: &[
            Part { name: "wage share", unit: Unit::Percent, targets: Targets::all(Target::Between(0.5, 0.7)) },
            Part { name: "unemployment", unit: Unit::Percent, targets: Targets::all(Target::Between(0.03, 0.09)) },
            Part { name: "inflation a year", unit: Unit::Percent, targets: Targets::all(Target::Between(0.0, 0.04)) },
            Part { name: "wage share, market prices", unit: Unit::Percent, targets: Targets::all(Target::ReportedOnly) },
        ],
        measure: Measure::Run(levels),
    },
    Fact {
        id: "A12",
        title: "general government",
        definition: "macro.government_revenue over macro.output_nominal, each summed. Debt is central and local debt (macro) over output of \
                     the year. It is bounded if both its level and its trend are: it is at most 1.2 in every year, and the slope of a straight \
                     line through its annual values in the second half of the run is no more than 0.01 a year (a point of output) above that \
                     in the first, or above nought where debt fell in the first",
        source: "IMF WEO: general government revenue, China 28 %, US 31 % (2017)",
        presets: &[],
        calibrated: false,
        tables: &["macro"],
        parts: &[
            Part { name: "revenue over output", unit: Unit::Percent, targets: Targets::all(Target::Between(0.26, 0.33)) },
            Part { name: "debt, largest of all years", unit: Unit::One, targets: Targets::all(Target::AtMost(DEBT_BOUND)) },
            Part { name: "debt, mean of second half", unit: Unit::One, targets: Targets::all(Target::ReportedOnly) },
            Part { name: "its slope, first half", unit: Unit::Percent, targets: Targets::all(Target::ReportedOnly) },
            Part { name: "its slope, second half", unit: Unit::Percent, targets: Targets::all(Target::Rule("≤ first + 1 %")) },
        ],
        measure: Measure::Run(government),
    },
    Fact {
        id: "A13",
        title: "no slow drift",
        definition: "Means of years 60-100 against those of years 20-60 of annual series: wage share and enterprises (macro), unemployment \
                     (macro), debt of governments and net foreign assets over output of the year (macro), Herfindahl index (sectors.hhi, \
                     mean over sectors). What is noisy drifts, as judged here, where it leaves both its bound and two standard errors, from means of \
                     blocks of ten years of the series less its straight line; \"either bound\" reports the stricter reading, 1 in a run that \
                     keeps both and 0 in one that leaves either. Net foreign assets, whose mean may be \
                     nought, may move by 0.25 of output. Changes of mean growth (macro.output_real) and inflation \
                     (macro.consumer_price_index), in logs a year, are reported",
        source: "stationary after burn-in",
        presets: &[],
        calibrated: false,
        tables: &["macro", "sectors"],
        parts: drift::PARTS,
        measure: Measure::Run(drift::measure),
    },
];

fn volatility(run: &RunTables) -> Result<Vec<Reading>, Stop> {
    let cycle = |values: Vec<f64>| standard_deviation(&hp_cycle(&values, hp_smoothness(run.per_year())));
    let real = |nominal: &'static str, price: &'static str| -> Result<f64, Stop> {
        let pairs = run.numbers("macro", nominal)?.into_iter().zip(run.numbers("macro", price)?);
        Ok(cycle(pairs.map(|(nominal, price)| (nominal / price).ln()).collect()))
    };
    let output = cycle(run.numbers("macro", "output_real")?.into_iter().map(f64::ln).collect());
    let investment = real("investment", "output_price_index")?;
    let consumption = real("consumption", "consumer_price_index")?;
    Ok(vec![(investment / output).into(), (consumption / output).into()])
}

fn growth(run: &RunTables) -> Result<Vec<Reading>, Stop> {
    let growth = log_growth(&run.annual_sums("output_real")?);
    Ok(vec![mean(&growth).into(), standard_deviation(&growth).into()])
}

fn research(run: &RunTables) -> Result<Vec<Reading>, Stop> {
    let (rd, output) = (run.annual_sums("rd")?, run.annual_sums("output_nominal")?);
    let ratios: Vec<f64> = rd.iter().zip(&output).map(|(rd, output)| rd / output).collect();
    let ends = ENDS.min(ratios.len());
    let (first, last) = (mean(&ratios[..ends]), mean(&ratios[ratios.len() - ends..]));
    Ok(vec![(rd.iter().sum::<f64>() / output.iter().sum::<f64>()).into(), first.into(), last.into(), (last - first).into()])
}

fn conservation(run: &RunTables) -> Result<Vec<Reading>, Stop> {
    let residuals = run.numbers("macro", "ledger_residual")?;
    if residuals.iter().any(|residual| residual.is_nan()) {
        return Err(gap("a tick has no residual"));
    }
    Ok(vec![residuals.into_iter().fold(f64::NAN, f64::max).into()])
}

fn levels(run: &RunTables) -> Result<Vec<Reading>, Stop> {
    let prices = run.annual_means("consumer_price_index")?;
    let inflation: Vec<f64> = prices.windows(2).map(|pair| pair[1] / pair[0] - 1.0).collect();
    let level = |column| Ok::<Reading, Stop>(mean(&run.numbers("macro", column)?).into());
    Ok(vec![level("wage_share")?, level("unemployment_rate")?, mean(&inflation).into(), at_market_prices(run)?.into()])
}

/// Wages of enterprises over output at market prices, each summed; not a number where flows were not recorded.
fn at_market_prices(run: &RunTables) -> Result<f64, Stop> {
    let paid = |run: &RunTables| -> Result<f64, Stop> {
        let (kinds, payers) = (run.texts("flows", "kind")?, run.texts("flows", "payer")?);
        let amounts = run.numbers("flows", "amount")?;
        let wages = (0..amounts.len()).filter(|row| kinds[*row] == "wages" && payers[*row] == "enterprises");
        Ok(wages.map(|row| amounts[row]).sum::<f64>() / run.numbers("macro", "output_nominal")?.iter().sum::<f64>())
    };
    match paid(run) {
        Err(Stop::Gap(_)) => Ok(f64::NAN),
        other => other,
    }
}

/// Debt of governments over output of the year.
pub(super) fn debt_ratio(run: &RunTables) -> Result<Vec<f64>, Stop> {
    let (central, local) = (run.annual_means("central_government_debt")?, run.annual_means("local_government_debt")?);
    let output = run.annual_sums("output_nominal")?;
    Ok(central.iter().zip(&local).zip(&output).map(|((central, local), output)| (central + local) / output).collect())
}

fn government(run: &RunTables) -> Result<Vec<Reading>, Stop> {
    let (revenue, output) = (run.annual_sums("government_revenue")?, run.annual_sums("output_nominal")?);
    let debt = debt_ratio(run)?;
    let half = debt.len() / 2;
    if half < 3 {
        return Err(super::fact::Gap::Years(6).into());
    }
    let (first, second) = (trend(&debt[..half]), trend(&debt[debt.len() - half..]));
    Ok(vec![
        (revenue.iter().sum::<f64>() / output.iter().sum::<f64>()).into(),
        debt.iter().copied().fold(f64::NAN, f64::max).into(),
        mean(&debt[debt.len() - half..]).into(),
        first.into(),
        Reading::ruled(second, no_break(first, second)),
    ])
}

/// Slope a year of a straight line through an annual series.
fn trend(values: &[f64]) -> f64 {
    let years: Vec<f64> = (0..values.len()).map(|year| year as f64).collect();
    regression_slope(&years, values)
}

/// Whether a trend goes on, or levels off: slopes of the first half and of the second. A fall cannot go on for ever: after one, debt may be
/// level.
fn no_break(first: f64, second: f64) -> bool {
    second - first.max(0.0) <= STEEPER
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn debt_that_steepens_breaks_its_trend() {
        assert!(no_break(0.02, 0.029) && no_break(0.02, 0.0) && no_break(-0.05, 0.01));
        assert!(!no_break(0.0, 0.011) && !no_break(-0.05, 0.02) && !no_break(0.0, f64::NAN));
        let line: Vec<f64> = (0..20).map(|year| 0.3 + 0.02 * f64::from(year)).collect();
        assert!((trend(&line) - 0.02).abs() < 1e-12);
    }
}
