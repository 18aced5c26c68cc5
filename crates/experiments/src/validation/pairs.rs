//! Facts about two kinds of runs of one economy that differ in one respect.

use super::fact::{Gap, Reading, Stop};
use super::run_tables::RunTables;
use super::settings::Settings;
use super::statistics::{mean, standard_deviation};

/// Runs of one economy.
#[derive(Debug)]
pub struct Economy {
    /// Their configuration.
    pub settings: Settings,
    /// Their seeds.
    pub seeds: Vec<u64>,
    /// What each shows.
    pub singles: Vec<Result<Vec<Reading>, Gap>>,
}

/// How a fact comes from groups of runs.
#[derive(Debug, Clone, Copy)]
pub struct PairRule {
    /// What is read from one run.
    pub single: fn(&RunTables) -> Result<Vec<Reading>, Stop>,
    /// The readings of a group's runs, given all other groups; what needs another run that is not there is lacking, the rest is told.
    pub combine: fn(&Economy, &[Economy]) -> Vec<Result<Vec<Reading>, Gap>>,
}

/// First-day returns under approval over those under registration.
pub(super) const UNDERPRICING: PairRule = PairRule { single: first_day_returns, combine: over_registration };

const COUNTERPART: &str = "the same economy under the same seed that lists under registration (capital_market.regime)";

/// Mean first-day returns under approval and under registration.
fn first_day_returns(run: &RunTables) -> Result<Vec<Reading>, Stop> {
    let (regimes, returns) = (run.texts("listings", "regime")?, run.numbers("listings", "first_day_return")?);
    let of = |word: &str| {
        let values: Vec<f64> = regimes.iter().zip(&returns).filter(|(regime, _)| *regime == word).map(|(_, value)| *value).collect();
        Reading::from(mean(&values))
    };
    Ok(vec![of("approval"), of("registration")])
}

/// Whether the institutions of the exchange alone differ.
fn differs_in_exchange_alone(one: &Settings, other: &Settings) -> bool {
    let keys = one.differing(other);
    !keys.is_empty() && keys.iter().all(|key| key.starts_with("capital_market.") || key.starts_with("boards."))
}

fn over_registration(own: &Economy, others: &[Economy]) -> Vec<Result<Vec<Reading>, Gap>> {
    let switched: Vec<&Economy> = others.iter().filter(|other| differs_in_exchange_alone(&own.settings, &other.settings)).collect();
    // Each run against the one of its own seed: what luck they share then cancels out.
    let counterpart = |seed: u64| -> Vec<f64> {
        let runs = switched.iter().flat_map(|other| other.seeds.iter().zip(&other.singles));
        let of_seed = runs.filter(|(other, _)| **other == seed).filter_map(|(_, single)| single.as_ref().ok());
        of_seed.map(|readings| readings[1].value).filter(|value| value.is_finite()).collect()
    };
    let compare = |(seed, single): (&u64, &Result<Vec<Reading>, Gap>)| {
        let approval = single.clone()?[0];
        if approval.value.is_nan() {
            return Err(Gap::NotHere("no listing under approval"));
        }
        let base = counterpart(*seed);
        let over = if base.is_empty() { Reading::lacking(COUNTERPART) } else { (approval.value / mean(&base)).into() };
        Ok(vec![approval, over])
    };
    own.seeds.iter().zip(&own.singles).map(compare).collect()
}

/// What whole-nation programmes bring home, against the same ones with less patience.
pub(super) const PATIENCE: PairRule = PairRule { single: technologies_for_money, combine: over_impatience };

const IMPATIENT: &str = "the same economy with less patience of its whole-nation programmes (programmes.NAME.patience_years)";

/// Attempts that failed, and key technologies brought home.
fn milestones(run: &RunTables) -> Result<(f64, f64), Stop> {
    if !run.texts("programmes", "instrument")?.iter().any(|instrument| instrument == "whole_nation") {
        return Err(Gap::NotHere("no whole-nation programme").into());
    }
    let events = run.texts("events", "event")?.into_iter().zip(run.texts("events", "note")?);
    let notes: Vec<String> = events.filter(|(event, _)| event == "milestone").map(|(_, note)| note).collect();
    let count = |word: &str| notes.iter().filter(|note| *note == word).count() as f64;
    Ok((count("failed"), count("key_technology")))
}

/// C8a: the share of attempts that failed, and the number that did not.
pub(super) fn attempts(run: &RunTables) -> Result<Vec<Reading>, Stop> {
    let (failed, completed) = milestones(run)?;
    Ok(vec![(failed / (failed + completed)).into(), completed.into()])
}

/// Key technologies per one per cent of annual output spent.
fn technologies_for_money(run: &RunTables) -> Result<Vec<Reading>, Stop> {
    let (_, completed) = milestones(run)?;
    let instruments = run.texts("programmes", "instrument")?;
    let spent = run.annual_sums_where("programmes", "spent", |row| instruments[row] == "whole_nation")?;
    let output = run.annual_sums("output_nominal")?;
    let spent: f64 = spent.iter().zip(&output).map(|(spent, output)| 100.0 * spent / output).sum();
    Ok(vec![(if spent > 0.0 { completed / spent } else { 0.0 }).into()])
}

/// Whether patience of programmes alone differs, and is nowhere greater in `other`.
fn less_patient(own: &Settings, other: &Settings) -> bool {
    let keys = own.differing(other);
    // No evaluation at all is endless patience.
    let patience = |settings: &Settings, key: &str| settings.number(key).map(|years| if years > 0.0 { years } else { f64::INFINITY });
    let is_less =
        |key: &&str| key.starts_with("programmes.") && key.ends_with(".patience_years") && patience(other, key) < patience(own, key);
    !keys.is_empty() && keys.iter().all(is_less)
}

fn over_impatience(own: &Economy, others: &[Economy]) -> Vec<Result<Vec<Reading>, Gap>> {
    let value = |single: &Result<Vec<Reading>, Gap>| single.as_ref().map_or(f64::NAN, |readings| readings[0].value);
    let found: Vec<f64> = own.singles.iter().map(value).collect();
    let base: Vec<f64> = others
        .iter()
        .filter(|other| less_patient(&own.settings, &other.settings))
        .flat_map(|other| other.singles.iter().map(value))
        .collect();
    let error = |values: &[f64]| standard_deviation(values) / (values.len() as f64).sqrt();
    let difference = mean(&found) - mean(&base);
    // One verdict for all seeds: outcomes of a run are few and skewed.
    let holds = difference > 2.0 * error(&found).hypot(error(&base));
    let compare = |single: &Result<Vec<Reading>, Gap>| {
        let own = single.clone()?[0];
        let over = if base.is_empty() { Reading::lacking(IMPATIENT) } else { Reading::ruled(own.value - mean(&base), holds) };
        Ok(vec![own, over])
    };
    own.singles.iter().map(compare).collect()
}
