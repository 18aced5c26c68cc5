//! Whether a run can be believed, fact by fact, from its written tables alone.
//!
//! Every fact says how it is computed, what it should be and where that is published; `docs/validation.md` is made from
//! these definitions. What a run does not show is told as such and never passes.

mod boom;
mod capital;
mod correlation;
mod decomposition;
mod documentation;
mod drift;
mod error;
mod fact;
mod gate_allocation;
mod gate_credit;
mod gate_cycle;
mod gate_economy;
mod gate_enterprises;
mod growth_facts;
mod judgement;
mod lineage;
mod measured;
mod pairs;
mod panel;
mod panel_member;
mod policy;
mod report;
mod run_tables;
mod runs;
mod sanity;
mod sanity_institutions;
mod settings;
mod size_and_age;
mod statistics;
mod target;
mod verdict;

pub use correlation::{Moments, WithinSlope, autocorrelation, correlation, olley_pakes};
pub use documentation::facts_markdown;
pub use error::ValidationError;
pub use fact::{Fact, Gap, Part, Reading, Regime, Stop, Target, Targets, Unit};
pub use judgement::judge;
pub use measured::{MeasuredRun, measure_folders};
pub use run_tables::RunTables;
pub use runs::{RunPlan, measure_runs};
pub use statistics::{hill, hp_cycle, quantile, student_95, subbotin_shape};
pub use verdict::{FactResult, Group, PartResult, Validation, Verdict};

/// Facts in the order of the table.
pub fn facts() -> Vec<&'static Fact> {
    let asked_of_all = [
        sanity::FACTS,
        gate_enterprises::FACTS,
        gate_economy::FACTS,
        gate_cycle::FACTS,
        gate_allocation::FACTS,
        gate_credit::FACTS,
        growth_facts::FACTS,
    ];
    asked_of_all.into_iter().chain([capital::FACTS, growth_facts::VENTURE, policy::FACTS]).flatten().collect()
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
