//! State of mechanisms from outside: how it comes into a world, into a checkpoint, and back.

use std::any::type_name;

use bevy_ecs::component::Component;
use bevy_ecs::entity::EntityMapper;
use bevy_ecs::prelude::{Entity, Resource, With, World};
use bevy_ecs::system::SystemState;
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::state::enterprise::{Identity, Rows};

/// Parts of a state as bytes, by name.
pub(crate) type Saved = Vec<(String, Vec<u8>)>;

/// One kind of state.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Store {
    name: &'static str,
    /// Makes room for it in a world that has no enterprise yet.
    pub(crate) open: fn(&mut World),
    /// Its bytes; references to enterprises go through the map.
    pub(crate) save: fn(&mut World, &mut MapReferences<'_>) -> Vec<u8>,
    /// Puts it into a world whose enterprises are there; false where the bytes are none of this.
    pub(crate) load: fn(&mut World, &[u8], &mut MapReferences<'_>) -> bool,
}

/// Says what a reference to an enterprise becomes.
pub(crate) struct MapReferences<'a>(pub(crate) &'a mut dyn FnMut(Entity) -> Entity);

impl EntityMapper for MapReferences<'_> {
    fn get_mapped(&mut self, source: Entity) -> Entity {
        (self.0)(source)
    }

    fn set_mapped(&mut self, _source: Entity, _target: Entity) {}
}

impl Store {
    /// Its name: of the type.
    pub(crate) fn name(&self) -> &'static str {
        self.name
    }

    /// A component of all enterprises.
    pub(crate) fn of_all<C: Component + Default + Clone + Serialize + DeserializeOwned>() -> Self {
        Self {
            name: type_name::<C>(),
            open: |world| world.register_required_components::<Identity, C>(),
            save: |world, map| {
                let mut state = SystemState::<Rows<&C>>::new(world);
                let mut rows = state.get(world).map(Rows::slices).unwrap_or_default().to_vec();
                rows.iter_mut().for_each(|part| C::map_entities(part, map));
                bytes(&rows)
            },
            load: |world, bytes, map| {
                let Ok(rows) = postcard::from_bytes::<Vec<C>>(bytes) else { return false };
                let enterprises: Vec<Entity> = enterprises(world);
                let fits = rows.len() == enterprises.len();
                for (entity, mut part) in enterprises.into_iter().zip(rows) {
                    C::map_entities(&mut part, map);
                    world.entity_mut(entity).insert(part);
                }
                fits
            },
        }
    }

    /// A component of some enterprises.
    pub(crate) fn of_some<C: Component + Clone + Serialize + DeserializeOwned>() -> Self {
        Self {
            name: type_name::<C>(),
            open: |world| {
                world.register_component::<C>();
            },
            save: |world, map| {
                let all = enterprises(world);
                let having = all.iter().enumerate().filter_map(|(row, entity)| {
                    let mut part = world.get::<C>(*entity)?.clone();
                    C::map_entities(&mut part, map);
                    Some((row as u32, part))
                });
                bytes(&having.collect::<Vec<_>>())
            },
            load: |world, bytes, map| {
                let Ok(having) = postcard::from_bytes::<Vec<(u32, C)>>(bytes) else { return false };
                let all = enterprises(world);
                having.into_iter().all(|(row, mut part)| {
                    C::map_entities(&mut part, map);
                    let Some(entity) = all.get(row as usize) else { return false };
                    world.entity_mut(*entity).insert(part);
                    true
                })
            },
        }
    }

    /// Agents of a kind.
    pub(crate) fn of_agents<A: Component + Clone + Serialize + DeserializeOwned>() -> Self {
        Self {
            name: type_name::<A>(),
            open: |world| {
                world.register_component::<A>();
            },
            save: |world, map| {
                let mut agents: Vec<A> = world.query::<&A>().iter(world).cloned().collect();
                agents.iter_mut().for_each(|agent| A::map_entities(agent, map));
                bytes(&agents)
            },
            load: |world, bytes, map| {
                let Ok(agents) = postcard::from_bytes::<Vec<A>>(bytes) else { return false };
                let there: Vec<Entity> = world.query_filtered::<Entity, With<A>>().iter(world).collect();
                for entity in there {
                    world.despawn(entity);
                }
                for mut agent in agents {
                    A::map_entities(&mut agent, map);
                    world.spawn(agent);
                }
                true
            },
        }
    }

    /// State that is there once.
    pub(crate) fn of_one<R: Resource + Default + Clone + Serialize + DeserializeOwned>() -> Self {
        Self {
            name: type_name::<R>(),
            open: |world| world.insert_resource(R::default()),
            save: |world, map| {
                let mut state = world.get_resource::<R>().cloned().unwrap_or_default();
                R::map_entities(&mut state, map);
                bytes(&state)
            },
            load: |world, bytes, map| {
                let Ok(mut state) = postcard::from_bytes::<R>(bytes) else { return false };
                R::map_entities(&mut state, map);
                world.insert_resource(state);
                true
            },
        }
    }
}

/// All enterprises in the order of their rows.
fn enterprises(world: &mut World) -> Vec<Entity> {
    let mut state = SystemState::<Rows<Entity>>::new(world);
    state.get(world).map(Rows::slices).unwrap_or_default().to_vec()
}

/// State is plain data: what cannot be written is left out, and the reader then says so.
fn bytes<T: Serialize>(state: &T) -> Vec<u8> {
    postcard::to_stdvec(state).unwrap_or_default()
}
