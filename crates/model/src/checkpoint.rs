//! The whole state of a world as bytes, and back: a resumed run is bit-identical.
//!
//! What is listed here is state; everything else in the world is scratch that a tick makes anew.

use std::collections::BTreeMap;

use bevy_ecs::entity::EntityIndex;
use bevy_ecs::prelude::*;
use bevy_ecs::system::SystemState;
use serde::{Deserialize, Serialize};

use crate::model::{Begun, MapReferences, Saved};
use crate::observe::RecordPlan;
use crate::parameters::{Parameters, SectionValues};
use crate::state::accounts::{Ledger, StockTable};
use crate::state::bank::{Bank, Rates};
use crate::state::calendar::Calendar;
use crate::state::economy::Economy;
use crate::state::enterprise::{Enterprises, Identity, Rows, YearAccounts};
use crate::state::exchange::{Board, Exchange};
use crate::state::government::{Government, GovernmentAccounts, Plans, ProgrammeBudgets};
use crate::state::growth::Growth;
use crate::state::ids::Registry;
use crate::state::returns::Returns;
use crate::state::sector::Sectors;
use crate::state::tables::Tables;
use crate::state::think_tanks::{ClientFees, Services, ThinkTank};
use crate::state::venture::Fund;
use tripath_engine::rows::RowOf;

/// Version of the layout; a checkpoint of another one is refused.
const VERSION: u32 = 14;

macro_rules! state {
    ($($field:ident : $resource:ty),+ $(,)?) => {
        #[derive(Serialize, Deserialize)]
        struct State {
            version: u32,
            enterprises: Enterprises,
            governments: Vec<Government>,
            banks: Vec<Bank>,
            funds: Vec<Fund>,
            think_tanks: Vec<ThinkTank>,
            boards: Vec<Board>,
            $($field: $resource,)+
            /// Parameters and state of mechanisms from outside.
            sections: SectionValues,
            own: Saved,
        }

        fn gather(world: &mut World) -> State {
            let own = save_own(world);
            let mut state = State {
                version: VERSION,
                enterprises: Enterprises::copy(world),
                governments: entities(world),
                banks: entities(world),
                funds: entities(world),
                think_tanks: entities(world),
                boards: entities(world),
                $($field: world.resource::<$resource>().clone(),)+
                sections: world.resource::<Parameters>().mechanisms.values(),
                own,
            };
            // What is kept of enterprises is kept by entity, and an entity is another one in a world that goes on from here.
            let mut rows = SystemState::<RowOf>::new(world);
            if let Ok(rows) = rows.get(world) {
                state.references().for_each(|entity| *entity = row_as_entity(rows.get(*entity)));
            }
            state
        }

        fn scatter(world: &mut World, mut state: State) -> Result<(), String> {
            state.parameters.mechanisms = world.resource::<Parameters>().mechanisms.clone();
            if !state.parameters.mechanisms.take(std::mem::take(&mut state.sections)) {
                return Err("it was made with other mechanisms".to_owned());
            }
            state.ledger.book().declare(&state.parameters.model().own_payments());
            world.clear_entities_of_state();
            let entities = std::mem::take(&mut state.enterprises).settle(world);
            for entity in state.references() {
                *entity = entities.get(entity.index_u32() as usize).copied().unwrap_or(Entity::PLACEHOLDER);
            }
            for government in state.governments {
                world.spawn(government);
            }
            for bank in state.banks {
                world.spawn(bank);
            }
            for fund in state.funds {
                world.spawn(fund);
            }
            for tank in state.think_tanks {
                world.spawn(tank);
            }
            for board in state.boards {
                world.spawn(board);
            }
            $(world.insert_resource(state.$field);)+
            load_own(world, &state.own, &entities)
        }
    };
}

state! {
    parameters: Parameters,
    calendar: Calendar,
    economy: Economy,
    growth: Growth,
    ledger: Ledger,
    stocks: StockTable,
    sectors: Sectors,
    registry: Registry,
    rates: Rates,
    plans: Plans,
    programmes: ProgrammeBudgets,
    government_accounts: GovernmentAccounts,
    returns: Returns,
    services: Services,
    client_fees: ClientFees,
    exchange: Exchange,
    begun: Begun,
    years: YearAccounts,
}

impl State {
    /// All that is kept of enterprises by entity: holdings of funds, who waits for a listing, members of whole-nation programmes.
    fn references(&mut self) -> impl Iterator<Item = &mut Entity> {
        let holdings = self.funds.iter_mut().flat_map(|fund| &mut fund.stakes).map(|stake| &mut stake.enterprise);
        let waiting = self.exchange.queue.iter_mut().map(|waiting| &mut waiting.enterprise);
        let members = self.programmes.missions.iter_mut().flat_map(|mission| &mut mission.members);
        holdings.chain(waiting).chain(members.map(|member| &mut member.enterprise))
    }
}

/// State of mechanisms from outside.
fn save_own(world: &mut World) -> Saved {
    let model = world.resource::<Parameters>().model().clone();
    if model.stores().next().is_none() {
        return Saved::new();
    }
    let mut state = SystemState::<Rows<Entity>>::new(world);
    let enterprises = state.get(world).map(Rows::slices).unwrap_or_default();
    let rows: BTreeMap<Entity, usize> = enterprises.iter().copied().zip(0..).collect();
    let mut map = |entity: Entity| row_as_entity(rows.get(&entity).copied());
    model.stores().map(|store| (store.name().to_owned(), (store.save)(world, &mut MapReferences(&mut map)))).collect()
}

/// Puts it back; `entities` are all enterprises in the order of their rows.
fn load_own(world: &mut World, saved: &Saved, entities: &[Entity]) -> Result<(), String> {
    let model = world.resource::<Parameters>().model().clone();
    let mut map = |entity: Entity| entities.get(entity.index_u32() as usize).copied().unwrap_or(Entity::PLACEHOLDER);
    for store in model.stores() {
        let found = saved.iter().find(|(name, _)| name == store.name());
        let bytes = found.map(|(_, bytes)| bytes).ok_or_else(|| format!("it holds no `{}`", store.name()))?;
        if !(store.load)(world, bytes, &mut MapReferences(&mut map)) {
            return Err(format!("its `{}` is of another version", store.name()));
        }
    }
    Ok(())
}

/// An enterprise in a checkpoint: its row as the index of an entity, or none where it is gone.
fn row_as_entity(row: Option<usize>) -> Entity {
    let index = row.and_then(|row| EntityIndex::from_raw_u32(u32::try_from(row).ok()?));
    index.map_or(Entity::PLACEHOLDER, Entity::from_index)
}

trait ClearState {
    fn clear_entities_of_state(&mut self);
}

impl ClearState for World {
    fn clear_entities_of_state(&mut self) {
        fn despawn<T: Component>(world: &mut World) {
            let found: Vec<Entity> = world.query_filtered::<Entity, With<T>>().iter(world).collect();
            for entity in found {
                world.despawn(entity);
            }
        }
        despawn::<Identity>(self);
        despawn::<Government>(self);
        despawn::<Bank>(self);
        despawn::<Fund>(self);
        despawn::<ThinkTank>(self);
        despawn::<Board>(self);
    }
}

fn entities<T: Component + Clone>(world: &mut World) -> Vec<T> {
    world.query::<&T>().iter(world).cloned().collect()
}

/// The whole state of a world at the end of a tick, apart from the world: it can become bytes elsewhere while the world goes on.
pub struct Snapshot(State);

impl std::fmt::Debug for Snapshot {
    fn fmt(&self, out: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        out.debug_struct("Snapshot").field("enterprises", &self.0.enterprises.rows()).finish_non_exhaustive()
    }
}

impl Snapshot {
    /// Copies the state.
    pub(crate) fn of(world: &mut World) -> Self {
        Self(gather(world))
    }

    /// The state as bytes.
    pub fn into_bytes(self) -> Vec<u8> {
        // Every type of the state is plain data: writing it to memory cannot fail.
        postcard::to_stdvec(&self.0).unwrap_or_default()
    }
}

/// Replaces the state of a world that was built from the same configuration and seed.
///
/// # Errors
/// The bytes are no checkpoint of this version, or of another seed.
pub fn restore(world: &mut World, bytes: &[u8]) -> Result<(), String> {
    let mut state: State =
        postcard::from_bytes(bytes).map_err(|error| format!("it is damaged or of another version of tripath ({error})"))?;
    if state.version != VERSION {
        return Err(format!("it has layout {}, this program reads layout {VERSION}", state.version));
    }
    let seed = world.resource::<Calendar>().seed;
    if state.calendar.seed != seed {
        return Err(format!("it belongs to seed {}, not {}", state.calendar.seed.0, seed.0));
    }
    let Some(rows) = state.enterprises.rows() else {
        return Err("its columns of enterprises do not fit each other".to_owned());
    };
    if state.references().any(|entity| *entity != Entity::PLACEHOLDER && entity.index_u32() as usize >= rows) {
        return Err("it holds parts of enterprises that it does not have".to_owned());
    }
    let within_a_year = !state.calendar.year_begins();
    if within_a_year && state.years.none() && world.resource::<RecordPlan>().keeps_panel() {
        return Err("it was made within a year for which no panel of enterprises was to be recorded".to_owned());
    }
    scatter(world, state)?;
    let tables = Tables::new(world.resource::<Parameters>());
    world.insert_resource(tables);
    Ok(())
}
