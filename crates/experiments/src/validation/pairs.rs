//! Facts about two kinds of runs of one economy that differ in one respect.

use super::fact::{Gap, Reading, Stop};
use super::run_tables::RunTables;
use super::settings::Settings;
use super::statistics::mean;

/// Runs of one economy.
#[derive(Debug)]
pub struct Economy {
    /// Their configuration.
    pub settings: Settings,
    /// What each shows.
    pub singles: Vec<Result<Vec<Reading>, Gap>>,
}

/// How a fact comes from groups of runs.
#[derive(Debug, Clone, Copy)]
pub struct PairRule {
    /// What is read from one run.
    pub single: fn(&RunTables) -> Result<Vec<Reading>, Stop>,
    /// The readings of a group's runs, given all other groups.
    pub combine: fn(&Economy, &[Economy]) -> Vec<Result<Vec<Reading>, Gap>>,
}

/// First-day returns under approval over those under registration.
pub(super) const UNDERPRICING: PairRule = PairRule { single: first_day_returns, combine: over_registration };

const COUNTERPART: &str = "the same economy that lists under registration (capital_market.regime)";

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
    let counterpart: Vec<f64> = others
        .iter()
        .filter(|other| differs_in_exchange_alone(&own.settings, &other.settings))
        .flat_map(|other| other.singles.iter().flatten().map(|readings| readings[1].value))
        .filter(|value| value.is_finite())
        .collect();
    let base = mean(&counterpart);
    let compare = |single: &Result<Vec<Reading>, Gap>| {
        let approval = single.clone()?[0];
        if approval.value.is_nan() {
            return Err(Gap::NotHere("no listing under approval"));
        }
        if counterpart.is_empty() {
            return Err(Gap::Pair(COUNTERPART));
        }
        Ok(vec![approval, (approval.value / base).into()])
    };
    own.singles.iter().map(compare).collect()
}
