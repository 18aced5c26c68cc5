//! A run: one world, one schedule.

use bevy_ecs::prelude::*;
use bevy_ecs::system::SystemState;

use crate::DriverSeries;
use crate::checkpoint::Snapshot;
use crate::divergence::{Sight, Start, divergence};
use crate::model::{AgentTables, MechanismError};
use crate::observe::{RecordPlan, Records};
use crate::parameters::{Parameters, Violation};
use crate::state::accounts::{BookCheck, Breach, Ledger};
use crate::state::calendar::Calendar;
use crate::state::decisions::Decisions;
use crate::world::setup::build_world;
use crate::world::start::start_violations;
use crate::{checkpoint, tick};

/// Where a run stands.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Clock {
    /// Ticks done since the start of the burn-in.
    pub done: u32,
    /// Ticks of the burn-in, which are not recorded.
    pub burn_in: u32,
    /// Ticks of the whole run, burn-in included.
    pub total: u32,
    /// Calendar year at the end of the last tick.
    pub year: f64,
}

/// Why a run could not start or go on.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum ModelError {
    /// The configuration breaks rules.
    #[error("the configuration breaks {} rule(s); first: {} {}", .0.len(), .0[0].path, .0[0].message)]
    Invalid(Vec<Violation>),
    /// An accounting identity does not hold.
    #[error("accounting identity broken at tick {tick}: {row} is off by {residual:e} of gross flows")]
    Identity {
        /// Tick since the start of the burn-in.
        tick: u32,
        /// Which identity of which institutional sector.
        row: String,
        /// Residual over the tick's gross flows.
        residual: f64,
    },
    /// Agents of a kind do not stand in one table, or what is kept by rows of enterprises does not fit theirs.
    #[error("the table of agents is broken at tick {tick}: {cause}")]
    Table {
        /// Tick since the start of the burn-in.
        tick: u32,
        /// What is wrong with it.
        cause: String,
    },
    /// The run has diverged: a variable is not finite or beyond its bound.
    #[error("the economy diverged at tick {tick}, year {year:.2}: {cause}")]
    Diverged {
        /// Tick since the start of the burn-in.
        tick: u32,
        /// Calendar year at its end.
        year: f64,
        /// Which variable, its value and the bound.
        cause: String,
    },
    /// A mechanism books or records what no mechanism of the model declares.
    #[error("{what} `{name}` is declared by no mechanism of the model: declare it where the mechanism says what it brings")]
    Undeclared {
        /// A kind of payment or a table.
        what: &'static str,
        /// Its name.
        name: &'static str,
    },
    /// A mechanism from outside cannot be part of the model.
    #[error(transparent)]
    Mechanism(#[from] MechanismError),
    /// A checkpoint cannot be read.
    #[error("the checkpoint cannot be used: {0}")]
    Checkpoint(String),
}

/// A run.
pub struct Simulation {
    world: World,
    schedule: Schedule,
    table: SystemState<AgentTables<'static, 'static>>,
    start: Start,
}

impl Simulation {
    /// A world at the start of its burn-in.
    ///
    /// `drivers` has one series for each driver of the configuration, in the same order.
    ///
    /// # Errors
    /// The configuration breaks a rule.
    pub fn new(parameters: Parameters, drivers: Vec<DriverSeries>, seed: u64, plan: RecordPlan) -> Result<Self, ModelError> {
        Self::in_order(parameters, drivers, seed, plan, None)
    }

    /// As [`Simulation::new`], with groups of systems added to the schedule in another order: results are the same.
    ///
    /// # Errors
    /// As [`Simulation::new`].
    pub fn with_order(
        parameters: Parameters,
        drivers: Vec<DriverSeries>,
        seed: u64,
        plan: RecordPlan,
        order: &[usize],
    ) -> Result<Self, ModelError> {
        Self::in_order(parameters, drivers, seed, plan, Some(order))
    }

    fn in_order(
        parameters: Parameters,
        drivers: Vec<DriverSeries>,
        seed: u64,
        plan: RecordPlan,
        order: Option<&[usize]>,
    ) -> Result<Self, ModelError> {
        if let Some(fault) = parameters.model().fault() {
            return Err(fault.clone().into());
        }
        let mut violations = parameters.violations();
        if violations.is_empty() {
            violations = start_violations(&parameters);
        }
        if !violations.is_empty() {
            return Err(ModelError::Invalid(violations));
        }
        let mut world = World::new();
        build_world(&mut world, &parameters, drivers, seed, plan);
        let model = parameters.model();
        let start = Start::of(&world);
        let table = SystemState::new(&mut world);
        Ok(Self { world, schedule: tick::schedule(model, order), table, start })
    }

    /// Lets `probe` be told at the end of each phase: for benches. Results are the same.
    pub fn set_probe(&mut self, probe: &tick::Probe) {
        tick::add_probe(&mut self.schedule, probe);
    }

    /// Runs one tick; its rows are then in [`Simulation::records`].
    ///
    /// # Errors
    /// The economy has diverged, with the rows of the tick recorded; an accounting identity or the table of enterprises is broken; or a mechanism
    /// books or records what is not declared.
    pub fn tick(&mut self) -> Result<(), ModelError> {
        // What is removed is told until the tick ends. Nobody asks later, and a second list for the ticks in between would take more memory than a
        // component: 17 bytes an enterprise.
        self.world.clear_trackers();
        self.schedule.run(&mut self.world);
        self.world.resource_mut::<Decisions>().close();
        let calendar = *self.world.resource::<Calendar>();
        self.world.resource_mut::<Calendar>().tick += 1;
        self.world.clear_trackers();
        if let Some(cause) = self.table.get(&self.world).map_or_else(|error| Some(error.to_string()), |table| table.fault()) {
            return Err(ModelError::Table { tick: calendar.tick, cause });
        }
        if let Some((what, name)) = self.undeclared() {
            return Err(ModelError::Undeclared { what, name });
        }
        let breach = self.world.resource_mut::<BookCheck>().breach.take();
        if let Some(cause) = divergence(&self.start, &Sight::of(&self.world, breach.is_some())) {
            return Err(ModelError::Diverged { tick: calendar.tick, year: calendar.year(), cause });
        }
        match breach {
            Some(Breach { row, residual }) => Err(ModelError::Identity { tick: calendar.tick, row, residual }),
            None => Ok(()),
        }
    }

    /// A kind of payment that was booked, or a table that got rows, and which nobody declares.
    fn undeclared(&self) -> Option<(&'static str, &'static str)> {
        let model = self.parameters().model();
        let (mut kinds, mut tables) = (self.world.resource::<Ledger>().own_kinds().iter(), self.world.resource::<Records>().own_tables());
        let payment = kinds.find(|kind| !model.from_outside().any(|own| own.payments().contains(kind)));
        let table = tables.find(|table| !model.from_outside().any(|own| own.tables().contains(table)));
        payment.map(|kind| ("the kind of payment", kind.word())).or(table.map(|table| ("the table", table.name)))
    }

    /// Where the run stands.
    pub fn clock(&self) -> Clock {
        let calendar = self.world.resource::<Calendar>();
        Clock { done: calendar.tick, burn_in: calendar.burn_in, total: calendar.total, year: calendar.year() - calendar.years_per_tick() }
    }

    /// Whether all ticks are done.
    pub fn finished(&self) -> bool {
        let calendar = self.world.resource::<Calendar>();
        calendar.tick >= calendar.total
    }

    /// Rows recorded since they were last taken.
    pub fn records(&mut self) -> &mut Records {
        self.world.resource_mut::<Records>().into_inner()
    }

    /// The world, for tests and benches.
    pub fn world(&mut self) -> &mut World {
        &mut self.world
    }

    /// The whole state as bytes.
    pub fn checkpoint(&mut self) -> Vec<u8> {
        self.snapshot().into_bytes()
    }

    /// A copy of the whole state, for a thread that makes bytes of it while the run goes on.
    pub fn snapshot(&mut self) -> Snapshot {
        Snapshot::of(&mut self.world)
    }

    /// A run that goes on from a checkpoint, with the same configuration, drivers and seed.
    ///
    /// # Errors
    /// The checkpoint cannot be read or belongs to another model version, configuration or seed.
    pub fn resume(
        parameters: Parameters,
        drivers: Vec<DriverSeries>,
        seed: u64,
        plan: RecordPlan,
        bytes: &[u8],
    ) -> Result<Self, ModelError> {
        let mut run = Self::new(parameters, drivers, seed, plan)?;
        checkpoint::restore(&mut run.world, bytes).map_err(ModelError::Checkpoint)?;
        Ok(run)
    }

    /// A run that leaves a checkpoint with another timeline: `parameters` are those of the configuration that began the run, but for
    /// events after the checkpoint and the years to run. Replicate 0 keeps all draws; others draw from
    /// [`Seed::replicate`](tripath_engine::random::Seed::replicate) from here on.
    ///
    /// # Errors
    /// As [`Simulation::resume`]; or the checkpoint belongs to a replicate of a branch itself.
    pub fn branch(
        parameters: Parameters,
        drivers: Vec<DriverSeries>,
        seed: u64,
        plan: RecordPlan,
        bytes: &[u8],
        replicate: u32,
    ) -> Result<Self, ModelError> {
        let mut run = Self::resume(parameters.clone(), drivers, seed, plan, bytes)?;
        let mut calendar = *run.world.resource::<Calendar>();
        if calendar.rekeyed_at > 0 {
            return Err(ModelError::Checkpoint("it belongs to a replicate of a branch; branch from the burn-in".to_owned()));
        }
        calendar.total = Calendar::new(&parameters, seed).total;
        calendar.rekey(calendar.seed.replicate(replicate, calendar.tick));
        if replicate == 0 {
            calendar.rekeyed_at = 0;
        }
        let mut now = run.world.resource_mut::<Parameters>();
        now.events = parameters.events;
        now.time.years = parameters.time.years;
        run.world.insert_resource(calendar);
        Ok(run)
    }

    /// The parameters as they stand now, after the events so far.
    pub fn parameters(&self) -> &Parameters {
        self.world.resource::<Parameters>()
    }
}
