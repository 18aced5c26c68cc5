//! Gate A, facts about the economy as a whole.

use super::drift;
use super::fact::{Fact, Measure, Part, Reading, Stop, Target, Targets, Unit, gap};
use super::run_tables::RunTables;
use super::statistics::{hp_cycle, hp_smoothness, log_growth, mean, standard_deviation};

/// Years at each end whose means are compared for a rise.
const ENDS: usize = 5;

/// A7 to A13.
pub(super) const FACTS: &[Fact] = &[
    Fact {
        id: "A7",
        title: "volatility order",
        definition: "Standard deviations of logs less their Hodrick-Prescott trend (smoothness 1600 for quarters): macro.investment over \
                     macro.output_price_index, and macro.consumption over macro.consumer_price_index, each over that of macro.output_real",
        source: "Stock and Watson 1999",
        presets: &[],
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
        source: "GDP at constant prices, US and China (World Bank)",
        presets: &[],
        parts: &[
            Part {
                name: "mean growth",
                unit: Unit::Percent,
                targets: Targets::by_regime(Target::Between(0.015, 0.04), Target::Between(0.04, 0.10), Target::Between(0.015, 0.10)),
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
        definition: "macro.rd over macro.output_nominal, each summed; its rise is the mean ratio of the last five years less that of the first five",
        source: "R&D over GDP: US 2.4-3.5 %, China 0.56 % (1996) to 2.43 % (2021) (UNESCO, World Bank)",
        presets: &[],
        parts: &[
            Part {
                name: "R&D over output",
                unit: Unit::Percent,
                targets: Targets::by_regime(Target::Between(0.024, 0.035), Target::Between(0.005, 0.025), Target::Between(0.005, 0.035)),
            },
            Part { name: "its rise", unit: Unit::Percent, targets: Targets::by_regime(Target::Shown, Target::Above(0.0), Target::Shown) },
        ],
        measure: Measure::Run(research),
    },
    Fact {
        id: "A10",
        title: "money is conserved",
        definition: "Largest macro.ledger_residual",
        source: "accounting identity",
        presets: &[],
        parts: &[Part { name: "largest residual", unit: Unit::Scientific, targets: Targets::all(Target::Below(1e-9)) }],
        measure: Measure::Run(conservation),
    },
    Fact {
        id: "A11",
        title: "wages, unemployment, inflation",
        definition: "Means of macro.wage_share and macro.unemployment_rate over ticks, and of the growth of the annual mean of \
                     macro.consumer_price_index over years",
        source: "Penn World Table 10.01 (wage share); postwar ranges",
        presets: &[],
        parts: &[
            Part { name: "wage share", unit: Unit::Percent, targets: Targets::all(Target::Between(0.5, 0.7)) },
            Part { name: "unemployment", unit: Unit::Percent, targets: Targets::all(Target::Between(0.03, 0.09)) },
            Part { name: "inflation a year", unit: Unit::Percent, targets: Targets::all(Target::Between(0.0, 0.04)) },
        ],
        measure: Measure::Run(levels),
    },
    Fact {
        id: "A12",
        title: "general government",
        definition: "macro.government_revenue over macro.output_nominal, each summed. Debt is central and local debt (macro) over output of \
                     the year; it breaks its trend where its mean over the last quarter of the run is above 1.5 and more than 1.5 times \
                     that over the middle half",
        source: "IMF WEO: general government revenue, China 28 %, US 31 % (2017)",
        presets: &[],
        parts: &[
            Part { name: "revenue over output", unit: Unit::Percent, targets: Targets::all(Target::Between(0.26, 0.33)) },
            Part { name: "debt, last quarter", unit: Unit::One, targets: Targets::all(Target::Shown) },
            Part { name: "it over middle half", unit: Unit::One, targets: Targets::all(Target::Rule("no trend break")) },
        ],
        measure: Measure::Run(government),
    },
    Fact {
        id: "A13",
        title: "no slow drift",
        definition: "Means of years 60-100 against those of years 20-60 of annual series: wage share and enterprises (macro), unemployment \
                     (macro), debt of governments and net foreign assets over output of the year (macro), Herfindahl index (sectors.hhi, \
                     mean over sectors). What is noisy drifts where it leaves both its bound and two standard errors, from means of blocks of ten \
                     years of the series less its straight line. Net foreign assets, whose mean may be \
                     nought, may move by 0.25 of output",
        source: "stationary after burn-in",
        presets: &[],
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
    let rise = mean(&ratios[ratios.len() - ends..]) - mean(&ratios[..ends]);
    Ok(vec![(rd.iter().sum::<f64>() / output.iter().sum::<f64>()).into(), rise.into()])
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
    Ok(vec![level("wage_share")?, level("unemployment_rate")?, mean(&inflation).into()])
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
    let quarter = debt.len() / 4;
    if quarter == 0 {
        return Err(super::fact::Gap::Years(4).into());
    }
    let late = mean(&debt[debt.len() - quarter..]);
    let rise = late / mean(&debt[quarter..debt.len() - quarter]);
    Ok(vec![
        (revenue.iter().sum::<f64>() / output.iter().sum::<f64>()).into(),
        late.into(),
        Reading { value: rise, holds: Some(late <= 1.5 || rise <= 1.5) },
    ])
}
