//! What the reader should know before believing the rest.

use std::collections::BTreeMap;
use std::path::Path;

use tripath_outputs::{Manifest, Status};

use super::SummaryError;
use super::table::Table;

/// Beginning of the names of events that tell of a guard: a bound that keeps the economy alive where its rules would not.
const GUARD: &str = "guard";

/// What the status means for the tables.
pub(super) fn of_status(manifest: &Manifest) -> Vec<String> {
    let done = format!("{} of {} ticks are done", manifest.ticks_done, manifest.ticks_total);
    match manifest.status {
        Status::Complete => Vec::new(),
        Status::Interrupted => vec![format!("the run was interrupted: {done}")],
        Status::Running => vec!["the run is still at work or was killed: the tables end where they were written to".to_owned()],
        Status::Diverged => {
            let (year, cause) = manifest.diverged.as_ref().map_or((f64::NAN, "no cause is given"), |it| (it.year, it.cause.as_str()));
            vec![format!(
                "the economy diverged in year {year:.2}, which ended the run: {cause}; {done}; averages over these years describe no economy"
            )]
        }
        Status::Failed => vec![format!("the run failed: {done}; {}", manifest.reason.as_deref().unwrap_or("no reason is given"))],
    }
}

/// Guards that have bound, and how often.
pub(super) fn of_events(folder: &Path) -> Result<Vec<String>, SummaryError> {
    let Some(table) = Table::open(folder, "events")? else { return Ok(Vec::new()) };
    let [event, note] = table.columns(["event", "note"])?;
    let mut counts: BTreeMap<String, u64> = BTreeMap::new();
    table.for_each(|row| {
        if row.text(event).starts_with(GUARD) {
            let name = if row.text(note).is_empty() { row.text(event) } else { row.text(note) };
            *counts.entry(name.to_owned()).or_default() += 1;
        }
        Ok(())
    })?;
    Ok(counts.into_iter().map(|(name, count)| format!("the guard {name} has bound {count} times")).collect())
}
