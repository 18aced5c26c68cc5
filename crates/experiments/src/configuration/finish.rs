//! From the draft to a configuration: rules across fields, drivers, defaults.

use tripath_model::parameters::{Group, KEYS_OF_INSTRUMENTS, Programme};
use tripath_model::world::start::start_violations;

use super::document::Place;
use super::draft::Draft;
use super::nearest::did_you_mean;
use super::problem::{Problem, Reason};
use super::resolved::written;
use super::source::Source;
use super::{Configuration, DEFAULT_SEED};

impl Draft {
    /// The configuration.
    ///
    /// # Errors
    /// All problems noted while reading; if there are none, broken rules across fields and data that cannot be used.
    pub fn finish(mut self, source: &Source) -> Result<Configuration, Vec<Problem>> {
        if !self.problems.is_empty() {
            return Err(self.problems);
        }
        self.check_rules();
        self.check_programmes();
        self.check_outputs();
        let drivers = self.driver_series();
        if !self.problems.is_empty() {
            return Err(self.problems);
        }
        Ok(Configuration {
            name: self.name.unwrap_or_else(|| source.default_name()),
            lineage: self.lineage,
            seed: self.seed.unwrap_or(DEFAULT_SEED),
            parameters: self.parameters,
            drivers,
            outputs: self.outputs,
        })
    }

    fn check_rules(&mut self) {
        let mut violations = self.parameters.violations();
        if violations.is_empty() && !self.goes_on {
            violations = start_violations(&self.parameters);
        }
        for violation in violations {
            let place = self.place_of(&violation.path);
            let reason = Reason::Rule { path: violation.path, message: violation.message };
            self.problems.push(Problem { reason, place, hint: violation.hint });
        }
    }

    /// Keys that were given to a programme and do nothing there: a reader would believe that they act.
    fn check_programmes(&mut self) {
        let defaults = Programme::default();
        let mut problems = Vec::new();
        for programme in &self.parameters.programmes {
            let settings = &programme.value;
            let instrument = settings.instrument.as_str();
            let mut refuse = |key: &str, message: String, hint: Option<String>| {
                let path = format!("programmes.{}.{key}", programme.name);
                problems.push(Problem { place: self.place_of(&path), reason: Reason::Rule { path, message }, hint });
            };
            let reads = |key: &str| KEYS_OF_INSTRUMENTS.iter().all(|(own, instruments)| *own != key || instruments.contains(&instrument));
            for (key, _) in KEYS_OF_INSTRUMENTS.iter().filter(|(key, _)| !reads(key)) {
                let value = settings.get(key);
                if value != defaults.get(key) {
                    let value = value.as_ref().map(written).unwrap_or_default();
                    let keys = defaults.definitions().iter().map(|definition| definition.key).filter(|key| reads(key)).collect::<Vec<_>>();
                    let hint = format!("it reads {}", keys.join(", "));
                    refuse(key, format!("is {value}, but {instrument} does not read it"), Some(hint));
                }
            }
            // A value of 0 that was written down is meant.
            let given = |key: &str| self.places.contains_key(&format!("programmes.{}.{key}", programme.name));
            if reads("rate") && settings.rate == 0.0 && !given("rate") {
                refuse("rate", format!("is not given, so that {instrument} would pay nothing"), Some("give a rate above 0".to_owned()));
            }
            if settings.rule != "keep" && settings.patience_years == 0.0 && !given("patience_years") {
                let hint = "give patience_years, the time between evaluations".to_owned();
                refuse("rule", format!("is \"{}\", but nobody evaluates the programme", settings.rule), Some(hint));
            }
        }
        self.problems.extend(problems);
    }

    fn check_outputs(&mut self) {
        let sample = &self.outputs.enterprises;
        let mut problems = Vec::new();
        for (list, words) in [("sectors", &sample.sectors), ("regions", &sample.regions)] {
            let names = self.parameters.names(list).unwrap_or_default();
            for word in words.iter().filter(|word| !names.contains(&word.as_str())) {
                let path = format!("outputs.enterprises_{list}");
                let hint = did_you_mean(word, names.iter().copied()).unwrap_or_else(|| format!("{list} are {}", names.join(", ")));
                let message = format!("names `{word}`, which is not among the {list}");
                problems.push(Problem { place: self.place_of(&path), reason: Reason::Rule { path, message }, hint: Some(hint) });
            }
        }
        self.problems.extend(problems);
    }

    /// Where a key was given last; for a pattern of keys, the last of them; else the table that it would stand in.
    pub(super) fn place_of(&self, path: &str) -> Option<Place> {
        let exact = self.places.get(path).map(|(_, place)| place);
        let matching = || {
            let keys = self.places.iter().filter(|(key, _)| matches_pattern(path, key));
            keys.max_by_key(|(_, (number, _))| *number).map(|(_, (_, place))| place)
        };
        let parent = || path.rsplit_once('.').and_then(|(parent, _)| self.place_of(parent));
        exact.or_else(matching).cloned().or_else(parent)
    }
}

/// Whether a path is one of a pattern's, such as `sectors.*.taste` or `technology.{process,product}_weight`.
fn matches_pattern(pattern: &str, path: &str) -> bool {
    let (pattern, path): (Vec<&str>, Vec<&str>) = (pattern.split('.').collect(), path.split('.').collect());
    pattern.len() == path.len() && pattern.iter().zip(&path).all(|(pattern, part)| matches_part(pattern, part))
}

fn matches_part(pattern: &str, part: &str) -> bool {
    if let Some((before, rest)) = pattern.split_once('{')
        && let Some((words, after)) = rest.split_once('}')
    {
        return words.split(',').any(|word| part == format!("{before}{word}{after}"));
    }
    match pattern.split_once('*') {
        Some((before, after)) => part.len() >= before.len() + after.len() && part.starts_with(before) && part.ends_with(after),
        None => pattern == part,
    }
}

#[cfg(test)]
mod tests {
    use super::matches_pattern;

    #[test]
    fn patterns_of_violations_find_their_keys() {
        assert!(matches_pattern("sectors.*.taste", "sectors.solar.taste"));
        assert!(!matches_pattern("sectors.*.taste", "sectors.solar.inputs.taste"));
        assert!(matches_pattern("path_choice.initial_*", "path_choice.initial_policy"));
        assert!(matches_pattern("technology.{process,scale}_weight", "technology.scale_weight"));
        assert!(!matches_pattern("technology.{process,scale}_weight", "technology.product_weight"));
    }
}
