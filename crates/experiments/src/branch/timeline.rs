//! From settings to a timeline: what a branch changes becomes events at the year of the branch.

use tripath_model::parameters::{Event, Group, Named, Parameters, Value};

use super::burn_in::BurnIn;
use super::{BASELINE, Branch, BranchError, BranchOptions};
use crate::configuration::{Configuration, Over, load_over};

/// A branch of one burn-in.
#[derive(Debug, Clone)]
pub(super) struct Future {
    /// Name of the branch.
    pub(super) branch: String,
    /// Its configuration: that of the burn-in with more events, and the years to run.
    pub(super) configuration: Configuration,
}

/// The baseline and all branches of a burn-in.
pub(super) fn futures(burn_in: &BurnIn, options: &BranchOptions) -> Result<Vec<Future>, BranchError> {
    let years = years(burn_in, options)?;
    let mut all = vec![future(burn_in, BASELINE, Vec::new(), years)?];
    for branch in &options.branches {
        let events = events(burn_in, branch)?;
        all.push(future(burn_in, &branch.name, events, years)?);
    }
    Ok(all)
}

/// Years recorded by the whole run.
fn years(burn_in: &BurnIn, options: &BranchOptions) -> Result<u32, BranchError> {
    let (at, time) = (burn_in.year(), &burn_in.configuration.parameters.time);
    let years = match options.years {
        None => time.years,
        Some(_) if at.fract() != 0.0 => return Err(BranchError::InsideOfAYear { at }),
        Some(years) => (at as i64 + i64::from(years)).clamp(0, i64::from(u32::MAX)) as u32,
    };
    let end = f64::from(years);
    if end <= at { Err(BranchError::NothingLeft { at, end }) } else { Ok(years) }
}

/// The configuration with a branch's events in place of those of the burn-in; nothing else than events and years differs.
fn future(burn_in: &BurnIn, branch: &str, events: Vec<Named<Event>>, years: u32) -> Result<Future, BranchError> {
    let mut configuration = burn_in.configuration.clone();
    if branch != BASELINE {
        configuration.parameters.events = events;
    }
    configuration.parameters.time.years = years;
    let name: String = format!("{}-{branch}", configuration.name);
    configuration.name = if name.len() <= 100 { name } else { branch.to_owned() };
    // Read again as a whole, so that rules across fields and the years of drivers are checked as for any run.
    let configuration = load_over(&configuration.model().clone(), &configuration.name, &configuration.to_toml(false), &[])?;
    Ok(Future { branch: branch.to_owned(), configuration })
}

/// All events of a branch: those of its burn-in, its own, and one for each parameter that it sets.
fn events(burn_in: &BurnIn, branch: &Branch) -> Result<Vec<Named<Event>>, BranchError> {
    let year = burn_in.year();
    let mut base = burn_in.configuration.clone();
    base.parameters = burn_in.now.clone();
    let mut over = Vec::new();
    over.extend(branch.file.clone().map(Over::File));
    over.extend(branch.settings.iter().cloned().map(Over::Setting));
    for event in &branch.events {
        let (name, value) = event.split_once('=').ok_or_else(|| BranchError::Event(event.clone()))?;
        let name = name.trim();
        let plain = !name.is_empty() && name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-');
        if !plain || !value.trim_start().starts_with('{') {
            return Err(BranchError::Event(event.clone()));
        }
        let label = format!("--event {name}");
        over.push(Over::Text(label.clone(), format!("events.{name}.year = {year:?}")));
        over.push(Over::Text(label, format!("events.{name} = {}", value.trim())));
    }
    let set = load_over(base.model(), &base.name, &base.to_toml(false), &over)?;
    must_be_of_the_timeline(branch, &base, &set)?;
    let mut events = own_events(branch, year, &base.parameters, &set.parameters)?;
    for (path, value) in changed(branch, &base.parameters, &set.parameters)? {
        let mut event = Event { year, action: "set".to_owned(), path: path.clone(), ..Event::default() };
        match value {
            Value::Real(number) => event.value = number,
            Value::Integer(number) => event.value = number as f64,
            Value::Flag(flag) => event.value = f64::from(u8::from(flag)),
            Value::Text(text) => event.text = text,
            Value::Weights(_) => return Err(fixed(branch, &path, "it is a table of numbers")),
        }
        let mut name = format!("branch-{}", path.replace('.', "-"));
        while events.iter().any(|event| event.name == name) {
            name.push('-');
        }
        events.push(Named { name, value: event });
    }
    refuse_fixed(burn_in, branch, &events)?;
    Ok(events)
}

fn fixed(branch: &Branch, path: &str, why: &str) -> BranchError {
    BranchError::Fixed { branch: branch.name.clone(), path: path.to_owned(), why: why.to_owned() }
}

/// Seed, name and what is recorded belong to the burn-in or to the command.
fn must_be_of_the_timeline(branch: &Branch, base: &Configuration, set: &Configuration) -> Result<(), BranchError> {
    let refuse = |what: &str, hint: &str| {
        Err(BranchError::NotOfTheTimeline { branch: branch.name.clone(), what: what.to_owned(), hint: hint.to_owned() })
    };
    if set.seed != base.seed {
        return refuse(
            "the seed is that of the burn-in",
            "other draws from the branch on come with --replicates; another past is another burn-in",
        );
    }
    if set.outputs != base.outputs {
        return refuse("what is recorded is set for the burn-in", "record with the burn-in: tripath run … --tables … --until YEAR");
    }
    if set.parameters.time.years != base.parameters.time.years {
        return refuse("all branches end in the same year", "give the years after the branch with --years");
    }
    Ok(())
}

/// Events that the branch adds or changes, after those that stay; none of them may lie in the past.
fn own_events(branch: &Branch, at: f64, base: &Parameters, set: &Parameters) -> Result<Vec<Named<Event>>, BranchError> {
    let past =
        |event: &Named<Event>| BranchError::Past { branch: branch.name.clone(), event: event.name.clone(), year: event.value.year, at };
    for event in &base.events {
        match set.events.iter().find(|other| other.name == event.name) {
            None => return Err(BranchError::Dropped { branch: branch.name.clone(), event: event.name.clone() }),
            Some(other) if other != event && event.value.year < at => return Err(past(event)),
            Some(_) => {}
        }
    }
    match set.events.iter().find(|event| event.value.year < at && !base.events.contains(event)) {
        Some(event) => Err(past(event)),
        None => Ok(set.events.clone()),
    }
}

/// Paths whose values differ, with the new value; events and the years to run are not looked at.
fn changed(branch: &Branch, base: &Parameters, set: &Parameters) -> Result<Vec<(String, Value)>, BranchError> {
    let mut found = Vec::new();
    for (group, _) in Parameters::GROUPS {
        if let (Some(old), Some(new)) = (base.group(group), set.group(group)) {
            changed_in(branch, group, old, new, &mut found)?;
        }
    }
    for (list, _) in base.lists().into_iter().filter(|(list, _)| *list != "events") {
        let (old, new) = (base.names(list).unwrap_or_default(), set.names(list).unwrap_or_default());
        if old != new {
            let name = new.iter().find(|name| !old.contains(name)).or_else(|| old.iter().find(|name| !new.contains(name)));
            let path = format!("{list}.{}", name.copied().unwrap_or_default());
            let why = if list == "programmes" {
                "programmes are founded with the world; define it for the burn-in with active = false, and start it here: --set programmes.NAME.active=true"
            } else {
                "members of lists are founded with the world"
            };
            return Err(fixed(branch, &path, why));
        }
        for name in old {
            if let (Some(old), Some(new)) = (base.member(list, name), set.member(list, name)) {
                changed_in(branch, &format!("{list}.{name}"), old, new, &mut found)?;
            }
        }
    }
    Ok(found)
}

fn changed_in(branch: &Branch, path: &str, old: &dyn Group, new: &dyn Group, found: &mut Vec<(String, Value)>) -> Result<(), BranchError> {
    for definition in old.definitions() {
        let path = format!("{path}.{}", definition.key);
        match (old.get(definition.key), new.get(definition.key)) {
            (Some(old), Some(new)) if old == new => {}
            (Some(Value::Weights(old)), Some(Value::Weights(new))) => {
                let names = |weights: &[(String, f64)]| weights.iter().map(|(name, _)| name.clone()).collect::<Vec<_>>();
                if names(&old) != names(&new) {
                    return Err(fixed(
                        branch,
                        &path,
                        "an entry of a table of numbers can change its value, but none can be added or dropped",
                    ));
                }
                let pairs = old.iter().zip(&new).filter(|(old, new)| old != new);
                found.extend(pairs.map(|(_, (name, number))| (format!("{path}.{name}"), Value::Real(*number))));
            }
            (Some(_), Some(new)) => found.push((path, new)),
            _ => {}
        }
    }
    Ok(())
}

/// Parameters of sectors that hold at year 0, and move nothing once it has passed.
const GAPS_AT_THE_START: &[&str] = &[".quality_gap", ".productivity_gap"];

/// The model says which parameters an event cannot change.
fn refuse_fixed(burn_in: &BurnIn, branch: &Branch, events: &[Named<Event>]) -> Result<(), BranchError> {
    for event in events.iter().filter(|event| event.value.action == "set" && !burn_in.configuration.parameters.events.contains(event)) {
        let path = &event.value.path;
        if burn_in.year() >= 0.0 && path.starts_with("sectors.") && GAPS_AT_THE_START.iter().any(|end| path.ends_with(end)) {
            return Err(fixed(branch, path, "it is the gap at year 0, which has passed"));
        }
        let mut alone = burn_in.configuration.parameters.clone();
        alone.events = vec![event.clone()];
        let at = format!("events.{}.path", event.name);
        if alone.violations().iter().any(|violation| violation.path == at) {
            return Err(fixed(branch, &event.value.path, "it shapes the world at its start"));
        }
    }
    Ok(())
}
