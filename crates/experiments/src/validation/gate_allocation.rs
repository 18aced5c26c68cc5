//! Gate A, facts about who has how much, who grows and who leaves, from the panel of enterprises: A17 to A20.

use super::fact::{Fact, Measure, Part, Reading, Stop, Target, Targets, Unit, gap};
use super::run_tables::RunTables;
use super::statistics::mean;

/// A17 to A20.
pub(super) const FACTS: &[Fact] = &[
    Fact {
        id: "A17",
        title: "no one is the economy",
        definition: "Largest annual value added of an enterprise (enterprises.value_added_annual) over annual output (macro.output_nominal): mean \
                     over years, and the largest of all years. The panel must hold all enterprises",
        source: "3 and 8 %: bounds of this project",
        presets: &[],
        calibrated: false,
        tables: &["enterprises", "macro"],
        parts: &[
            Part { name: "largest, mean over years", unit: Unit::Percent, targets: Targets::all(Target::Below(0.03)) },
            Part { name: "largest of all years", unit: Unit::Percent, targets: Targets::all(Target::Below(0.08)) },
        ],
        measure: Measure::Run(largest),
    },
    Fact {
        id: "A18",
        title: "allocation",
        definition: "Log of annual value added (enterprises.value_added_annual) per person employed at the end of the year, of enterprises there \
                     the whole year with value added above nought, within sectors of ten and more. Olley and Pakes: sum over enterprises of \
                     the share in the sector's employment less the mean share times log productivity less its plain mean; mean over sectors by \
                     employment, mean over years. Size: slope of log productivity on log employment within sectors and years, pooled",
        source: "Bartelsman, Haltiwanger and Scarpetta 2013, labour productivity and shares of employment: US 0.5",
        presets: &[],
        calibrated: false,
        tables: &["enterprises"],
        parts: &[
            Part { name: "Olley–Pakes covariance", unit: Unit::One, targets: Targets::all(Target::Between(0.05, 0.5)) },
            Part { name: "productivity on size", unit: Unit::One, targets: Targets::all(Target::Above(0.0)) },
        ],
        measure: Measure::Run(allocation),
    },
    Fact {
        id: "A19",
        title: "growth of enterprises",
        definition: "Change of log employment (enterprises.employment) from the end of one year to the end of the next. Size: employment at the \
                     first over its mean of the sector and year, in classes of powers of two, all years pooled; slope of the log standard \
                     deviation of growth, less its mean of the sector and year, on mean log size over classes of a hundred enterprise-years \
                     and more, within sectors; over all sectors together, with means of the year, it shows also that sectors differ. Age: slopes \
                     on log age (year less birth_year) at the first, within sectors, years and classes of size, of growth of those still there, \
                     and of exit: 1 for who is not at the end of the next year, 0 for who is; growth also at all sizes together. Shares that \
                     exit, by age. Sectors of ten enterprises and more",
        source: "Stanley and others 1996: -0.15 to -0.2; Amaral and others 1997: the same in each industry; Evans 1987 and Dunne, Roberts and \
                 Samuelson 1989: growth and exit fall with age at given size",
        presets: &[],
        calibrated: false,
        tables: &["enterprises"],
        parts: &[
            Part { name: "ln sd of growth on ln size", unit: Unit::One, targets: Targets::all(Target::Between(-0.25, -0.10)) },
            Part { name: "the same, all sectors", unit: Unit::One, targets: Targets::all(Target::ReportedOnly) },
            Part { name: "growth on ln age", unit: Unit::One, targets: Targets::all(Target::Below(0.0)) },
            Part { name: "the same, all sizes", unit: Unit::One, targets: Targets::all(Target::ReportedOnly) },
            Part { name: "exit on ln age", unit: Unit::One, targets: Targets::all(Target::Below(0.0)) },
            Part { name: "exits a year, under 5 years", unit: Unit::Percent, targets: Targets::all(Target::ReportedOnly) },
            Part { name: "exits a year, from 10 years on", unit: Unit::Percent, targets: Targets::all(Target::ReportedOnly) },
        ],
        measure: Measure::Run(size_and_age),
    },
    Fact {
        id: "A20",
        title: "investment of an enterprise",
        definition: "I/K as in A6: annual investment over capital at the end of the year before. Correlation with I/K of the same enterprise in the \
                     year before, pooled over enterprises and years as they are (no means of enterprises or years taken out); share of \
                     enterprise-years with I/K between -1 and 1 %",
        source: "Cooper and Haltiwanger 2006: 0.06, 8 %",
        presets: &[],
        calibrated: false,
        tables: &["enterprises"],
        parts: &[
            Part { name: "autocorrelation of I/K", unit: Unit::One, targets: Targets::all(Target::Below(0.3)) },
            Part { name: "inaction, I/K within 1 %", unit: Unit::Percent, targets: Targets::all(Target::Between(0.05, 0.15)) },
        ],
        measure: Measure::Run(investment),
    },
];

fn largest(run: &RunTables) -> Result<Vec<Reading>, Stop> {
    if run.settings().number("outputs.enterprises_fraction").is_some_and(|fraction| fraction < 1.0) {
        return Err(gap("the panel of enterprises is a sample"));
    }
    let panel = run.panel()?;
    panel.needs(&["value_added_annual"])?;
    let output = run.annual_sums("output_nominal")?;
    let shares: Vec<f64> =
        panel.largest.iter().filter_map(|(year, most)| output.get(year.checked_sub(1)?).map(|output| most / output)).collect();
    Ok(vec![mean(&shares).into(), shares.iter().copied().fold(f64::NAN, f64::max).into()])
}

fn allocation(run: &RunTables) -> Result<Vec<Reading>, Stop> {
    let panel = run.panel()?;
    panel.needs(&["value_added_annual", "employment", "birth_year", "year"])?;
    Ok(vec![mean(&panel.allocation).into(), panel.size_slope.slope().into()])
}

fn size_and_age(run: &RunTables) -> Result<Vec<Reading>, Stop> {
    let panel = run.panel()?;
    panel.needs(&["employment", "birth_year", "year"])?;
    if panel.job_flows.is_empty() {
        return Err(super::gate_enterprises::no_pairs());
    }
    let found = &panel.size_and_age;
    let (young, old) = found.hazards();
    let spread = [found.spread_on_size(), found.spread_on_size_pooled()];
    let age = [found.growth_on_age(), found.growth_on_age_alone(), found.exit_on_age(), young, old];
    Ok(spread.into_iter().chain(age).map(Reading::from).collect())
}

fn investment(run: &RunTables) -> Result<Vec<Reading>, Stop> {
    let panel = run.panel()?;
    panel.needs(&["investment_annual", "capital"])?;
    if panel.job_flows.is_empty() {
        return Err(super::gate_enterprises::no_pairs());
    }
    Ok(vec![panel.investment_pairs.correlation().into(), (panel.idle / panel.investing.0).into()])
}
