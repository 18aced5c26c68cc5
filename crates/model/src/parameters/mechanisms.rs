//! Parameters of mechanisms from outside: a section `[mechanisms.NAME]` for each of the model's.

use std::any::Any;
use std::fmt::Debug;
use std::sync::Arc;

use super::{Allowed, Definition, Group, Parameters, Refusal, Value, ValueType, Violation};

/// A group of parameters of any type.
pub trait Section: Group + Debug + Send + Sync {
    /// A copy.
    fn copied(&self) -> Box<dyn Section>;
    /// Itself, whatever its type.
    fn as_any(&self) -> &dyn Any;
}

impl<T: Group + Debug + Clone + Send + Sync + 'static> Section for T {
    fn copied(&self) -> Box<dyn Section> {
        Box::new(self.clone())
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

impl Clone for Box<dyn Section> {
    fn clone(&self) -> Self {
        (**self).copied()
    }
}

/// The section of a mechanism: whether it is active, and its own parameters.
#[derive(Debug, Clone)]
pub struct MechanismSection {
    name: &'static str,
    meaning: &'static str,
    active: bool,
    /// Its own parameters, where it has any.
    own: Option<Box<dyn Section>>,
}

/// The switch that every mechanism from outside has.
pub(crate) const ACTIVE: &str = "active";

impl MechanismSection {
    pub(crate) fn new(name: &'static str, meaning: &'static str, own: Option<Box<dyn Section>>) -> Self {
        Self { name, meaning, active: true, own }
    }

    /// Name of the mechanism.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// What the mechanism does.
    pub fn meaning(&self) -> &'static str {
        self.meaning
    }

    /// All its values by key, in order.
    fn values(&self) -> Vec<(&'static str, Value)> {
        self.definitions().into_iter().filter_map(|definition| Some((definition.key, self.get(definition.key)?))).collect()
    }
}

impl PartialEq for MechanismSection {
    fn eq(&self, other: &Self) -> bool {
        self.name == other.name && self.values() == other.values()
    }
}

impl Group for MechanismSection {
    fn definitions(&self) -> Vec<Definition> {
        let switch = Definition {
            key: ACTIVE,
            kind: ValueType::Flag,
            default: Value::Flag(true),
            unit: "1",
            allowed: Allowed::Any,
            meaning: "Whether the mechanism acts",
            source: "a switch",
        };
        std::iter::once(switch).chain(self.own.iter().flat_map(|own| own.definitions())).collect()
    }

    fn get(&self, key: &str) -> Option<Value> {
        if key == ACTIVE { Some(Value::Flag(self.active)) } else { self.own.as_ref()?.get(key) }
    }

    fn set(&mut self, key: &str, value: Value) -> Result<(), Refusal> {
        if key != ACTIVE {
            return self.own.as_mut().ok_or(Refusal::UnknownKey)?.set(key, value);
        }
        let Value::Flag(active) = value else { return Err(Refusal::WrongType(ValueType::Flag)) };
        self.active = active;
        Ok(())
    }
}

/// A model as its configurations carry it: parameters know no more of it.
pub(crate) trait Carried: Any + Debug + Send + Sync {
    /// What its mechanisms from outside find wrong with a configuration.
    fn violations(&self, parameters: &Parameters) -> Vec<Violation>;
    /// Itself, whatever its type.
    fn as_any(&self) -> &dyn Any;
}

/// The model of a configuration, with the sections of its mechanisms from outside.
#[derive(Debug, Clone, Default)]
pub struct Mechanisms {
    /// None for the standard model.
    model: Option<Arc<dyn Carried>>,
    sections: Vec<MechanismSection>,
}

impl PartialEq for Mechanisms {
    fn eq(&self, other: &Self) -> bool {
        self.sections == other.sections
    }
}

/// Values of all sections by mechanism and key, as a checkpoint keeps them.
pub(crate) type SectionValues = Vec<(String, String, Value)>;

impl Mechanisms {
    /// Those of a model.
    pub(crate) fn of(model: Arc<dyn Carried>, sections: Vec<MechanismSection>) -> Self {
        Self { model: Some(model), sections }
    }

    /// The model that they are of; none for the standard one.
    pub(crate) fn carried(&self) -> Option<&dyn Carried> {
        self.model.as_deref()
    }

    /// Sections in order.
    pub fn sections(&self) -> &[MechanismSection] {
        &self.sections
    }

    /// The section of a mechanism.
    pub fn section(&self, name: &str) -> Option<&MechanismSection> {
        self.sections.iter().find(|section| section.name == name)
    }

    /// The section of a mechanism, to change.
    pub fn section_mut(&mut self, name: &str) -> Option<&mut MechanismSection> {
        self.sections.iter_mut().find(|section| section.name == name)
    }

    /// Whether a mechanism acts; one of the standard model, which has no switch here, does.
    pub fn is_active(&self, name: &str) -> bool {
        self.section(name).is_none_or(|section| section.active)
    }

    /// All values as they stand.
    pub(crate) fn values(&self) -> SectionValues {
        let of_section = |section: &MechanismSection| {
            let name = section.name.to_owned();
            section.values().into_iter().map(move |(key, value)| (name.clone(), key.to_owned(), value))
        };
        self.sections.iter().flat_map(of_section).collect()
    }

    /// Takes values over; false where one is of no section here.
    pub(crate) fn take(&mut self, values: SectionValues) -> bool {
        values.into_iter().all(|(name, key, value)| self.section_mut(&name).is_some_and(|section| section.set(&key, value).is_ok()))
    }
}

impl Parameters {
    /// The parameters of a mechanism from outside, as they stand in this tick; their defaults where the model has none of that type.
    pub fn of<P: Clone + Default + 'static>(&self) -> P {
        let mut own = self.mechanisms.sections.iter().filter_map(|section| Some(section.own.as_ref()?.as_any()));
        own.find_map(|section| section.downcast_ref::<P>()).cloned().unwrap_or_default()
    }
}
