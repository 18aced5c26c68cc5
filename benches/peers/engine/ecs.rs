//! As tripath is built: components by what writes them, contiguous slices in chunks, rows used again in place.

use bevy_ecs::prelude::*;
use bevy_ecs::schedule::{ScheduleLabel, SingleThreadedExecutor};
use tripath_model::parallel::map_chunks;
use tripath_model::random::Seed;
use tripath_model::{slices, slices_mut};

use crate::rules::{CASH, ENTRANT_RESEARCH, RESEARCH, SECTORS, Seen, Sums, Totals, endowment, entrant, live, totals};

#[derive(Component, Clone, Copy)]
struct Identity {
    number: u64,
    sector: u32,
}

#[derive(Component, Clone, Copy)]
struct Technology {
    productivity: f64,
}

#[derive(Component, Clone, Copy)]
struct Position {
    share: f64,
}

#[derive(Component, Clone, Copy)]
struct Money {
    cash: f64,
    research: f64,
}

#[derive(Resource)]
struct Surroundings(Seen);

/// What the chunks of a tick have left: sums, and rows that closed.
#[derive(Resource, Default)]
struct Parts(Vec<(Sums, Vec<u32>)>);

#[derive(Resource, Default)]
struct Count {
    next_identity: u64,
    exits: u64,
    balance: f64,
}

#[derive(ScheduleLabel, Debug, Clone, Copy, PartialEq, Eq, Hash)]
struct Tick;

pub struct Economy {
    world: World,
    schedule: Schedule,
}

type Firms<'w, 's> = Query<'w, 's, (&'static mut Identity, &'static mut Technology, &'static mut Position, &'static mut Money)>;

/// Every firm lives through the tick.
fn live_all(seen: Res<Surroundings>, mut firms: Firms, mut parts: ResMut<Parts>) {
    let Some((mut identity, mut technology, mut position, mut money)) = slices_mut!(firms) else { return };
    let columns = (
        &*identity.bypass_change_detection(),
        technology.bypass_change_detection(),
        position.bypass_change_detection(),
        money.bypass_change_detection(),
    );
    parts.0 = map_chunks(columns, |first, (identity, technology, position, money)| {
        let rows = identity.len();
        let (technology, position, money) = (&mut technology[..rows], &mut position[..rows], &mut money[..rows]);
        let (mut sums, mut closed) = (Sums::default(), Vec::new());
        for row in 0..rows {
            let who = (identity[row].number, identity[row].sector);
            let Money { cash, research } = &mut money[row];
            if live(&seen.0, who, &mut technology[row].productivity, &mut position[row].share, cash, research, &mut sums) {
                closed.push((first + row) as u32);
            }
        }
        (sums, closed)
    });
}

/// New firms take the rows of those that closed; then the sectors are summed up.
fn replace(mut seen: ResMut<Surroundings>, mut firms: Firms, mut parts: ResMut<Parts>, mut count: ResMut<Count>) {
    let Some((mut identity, mut technology, mut position, mut money)) = slices_mut!(firms) else { return };
    let (identity, technology) = (identity.bypass_change_detection(), technology.bypass_change_detection());
    let (position, money) = (position.bypass_change_detection(), money.bypass_change_detection());
    let mut sums = Sums::default();
    for (part, _) in &parts.0 {
        sums.add(part);
    }
    for row in parts.0.drain(..).flat_map(|(_, closed)| closed) {
        let row = row as usize;
        let (number, sector) = (count.next_identity, identity[row].sector);
        let (productivity, share) = entrant(&seen.0, number, sector);
        identity[row] = Identity { number, sector };
        technology[row] = Technology { productivity };
        position[row] = Position { share };
        money[row] = Money { cash: CASH, research: ENTRANT_RESEARCH };
        sums.count(sector, share, productivity);
        count.next_identity += 1;
        count.exits += 1;
    }
    count.balance += sums.balance;
    seen.0.sectors = sums.sectors();
}

impl Economy {
    pub fn new(firms: usize, seed: u64) -> Self {
        let mut world = World::new();
        let seed = Seed(seed);
        let firms_in_sector = (firms / SECTORS) as f64;
        let mut sums = Sums::default();
        let start = (0..firms as u64).map(|number| {
            let (sector, productivity, share) = ((number % SECTORS as u64) as u32, endowment(seed, number), 1.0 / firms_in_sector);
            sums.count(sector, share, productivity);
            (Identity { number, sector }, Technology { productivity }, Position { share }, Money { cash: CASH, research: RESEARCH })
        });
        let start: Vec<_> = start.collect();
        world.spawn_batch(start);
        world.insert_resource(Surroundings(Seen::start(seed, firms_in_sector, sums.sectors())));
        world.insert_resource(Parts::default());
        world.insert_resource(Count { next_identity: firms as u64, ..Count::default() });
        let mut schedule = Schedule::new(Tick);
        schedule.set_executor(SingleThreadedExecutor::new());
        schedule.add_systems((live_all, replace).chain());
        Self { world, schedule }
    }

    pub fn tick(&mut self, tick: u32) {
        let seen = &mut self.world.resource_mut::<Surroundings>().0;
        *seen = seen.at(tick);
        self.schedule.run(&mut self.world);
        self.world.clear_trackers();
    }

    pub fn totals(&mut self) -> Totals {
        let (exits, balance) = (self.world.resource::<Count>().exits, self.world.resource::<Count>().balance);
        let sectors = self.world.resource::<Surroundings>().0.sectors;
        let mut query = self.world.query::<(&Identity, &Technology, &Position)>();
        let firms =
            query.iter(&self.world).map(|(identity, technology, position)| (identity.sector, technology.productivity, position.share));
        totals(exits, balance, &sectors, firms)
    }

    /// Every number of every firm.
    pub fn bits(&mut self) -> Vec<[u64; 6]> {
        let mut query = self.world.query::<(&Identity, &Technology, &Position, &Money)>();
        let query = query.query(&self.world);
        let Some((identity, technology, position, money)) = slices!(query) else { return Vec::new() };
        let rows = 0..identity.len();
        rows.map(|row| {
            [
                identity[row].number,
                u64::from(identity[row].sector),
                technology[row].productivity.to_bits(),
                position[row].share.to_bits(),
                money[row].cash.to_bits(),
                money[row].research.to_bits(),
            ]
        })
        .collect()
    }
}
