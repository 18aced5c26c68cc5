//! What each mechanism does: the same seeds with it and without it, the difference pair by pair.
//!
//! Draws are addressed, so that a pair shares every draw that both its worlds make. The mechanism is off from the
//! first tick of the burn-in on.

use serde::Serialize;
use tripath_model::observe::Records;
use tripath_model::parameters::Parameters;

use super::outcomes::{OUTCOME_TABLES, OUTCOMES};
use super::series::{mean, paired};
use super::worlds::{Progress, World, run_worlds};
use super::{EvidenceError, Mechanism, Observed};
use crate::configuration::Configuration;

/// Effect of one mechanism on one outcome.
#[derive(Debug, Clone, Copy, PartialEq, Serialize)]
pub struct Effect {
    /// Outcome.
    pub outcome: &'static str,
    /// Pairs of which both runs show the outcome.
    pub pairs: usize,
    /// Mean with the mechanism.
    pub on: f64,
    /// Mean without it.
    pub off: f64,
    /// Mean of off − on over pairs.
    pub effect: f64,
    /// Its standard error.
    pub standard_error: f64,
    /// Effect over standard error; not a number where there is none.
    pub t: f64,
    /// Whether the effect lies beyond two standard errors.
    pub beyond: bool,
}

/// Effects of one mechanism.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct MechanismEffects {
    /// Mechanism.
    pub mechanism: &'static str,
    /// What off means.
    pub off: &'static str,
    /// The configuration has no such mechanism: nothing was run.
    pub absent: bool,
    /// One for each outcome.
    pub effects: Vec<Effect>,
}

/// A table of ablations.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Ablation {
    /// Name of the configuration.
    pub name: String,
    /// Years recorded.
    pub years: u32,
    /// Pairs.
    pub pairs: usize,
    /// One for each mechanism.
    pub mechanisms: Vec<MechanismEffects>,
}

fn measure(records: &Records) -> Vec<f64> {
    let observed = Observed::new(records);
    OUTCOMES.iter().map(|outcome| (outcome.measure)(&observed)).collect()
}

/// Runs a configuration with and without each mechanism, on seeds 1 to `pairs`.
///
/// # Errors
/// The threads cannot be had, or a world breaks off.
pub fn ablate(
    configuration: &Configuration,
    mechanisms: &[Mechanism],
    pairs: u64,
    threads: usize,
    progress: Progress<'_>,
) -> Result<Ablation, EvidenceError> {
    let variants: Vec<Option<Parameters>> = mechanisms.iter().map(|mechanism| mechanism.without(&configuration.parameters)).collect();
    let drivers = &configuration.drivers;
    let mut worlds = Vec::new();
    let mut labels = Vec::new();
    for seed in 1..=pairs {
        worlds.push(World { parameters: &configuration.parameters, drivers, seed });
        labels.push(configuration.name.clone());
    }
    for (mechanism, parameters) in mechanisms.iter().zip(&variants) {
        for (parameters, seed) in parameters.iter().flat_map(|parameters| (1..=pairs).map(move |seed| (parameters, seed))) {
            worlds.push(World { parameters, drivers, seed });
            labels.push(format!("{} without {}", configuration.name, mechanism.name));
        }
    }
    let results = run_worlds(&worlds, OUTCOME_TABLES, threads, progress, measure)?;
    let results = labels
        .into_iter()
        .zip(&worlds)
        .zip(results)
        .map(|((name, world), result)| result.map_err(|source| EvidenceError::World { name, seed: world.seed, source }));
    let results: Vec<Vec<f64>> = results.collect::<Result<_, _>>()?;
    let mut arms = results.chunks(pairs.max(1) as usize);
    let on = arms.next().unwrap_or_default();
    let effects = mechanisms.iter().zip(&variants).map(|(mechanism, parameters)| MechanismEffects {
        mechanism: mechanism.name,
        off: mechanism.off,
        absent: parameters.is_none(),
        effects: parameters.as_ref().and_then(|_| arms.next()).map(|off| effects(on, off)).unwrap_or_default(),
    });
    Ok(Ablation {
        name: configuration.name.clone(),
        years: configuration.parameters.time.years,
        pairs: on.len(),
        mechanisms: effects.collect(),
    })
}

fn effects(on: &[Vec<f64>], off: &[Vec<f64>]) -> Vec<Effect> {
    let outcomes = OUTCOMES.iter().enumerate().map(|(index, outcome)| {
        let column = |arm: &[Vec<f64>]| arm.iter().map(|values| values[index]).collect::<Vec<f64>>();
        let (on, off) = (column(on), column(off));
        let compared = paired(&on, &off);
        Effect {
            outcome: outcome.name,
            pairs: compared.pairs,
            on: mean(&on),
            off: mean(&off),
            effect: compared.difference,
            standard_error: compared.standard_error,
            t: if compared.standard_error > 0.0 { compared.difference / compared.standard_error } else { f64::NAN },
            beyond: compared.difference.abs() > 2.0 * compared.standard_error,
        }
    });
    outcomes.collect()
}

impl Ablation {
    /// All effects as CSV; a missing number is an empty cell.
    pub fn to_csv(&self) -> String {
        let mut text = String::from("preset,mechanism,outcome,pairs,on,off,effect,standard_error,t,beyond\n");
        let number = |value: f64| if value.is_finite() { format!("{value:?}") } else { String::new() };
        for mechanism in &self.mechanisms {
            for effect in &mechanism.effects {
                let numbers = [effect.on, effect.off, effect.effect, effect.standard_error, effect.t].map(number).join(",");
                let (name, outcome) = (mechanism.mechanism, effect.outcome);
                text.push_str(&format!("{},{name},{outcome},{},{numbers},{}\n", self.name, effect.pairs, effect.beyond));
            }
        }
        text
    }

    /// Effect of a mechanism on an outcome.
    pub fn effect(&self, mechanism: &str, outcome: &str) -> Option<&Effect> {
        let found = self.mechanisms.iter().find(|found| found.mechanism == mechanism)?;
        found.effects.iter().find(|effect| effect.outcome == outcome)
    }
}
