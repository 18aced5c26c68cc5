//! Rules across fields: what a single range cannot say.

use super::needs::Need;
use super::{Parameters, Refusal, Sector, Shares, Value, ValueType};

/// A rule that a configuration breaks.
#[derive(Debug, Clone, PartialEq)]
pub struct Violation {
    /// Path of the parameter.
    pub path: String,
    /// What is wrong and what would be right.
    pub message: String,
    /// A way to mend it, where there is one.
    pub hint: Option<String>,
}

/// Tolerance of sums of shares.
const SUM_TOLERANCE: f64 = 1e-6;

impl Parameters {
    /// All rules that the configuration breaks; empty where it can be run.
    pub fn violations(&self) -> Vec<Violation> {
        let mut found = Vec::new();
        let mut add = |path: &str, message: String, hint: Option<String>| {
            found.push(Violation { path: path.to_owned(), message, hint });
        };
        if ![4, 12].contains(&self.time.ticks_per_year) {
            let why = "allowed are 4 and 12: with fewer, what adjusts within a year has no time to, and the economy is another";
            add("time.ticks_per_year", format!("is {}; {why}", self.time.ticks_per_year), None);
        }
        for (list, members) in [("sectors", self.sectors.len()), ("regions", self.regions.len())] {
            if members == 0 {
                add(list, "is empty; an economy needs at least one".to_owned(), Some("extend a preset: extends = \"baseline\"".to_owned()));
            }
        }
        if self.sectors.len() > 256 {
            add("sectors", format!("has {} members; at most 256 are allowed", self.sectors.len()), None);
        }
        if self.regions.len() > 1024 {
            add("regions", format!("has {} members; at most 1024 are allowed", self.regions.len()), None);
        }
        if self.boards.len() > 200 {
            add("boards", format!("has {} members; at most 200 are allowed", self.boards.len()), None);
        }
        for (list, names) in [("sectors", self.names("sectors")), ("regions", self.names("regions")), ("boards", self.names("boards"))] {
            for name in names.unwrap_or_default() {
                if name.is_empty() || !name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_' || c == '-') {
                    add(&format!("{list}.{name}"), "is not a name: letters, digits, - and _ are allowed".to_owned(), None);
                }
            }
        }
        found.extend(self.violations_across_fields());
        let mut add = |path: &str, message: String, hint: Option<String>| {
            found.push(Violation { path: path.to_owned(), message, hint });
        };
        self.check_events(&mut add);
        self.check_drivers(&mut add);
        if found.is_empty() {
            found = self.timeline_violations();
        }
        found
    }

    /// Rules that an event can break as well.
    pub(super) fn violations_across_fields(&self) -> Vec<Violation> {
        let mut found = Vec::new();
        let mut add = |path: &str, message: String, hint: Option<String>| {
            found.push(Violation { path: path.to_owned(), message, hint });
        };
        self.check_sums(&mut add);
        self.check_references(&mut add);
        self.check_needs(&mut add);
        self.check_programmes(&mut add);
        found.extend(self.mechanisms.carried().map(|model| model.violations(self)).unwrap_or_default());
        found
    }

    fn check_sums(&self, add: &mut dyn FnMut(&str, String, Option<String>)) {
        for Shares { pattern, paths } in self.shares() {
            let share = |path: &String| if let Some(Value::Real(share)) = self.value_at(path) { share } else { 0.0 };
            let sum: f64 = paths.iter().map(share).sum();
            if !paths.is_empty() && (sum - 1.0).abs() > SUM_TOLERANCE {
                add(&pattern, format!("sums to {sum}; it must sum to 1"), (sum > 0.0).then(|| format!("divide each by {sum}")));
            }
        }
        for sector in &self.sectors {
            let sum: f64 = sector.value.inputs.0.iter().map(|(_, value)| value).sum();
            if sum > 0.9 {
                add(
                    &format!("sectors.{}.inputs", sector.name),
                    format!("sums to {sum} units per unit of output; at most 0.9 leaves value added"),
                    None,
                );
            }
        }
        if self.pricing.floor > self.pricing.normal_markup || self.pricing.normal_markup > self.pricing.ceiling {
            add(
                "pricing.normal_markup",
                format!(
                    "is {}; it must lie between pricing.floor {} and pricing.ceiling {}",
                    self.pricing.normal_markup, self.pricing.floor, self.pricing.ceiling
                ),
                None,
            );
        }
        let apart = self.labour.expected_inflation - self.banking.inflation_target;
        if apart.abs() > 0.03 {
            add(
                "labour.expected_inflation",
                format!(
                    "is {} a year; it must stay within 0.03 of banking.inflation_target {}, or wages and the central bank pull apart for ever",
                    self.labour.expected_inflation, self.banking.inflation_target
                ),
                None,
            );
        }
        if self.labour.frictional_unemployment > self.labour.natural_unemployment {
            add(
                "labour.frictional_unemployment",
                format!(
                    "is {}; it must not exceed labour.natural_unemployment {}, or wages rise without end",
                    self.labour.frictional_unemployment, self.labour.natural_unemployment
                ),
                None,
            );
        }
        if self.venture.investment_years > self.venture.life_years {
            add(
                "venture.investment_years",
                format!(
                    "is {} years; the fund lives {} years only (venture.life_years)",
                    self.venture.investment_years, self.venture.life_years
                ),
                None,
            );
        }
        if self.capital_market.long_growth >= self.capital_market.discount_rate - 0.01 {
            add(
                "capital_market.long_growth",
                format!(
                    "is {} a year; it must stay 0.01 below capital_market.discount_rate {} or values have no bound",
                    self.capital_market.long_growth, self.capital_market.discount_rate
                ),
                None,
            );
        }
    }

    fn check_references(&self, add: &mut dyn FnMut(&str, String, Option<String>)) {
        let sectors: Vec<&str> = self.sector_names().collect();
        let mut sector_exists = |path: String, name: &str| {
            if !sectors.contains(&name) {
                add(&path, format!("names the sector `{name}`, which does not exist"), Some(format!("sectors are {}", sectors.join(", "))));
            }
        };
        for sector in &self.sectors {
            if !sector.value.replaces.is_empty() {
                sector_exists(format!("sectors.{}.replaces", sector.name), &sector.value.replaces);
            }
            for (name, _) in sector.value.inputs.0.iter() {
                sector_exists(format!("sectors.{}.inputs.{name}", sector.name), name);
            }
            for (name, _) in sector.value.critical_inputs.0.iter() {
                sector_exists(format!("sectors.{}.critical_inputs.{name}", sector.name), name);
            }
        }
        for region in &self.regions {
            for (name, _) in region.value.specialisation.0.iter() {
                sector_exists(format!("regions.{}.specialisation.{name}", region.name), name);
            }
        }
        for programme in &self.programmes {
            if !programme.value.sector.is_empty() {
                sector_exists(format!("programmes.{}.sector", programme.name), &programme.value.sector);
            } else if ONE_SECTOR.contains(&programme.value.instrument.as_str()) {
                sector_exists(format!("programmes.{}.sector", programme.name), "");
            }
        }
        for driver in &self.drivers {
            sector_exists(format!("drivers.{}.sector", driver.name), &driver.value.sector);
        }
    }

    /// New goods replace old ones of a sector that is there, is not new itself, and has as much to lose.
    fn check_needs(&self, add: &mut dyn FnMut(&str, String, Option<String>)) {
        let needs = Need::of(self);
        for Need { new, old, .. } in &needs {
            let (name, replaced) = (&self.sectors[*new].name, &self.sectors[*old].name);
            if new == old || needs.iter().any(|other| other.new == *old) {
                let old_ones: Vec<&str> =
                    self.sectors.iter().filter(|other| other.value.replaces.is_empty()).map(|other| other.name.as_str()).collect();
                add(
                    &format!("sectors.{name}.replaces"),
                    format!("names `{replaced}`, which replaces goods of others itself"),
                    Some(format!("sectors that replace no others are {}", old_ones.join(", "))),
                );
            }
        }
        for (old, sector) in self.sectors.iter().enumerate() {
            for (use_, weight) in FINAL_USES {
                let replaced: f64 = needs
                    .iter()
                    .filter(|need| need.old == old)
                    .map(|need| weight(&self.sectors[need.new].value) * (need.potential - 1.0))
                    .sum();
                if replaced > weight(&sector.value) + SUM_TOLERANCE {
                    add(
                        &format!("sectors.{}.{use_}", sector.name),
                        format!(
                            "is {}; the sectors that replace its goods could take {replaced} (each its {use_} times its potential less 1)",
                            weight(&sector.value)
                        ),
                        Some(format!("raise it, or lower the potential of sectors that replace `{}`", sector.name)),
                    );
                }
            }
        }
    }

    fn check_programmes(&self, add: &mut dyn FnMut(&str, String, Option<String>)) {
        for programme in &self.programmes {
            let local = programme.value.level == "local";
            if local && !LOCAL_INSTRUMENTS.contains(&programme.value.instrument.as_str()) {
                add(
                    &format!("programmes.{}.level", programme.name),
                    format!("is \"local\"; {} is paid by the central government only", programme.value.instrument),
                    Some("level = \"central\"".to_owned()),
                );
            }
            let region = &programme.value.region;
            if !region.is_empty() && self.region_index(region).is_none() {
                let names = self.names("regions").unwrap_or_default().join(", ");
                add(
                    &format!("programmes.{}.region", programme.name),
                    format!("names the region `{region}`, which does not exist"),
                    Some(format!("regions are {names}")),
                );
            } else if !region.is_empty() && !local {
                add(
                    &format!("programmes.{}.region", programme.name),
                    "is set, but the programme is paid by the central government for all regions".to_owned(),
                    Some("level = \"local\"".to_owned()),
                );
            }
        }
    }

    fn check_events(&self, add: &mut dyn FnMut(&str, String, Option<String>)) {
        let mut trial = Self { events: Vec::new(), ..self.clone() };
        for event in &self.events {
            let path = format!("events.{}.path", event.name);
            let target = &event.value.path;
            let settings = &event.value;
            match settings.action.as_str() {
                "set" => {}
                "start_programme" | "stop_programme" => {
                    if self.member("programmes", &settings.programme).is_none() {
                        let names = self.names("programmes").unwrap_or_default().join(", ");
                        add(
                            &format!("events.{}.programme", event.name),
                            format!("names the programme `{}`, which does not exist", settings.programme),
                            Some(format!("programmes are {names}")),
                        );
                    }
                    continue;
                }
                shock => {
                    if !settings.sector.is_empty() && self.sector_index(&settings.sector).is_none() {
                        let names = self.sector_names().collect::<Vec<_>>().join(", ");
                        add(
                            &format!("events.{}.sector", event.name),
                            format!("names the sector `{}`, which does not exist", settings.sector),
                            Some(format!("sectors are {names}")),
                        );
                    }
                    let (low, high) = if shock == "embargo" { (0.0, 100.0) } else { (-0.9, 10.0) };
                    if !(low..=high).contains(&settings.value) {
                        add(
                            &format!("events.{}.value", event.name),
                            format!("is {}; a {shock} allows {low} to {high}", settings.value),
                            None,
                        );
                    }
                    continue;
                }
            }
            let fixed = FIXED_OF_MEMBERS.iter().any(|(list, key)| target.starts_with(list) && target.ends_with(key));
            if fixed || FIXED_AFTER_START.iter().any(|prefix| target.starts_with(prefix)) {
                add(&path, format!("names `{target}`, which is fixed once a run has started"), None);
                continue;
            }
            match trial.set_event_value(target, event.value.value, &event.value.text) {
                Ok(()) => {}
                Err(Refusal::UnknownKey) => add(&path, format!("names `{target}`, which is no parameter"), None),
                Err(Refusal::WrongType(kind)) => {
                    add(&path, format!("names `{target}`, which takes {}; an event sets numbers and words", kind.words()), None);
                }
                Err(Refusal::NotAllowed { allowed, unit }) => add(
                    &format!("events.{}.value", event.name),
                    format!("is {} {unit}; `{target}` allows {allowed}", event.value.value),
                    None,
                ),
            }
        }
    }

    fn check_drivers(&self, add: &mut dyn FnMut(&str, String, Option<String>)) {
        for driver in &self.drivers {
            for (key, value) in [("file", &driver.value.file), ("column", &driver.value.column)] {
                if value.is_empty() {
                    add(&format!("drivers.{}.{key}", driver.name), "is empty".to_owned(), None);
                }
            }
        }
    }

    /// Sets the parameter at a path from an event's number or word, converting to the parameter's type.
    ///
    /// # Errors
    /// As [`Parameters::set_at`].
    pub fn set_event_value(&mut self, path: &str, number: f64, text: &str) -> Result<(), Refusal> {
        let value = match self.value_at(path) {
            Some(Value::Real(_)) => Value::Real(number),
            Some(Value::Integer(_)) => Value::Integer(number as i64),
            Some(Value::Flag(_)) => Value::Flag(number != 0.0),
            Some(Value::Text(_)) => Value::Text(text.to_owned()),
            Some(Value::Weights(_)) => return Err(Refusal::WrongType(ValueType::Weights)),
            None => return Err(Refusal::UnknownKey),
        };
        self.set_at(path, value)
    }
}

/// Final uses whose weights move from old goods to new ones.
type WeightOf = fn(&Sector) -> f64;
const FINAL_USES: [(&str, WeightOf); 3] = [
    ("taste", |sector| sector.taste),
    ("government_weight", |sector| sector.government_weight),
    ("investment_weight", |sector| sector.investment_weight),
];

/// Instruments that local governments can pay for.
const LOCAL_INSTRUMENTS: &[&str] = &["rd_grant", "capital_subsidy", "rescue", "guidance_fund"];

/// Keys of a programme that some instruments alone read, and which; all other keys are read by all.
pub const KEYS_OF_INSTRUMENTS: &[(&str, &[&str])] = &[
    ("rate", &["output_subsidy", "interest_subsidy", "capital_subsidy", "guidance_fund"]),
    ("award_years", &["rd_grant", "whole_nation"]),
    ("merit_weight", &["rd_grant", "whole_nation"]),
    ("size_weight", &["rd_grant", "whole_nation"]),
    ("distress_weight", &["rd_grant", "whole_nation"]),
    ("members", &["whole_nation"]),
    ("reinvestment", &["guidance_fund"]),
];

/// Instruments that serve one sector.
const ONE_SECTOR: &[&str] = &["output_subsidy", "procurement", "whole_nation"];

/// Beginnings and ends of paths of members that an event cannot change, for the same reason.
const FIXED_OF_MEMBERS: &[(&str, &str)] = &[
    ("programmes.", ".level"),
    ("programmes.", ".instrument"),
    ("programmes.", ".region"),
    ("sectors.", ".enterprise_share"),
    ("sectors.", ".export_share"),
];

/// Beginnings of paths that an event cannot change: they shape the world at its start.
const FIXED_AFTER_START: &[&str] = &[
    "time.",
    "population.enterprises",
    "population.workers",
    "banking.banks",
    "think_tanks.count",
    "think_tanks.independence",
    "think_tanks.quality",
    "venture.funds_per",
    "events.",
    "drivers.",
];
