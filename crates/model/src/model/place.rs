//! Where in a tick the systems of mechanisms stand.

use std::any::type_name;
use std::fmt;
use std::sync::Arc;

use bevy_ecs::prelude::{IntoScheduleConfigs, Res, Schedule, SystemSet};
use bevy_ecs::system::ScheduleSystem;

use crate::parameters::Parameters;
use crate::tick::Phase;

use super::Declaration;
use super::whole::tables_are_whole;

/// A place in a tick. What several mechanisms place in the same one acts in the order of their list.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Place {
    /// After all of the phase before, before anything of this one.
    Before(Phase),
    /// Within a phase, after the mechanisms that stand earlier in the list.
    Within(Phase),
    /// After all of this phase, before anything of the next.
    After(Phase),
}

/// A place as a set of systems.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, SystemSet)]
struct Gap {
    phase: Phase,
    after: bool,
}

/// The systems of one mechanism in one place; they act before those with a higher number there.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, SystemSet)]
struct Turn {
    place: Place,
    number: usize,
}

type Add = Arc<dyn Fn(&mut Schedule, Turn) + Send + Sync>;

/// Systems of a mechanism in their place.
#[derive(Clone)]
pub(crate) struct Placed {
    pub(crate) place: Place,
    /// Their names in order.
    pub(crate) systems: Vec<&'static str>,
    add: Add,
}

impl fmt::Debug for Placed {
    fn fmt(&self, out: &mut fmt::Formatter<'_>) -> fmt::Result {
        out.debug_struct("Placed").field("place", &self.place).field("systems", &self.systems).finish_non_exhaustive()
    }
}

impl Placed {
    /// One system, or a tuple of them that act in their order.
    pub(crate) fn new<M: 'static, S>(place: Place, systems: S) -> Self
    where
        S: IntoScheduleConfigs<ScheduleSystem, M> + Clone + Send + Sync + 'static,
    {
        let add = move |schedule: &mut Schedule, turn: Turn| {
            schedule.add_systems(systems.clone().chain().in_set(turn));
        };
        Self { place, systems: names_of::<S>(), add: Arc::new(add) }
    }
}

/// Names of functions in the name of the type of one, or of a tuple of them.
fn names_of<S>() -> Vec<&'static str> {
    let paths = type_name::<S>().trim_start_matches('(').trim_end_matches(')').split(',');
    paths.filter_map(|path| path.trim().rsplit("::").next()).filter(|name| !name.is_empty()).collect()
}

/// Adds the systems of all mechanisms, and says in what order they act. The order in which they are added decides nothing: `order`, for tests,
/// is another one.
pub(super) fn add_systems(schedule: &mut Schedule, mechanisms: &[Declaration], order: Option<&[usize]>) {
    for (earlier, later) in Phase::ALL.iter().zip(&Phase::ALL[1..]) {
        let gaps = (Gap { phase: *earlier, after: true }, Gap { phase: *later, after: false });
        schedule.configure_sets((*earlier, gaps.0, gaps.1, *later).chain());
    }
    let (first, last) = (Phase::ALL[0], Phase::ALL[Phase::ALL.len() - 1]);
    schedule.configure_sets(Gap { phase: first, after: false }.before(first));
    schedule.configure_sets(Gap { phase: last, after: true }.after(last));
    for phase in Phase::ALL {
        // What does not stand in its row is touched by nobody.
        schedule.configure_sets(phase.run_if(tables_are_whole));
        for after in [false, true] {
            schedule.configure_sets(Gap { phase, after }.run_if(tables_are_whole));
        }
    }
    let mut turns = turns(mechanisms);
    if let Some(order) = order {
        turns = order.iter().filter_map(|place| turns.get(*place).copied()).collect();
    }
    for (mechanism, placed, turn) in turns {
        match turn.place {
            Place::Before(phase) => schedule.configure_sets(turn.in_set(Gap { phase, after: false })),
            Place::Within(phase) => schedule.configure_sets(turn.in_set(phase)),
            Place::After(phase) => schedule.configure_sets(turn.in_set(Gap { phase, after: true })),
        };
        if turn.number > 0 {
            schedule.configure_sets(turn.after(Turn { number: turn.number - 1, ..turn }));
        }
        if !mechanism.is_standard() {
            let name = mechanism.name();
            schedule.configure_sets(turn.run_if(move |parameters: Res<Parameters>| parameters.mechanisms.is_active(name)));
        }
        (placed.add)(schedule, turn);
    }
}

/// Systems of each mechanism in each place, with their turn there, in the order of the list.
fn turns(mechanisms: &[Declaration]) -> Vec<(&Declaration, &Placed, Turn)> {
    let mut turns: Vec<(&Declaration, &Placed, Turn)> = Vec::new();
    for mechanism in mechanisms {
        for placed in mechanism.placed() {
            let number = turns.iter().filter(|(_, _, turn)| turn.place == placed.place).count();
            turns.push((mechanism, placed, Turn { place: placed.place, number }));
        }
    }
    turns
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one() {}
    fn two() {}

    #[test]
    fn systems_are_known_by_their_names() {
        assert_eq!(Placed::new(Place::Before(Phase::Entry), one).systems, ["one"]);
        assert_eq!(Placed::new(Place::Before(Phase::Entry), (one, two)).systems, ["one", "two"]);
    }
}
