//! Facts about where growth comes from: A21, A24 and B11.

use std::collections::BTreeMap;

use super::decomposition::{SectorChange, Terms};
use super::fact::{Fact, Gap, Measure, Part, Reading, Stop, Target, Targets, Unit, gap};
use super::pairs::{Economy, PairRule};
use super::run_tables::RunTables;
use super::statistics::mean;

/// Years that growth is compared from: a change from the burn-in on has settled by then.
const SETTLED: usize = 10;

/// A21 and A24.
pub(super) const FACTS: &[Fact] = &[
    Fact {
        id: "A21",
        title: "where growth comes from",
        definition: "Growth: mean change of log annual output_real_adjusted over annual mean labour force (macro), from year 10 on. Part of own innovation: \
                     contributions of processes, products and breakthroughs (growth) over all, over the same years. Lost without it: growth less that of the \
                     run of the same seed given with it that differs in technology.search_rate and population.radical_share alone and has both at 0, over growth. \
                     Foster, Haltiwanger and Krizan: the change, over five years, of the mean of log productivity of a sector's enterprises, weighted by \
                     employment, is the sum over those who stay of their share before times their growth (within), of what their share gains times \
                     their productivity before less the sector's (between) and of both changes (cross), over entrants of their share times their \
                     productivity less the sector's before, less the same over those who left. Productivity is sales of the tick a person at \
                     the end of the year (enterprises.sales, employment), at the sector's price of that tick with quality in it as in output \
                     (sectors.price, and sectors.quality times technology.quality_in_output). Windows follow each other from the first year on; sectors of \
                     ten enterprises and more at both ends are weighted by their parts of sales, mean of both; terms, summed over sectors and windows, \
                     over their sum",
        source: "economies at the frontier grow by what they find themselves: half is the bound of this project; Foster, Haltiwanger and Krizan 2001: \
                 US manufacturing, within 48 and net entry 26 % of multifactor productivity (1977-87), ranges about that",
        presets: &[],
        calibrated: false,
        tables: &["macro", "growth", "enterprises", "sectors"],
        parts: &[
            Part { name: "growth a head", unit: Unit::Percent, targets: Targets::all(Target::ReportedOnly) },
            Part { name: "part of own innovation", unit: Unit::Percent, targets: Targets::all(Target::ReportedOnly) },
            Part { name: "within enterprises", unit: Unit::Percent, targets: Targets::all(Target::Between(0.45, 0.70)) },
            Part { name: "between them", unit: Unit::Percent, targets: Targets::all(Target::ReportedOnly) },
            Part { name: "cross term", unit: Unit::Percent, targets: Targets::all(Target::ReportedOnly) },
            Part { name: "entrants", unit: Unit::Percent, targets: Targets::all(Target::ReportedOnly) },
            Part { name: "exits", unit: Unit::Percent, targets: Targets::all(Target::ReportedOnly) },
            Part { name: "net entry", unit: Unit::Percent, targets: Targets::all(Target::Between(0.15, 0.35)) },
            Part {
                name: "lost without own innovation",
                unit: Unit::Percent,
                targets: Targets::by_regime(Target::AtLeast(0.5), Target::AtLeast(0.2), Target::AtLeast(0.2)),
            },
        ],
        measure: Measure::Pair(PairRule { single: where_from, combine: without_own_innovation }),
    },
    Fact {
        id: "A24",
        title: "structure changes",
        definition: "Part of value added (sectors.value_added) of sectors that make less than a tenth of it in the first recorded year: in the last \
                     five years less that in the first year. Needs 40 years",
        source: "new sectors of a China-like economy gain ten points and more in 40 years: bound of this project",
        presets: &[],
        calibrated: false,
        tables: &["sectors", "macro"],
        parts: &[Part {
            name: "gain of new sectors",
            unit: Unit::Percent,
            targets: Targets::by_regime(Target::ReportedOnly, Target::AtLeast(0.10), Target::ReportedOnly),
        }],
        measure: Measure::Run(structure),
    },
];

/// B11.
pub(super) const VENTURE: &[Fact] = &[Fact {
    id: "B11",
    title: "venture money finds large steps",
    definition: "Logs of breakthroughs and of all conversions (funnel, all years and sectors) over those of the run of the same seed given with it that \
                 differs in venture.supply_share alone and has it at 0",
    source: "Kortum and Lerner 2000: venture capital raises patenting",
    presets: &[],
    calibrated: false,
    tables: &["funnel"],
    parts: &[
        Part { name: "breakthroughs, log over none", unit: Unit::One, targets: Targets::all(Target::Above(0.0)) },
        Part { name: "conversions, log over none", unit: Unit::One, targets: Targets::all(Target::Above(0.0)) },
    ],
    measure: Measure::Pair(PairRule { single: conversions, combine: without_venture_money }),
}];

/// What one run shows of A21.
fn where_from(run: &RunTables) -> Result<Vec<Reading>, Stop> {
    let (growth, own) = growth_and_own_part(run)?;
    let terms = terms(run)?;
    let net_entry = terms.entry + terms.exit;
    let parts = [terms.within, terms.between, terms.cross, terms.entry, terms.exit, net_entry].map(|term| term / terms.total());
    Ok([growth, own].into_iter().chain(parts).map(Reading::from).collect())
}

/// Terms of Foster, Haltiwanger and Krizan over all windows and sectors; nought where no sector is large enough.
fn terms(run: &RunTables) -> Result<Terms, Stop> {
    let panel = run.panel()?;
    panel.needs(&["sales", "employment"])?;
    let prices = log_prices(run)?;
    let mut sum = Terms::default();
    for SectorChange { sector, years: (from, to), weight, change } in &panel.windows.changes {
        let price = |year: &usize| prices.get(&(panel.sectors[usize::from(*sector)].clone(), year * run.per_year() - 1)).copied();
        let (Some(first), Some(last)) = (price(from), price(to)) else {
            return Err(gap("sectors lacks prices of years of the panel"));
        };
        sum.add(&change.real(last - first), *weight);
    }
    Ok(sum)
}

/// Log of each sector's price in each tick; what is better counts as cheaper, as it does in output.
fn log_prices(run: &RunTables) -> Result<BTreeMap<(String, usize), f64>, Stop> {
    let counted = run.settings().number("technology.quality_in_output").unwrap_or(0.0);
    let places = run.texts("sectors", "sector")?.into_iter().zip(run.numbers("sectors", "tick")?);
    let prices = run.numbers("sectors", "price")?.into_iter().zip(run.numbers("sectors", "quality")?);
    let log = |((sector, tick), (price, quality)): ((String, f64), (f64, f64))| ((sector, tick as usize), price.ln() - counted * quality);
    Ok(places.zip(prices).map(log).collect())
}

/// Growth a head from year 10 on, and the part of it that is own innovation.
fn growth_and_own_part(run: &RunTables) -> Result<(f64, f64), Stop> {
    let years = run.years()?;
    if years < 2 * SETTLED {
        return Err(Gap::Years(2 * SETTLED).into());
    }
    let (output, people) = (run.annual_sums("output_real_adjusted")?, run.annual_means("labour_force")?);
    let log = |year: usize| (output[year] / people[year]).ln();
    let growth = (log(years - 1) - log(SETTLED - 1)) / (years - SETTLED) as f64;
    let (channels, ticks) = (run.texts("growth", "channel")?, run.numbers("growth", "tick")?);
    let (mut own, mut all) = (0.0, 0.0);
    for ((channel, tick), points) in channels.iter().zip(ticks).zip(run.numbers("growth", "growth")?) {
        if tick as usize / run.per_year() >= SETTLED {
            all += points;
            own += if ["process", "product", "breakthrough"].contains(&channel.as_str()) { points } else { 0.0 };
        }
    }
    Ok((growth, own / all))
}

fn structure(run: &RunTables) -> Result<Vec<Reading>, Stop> {
    let years = run.years()?;
    if years < 40 {
        return Err(Gap::Years(40).into());
    }
    let sectors = run.texts("sectors", "sector")?;
    let mut names = sectors.clone();
    names.sort();
    names.dedup();
    let values = |name: &str| run.annual_sums_where("sectors", "value_added", |row| sectors[row] == name);
    let of_sectors = names.iter().map(|name| values(name)).collect::<Result<Vec<_>, _>>()?;
    let total = |year: usize| of_sectors.iter().map(|values| values[year]).sum::<f64>();
    let new: Vec<&Vec<f64>> = of_sectors.iter().filter(|values| values[0] < 0.1 * total(0)).collect();
    if new.is_empty() {
        return Err(gap("no sector makes less than a tenth of output in the first year"));
    }
    let part = |year: usize| new.iter().map(|values| values[year]).sum::<f64>() / total(year);
    let last: Vec<f64> = (years - 5..years).map(part).collect();
    Ok(vec![(mean(&last) - part(0)).into()])
}

/// Logs of breakthroughs and of conversions.
fn conversions(run: &RunTables) -> Result<Vec<Reading>, Stop> {
    let log_sum = |column| run.numbers("funnel", column).map(|values| values.iter().sum::<f64>().ln());
    Ok(vec![log_sum("breakthrough_count")?.into(), log_sum("conversions")?.into()])
}

/// The same readings of the run of the same seed in an economy that differs in these keys alone, all of which it has at 0.
fn counterpart(own: &Economy, others: &[Economy], keys: &[&str], seed: u64) -> Option<Vec<Reading>> {
    let lacks = |other: &&Economy| {
        let differing = own.settings.differing(&other.settings);
        !differing.is_empty()
            && differing.iter().all(|key| keys.contains(key))
            && keys.iter().all(|key| other.settings.number(key) == Some(0.0))
    };
    let other = others.iter().find(lacks)?;
    let place = other.seeds.iter().position(|one| *one == seed)?;
    other.singles[place].as_ref().ok().cloned()
}

const WITHOUT_OWN: &str =
    "the same economy and seed without own innovation (--against technology.search_rate=0 --against population.radical_share=0)";

fn without_own_innovation(own: &Economy, others: &[Economy]) -> Vec<Result<Vec<Reading>, Gap>> {
    const KEYS: [&str; 2] = ["technology.search_rate", "population.radical_share"];
    let compare = |(seed, single): (&u64, &Result<Vec<Reading>, Gap>)| {
        let mut readings = single.clone()?;
        let lost = match counterpart(own, others, &KEYS, *seed) {
            Some(base) => (1.0 - base[0].value / readings[0].value).into(),
            None => Reading::lacking(WITHOUT_OWN),
        };
        readings.push(lost);
        Ok(readings)
    };
    own.seeds.iter().zip(&own.singles).map(compare).collect()
}

fn without_venture_money(own: &Economy, others: &[Economy]) -> Vec<Result<Vec<Reading>, Gap>> {
    let compare = |(seed, single): (&u64, &Result<Vec<Reading>, Gap>)| {
        let readings = single.clone()?;
        let base = counterpart(own, others, &["venture.supply_share"], *seed)
            .ok_or(Gap::Pair("the same economy and seed without venture money (--against venture.supply_share=0)"))?;
        Ok(readings.iter().zip(base).map(|(with, without)| (with.value - without.value).into()).collect())
    };
    own.seeds.iter().zip(&own.singles).map(compare).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn economy(text: &str, seeds: &[u64], values: &[f64]) -> Economy {
        let folder = tempfile::tempdir().expect("a temporary folder");
        std::fs::write(folder.path().join(crate::run::CONFIGURATION_FILE), text).expect("written");
        Economy {
            settings: super::super::settings::Settings::read(folder.path()).expect("settings"),
            seeds: seeds.to_vec(),
            singles: values.iter().map(|value| Ok(vec![(*value).into(), (0.4).into()])).collect(),
        }
    }

    #[test]
    fn runs_of_one_seed_are_compared() {
        let text = |rate: f64, radical: f64, share: f64| {
            format!("technology.search_rate = {rate:?}\npopulation.radical_share = {radical:?}\nventure.supply_share = {share:?}\n")
        };
        let own = economy(&text(2.4, 0.1, 0.004), &[1, 2], &[0.02, 0.02]);
        let off = economy(&text(0.0, 0.0, 0.004), &[2], &[0.005]);
        let half = economy(&text(0.0, 0.1, 0.004), &[1], &[0.0]);
        let dry = economy(&text(2.4, 0.1, 0.0), &[1, 2], &[0.01, 0.03]);
        let found = without_own_innovation(&own, &[half, off]);
        let first = found[0].as_ref().expect("what needs no pair");
        assert_eq!((first[0].value, first[2].lacks), (0.02, Some(WITHOUT_OWN)), "seed 1 has a run with radical entrants alone");
        assert!((found[1].as_ref().expect("a pair")[2].value - 0.75).abs() < 1e-12);
        let found = without_venture_money(&own, &[dry]);
        let first = |place: usize| found[place].as_ref().expect("a pair")[0].value;
        assert!((first(0) - 0.01).abs() < 1e-12 && (first(1) + 0.01).abs() < 1e-12);
    }
}
