//! Whether a run can be believed, fact by fact, from its written tables alone.
//!
//! Every fact says how it is computed, what it should be and where that is published; `docs/validation.md` is made from
//! these definitions. What a run does not show is told as such and never passes.

mod boom;
mod capital;
mod documentation;
mod drift;
mod error;
mod fact;
mod gate_economy;
mod gate_enterprises;
mod judgement;
mod lineage;
mod measured;
mod pairs;
mod panel;
mod policy;
mod report;
mod run_tables;
mod runs;
mod settings;
mod statistics;

pub use documentation::facts_markdown;
pub use error::ValidationError;
pub use fact::{Fact, Gap, Part, Reading, Regime, Stop, Target, Targets, Unit};
pub use judgement::{FactResult, Group, PartResult, Validation, Verdict, judge};
pub use measured::{MeasuredRun, measure_folders};
pub use run_tables::RunTables;
pub use runs::{RunPlan, measure_runs};
pub use statistics::{hill, hp_cycle, quantile, student_95, subbotin_shape};

/// Facts in the order of the table.
pub fn facts() -> Vec<&'static Fact> {
    [gate_enterprises::FACTS, gate_economy::FACTS, capital::FACTS, policy::FACTS].into_iter().flatten().collect()
}

/// Facts by their ids, a letter standing for all of its facts.
///
/// # Errors
/// The first id that is no fact.
pub fn facts_named(ids: &[String]) -> Result<Vec<&'static Fact>, ValidationError> {
    let matches = |fact: &Fact, id: &str| fact.id.eq_ignore_ascii_case(id) || id.len() == 1 && fact.id[..1].eq_ignore_ascii_case(id);
    if let Some(id) = ids.iter().find(|id| !facts().iter().any(|fact| matches(fact, id.trim()))) {
        return Err(ValidationError::UnknownFact(id.clone()));
    }
    Ok(facts().into_iter().filter(|fact| ids.is_empty() || ids.iter().any(|id| matches(fact, id.trim()))).collect())
}
