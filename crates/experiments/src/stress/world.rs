//! One case in memory, to its end, its refusal, its divergence or its panic.

use std::cell::{Cell, RefCell};
use std::panic::{AssertUnwindSafe, PanicHookInfo, catch_unwind, set_hook, take_hook};
use std::sync::Arc;

use serde::Serialize;
use tripath_model::observe::{Cell as TableCell, MacroRow, Row};
use tripath_model::parameters::Value;
use tripath_model::{ModelError, Simulation};

use super::{Case, StressRow};
use crate::configuration::{Configuration, Layers};
use crate::run::words_of_panic;

/// How a case ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Ended {
    /// All ticks done.
    Complete,
    /// The configuration breaks a rule, which is said.
    Refused,
    /// A variable left its bounds, which ended the run.
    Diverged,
    /// A panic or a broken identity: a fault of the program.
    Failed,
}

impl Ended {
    /// The word in tables.
    pub fn word(self) -> &'static str {
        match self {
            Self::Complete => "complete",
            Self::Refused => "refused",
            Self::Diverged => "diverged",
            Self::Failed => "failed",
        }
    }
}

thread_local! {
    static AT_WORK: Cell<bool> = const { Cell::new(false) };
    static PANICKED_AT: RefCell<String> = const { RefCell::new(String::new()) };
}

type Hook = Arc<dyn Fn(&PanicHookInfo<'_>) + Sync + Send>;

/// While it lives, panics of worlds are not printed: their place is remembered. Those of others go where they went.
pub(super) struct Quiet(Hook);

impl Quiet {
    pub(super) fn install() -> Self {
        let before: Hook = Arc::from(take_hook());
        let others = Arc::clone(&before);
        set_hook(Box::new(move |panic| {
            if AT_WORK.get() {
                let place = panic.location().map(|place| format!("{}:{}", place.file(), place.line())).unwrap_or_default();
                PANICKED_AT.replace(place);
            } else {
                others(panic);
            }
        }));
        Self(before)
    }
}

impl Drop for Quiet {
    fn drop(&mut self) {
        let before = Arc::clone(&self.0);
        set_hook(Box::new(move |panic| before(panic)));
    }
}

/// What the rows of a world add up to.
#[derive(Default)]
struct Seen {
    ticks: u32,
    first: Option<MacroRow>,
    last: Option<MacroRow>,
    unemployment: f64,
    wage_share: f64,
    missing: String,
}

/// Runs a case.
pub(super) fn run(source: &str, layers: &Layers, case: &Case, fixed: &[String], seed: u64) -> StressRow {
    let words: Vec<String> = case.settings.iter().map(|(path, value)| format!("{path}={}", written(value))).collect();
    let set: String = fixed.iter().chain(&words).map(|setting| format!(" --set {}", quoted(setting))).collect();
    let mut row = StressRow {
        source: source.to_owned(),
        kind: case.kind,
        settings: words.join(" "),
        status: Ended::Complete,
        tick: None,
        cause: String::new(),
        growth: None,
        inflation: None,
        unemployment: None,
        wage_share: None,
        debt_ratio: None,
        enterprise_ratio: None,
        missing: String::new(),
        command: format!("tripath run {} --seed {seed}{set}", quoted(source)),
    };
    let mut layers = layers.clone();
    let lines = case.settings.iter().map(|(path, value)| format!("{path} = {value}\n")).collect();
    layers.set("the case".to_owned(), lines);
    let configuration = match layers.finish() {
        Ok(configuration) => configuration,
        Err(error) => {
            let reasons = error.problems().iter().map(|problem| problem.reason.to_string());
            (row.status, row.cause) = (Ended::Refused, reasons.collect::<Vec<_>>().join("; "));
            return row;
        }
    };
    let per_year = f64::from(configuration.parameters.time.ticks_per_year);
    let mut seen = Seen::default();
    let ended = contained(|| simulate(configuration, seed, &mut seen));
    match ended {
        Ok(()) => {}
        Err((status, tick, cause)) => (row.status, row.tick, row.cause) = (status, tick, cause),
    }
    seen.tell(&mut row, per_year);
    row
}

type Broken = (Ended, Option<u32>, String);

/// Keeps a panic within its world.
fn contained(work: impl FnOnce() -> Result<(), Broken>) -> Result<(), Broken> {
    AT_WORK.set(true);
    PANICKED_AT.take();
    let ended = catch_unwind(AssertUnwindSafe(work));
    AT_WORK.set(false);
    ended.unwrap_or_else(|panic| {
        let cause = format!("the program panicked at {}: {}", PANICKED_AT.take(), words_of_panic(&*panic));
        Err((Ended::Failed, None, cause))
    })
}

fn simulate(configuration: Configuration, seed: u64, seen: &mut Seen) -> Result<(), Broken> {
    let Configuration { parameters, drivers, .. } = configuration;
    let plan = parameters.model().record_plan();
    let broken = |error: ModelError| match error {
        ModelError::Diverged { tick, cause, .. } => (Ended::Diverged, Some(tick), cause),
        ModelError::Identity { tick, .. } | ModelError::Table { tick, .. } => (Ended::Failed, Some(tick), error.to_string()),
        ModelError::Undeclared { .. } => (Ended::Failed, None, error.to_string()),
        other => (Ended::Refused, None, other.to_string()),
    };
    let mut simulation = Simulation::new(parameters, drivers, seed, plan).map_err(broken)?;
    while !simulation.finished() {
        let ended = simulation.tick();
        seen.take(&mut simulation);
        ended.map_err(broken)?;
    }
    Ok(())
}

impl Seen {
    fn take(&mut self, simulation: &mut Simulation) {
        let records = simulation.records();
        for row in &records.macro_economy {
            self.ticks += 1;
            self.unemployment += row.unemployment_rate;
            self.wage_share += row.wage_share;
            self.first.get_or_insert_with(|| row.clone());
            self.last = Some(row.clone());
        }
        for row in &records.macro_economy {
            let mut place = 0;
            row.cells(&mut |cell| {
                if matches!(cell, TableCell::Missing) && self.missing.is_empty() {
                    self.missing = MacroRow::COLUMNS[place].name.to_owned();
                }
                place += 1;
            });
        }
        // Nothing is written here that could fail.
        let _ = records.take(|_, _| Ok::<(), ()>(()));
    }

    fn tell(self, row: &mut StressRow, per_year: f64) {
        row.missing = self.missing;
        let (Some(first), Some(last)) = (self.first, self.last) else { return };
        let finite = |value: f64| value.is_finite().then_some(value);
        let years = f64::from(self.ticks - 1) / per_year;
        let growth = |from: f64, to: f64| if years > 0.0 { finite((to / from).ln() / years) } else { None };
        row.growth = growth(first.output_real, last.output_real);
        row.inflation = growth(first.consumer_price_index, last.consumer_price_index);
        row.unemployment = finite(self.unemployment / f64::from(self.ticks));
        row.wage_share = finite(self.wage_share / f64::from(self.ticks));
        row.debt_ratio = finite((last.central_government_debt + last.local_government_debt) / (last.output_nominal * per_year));
        row.enterprise_ratio = finite(last.enterprise_count as f64 / first.enterprise_count as f64);
    }
}

/// A value as the command line takes it.
fn written(value: &Value) -> String {
    match value {
        Value::Text(text) => text.clone(),
        other => other.to_string(),
    }
}

/// A word as a shell takes it.
fn quoted(word: &str) -> String {
    let plain = word.chars().all(|c| c.is_ascii_alphanumeric() || "-_./=,+:".contains(c));
    if plain { word.to_owned() } else { format!("'{}'", word.replace('\'', r"'\''")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_panic_is_told_with_its_place() {
        let _quiet = Quiet::install();
        let (status, tick, cause) = contained(|| panic!("on purpose")).expect_err("a panic");
        assert_eq!((status, tick), (Ended::Failed, None));
        assert!(
            cause.starts_with("the program panicked at crates/experiments/src/stress/world.rs:") && cause.ends_with(": on purpose"),
            "{cause}"
        );
    }
}
