//! What a mechanism brings.

use std::fmt;
use std::sync::Arc;

use bevy_ecs::component::{Component, StorageType};
use bevy_ecs::prelude::{IntoScheduleConfigs, Resource, World};
use bevy_ecs::system::ScheduleSystem;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::kinds::FlowKind;
use crate::observe::{Row, TABLES, TableSchema};
use crate::parameters::{ACTIVE, Group, MechanismSection, Parameters, Section, Violation};
use crate::streams::NamedStream;

use super::{Place, Placed, Store};

type Start = Arc<dyn Fn(&mut World) + Send + Sync>;

/// What a mechanism brings: its parts, declared once each.
#[derive(Clone)]
pub struct Declaration {
    name: &'static str,
    meaning: &'static str,
    standard: bool,
    parameters: Option<Box<dyn Section>>,
    placed: Vec<Placed>,
    start: Vec<Start>,
    stores: Vec<Store>,
    tables: Vec<TableSchema>,
    payments: Vec<FlowKind>,
    streams: Vec<NamedStream>,
    rules: Vec<fn(&Parameters) -> Vec<Violation>>,
    /// The first part that cannot be.
    fault: Option<String>,
}

impl fmt::Debug for Declaration {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Declaration").field("name", &self.name).field("systems", &self.placed).finish_non_exhaustive()
    }
}

impl Declaration {
    pub(crate) fn new(name: &'static str, meaning: &'static str, standard: bool) -> Self {
        Self {
            name,
            meaning,
            standard,
            parameters: None,
            placed: Vec::new(),
            start: Vec::new(),
            stores: Vec::new(),
            tables: Vec::new(),
            payments: Vec::new(),
            streams: Vec::new(),
            rules: Vec::new(),
            fault: None,
        }
    }

    /// Systems in a place of the tick: one, or a tuple of them that act in their order.
    ///
    /// They run in ticks in which the mechanism is active; the burn-in is part of a run.
    pub fn systems<M: 'static, S>(&mut self, place: Place, systems: S) -> &mut Self
    where
        S: IntoScheduleConfigs<ScheduleSystem, M> + Clone + Send + Sync + 'static,
    {
        self.placed.push(Placed::new(place, systems));
        self
    }

    /// Parameters: the section `[mechanisms.NAME]`, declared with [`parameters!`](crate::parameters!). Systems read them by
    /// [`Parameters::of`].
    pub fn parameters<P>(&mut self) -> &mut Self
    where
        P: Group + Default + Clone + fmt::Debug + Send + Sync + 'static,
    {
        self.parameters = Some(Box::new(P::default()));
        self
    }

    /// A rule across parameters: what it returns is told before a run begins.
    pub fn rule(&mut self, rule: fn(&Parameters) -> Vec<Violation>) -> &mut Self {
        self.rules.push(rule);
        self
    }

    /// What is done once, in the first tick in which the mechanism is active, after its events: agents are spawned, components take their first
    /// values.
    pub fn at_start(&mut self, start: impl Fn(&mut World) + Send + Sync + 'static) -> &mut Self {
        self.start.push(Arc::new(start));
        self
    }

    /// A component that every enterprise has, at its default when one is founded; kept in checkpoints.
    ///
    /// It is a table component: loops take it as a slice by [`Rows`](crate::state::enterprise::Rows). References to enterprises in it are marked `#[entities]`
    /// and written with [`as_bits`](tripath_engine::rows::as_bits).
    pub fn component<C>(&mut self) -> &mut Self
    where
        C: Component + Default + Clone + Serialize + DeserializeOwned,
    {
        if C::STORAGE_TYPE != StorageType::Table {
            self.refuse::<C>("all enterprises have it, so it must be a table component: leave out #[component(storage = \"SparseSet\")]");
        }
        self.stores.push(Store::of_all::<C>());
        self
    }

    /// A component that some enterprises have; kept in checkpoints. It must be a sparse-set component, for the table of enterprises is one.
    pub fn sparse_component<C>(&mut self) -> &mut Self
    where
        C: Component + Clone + Serialize + DeserializeOwned,
    {
        if C::STORAGE_TYPE != StorageType::SparseSet {
            self.refuse::<C>("only some enterprises have it, so it must be #[component(storage = \"SparseSet\")]");
        }
        self.stores.push(Store::of_some::<C>());
        self
    }

    /// A kind of agents: entities of their own whose state is this component, kept in checkpoints in their order.
    pub fn agents<A>(&mut self) -> &mut Self
    where
        A: Component + Clone + Serialize + DeserializeOwned,
    {
        self.stores.push(Store::of_agents::<A>());
        self
    }

    /// State that is there once, at its default when a world begins; kept in checkpoints.
    pub fn resource<R>(&mut self) -> &mut Self
    where
        R: Resource + Default + Clone + Serialize + DeserializeOwned,
    {
        self.stores.push(Store::of_one::<R>());
        self
    }

    /// A table, declared with [`table!`](crate::table!): in CSV, Parquet, the data package and metrics of sweeps like any other. Systems add rows
    /// by [`Records::push`](crate::observe::Records::push).
    pub fn table<R: Row>(&mut self) -> &mut Self {
        self.tables.push(TableSchema::of::<R>());
        self
    }

    /// A kind of payment ([`FlowKind::own`]). Its class says whether it is a tax, a subsidy or another payment, wherever taxes are summed.
    pub fn payment(&mut self, kind: FlowKind) -> &mut Self {
        self.payments.push(kind);
        self
    }

    /// A stream of random numbers, known by its name.
    pub fn stream(&mut self, stream: NamedStream) -> &mut Self {
        self.streams.push(stream);
        self
    }

    fn refuse<C>(&mut self, why: &str) {
        self.fault.get_or_insert_with(|| format!("component `{}`: {why}", std::any::type_name::<C>()));
    }

    /// Its name.
    pub fn name(&self) -> &'static str {
        self.name
    }

    /// What it does.
    pub fn meaning(&self) -> &'static str {
        self.meaning
    }

    /// Whether it is part of the standard model.
    pub fn is_standard(&self) -> bool {
        self.standard
    }

    /// Names of its systems with their places, in order.
    pub fn system_names(&self) -> impl Iterator<Item = (Place, &'static str)> {
        self.placed.iter().flat_map(|placed| placed.systems.iter().map(|name| (placed.place, *name)))
    }

    pub(super) fn placed(&self) -> &[Placed] {
        &self.placed
    }

    pub(super) fn stores(&self) -> &[Store] {
        &self.stores
    }

    /// Its tables.
    pub fn tables(&self) -> &[TableSchema] {
        &self.tables
    }

    /// Its kinds of payment.
    pub fn payments(&self) -> &[FlowKind] {
        &self.payments
    }

    pub(super) fn section(&self) -> MechanismSection {
        MechanismSection::new(self.name, self.meaning, self.parameters.clone())
    }

    pub(super) fn violations(&self, parameters: &Parameters) -> Vec<Violation> {
        self.rules.iter().flat_map(|rule| rule(parameters)).collect()
    }

    pub(super) fn start(&self, world: &mut World) {
        self.start.iter().for_each(|start| start(world));
    }

    /// What is wrong with it by itself.
    pub(super) fn fault(&self) -> Option<String> {
        let is_word = |word: &str| !word.is_empty() && word.chars().all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '_');
        let wrong = |what: &str, word: &str| (!is_word(word)).then(|| format!("the {what} `{word}` is not in snake_case"));
        let twice = |what: &str, words: Vec<&'static str>| {
            let again = words.iter().enumerate().find(|(place, word)| words[..*place].contains(word));
            again.map(|(_, word)| format!("it declares the {what} `{word}` twice"))
        };
        let keys = self.parameters.iter().flat_map(|own| own.definitions()).map(|definition| definition.key).collect::<Vec<_>>();
        let switch = keys.contains(&ACTIVE).then(|| format!("every mechanism has a parameter `{ACTIVE}`: its own needs another name"));
        let standard_table = self.tables.iter().find(|table| TABLES.iter().any(|other| other.name == table.name));
        let standard_kind = self.payments.iter().find(|kind| FlowKind::STANDARD.iter().any(|other| other.word() == kind.word()));
        self.fault
            .clone()
            .or_else(|| wrong("name", self.name))
            .or(switch)
            .or_else(|| self.tables.iter().find_map(|table| wrong("table", table.name)))
            .or_else(|| self.payments.iter().find_map(|kind| wrong("kind of payment", kind.word())))
            .or_else(|| standard_table.map(|table| format!("the standard model has a table `{}`", table.name)))
            .or_else(|| standard_kind.map(|kind| format!("the standard model has a kind of payment `{}`", kind.word())))
            .or_else(|| twice("table", self.tables.iter().map(|table| table.name).collect()))
            .or_else(|| twice("kind of payment", self.payments.iter().map(|kind| kind.word()).collect()))
            .or_else(|| twice("stream of random numbers", self.streams.iter().map(|stream| stream.name()).collect()))
            .or_else(|| twice("part of its state", self.stores.iter().map(Store::name).collect()))
    }

    /// What it shares with another one and must not.
    pub(super) fn clash(&self, other: &Self) -> Option<String> {
        let by = other.name;
        let table = self.tables.iter().find(|table| other.tables.iter().any(|taken| taken.name == table.name));
        let kind = self.payments.iter().find(|kind| other.payments.iter().any(|taken| taken.word() == kind.word()));
        let stream = self.streams.iter().find(|stream| other.streams.iter().any(|taken| taken.purpose() == stream.purpose()));
        let parameters = self.parameters.as_ref().zip(other.parameters.as_ref());
        let parameters = parameters.is_some_and(|(own, taken)| own.as_any().type_id() == taken.as_any().type_id());
        let store = self.stores.iter().find(|store| other.stores.iter().any(|taken| taken.name() == store.name()));
        (self.name == by)
            .then(|| format!("the model has a mechanism `{by}`"))
            .or_else(|| parameters.then(|| format!("`{by}` has parameters of the same type")))
            .or_else(|| table.map(|table| format!("`{by}` has a table `{}`", table.name)))
            .or_else(|| kind.map(|kind| format!("`{by}` has a kind of payment `{}`", kind.word())))
            .or_else(|| stream.map(|stream| format!("`{by}` draws from the stream `{}`", stream.name())))
            .or_else(|| store.map(|store| format!("`{by}` keeps `{}`", store.name())))
    }
}
