//! What became of all cases: a table, and a few words.

use std::collections::BTreeMap;

use serde::Serialize;

use super::{Ended, StressRow};

/// Counts by status, with causes.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct Summary {
    /// Cases that ran to their end.
    pub complete: usize,
    /// Cases that were refused.
    pub refused: usize,
    /// Cases that diverged.
    pub diverged: usize,
    /// Cases that panicked or broke an identity.
    pub failed: usize,
    /// Complete cases with an empty cell in `macro`.
    pub missing: usize,
    /// Reasons of refusals without their numbers, with their number.
    pub refusals: BTreeMap<String, usize>,
    /// Causes of divergence without their numbers, with their number.
    pub divergences: BTreeMap<String, usize>,
}

impl Summary {
    /// Of all cases.
    pub fn of(rows: &[StressRow]) -> Self {
        let count = |status: Ended| rows.iter().filter(|row| row.status == status).count();
        let causes = |status: Ended| {
            let mut causes: BTreeMap<String, usize> = BTreeMap::new();
            for row in rows.iter().filter(|row| row.status == status) {
                *causes.entry(without_numbers(&row.cause)).or_default() += 1;
            }
            causes
        };
        Self {
            complete: count(Ended::Complete),
            refused: count(Ended::Refused),
            diverged: count(Ended::Diverged),
            failed: count(Ended::Failed),
            missing: rows.iter().filter(|row| row.status == Ended::Complete && !row.missing.is_empty()).count(),
            refusals: causes(Ended::Refused),
            divergences: causes(Ended::Diverged),
        }
    }
}

/// A sentence in which every number is `#`, so that like causes count as one.
fn without_numbers(text: &str) -> String {
    let mut short = String::new();
    for word in text.split(' ') {
        let core = word.trim_matches(|c: char| "()%,;".contains(c));
        let shown = if core.parse::<f64>().is_ok() { word.replace(core, "#") } else { word.to_owned() };
        if !short.is_empty() {
            short.push(' ');
        }
        short.push_str(&shown);
    }
    short
}

/// All rows as CSV.
///
/// # Errors
/// Never in memory; the writer says so.
pub fn csv(rows: &[StressRow]) -> Result<String, csv::Error> {
    let mut writer = csv::Writer::from_writer(Vec::new());
    writer.write_record([
        "source",
        "kind",
        "settings",
        "status",
        "tick",
        "cause",
        "growth",
        "inflation",
        "unemployment",
        "wage_share",
        "debt_ratio",
        "enterprise_ratio",
        "missing",
        "command",
    ])?;
    let number = |value: Option<f64>| value.map(|value| format!("{value:?}")).unwrap_or_default();
    for row in rows {
        writer.write_record([
            row.source.clone(),
            row.kind.word().to_owned(),
            row.settings.clone(),
            row.status.word().to_owned(),
            row.tick.map(|tick| tick.to_string()).unwrap_or_default(),
            row.cause.clone(),
            number(row.growth),
            number(row.inflation),
            number(row.unemployment),
            number(row.wage_share),
            number(row.debt_ratio),
            number(row.enterprise_ratio),
            row.missing.clone(),
            row.command.clone(),
        ])?;
    }
    let bytes = writer.into_inner().map_err(|error| csv::Error::from(error.into_error()))?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn like_causes_count_as_one() {
        assert_eq!(without_numbers("public debt is 50.3 times annual output (bound 50)"), "public debt is # times annual output (bound #)");
        assert_eq!(without_numbers("rose by 1.2e9 % within a year (bound 1000 %)"), "rose by # % within a year (bound # %)");
    }
}
