//! Events tried in the order of time: what is allowed by itself may break a rule across fields once it is set.

use super::{Event, Named, Parameters, Value, Violation};

impl Parameters {
    /// Rules across fields that break once events have been set, tried tick by tick as a run would set them: those of one tick count together,
    /// so that shares can move at once. The first tick that breaks a rule ends the trial.
    pub(super) fn timeline_violations(&self) -> Vec<Violation> {
        let per_year = self.ticks_per_year();
        let burn_in = f64::from(self.time.burn_in_years) * per_year;
        let end = f64::from(self.time.years) * per_year;
        // An event falls in the first tick that begins at its year or later; what lies outside of the run is never set.
        let mut due: Vec<(f64, &Named<Event>)> = self
            .events
            .iter()
            .filter(|event| event.value.action == "set")
            // Without a sign of 0, which would tear a tick apart.
            .map(|event| ((event.value.year * per_year).ceil() + 0.0, event))
            .filter(|(tick, _)| *tick >= -burn_in && *tick < end)
            .collect();
        // Stable: within a tick they stand in the order of the configuration, in which they are set.
        due.sort_by(|a, b| a.0.total_cmp(&b.0));
        let mut trial = Self { events: Vec::new(), ..self.clone() };
        for at_once in due.chunk_by(|a, b| a.0 == b.0) {
            for (_, event) in at_once {
                // What a single event may set was checked before.
                let _ = trial.set_event_value(&event.value.path, event.value.value, &event.value.text);
            }
            let broken = trial.violations_across_fields();
            if !broken.is_empty() {
                return broken.into_iter().map(|violation| blame(&trial, at_once, violation)).collect();
            }
        }
        Vec::new()
    }
}

/// The rule as a matter of the event that broke it: the last of its tick that sets something of the same group, else the last.
fn blame(trial: &Parameters, at_once: &[(f64, &Named<Event>)], violation: Violation) -> Violation {
    let group = |path: &str| path.split('.').next().unwrap_or_default().to_owned();
    let same = |(_, event): &&(f64, &Named<Event>)| group(&event.value.path) == group(&violation.path);
    let Some((_, event)) = at_once.iter().rev().find(same).or(at_once.last()) else { return violation };
    let set = trial.value_at(&event.value.path).as_ref().map(Value::to_string).unwrap_or_default();
    Violation {
        path: format!("events.{}", event.name),
        message: format!(
            "sets `{}` to {set} in year {}; then `{}` {}",
            event.value.path, event.value.year, violation.path, violation.message
        ),
        hint: Some("events of the same tick count together: set what belongs together in the same year".to_owned()),
    }
}
