//! Facts B: the capital path.

use std::collections::{BTreeMap, BTreeSet};

use super::fact::{Fact, Gap, Measure, Part, Reading, Stop, Target, Targets, Unit, gap};
use super::pairs;
use super::run_tables::RunTables;
use super::statistics::{mean, standard_deviation, top_share};

/// Years before the end of a run within which a seeded enterprise has not yet had time for all its rounds.
const ROUNDS_TAKE: f64 = 8.0;

/// Years over which index and economy are compared: one annual value more stands at their start.
const INDEX_YEARS: usize = 20;

/// B1 to B9.
pub(super) const FACTS: &[Fact] = &[
    Fact {
        id: "B1",
        title: "most deals lose",
        definition: "Share of closed holdings of funds (deals of kind exit) whose multiple, received over paid, is below 1",
        source: "US venture financings 2004-13: 65 % (Correlation Ventures)",
        presets: &[],
        calibrated: false,
        tables: &["deals"],
        parts: &[Part { name: "below 1×", unit: Unit::Percent, targets: Targets::all(Target::Between(0.50, 0.70)) }],
        measure: Measure::Run(losers),
    },
    Fact {
        id: "B2",
        title: "few deals win",
        definition: "Of the same holdings, the share with a multiple of 10 and more, and the share of the tenth with the largest amounts in \
                     the amount received by all",
        source: "US venture financings 2004-13: 4 % (Correlation Ventures)",
        presets: &[],
        calibrated: false,
        tables: &["deals"],
        parts: &[
            Part { name: "at or above 10×", unit: Unit::Percent, targets: Targets::all(Target::Between(0.02, 0.08)) },
            Part { name: "top decile's proceeds", unit: Unit::Percent, targets: Targets::all(Target::Between(0.60, 0.90)) },
        ],
        measure: Measure::Run(winners),
    },
    Fact {
        id: "B3",
        title: "funnel",
        definition: "Of the enterprises with a seed round (deals of kind round) eight years and more before the end of the run, those with \
                     two and more, and with four and more, different rounds",
        source: "35-60 % and 8-20 %: ranges of this project around the funnel of US seed cohorts (CB Insights)",
        presets: &[],
        calibrated: false,
        tables: &["deals", "macro"],
        parts: &[
            Part { name: "second round", unit: Unit::Percent, targets: Targets::all(Target::Between(0.35, 0.60)) },
            Part { name: "fourth round", unit: Unit::Percent, targets: Targets::all(Target::Between(0.08, 0.20)) },
        ],
        measure: Measure::Run(funnel),
    },
    Fact {
        id: "B4",
        title: "underpricing, registration",
        definition: "Mean listings.first_day_return of listings under regime registration",
        source: "US 1973-2016: 17.4 % (Lowry, Michaely and Volkova 2017)",
        presets: &[],
        calibrated: true,
        tables: &["listings"],
        parts: &[Part { name: "first-day return", unit: Unit::Percent, targets: Targets::all(Target::Between(0.08, 0.25)) }],
        measure: Measure::Run(registration),
    },
    Fact {
        id: "B5",
        title: "underpricing, approval",
        definition: "Mean listings.first_day_return of listings under regime approval, over that of the run of the same seed given with it \
                     that differs in capital_market and boards alone and lists under registration",
        source: "China: 33-290 % by period, several times the US",
        presets: &[],
        calibrated: false,
        tables: &["listings"],
        parts: &[
            Part { name: "first-day return", unit: Unit::Percent, targets: Targets::all(Target::ReportedOnly) },
            Part { name: "over registration", unit: Unit::One, targets: Targets::all(Target::AtLeast(3.0)) },
        ],
        measure: Measure::Pair(pairs::UNDERPRICING),
    },
    Fact {
        id: "B6",
        title: "listings",
        definition: "Listings (listings) a year over mean macro.enterprise_count; standard deviation of listings by year over their mean",
        source: "US IPOs 1973-2016: coefficient of variation 0.74",
        presets: &[],
        calibrated: false,
        tables: &["listings", "macro"],
        parts: &[
            Part { name: "a year", unit: Unit::Percent, targets: Targets::all(Target::Above(0.0)) },
            Part { name: "coefficient of variation", unit: Unit::One, targets: Targets::all(Target::Between(0.4, 1.1)) },
        ],
        measure: Measure::Run(listings),
    },
    Fact {
        id: "B7",
        title: "exit mix",
        definition: "Exits of funds by deals.route: listings, corporate sales, write-offs and all other routes (secondaries, buy-backs) over \
                     all, and listings over listings and corporate sales: what passes to another fund or back to founders is no merger",
        source: "venture exits: China 59 : 20 of IPO to transfer; US about 1 : 9 of IPO to M&A",
        presets: &[],
        calibrated: false,
        tables: &["deals"],
        parts: &[
            Part { name: "by listing", unit: Unit::Percent, targets: Targets::all(Target::ReportedOnly) },
            Part { name: "by corporate sale", unit: Unit::Percent, targets: Targets::all(Target::ReportedOnly) },
            Part { name: "by secondary, buy-back", unit: Unit::Percent, targets: Targets::all(Target::ReportedOnly) },
            Part { name: "written off", unit: Unit::Percent, targets: Targets::all(Target::ReportedOnly) },
            Part {
                name: "listings of the first two",
                unit: Unit::Percent,
                targets: Targets::by_regime(Target::Between(0.05, 0.20), Target::AtLeast(0.6), Target::ReportedOnly),
            },
        ],
        measure: Measure::Run(exit_mix),
    },
    Fact {
        id: "B8",
        title: "index against economy",
        definition: "Over the last 20 years, from one annual value to that 20 years later, log growth a year of the price index, all boards chained by market value \
                     (boards.price_index, boards.market_value), annual means, less that of annual nominal output (macro.output_nominal)",
        source: "SSE 1.6 % a year 2000-23 against Sensex 13.0 %",
        presets: &[],
        calibrated: false,
        tables: &["boards", "macro"],
        parts: &[
            Part { name: "index growth", unit: Unit::Percent, targets: Targets::all(Target::ReportedOnly) },
            Part { name: "output growth", unit: Unit::Percent, targets: Targets::all(Target::ReportedOnly) },
            Part {
                name: "difference",
                unit: Unit::Percent,
                targets: Targets::by_regime(Target::AtLeast(0.0), Target::AtMost(-0.03), Target::ReportedOnly),
            },
        ],
        measure: Measure::Run(index),
    },
    Fact {
        id: "B9",
        title: "age at listing",
        definition: "Mean listings.age of listings held by a fund (venture_backed) and of the others",
        source: "US IPOs 1973-2016 (Lowry, Michaely and Volkova 2017)",
        presets: &[],
        calibrated: false,
        tables: &["listings"],
        parts: &[
            Part { name: "venture-backed", unit: Unit::Years, targets: Targets::all(Target::Between(6.0, 12.0)) },
            Part { name: "others", unit: Unit::Years, targets: Targets::all(Target::Between(15.0, 25.0)) },
        ],
        measure: Measure::Run(ages),
    },
];

/// Values of a column in the rows where `condition` has a value.
fn of_rows(run: &RunTables, table: &'static str, condition: (&'static str, &str), column: &'static str) -> Result<Vec<f64>, Stop> {
    let rows = run.texts(table, condition.0)?.into_iter().zip(run.numbers(table, column)?);
    Ok(rows.filter(|(word, _)| word == condition.1).map(|(_, value)| value).collect())
}

fn share(part: usize, all: usize) -> Reading {
    (part as f64 / all as f64).into()
}

fn losers(run: &RunTables) -> Result<Vec<Reading>, Stop> {
    let multiples = of_rows(run, "deals", ("kind", "exit"), "multiple")?;
    Ok(vec![share(multiples.iter().filter(|multiple| **multiple < 1.0).count(), multiples.len())])
}

fn winners(run: &RunTables) -> Result<Vec<Reading>, Stop> {
    let multiples = of_rows(run, "deals", ("kind", "exit"), "multiple")?;
    let amounts = of_rows(run, "deals", ("kind", "exit"), "amount")?;
    if amounts.len() < 10 {
        return Err(gap("fewer than ten closed holdings"));
    }
    Ok(vec![share(multiples.iter().filter(|multiple| **multiple >= 10.0).count(), multiples.len()), top_share(&amounts, 0.1).into()])
}

fn funnel(run: &RunTables) -> Result<Vec<Reading>, Stop> {
    let (kinds, rounds) = (run.texts("deals", "kind")?, run.texts("deals", "round")?);
    let (enterprises, years) = (run.texts("deals", "enterprise")?, run.numbers("deals", "year")?);
    let end = run.numbers("macro", "year")?.into_iter().fold(f64::NEG_INFINITY, f64::max);
    let mut found: BTreeMap<&str, BTreeSet<&str>> = BTreeMap::new();
    for row in (0..kinds.len()).filter(|row| kinds[*row] == "round") {
        let seeded = rounds[row] == "seed" && years[row] <= end - ROUNDS_TAKE;
        if let Some(rounds_of) = found.get_mut(enterprises[row].as_str()) {
            rounds_of.insert(&rounds[row]);
        } else if seeded {
            found.insert(&enterprises[row], BTreeSet::from([rounds[row].as_str()]));
        }
    }
    if found.is_empty() {
        return Err(gap("no enterprise was seeded eight years before the end"));
    }
    let with = |count: usize| share(found.values().filter(|rounds| rounds.len() >= count).count(), found.len());
    Ok(vec![with(2), with(4)])
}

fn registration(run: &RunTables) -> Result<Vec<Reading>, Stop> {
    let returns = of_rows(run, "listings", ("regime", "registration"), "first_day_return")?;
    if returns.is_empty() { Err(Gap::NotHere("no listing under registration").into()) } else { Ok(vec![mean(&returns).into()]) }
}

fn listings(run: &RunTables) -> Result<Vec<Reading>, Stop> {
    let years = run.years()?;
    let mut counts = vec![0.0; years];
    for tick in run.numbers("listings", "tick")? {
        if let Some(count) = counts.get_mut(tick as usize / run.per_year()) {
            *count += 1.0;
        }
    }
    let stock = mean(&run.numbers("macro", "enterprise_count")?);
    Ok(vec![(mean(&counts) / stock).into(), (standard_deviation(&counts) / mean(&counts)).into()])
}

fn exit_mix(run: &RunTables) -> Result<Vec<Reading>, Stop> {
    let rows = run.texts("deals", "kind")?.into_iter().zip(run.texts("deals", "route")?);
    let routes: Vec<String> = rows.filter(|(kind, _)| kind == "exit").map(|(_, route)| route).collect();
    let count = |words: &[&str]| routes.iter().filter(|route| words.contains(&route.as_str())).count();
    let (listed, sold, written_off) = (count(&["listing"]), count(&["corporate_sale", "merger"]), count(&["write_off"]));
    // Whatever is none of them passes to another fund, or back to those who founded it.
    let passed_on = routes.len() - listed - sold - written_off;
    Ok(vec![
        share(listed, routes.len()),
        share(sold, routes.len()),
        share(passed_on, routes.len()),
        share(written_off, routes.len()),
        share(listed, listed + sold),
    ])
}

fn index(run: &RunTables) -> Result<Vec<Reading>, Stop> {
    let years = run.years()?;
    if years <= INDEX_YEARS {
        return Err(Gap::Years(INDEX_YEARS + 1).into());
    }
    let chained = chained_index(
        &run.numbers("boards", "tick")?,
        &run.texts("boards", "board")?,
        &run.numbers("boards", "price_index")?,
        &run.numbers("boards", "market_value")?,
    );
    let annual: Vec<f64> = chained.chunks_exact(run.per_year()).map(|year| year.iter().sum()).collect();
    let output = run.annual_sums("output_nominal")?;
    let growth = |series: &[f64]| match series {
        [.., last] if series.len() > INDEX_YEARS => (last / series[series.len() - 1 - INDEX_YEARS]).ln() / INDEX_YEARS as f64,
        _ => f64::NAN,
    };
    let (index, output) = (growth(&annual), growth(&output));
    Ok(vec![index.into(), output.into(), (index - output).into()])
}

/// Index of all boards: from tick to tick, growth of each board's index weighted by its market value before.
fn chained_index(ticks: &[f64], boards: &[String], indices: &[f64], values: &[f64]) -> Vec<f64> {
    let mut by_tick: BTreeMap<u64, BTreeMap<&str, (f64, f64)>> = BTreeMap::new();
    for row in 0..ticks.len() {
        by_tick.entry(ticks[row] as u64).or_default().insert(&boards[row], (indices[row], values[row]));
    }
    let mut level = 100.0;
    let mut chained = Vec::with_capacity(by_tick.len());
    let mut before: Option<&BTreeMap<&str, (f64, f64)>> = None;
    for now in by_tick.values() {
        if let Some(before) = before {
            let (mut weighted, mut weight) = (0.0, 0.0);
            for (board, (index, value)) in before.iter().filter(|(_, (index, value))| *index > 0.0 && *value > 0.0) {
                if let Some((later, _)) = now.get(board) {
                    weighted += value * later / index;
                    weight += value;
                }
            }
            if weight > 0.0 {
                level *= weighted / weight;
            }
        }
        chained.push(level);
        before = Some(now);
    }
    chained
}

fn ages(run: &RunTables) -> Result<Vec<Reading>, Stop> {
    let age_of = |backed| Ok::<Reading, Stop>(mean(&of_rows(run, "listings", ("venture_backed", backed), "age")?).into());
    Ok(vec![age_of("true")?, age_of("false")?])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn boards_are_chained_by_their_value() {
        // Board a doubles with three quarters of the value, board b stays; then b opens nothing new and a falls by half.
        let ticks = [0.0, 0.0, 1.0, 1.0, 2.0];
        let boards = ["a", "b", "a", "b", "a"].map(str::to_owned);
        let chained = chained_index(&ticks, &boards, &[100.0, 50.0, 200.0, 50.0, 100.0], &[3.0, 1.0, 6.0, 1.0, 3.0]);
        assert_eq!(chained, [100.0, 175.0, 87.5]);
    }
}
