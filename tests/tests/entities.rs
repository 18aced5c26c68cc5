//! Enterprises are entities: they come and go where observers see it, queries find them by what they are, and their table is one.

use std::collections::BTreeSet;

use bevy_ecs::prelude::*;
use tripath_experiments::configuration::Configuration;
use tripath_model::state::economy::Tally;
use tripath_model::state::enterprise::{Identity, Listed, Position, Technology};
use tripath_model::state::exchange::Board;
use tripath_model::{ModelError, Simulation};
use tripath_tests::worlds::{economy, tick_rows, world, world_from};

fn some_economy() -> Configuration {
    economy("baseline", &["time.years=6", "time.burn_in_years=6", "population.enterprises=400"])
}

/// What observers have seen.
#[derive(Resource, Default)]
struct Seen {
    founded: u64,
    ended: u64,
}

/// Something that an author of a mechanism forgot to make a sparse-set component.
#[derive(Component)]
struct Forgotten;

/// Ids in the order of rows.
fn ids(world: &mut Simulation) -> Vec<u64> {
    let world = world.world();
    world.query::<&Identity>().contiguous_iter(world).expect("a table").flatten().map(|who| who.id).collect()
}

#[test]
fn observers_see_every_entry_and_every_exit() {
    let mut run = world(&some_economy(), 1);
    let first = ids(&mut run).len() as u64;
    run.world().init_resource::<Seen>();
    run.world().add_observer(|_: On<Add<Identity>>, mut seen: ResMut<Seen>| seen.founded += 1);
    run.world().add_observer(|gone: On<Remove<Identity>>, all: Query<&Identity>, mut seen: ResMut<Seen>| {
        assert!(all.get(gone.entity).is_ok_and(|who| who.closed() && who.id > 0), "one that is at work left the table");
        seen.ended += 1;
    });
    let (mut entries, mut exits) = (0, 0);
    while !run.finished() {
        run.tick().expect("the tick ends");
        let tally = run.world().resource::<Tally>();
        (entries, exits) = (entries + tally.entries, exits + tally.exits);
        let seen = run.world().resource::<Seen>();
        assert_eq!((seen.founded, seen.ended), (entries, exits));
    }
    assert!(entries > 50 && exits > 50, "{entries} entries and {exits} exits");
    let all = ids(&mut run);
    assert_eq!(all.len() as u64, first + entries - exits);
    assert_eq!(all.iter().collect::<BTreeSet<_>>().len(), all.len(), "an id is there twice");
}

#[test]
fn the_marker_of_the_listed_is_where_they_are_listed() {
    let configuration = some_economy();
    let mut run = world(&configuration, 2);
    let agree = |run: &mut Simulation| {
        let world = run.world();
        let marked: Vec<u64> =
            world.query_filtered::<(&Identity, &Technology, &Position), With<Listed>>().iter(world).map(|(who, ..)| who.id).collect();
        let listed: BTreeSet<u64> = world.query::<&Identity>().iter(world).filter(|who| who.listed).map(|who| who.id).collect();
        assert_eq!((marked.len(), marked.into_iter().collect::<BTreeSet<_>>()), (listed.len(), listed.clone()));
        listed
    };
    let mut ever = BTreeSet::new();
    while !run.finished() {
        tick_rows(&mut run);
        ever.extend(agree(&mut run));
    }
    let now = agree(&mut run);
    assert!(!now.is_empty() && now.len() < ever.len(), "{} are listed of {} that ever were", now.len(), ever.len());
    let state = run.checkpoint();
    assert_eq!(agree(&mut world_from(&configuration, 2, &state)), now);
}

#[test]
fn a_checkpoint_keeps_the_order_of_rows() {
    let configuration = some_economy();
    let mut run = world(&configuration, 3);
    (0..30).for_each(|_| drop(tick_rows(&mut run)));
    let order = ids(&mut run);
    assert!(!order.is_sorted(), "nobody has taken the row of another yet");
    let state = run.checkpoint();
    let mut resumed = world_from(&configuration, 3, &state);
    assert_eq!(ids(&mut resumed), order);
    assert!(resumed.checkpoint() == state);
}

#[test]
fn a_table_that_is_split_ends_the_run_in_that_tick() {
    let split = |ended: Result<(), ModelError>, at: u32| match ended {
        Err(ModelError::Table { tick, cause }) => assert!(tick == at && cause.contains("2 tables"), "tick {tick}: {cause}"),
        other => panic!("{other:?}"),
    };
    let mut run = world(&some_economy(), 4);
    (0..3).for_each(|_| run.tick().expect("the tick ends"));
    let world_of_run = run.world();
    let some: Vec<Entity> = world_of_run.query_filtered::<Entity, With<Identity>>().iter(world_of_run).step_by(7).collect();
    for enterprise in some {
        world_of_run.entity_mut(enterprise).insert(Forgotten);
    }
    split(run.tick(), 3);
    // Within a tick: those who enter get it, and nobody touches a table after that.
    let mut run = world(&some_economy(), 4);
    run.world().add_observer(|founded: On<Add<Identity>>, mut commands: Commands| {
        commands.entity(founded.entity).insert(Forgotten);
    });
    let ended = (0..40).map(|_| run.tick()).find(Result::is_err).expect("somebody enters");
    let at = run.clock().done - 1;
    split(ended, at);
}

#[test]
fn an_enterprise_without_projects_ends_the_run_in_that_tick() {
    let mut run = world(&some_economy(), 5);
    run.tick().expect("the tick ends");
    run.world().spawn(tripath_model::state::enterprise::Enterprise::default());
    let ended = run.tick();
    assert!(matches!(&ended, Err(ModelError::Table { tick: 1, cause }) if cause.contains("projects for")), "{ended:?}");
}

#[test]
fn boards_that_do_not_stand_in_one_table_end_the_run_in_that_tick() {
    let mut run = world(&some_economy(), 6);
    run.tick().expect("the tick ends");
    let world_of_run = run.world();
    let board = world_of_run.query_filtered::<Entity, With<Board>>().iter(world_of_run).next().expect("a board");
    world_of_run.entity_mut(board).insert(Forgotten);
    let ended = run.tick();
    assert!(matches!(&ended, Err(ModelError::Table { tick: 1, cause }) if cause.contains("boards stand in 2 tables")), "{ended:?}");
}
