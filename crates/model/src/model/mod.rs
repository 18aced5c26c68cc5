//! A model is a list of mechanisms. [`Model::standard`] is the economy of tripath; a mechanism from outside joins it with [`Model::with`].
//!
//! Each [`Mechanism`] says once what it brings: systems and where in the tick they stand, parameters, components and agents of its own, tables,
//! kinds of payment, streams of random numbers. The schedule, the reader of configurations, checkpoints and tables are made from that.

mod declaration;
mod place;
mod store;
mod whole;

use std::any::Any;
use std::fmt;
use std::sync::{Arc, LazyLock};

use bevy_ecs::prelude::{Resource, Schedule, World};
use serde::{Deserialize, Serialize};

use crate::kinds::FlowKind;
use crate::observe::{RecordPlan, TABLES, TableSchema};
use crate::parameters::{Carried, MechanismSection, Mechanisms, Parameters, Violation};
use crate::tick;

pub use declaration::Declaration;
pub use place::Place;
pub(crate) use place::Placed;
use place::add_systems;
pub(crate) use store::{MapReferences, Saved, Store};
pub(crate) use whole::AgentTables;

/// A part of the economy: what some of its agents do, and all that this needs.
pub trait Mechanism: Send + Sync + 'static {
    /// Its name, in snake_case: of its section `[mechanisms.NAME]` in configurations, in `tripath ablate` and in messages.
    fn name(&self) -> &'static str;
    /// What it does, in one line without a full stop.
    fn meaning(&self) -> &'static str;
    /// Says what it brings.
    fn declare(&self, declaration: &mut Declaration);
}

/// A mechanism that cannot be part of a model.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("the mechanism `{mechanism}` cannot join the model: {cause}")]
pub struct MechanismError {
    /// Its name.
    pub mechanism: &'static str,
    /// What is wrong and how it is mended.
    pub cause: String,
}

/// A model: its mechanisms in the order in which they act within a phase.
///
/// Cheap to copy; a configuration carries that of its run ([`Parameters::model`]).
#[derive(Clone)]
pub struct Model {
    mechanisms: Arc<Vec<Declaration>>,
    /// The first mechanism that could not join, and why.
    fault: Option<MechanismError>,
}

static STANDARD: LazyLock<Model> = LazyLock::new(|| {
    let mechanisms = tick::STANDARD.iter().map(tick::Standard::declared).collect();
    Model { mechanisms: Arc::new(mechanisms), fault: None }
});

impl Default for Model {
    fn default() -> Self {
        Self::standard()
    }
}

impl fmt::Debug for Model {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_list().entries(self.mechanisms().map(Declaration::name)).finish()
    }
}

impl Model {
    /// The economy of tripath: the list in [`tick`].
    pub fn standard() -> Self {
        STANDARD.clone()
    }

    /// The model with one mechanism more, which acts after those that are there.
    ///
    /// One that shares a name, a table, a kind of payment or a stream of random numbers with another, or declares what cannot be, does not join:
    /// [`Model::fault`] says why, and no run of the model begins.
    #[must_use]
    pub fn with(mut self, mechanism: impl Mechanism) -> Self {
        let (name, meaning) = (mechanism.name(), mechanism.meaning());
        let mut declaration = Declaration::new(name, meaning, false);
        mechanism.declare(&mut declaration);
        if let Some(cause) = declaration.fault().or_else(|| self.mechanisms().find_map(|other| declaration.clash(other))) {
            self.fault.get_or_insert(MechanismError { mechanism: name, cause });
        } else {
            Arc::make_mut(&mut self.mechanisms).push(declaration);
        }
        self
    }

    /// The first mechanism that could not join the model, and why.
    pub fn fault(&self) -> Option<&MechanismError> {
        self.fault.as_ref()
    }

    /// Its mechanisms, in order.
    pub fn mechanisms(&self) -> impl Iterator<Item = &Declaration> {
        self.mechanisms.iter()
    }

    /// Those that are no part of the standard model, in order.
    pub fn from_outside(&self) -> impl Iterator<Item = &Declaration> {
        self.mechanisms().filter(|mechanism| !mechanism.is_standard())
    }

    /// The parameters of the model, at their defaults.
    pub fn parameters(&self) -> Parameters {
        Parameters { mechanisms: Mechanisms::of(Arc::new(self.clone()), self.sections()), ..Parameters::default() }
    }

    /// All tables: those of the standard model, then those of mechanisms from outside.
    pub fn tables(&self) -> Vec<TableSchema> {
        TABLES.iter().copied().chain(self.from_outside().flat_map(|own| own.tables().iter().copied())).collect()
    }

    /// A plan that records all of them.
    pub fn record_plan(&self) -> RecordPlan {
        RecordPlan::all(self.tables())
    }

    /// Kinds of payment of mechanisms from outside, in order.
    pub(crate) fn own_payments(&self) -> Vec<FlowKind> {
        self.from_outside().flat_map(|own| own.payments().iter().copied()).collect()
    }

    /// Sections of parameters of mechanisms from outside.
    pub(crate) fn sections(&self) -> Vec<MechanismSection> {
        self.from_outside().map(Declaration::section).collect()
    }

    /// Stores of state of mechanisms from outside.
    pub(crate) fn stores(&self) -> impl Iterator<Item = &Store> {
        self.from_outside().flat_map(Declaration::stores)
    }

    /// Number of groups of systems: those of each mechanism in each of its places.
    pub fn groups(&self) -> usize {
        self.mechanisms().map(|mechanism| mechanism.placed().len()).sum()
    }

    /// Adds the systems of all mechanisms to a schedule, in another order than theirs where one is given: it decides nothing.
    pub(crate) fn add_to(&self, schedule: &mut Schedule, order: Option<&[usize]>) {
        add_systems(schedule, &self.mechanisms, order);
    }
}

/// Names of the mechanisms from outside that have begun.
#[derive(Debug, Clone, Default, PartialEq, Resource, Serialize, Deserialize)]
pub(crate) struct Begun(Vec<String>);

/// Lets mechanisms from outside begin that are active for the first time.
pub(crate) fn begin_mechanisms(world: &mut World) {
    let model = world.resource::<Parameters>().model().clone();
    for mechanism in model.from_outside() {
        let active = world.resource::<Parameters>().mechanisms.is_active(mechanism.name());
        if active && !world.resource::<Begun>().0.iter().any(|begun| begun == mechanism.name()) {
            world.resource_mut::<Begun>().0.push(mechanism.name().to_owned());
            mechanism.start(world);
        }
    }
}

impl Carried for Model {
    fn violations(&self, parameters: &Parameters) -> Vec<Violation> {
        let active = self.from_outside().filter(|mechanism| parameters.mechanisms.is_active(mechanism.name()));
        active.flat_map(|mechanism| mechanism.violations(parameters)).collect()
    }

    fn as_any(&self) -> &dyn Any {
        self
    }
}

impl Parameters {
    /// The model that the parameters are of.
    pub fn model(&self) -> &Model {
        self.mechanisms.carried().and_then(|model| model.as_any().downcast_ref()).unwrap_or(&STANDARD)
    }
}
