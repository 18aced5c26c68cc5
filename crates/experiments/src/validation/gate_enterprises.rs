//! Gate A, facts about enterprises: size, growth, dispersion, turnover, jobs, investment.

use super::fact::{Fact, Measure, Part, Reading, Stop, Target, Targets, Unit, gap};
use super::run_tables::RunTables;
use super::statistics::{mean, subbotin_shape};

/// A1 to A6.
pub(super) const FACTS: &[Fact] = &[
    Fact {
        id: "A1",
        title: "size tail",
        definition: "Hill estimate of the Pareto exponent of employment (enterprises.employment) over the top 10 % of enterprises at the \
                     end of the last year: the inverse of the mean log excess over the largest one left out",
        source: "Axtell 2001: 1.06",
        presets: &[],
        calibrated: false,
        tables: &["enterprises"],
        parts: &[Part { name: "Hill slope", unit: Unit::One, targets: Targets::all(Target::Between(0.95, 1.3)) }],
        measure: Measure::Run(size_tail),
    },
    Fact {
        id: "A2",
        title: "tent-shaped growth",
        definition: "Shape b of a Subbotin density, by maximum likelihood, of changes of log annual sales (enterprises.sales_annual) from \
                     one calendar year to the next, less their mean of the year, of enterprises that were there in both years as a whole",
        source: "Bottazzi and Secchi 2006: 1 is Laplace, 2 Gaussian",
        presets: &[],
        calibrated: false,
        tables: &["enterprises"],
        parts: &[Part { name: "Subbotin b", unit: Unit::One, targets: Targets::all(Target::Between(0.7, 1.3)) }],
        measure: Measure::Run(tent),
    },
    Fact {
        id: "A3",
        title: "productivity dispersion",
        definition: "p90/p10 of annual value added (enterprises.value_added_annual) per person employed at the end of the year within each \
                     sector of ten enterprises and more, of those there the whole year; median over sectors, mean over years",
        source: "Syverson 2004: 1.9 US; Hsieh and Klenow 2009: about 5 China",
        presets: &[],
        calibrated: false,
        tables: &["enterprises"],
        parts: &[Part { name: "p90/p10", unit: Unit::One, targets: Targets::all(Target::Between(1.7, 5.0)) }],
        measure: Measure::Run(dispersion),
    },
    Fact {
        id: "A4",
        title: "entry and exit",
        definition: "macro.entry_count and macro.exit_count, a year, over mean macro.enterprise_count; exits are closures, failures and mergers",
        source: "US business dynamics 1978-2018 (Census)",
        presets: &[],
        calibrated: false,
        tables: &["macro"],
        parts: &[
            Part { name: "entrants a year", unit: Unit::Percent, targets: Targets::all(Target::Between(0.08, 0.14)) },
            Part { name: "exits a year", unit: Unit::Percent, targets: Targets::all(Target::Between(0.07, 0.13)) },
        ],
        measure: Measure::Run(turnover),
    },
    Fact {
        id: "A5",
        title: "job creation and destruction",
        definition: "Changes of employment (enterprises.employment) from the end of one year to the end of the next: gains of growing and \
                     new enterprises, losses of shrinking and closed ones, over the mean of total employment at both ends; mean over years",
        source: "US business dynamics 1978-2018 (Census): changes over twelve months",
        presets: &[],
        calibrated: false,
        tables: &["enterprises"],
        parts: &[
            Part { name: "jobs created a year", unit: Unit::Percent, targets: Targets::all(Target::Between(0.11, 0.20)) },
            Part { name: "jobs destroyed a year", unit: Unit::Percent, targets: Targets::all(Target::Between(0.10, 0.18)) },
        ],
        measure: Measure::Run(job_flows),
    },
    Fact {
        id: "A6",
        title: "lumpy investment",
        definition: "Enterprise-years with annual investment (enterprises.investment_annual) over capital at the end of the year before \
                     (enterprises.capital, replacement cost) above 0.2: their share, and their share of all investment of enterprises \
                     there at both ends",
        source: "Cooper and Haltiwanger 2006: 19 %, 50 %",
        presets: &[],
        calibrated: false,
        tables: &["enterprises"],
        parts: &[
            Part { name: "share of spikes", unit: Unit::Percent, targets: Targets::all(Target::Between(0.10, 0.30)) },
            Part { name: "their investment", unit: Unit::Percent, targets: Targets::all(Target::Between(0.35, 0.70)) },
        ],
        measure: Measure::Run(lumpiness),
    },
];

fn size_tail(run: &RunTables) -> Result<Vec<Reading>, Stop> {
    let panel = run.panel()?;
    panel.needs(&["employment"])?;
    Ok(vec![panel.hill.into()])
}

fn tent(run: &RunTables) -> Result<Vec<Reading>, Stop> {
    let panel = run.panel()?;
    panel.needs(&["sales_annual", "birth_year", "year"])?;
    if panel.job_flows.is_empty() {
        return Err(no_pairs());
    }
    Ok(vec![subbotin_shape(&panel.growth).into()])
}

pub(super) fn no_pairs() -> Stop {
    gap("the panel of enterprises holds no two years that follow each other")
}

fn dispersion(run: &RunTables) -> Result<Vec<Reading>, Stop> {
    let panel = run.panel()?;
    panel.needs(&["value_added_annual", "employment", "birth_year", "year"])?;
    let known: Vec<f64> = panel.dispersion.iter().copied().filter(|ratio| !ratio.is_nan()).collect();
    Ok(vec![(known.iter().sum::<f64>() / known.len() as f64).into()])
}

fn turnover(run: &RunTables) -> Result<Vec<Reading>, Stop> {
    Ok(turnover_rates(run)?.map(Reading::from).to_vec())
}

/// Entrants and exits a year over mean enterprises.
pub(super) fn turnover_rates(run: &RunTables) -> Result<[f64; 2], Stop> {
    let stock = mean(&run.numbers("macro", "enterprise_count")?);
    let rate = |column| Ok::<f64, Stop>(mean(&run.numbers("macro", column)?) * run.per_year() as f64 / stock);
    Ok([rate("entry_count")?, rate("exit_count")?])
}

fn job_flows(run: &RunTables) -> Result<Vec<Reading>, Stop> {
    let panel = run.panel()?;
    panel.needs(&["employment"])?;
    if panel.job_flows.is_empty() {
        return Err(no_pairs());
    }
    let (created, destroyed): (Vec<f64>, Vec<f64>) = panel.job_flows.iter().copied().unzip();
    Ok(vec![mean(&created).into(), mean(&destroyed).into()])
}

fn lumpiness(run: &RunTables) -> Result<Vec<Reading>, Stop> {
    let panel = run.panel()?;
    panel.needs(&["investment_annual", "capital"])?;
    if panel.job_flows.is_empty() {
        return Err(no_pairs());
    }
    Ok(vec![(panel.investing.1 / panel.investing.0).into(), (panel.invested.1 / panel.invested.0).into()])
}
