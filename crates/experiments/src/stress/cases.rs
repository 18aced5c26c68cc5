//! What is tried, made from the definitions of parameters.

use serde::Serialize;
use tripath_engine::random::philox;
use tripath_model::parameters::{Allowed, Definition, Group, KEYS_OF_INSTRUMENTS, MECHANISMS, Parameters, Value, ValueType};

use super::shares::rescaled;

/// How a case was made.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Kind {
    /// One parameter at one of its bounds, or a word of its list.
    Bound,
    /// Two important parameters at their bounds.
    Pair,
    /// Several parameters drawn over their whole ranges.
    Random,
}

impl Kind {
    /// The word in tables.
    pub fn word(self) -> &'static str {
        match self {
            Self::Bound => "bound",
            Self::Pair => "pair",
            Self::Random => "random",
        }
    }
}

/// Settings to try.
#[derive(Debug, Clone, PartialEq)]
pub struct Case {
    /// How it was made.
    pub kind: Kind,
    /// Paths and values.
    pub settings: Vec<(String, Value)>,
}

/// Parameters whose bounds are tried two by two: those that move spending, prices, entry, credit and trade.
pub const IMPORTANT: &[&str] = &[
    "population.entry_rate",
    "population.entry_sensitivity",
    "households.consumption_from_income",
    "households.consumption_from_wealth",
    "labour.force_growth",
    "labour.unemployment_sensitivity",
    "production.depreciation",
    "pricing.edge_response",
    "market.selection",
    "investment.maximum_rate",
    "trade.elasticity",
    "trade.balance_response",
    "technology.search_rate",
    "government.purchases_share",
    "government.debt_target",
    "banking.leverage_limit",
    "venture.supply_share",
    "think_tanks.public_contract_share",
];

/// Parameters that say how large a run is: the command itself sets them, and their upper bounds are a matter of memory and patience.
const SIZE: &[&str] = &["time.years", "population.enterprises"];

/// Parameters that are tried one by one only: at most other values of them nothing else that is drawn would be allowed.
const NOT_DRAWN: &[&str] = &[".ticks_per_year", ".instrument", ".level"];

/// A parameter that can be tried.
struct Axis {
    path: String,
    definition: Definition,
    now: Value,
}

/// All parameters: those of groups, and those of one member of each list, of programmes of one of each instrument.
fn axes(parameters: &Parameters) -> Vec<Axis> {
    let mut axes = Vec::new();
    for (name, _) in Parameters::GROUPS {
        if let Some(group) = parameters.group(name) {
            add(&mut axes, name, group);
        }
    }
    for (list, _) in parameters.lists() {
        let mut seen: Vec<Option<Value>> = Vec::new();
        for name in parameters.names(list).unwrap_or_default() {
            let Some(member) = parameters.member(list, name) else { continue };
            let instrument = member.get("instrument");
            if list == MECHANISMS || !seen.contains(&instrument) {
                seen.push(instrument);
                // The first member is often the plainest one; the one in the middle has more to move.
                let names = parameters.names(list).unwrap_or_default();
                let name = if list == "programmes" || list == MECHANISMS { name } else { names[names.len() / 2] };
                if let Some(member) = parameters.member(list, name) {
                    add(&mut axes, &format!("{list}.{name}"), member);
                }
            }
        }
    }
    axes.retain(|axis| !SIZE.contains(&axis.path.as_str()));
    axes
}

fn add(axes: &mut Vec<Axis>, at: &str, group: &dyn Group) {
    for definition in group.definitions() {
        let Some(now) = group.get(definition.key) else { continue };
        let path = format!("{at}.{}", definition.key);
        if !is_read(group, definition.key) {
            continue;
        }
        match &now {
            // Of weights by name, one is tried.
            Value::Weights(map) => {
                if let Some((name, weight)) = map.first() {
                    axes.push(Axis { path: format!("{path}.{name}"), now: Value::Real(*weight), definition });
                }
            }
            _ => axes.push(Axis { path, now, definition }),
        }
    }
}

/// Whether a key acts: of programmes, some keys are read by some instruments only.
fn is_read(group: &dyn Group, key: &str) -> bool {
    let Some(Value::Text(instrument)) = group.get("instrument") else { return true };
    KEYS_OF_INSTRUMENTS.iter().all(|(own, instruments)| *own != key || instruments.contains(&instrument.as_str()))
}

/// A number to four digits, which a person can type again.
fn to_four_digits(value: f64) -> f64 {
    format!("{value:.3e}").parse().unwrap_or(value)
}

impl Axis {
    /// Values at the ends of what is allowed, the present one left out.
    fn ends(&self) -> Vec<Value> {
        let ends = match self.definition.allowed {
            Allowed::Between(low, high) => vec![self.number(low), self.number(high)],
            Allowed::OneOf(words) => words.iter().map(|word| Value::Text((*word).to_owned())).collect(),
            Allowed::Any if self.definition.kind == ValueType::Flag => vec![Value::Flag(false), Value::Flag(true)],
            Allowed::Any => Vec::new(),
        };
        ends.into_iter().filter(|value| *value != self.now).collect()
    }

    fn number(&self, value: f64) -> Value {
        if self.definition.kind == ValueType::Integer { Value::Integer(value.round() as i64) } else { Value::Real(value) }
    }

    /// A value from two shares of the way: a bound now and then, else anywhere; wide ranges by their orders of magnitude half of the time.
    fn drawn(&self, which: f64, share: f64) -> Option<Value> {
        let Allowed::Between(low, high) = self.definition.allowed else {
            let ends = self.ends();
            return ends.get((share * ends.len() as f64) as usize).cloned();
        };
        let floor = low.max(1e-4 * high);
        let value = match which {
            ..0.1 => low,
            ..0.2 => high,
            ..0.6 if low >= 0.0 && high > 50.0 * low.max(0.02) => (floor.ln() + share * (high / floor).ln()).exp(),
            _ => low + share * (high - low),
        };
        Some(self.number(to_four_digits(value).clamp(low, high)))
    }
}

/// Both bounds of every parameter, and every word of those that take one of a list.
pub fn bounds(parameters: &Parameters) -> Vec<Case> {
    let shares = parameters.shares();
    let of_axis = |axis: &Axis| axis.ends().into_iter().map(|value| vec![(axis.path.clone(), value)]).collect::<Vec<_>>();
    let found = axes(parameters).iter().flat_map(of_axis).collect::<Vec<_>>();
    found.into_iter().map(|settings| Case { kind: Kind::Bound, settings: rescaled(parameters, &shares, settings) }).collect()
}

/// Bounds of [`IMPORTANT`] parameters, two by two: four cases a pair.
pub fn pairs(parameters: &Parameters) -> Vec<Case> {
    let shares = parameters.shares();
    let important: Vec<Axis> = axes(parameters).into_iter().filter(|axis| IMPORTANT.contains(&axis.path.as_str())).collect();
    let mut cases = Vec::new();
    for (place, first) in important.iter().enumerate() {
        for second in &important[place + 1..] {
            for one in first.ends() {
                for other in second.ends() {
                    let settings = vec![(first.path.clone(), one.clone()), (second.path.clone(), other)];
                    cases.push(Case { kind: Kind::Pair, settings: rescaled(parameters, &shares, settings) });
                }
            }
        }
    }
    cases
}

/// Parameters changed at once in random draws, in turn.
const DEPTHS: [usize; 6] = [2, 4, 8, 16, 32, 64];

/// So many draws of 2 to 64 parameters over their whole ranges. The first draws of a larger number are those of a smaller one.
pub fn random(parameters: &Parameters, count: usize, seed: u64) -> Vec<Case> {
    const STRESS: u64 = 0x7374_7265_7373_0000;
    let (mut axes, shares) = (axes(parameters), parameters.shares());
    axes.retain(|axis| !NOT_DRAWN.iter().any(|end| axis.path.ends_with(end)));
    let uniform = |case: usize, step: usize, what: u64| {
        (philox([case as u64, step as u64, what, 0], [seed, STRESS])[0] >> 11) as f64 / 9_007_199_254_740_992.0
    };
    let draw = |case: usize| {
        let mut chosen: Vec<(String, Value)> = Vec::new();
        for step in 0..DEPTHS[case % DEPTHS.len()] {
            let axis = &axes[((uniform(case, step, 0) * axes.len() as f64) as usize).min(axes.len() - 1)];
            if chosen.iter().all(|(path, _)| *path != axis.path)
                && let Some(value) = axis.drawn(uniform(case, step, 1), uniform(case, step, 2))
            {
                chosen.push((axis.path.clone(), value));
            }
        }
        Case { kind: Kind::Random, settings: rescaled(parameters, &shares, chosen) }
    };
    if axes.is_empty() { Vec::new() } else { (0..count).map(draw).collect() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::configuration::{Source, load};

    fn parameters(preset: &str) -> Parameters {
        load(&Source::Preset(preset.to_owned()), &[]).expect("a preset").parameters
    }

    #[test]
    fn important_parameters_exist() {
        let axes = axes(&parameters("baseline"));
        for path in IMPORTANT {
            assert!(axes.iter().any(|axis| axis.path == *path), "{path} is no parameter any more");
        }
    }

    #[test]
    fn every_parameter_with_a_range_is_tried_at_both_ends() {
        let parameters = parameters("china-like");
        let cases = bounds(&parameters);
        let tried =
            |path: &str| cases.iter().filter(|case| case.settings[0].0 == path).map(|case| case.settings[0].1.clone()).collect::<Vec<_>>();
        assert_eq!(tried("banking.leverage_limit"), [Value::Real(1.0), Value::Real(50.0)]);
        assert_eq!(tried("banking.banks"), [Value::Integer(1), Value::Integer(1000)]);
        assert_eq!(tried("time.years"), []);
        for (group, _) in Parameters::GROUPS {
            for definition in parameters.group(group).expect("a group").definitions() {
                let path = format!("{group}.{}", definition.key);
                let ranged = matches!(definition.allowed, Allowed::Between(..));
                assert!(!ranged || SIZE.contains(&path.as_str()) || !tried(&path).is_empty(), "{path}");
            }
        }
    }

    #[test]
    fn draws_are_within_their_ranges_and_the_first_of_more() {
        let parameters = parameters("baseline");
        let cases = random(&parameters, 60, 7);
        assert_eq!(cases[..20], random(&parameters, 20, 7));
        assert_ne!(cases, random(&parameters, 60, 8));
        for (path, value) in cases.iter().flat_map(|case| &case.settings) {
            let mut trial = parameters.clone();
            assert!(trial.set_at(path, value.clone()).is_ok(), "{path} = {value}");
        }
    }
}
