//! Enterprises whose lives are worth a look.

use std::collections::BTreeMap;
use std::path::Path;

use serde::Serialize;
use tripath_outputs::Manifest;

use super::TraceError;
use crate::summary::{SummaryError, Table};

/// An enterprise and why to look at it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Candidate {
    /// Its id.
    pub enterprise: u64,
    /// Why.
    pub why: &'static str,
}

/// One enterprise for each kind of life that the tables show.
///
/// # Errors
/// The folder holds no run, or a table cannot be read.
pub fn candidates(folder: &Path) -> Result<Vec<Candidate>, TraceError> {
    Manifest::read(folder).map_err(SummaryError::from)?.ok_or_else(|| SummaryError::NoRun { folder: folder.to_owned() })?;
    let mut found = Vec::new();
    let mut offer = |why, enterprise: Option<u64>| found.extend(enterprise.map(|enterprise| Candidate { enterprise, why }));
    offer("the largest at the end", largest(folder)?);
    let events = events(folder)?;
    let most =
        |kind: &str| events.counts.iter().filter(|((event, _), _)| event == kind).max_by_key(|(_, count)| **count).map(|((_, id), _)| *id);
    let first_born =
        |kind: &str| events.counts.keys().filter(|(event, id)| event == kind && events.born.contains(id)).map(|(_, id)| *id).next();
    offer("listed on the exchange, founded in the run", first_born("listing"));
    offer("most financing rounds", most("round"));
    offer("most awards", most("award"));
    offer("most conversions", most("conversion"));
    offer("most acquisitions", most("acquisition"));
    offer("bought by another", first_born("merger"));
    offer("failed in debt", first_born("default"));
    offer("rescued", most("rescue"));
    offer("exposed", most("exposure"));
    Ok(found)
}

fn largest(folder: &Path) -> Result<Option<u64>, SummaryError> {
    let Some(table) = Table::open(folder, "enterprises")? else { return Ok(None) };
    let [tick, enterprise, employment] = table.columns(["tick", "enterprise", "employment"])?;
    let mut best: Option<(f64, f64, u64)> = None;
    table.for_each(|row| {
        let candidate = (row.number(tick)?.unwrap_or(0.0), row.number(employment)?.unwrap_or(0.0), row.whole(enterprise)?);
        if best.is_none_or(|best| candidate.0 > best.0 || candidate.0 == best.0 && candidate.1 > best.1) {
            best = Some(candidate);
        }
        Ok(())
    })?;
    Ok(best.map(|best| best.2))
}

#[derive(Default)]
struct Events {
    born: std::collections::BTreeSet<u64>,
    counts: BTreeMap<(String, u64), usize>,
}

fn events(folder: &Path) -> Result<Events, SummaryError> {
    const KINDS: [&str; 8] = ["listing", "round", "award", "conversion", "merger", "default", "rescue", "exposure"];
    let mut events = Events::default();
    let Some(table) = Table::open(folder, "events")? else { return Ok(events) };
    let [event, subject, other] = table.columns(["event", "subject", "other"])?;
    table.for_each(|row| {
        let kind = row.text(event);
        if kind == "entry" {
            events.born.insert(row.whole(subject)?);
        } else if KINDS.contains(&kind) {
            *events.counts.entry((kind.to_owned(), row.whole(subject)?)).or_default() += 1;
            if let (true, Ok(buyer)) = (kind == "merger", row.text(other).parse()) {
                *events.counts.entry(("acquisition".to_owned(), buyer)).or_default() += 1;
            }
        }
        Ok(())
    })?;
    Ok(events)
}
