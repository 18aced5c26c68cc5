//! Verdicts as CSV.

use super::judgement::SHARE_OF_GATE;
use super::verdict::{Group, Validation};

impl Validation {
    /// One row for each group and statistic, and one for the whole gate of each group; a missing number is an empty cell. Lists of
    /// values are in the order of the seeds.
    ///
    /// # Errors
    /// None that can happen in memory; the writer's own type is passed on.
    pub fn to_csv(&self) -> Result<String, csv::Error> {
        let mut writer = csv::Writer::from_writer(Vec::new());
        writer.write_record([
            "group",
            "regime",
            "fact",
            "title",
            "statistic",
            "target",
            "mean",
            "low_95",
            "high_95",
            "runs",
            "runs_in_target",
            "verdict",
            "calibrated",
            "reason",
            "seeds",
            "values",
            "definition",
            "source",
        ])?;
        let number = |value: Option<f64>| value.map(|value| format!("{value:?}")).unwrap_or_default();
        for group in &self.groups {
            for fact in &group.facts {
                for part in &fact.parts {
                    writer.write_record([
                        group.name.as_str(),
                        group.regime.word(),
                        fact.id,
                        fact.title,
                        part.name,
                        &part.target,
                        &number(part.mean),
                        &number(part.interval.map(|interval| interval[0])),
                        &number(part.interval.map(|interval| interval[1])),
                        &group.seeds.len().to_string(),
                        &part.in_target.map(|count| count.to_string()).unwrap_or_default(),
                        fact.word(),
                        &fact.calibrated.to_string(),
                        fact.reason.as_deref().unwrap_or(""),
                        &list(&group.seeds),
                        &list(part.values.iter().map(|value| value.map_or("–".to_owned(), |value| format!("{value:?}")))),
                        fact.definition,
                        fact.source,
                    ])?;
                }
            }
            if group.judges_gate() {
                writer.write_record(gate_row(group))?;
            }
        }
        let bytes = writer.into_inner().map_err(|error| error.into_error())?;
        Ok(String::from_utf8_lossy(&bytes).into_owned())
    }
}

fn list(items: impl IntoIterator<Item = impl ToString>) -> String {
    items.into_iter().map(|item| item.to_string()).collect::<Vec<_>>().join(" ")
}

/// How many runs pass the whole gate, as a row like those of facts.
fn gate_row(group: &Group) -> [String; 18] {
    let runs = group.seeds.len();
    let verdict = if group.gate_passed { "passed" } else { "NOT passed" };
    let reason = match (group.gate_missed.is_empty(), group.gate_open.is_empty()) {
        (false, _) => format!("missed: {}", list(&group.gate_missed)),
        (true, false) => format!("not judged: {}", list(&group.gate_open)),
        (true, true) => String::new(),
    };
    [
        group.name.clone(),
        group.regime.word().to_owned(),
        "gate".to_owned(),
        "whole gate".to_owned(),
        "share of runs in target for all judged facts A at once".to_owned(),
        format!("≥ {} %", 100 * SHARE_OF_GATE.0 / SHARE_OF_GATE.1),
        format!("{:?}", group.gate_runs_passed as f64 / runs as f64),
        String::new(),
        String::new(),
        runs.to_string(),
        group.gate_runs_passed.to_string(),
        verdict.to_owned(),
        "false".to_owned(),
        reason,
        list(&group.seeds),
        list(group.gate_runs.iter().map(|passes| u8::from(*passes))),
        "Each fact A in target in eight of ten runs, and all of them at once in six of ten".to_owned(),
        String::new(),
    ]
}
