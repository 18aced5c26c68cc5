//! Facts S: what is plausible at all, asked of every run whatever its preset.

use super::fact::{Fact, Gap, Measure, Part, Reading, Stop, Target, Targets, Unit};
use super::gate_economy::debt_ratio;
use super::run_tables::RunTables;
use super::sanity_institutions as institutions;
use super::statistics::{log_growth, mean};

/// Debt over output, and its rise late in a run, up to which it does not explode.
const EXPLOSIVE: f64 = 1.5;

/// A range that every run keeps.
const fn kept(name: &'static str, unit: Unit, target: Target) -> Part {
    Part { name, unit, targets: Targets::all(target) }
}

/// A fact of sanity from the ranges of this project.
const fn sane(
    id: &'static str,
    title: &'static str,
    definition: &'static str,
    tables: &'static [&'static str],
    parts: &'static [Part],
    measure: fn(&RunTables) -> Result<Vec<Reading>, Stop>,
) -> Fact {
    let source = "ranges of this project, wider than those of the gate";
    Fact { id, title, definition, source, presets: &[], calibrated: false, tables, parts, measure: Measure::Run(measure) }
}

/// S1 to S9.
pub(super) const FACTS: &[Fact] = &[
    sane(
        "S1",
        "whole",
        "Cells of macro without a finite number (macro.loan_rate may be missing where there are no loans); 1 for a run that broke off \
         (manifest.json)",
        &["macro"],
        &[kept("missing cells", Unit::One, Target::AtMost(0.0)), kept("broken off", Unit::One, Target::AtMost(0.0))],
        whole,
    ),
    sane(
        "S2",
        "growth, prices, work",
        "Mean change of log annual real output (macro.output_real); mean growth of the annual mean of macro.consumer_price_index; mean \
         macro.unemployment_rate",
        &["macro"],
        &[
            kept("growth", Unit::Percent, Target::Between(0.01, 0.10)),
            kept("inflation", Unit::Percent, Target::Between(-0.01, 0.06)),
            kept("unemployment", Unit::Percent, Target::Between(0.02, 0.12)),
        ],
        levels,
    ),
    sane(
        "S3",
        "neither extinction nor explosion",
        "macro.entry_count and macro.exit_count, a year, over mean macro.enterprise_count; mean macro.enterprise_count of the last year over \
         that of the first",
        &["macro"],
        &[
            kept("entrants a year", Unit::Percent, Target::Between(0.04, 0.18)),
            kept("exits a year", Unit::Percent, Target::Between(0.04, 0.18)),
            kept("enterprises, end over start", Unit::One, Target::Between(0.33, 3.0)),
        ],
        turnover,
    ),
    sane(
        "S4",
        "debt does not explode",
        "Central and local debt (macro) over output of the year: its mean in the last quarter of the run is at most 1.5, or at most 1.5 times that \
         in the middle half",
        &["macro"],
        &[
            kept("last quarter over middle", Unit::One, Target::ReportedOnly),
            kept("last quarter", Unit::One, Target::Rule("≤ 1.5, or × 1.5")),
        ],
        debt,
    ),
    sane(
        "S5",
        "wages, taxes, research",
        "Wages over the next largest kind of income that households receive (flows, what changes the ownership of claims apart); \
         macro.government_revenue and macro.rd over macro.output_nominal",
        &["flows", "macro"],
        &[
            kept("wages over next income", Unit::One, Target::Above(1.0)),
            kept("revenue over output", Unit::Percent, Target::Above(0.0)),
            kept("R&D over output", Unit::Percent, Target::Above(0.0)),
        ],
        institutions::incomes,
    ),
    sane(
        "S6",
        "grants are given",
        "R&D grants (flows) over macro.output_nominal; not applicable where no programme gives any",
        &["flows", "macro"],
        &[kept("grants over output", Unit::Percent, Target::Above(0.0))],
        institutions::grants,
    ),
    sane(
        "S7",
        "funds invest",
        "Financing rounds (deals of kind round) a year; not applicable where nobody commits money to funds",
        &["deals", "macro"],
        &[kept("rounds a year", Unit::One, Target::Above(0.0))],
        institutions::rounds,
    ),
    sane(
        "S8",
        "enterprises go public",
        "Listings (listings) a year; not applicable where the exchange is closed",
        &["listings", "macro"],
        &[kept("listings a year", Unit::One, Target::Above(0.0))],
        institutions::listings,
    ),
    sane(
        "S9",
        "make-up of the economy",
        "macro.consumption, macro.investment and macro.government_purchases over macro.output_nominal; central and local debt over output of the \
         year in the first and the last five years; net foreign assets over output of the year in the last five; sales less exports over \
         those and imports (sectors); listed over all enterprises (macro); conversions a year (funnel)",
        &["macro", "sectors", "funnel"],
        &[
            kept("consumption over output", Unit::Percent, Target::ReportedOnly),
            kept("investment over output", Unit::Percent, Target::ReportedOnly),
            kept("government over output", Unit::Percent, Target::ReportedOnly),
            kept("debt, first five years", Unit::One, Target::ReportedOnly),
            kept("debt, last five years", Unit::One, Target::ReportedOnly),
            kept("foreign assets, last five", Unit::One, Target::ReportedOnly),
            kept("home share of demand", Unit::Percent, Target::ReportedOnly),
            kept("listed enterprises", Unit::Percent, Target::ReportedOnly),
            kept("conversions a year", Unit::One, Target::ReportedOnly),
        ],
        institutions::make_up,
    ),
];

fn whole(run: &RunTables) -> Result<Vec<Reading>, Stop> {
    let debt = run.numbers("macro", "enterprise_debt")?;
    let missing = run.count_cells("macro", |column, row, cell| {
        let finite = cell.parse::<f64>().is_ok_and(f64::is_finite);
        !finite && (column != "loan_rate" || debt[row] > 0.0)
    })?;
    let broken = run.manifest().status == tripath_outputs::Status::Failed;
    Ok(vec![if debt.is_empty() { f64::NAN } else { missing as f64 }.into(), f64::from(u8::from(broken)).into()])
}

fn levels(run: &RunTables) -> Result<Vec<Reading>, Stop> {
    let prices = run.annual_means("consumer_price_index")?;
    let inflation: Vec<f64> = prices.windows(2).map(|pair| pair[1] / pair[0] - 1.0).collect();
    let growth = log_growth(&run.annual_sums("output_real")?);
    Ok(vec![mean(&growth).into(), mean(&inflation).into(), mean(&run.numbers("macro", "unemployment_rate")?).into()])
}

fn turnover(run: &RunTables) -> Result<Vec<Reading>, Stop> {
    let [entry, exit] = super::gate_enterprises::turnover_rates(run)?;
    let enterprises = run.annual_means("enterprise_count")?;
    let ratio = match enterprises.as_slice() {
        [first, .., last] => last / first,
        _ => f64::NAN,
    };
    Ok(vec![entry.into(), exit.into(), ratio.into()])
}

fn debt(run: &RunTables) -> Result<Vec<Reading>, Stop> {
    let ratio = debt_ratio(run)?;
    if ratio.len() < 4 {
        return Err(Gap::Years(4).into());
    }
    let (level, rise) = late(&ratio);
    Ok(vec![rise.into(), Reading::ruled(level, level <= EXPLOSIVE || rise <= EXPLOSIVE)])
}

/// Mean of the last quarter of a series, and that over the mean of its middle half.
fn late(values: &[f64]) -> (f64, f64) {
    let quarter = values.len() / 4;
    let level = mean(&values[values.len() - quarter..]);
    (level, level / mean(&values[quarter..values.len() - quarter]))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_end_of_a_series_by_hand() {
        assert_eq!(late(&[0.2, 0.2, 0.2, 0.2, 0.2, 0.2, 0.9, 0.9]).0, 0.9);
        assert_eq!(late(&[9.0, 9.0, 1.0, 1.0, 1.0, 1.0, 2.0, 2.0]), (2.0, 2.0));
        assert!(late(&[f64::NAN; 8]).0.is_nan());
    }
}
