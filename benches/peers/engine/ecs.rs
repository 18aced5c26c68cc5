//! As tripath works: components as contiguous slices in chunks, draws addressed by firm and tick, rows used again in place.

use bevy_ecs::prelude::*;
use bevy_ecs::schedule::{ScheduleLabel, SingleThreadedExecutor};
use tripath_engine::parallel::map_chunks;
use tripath_engine::random::Seed;

/// Slices of all rows of a query that reads; `None` where there is no row.
macro_rules! slices {
    ($query:expr) => {
        $query.contiguous_iter().ok().and_then(|mut tables| tables.next())
    };
}

/// Slices of all rows of a query that writes; what is written comes as `ContiguousMut`.
macro_rules! slices_mut {
    ($query:expr) => {
        $query.contiguous_iter_mut().ok().and_then(|mut tables| tables.next())
    };
}

use crate::Form;
use crate::block::{SCRATCH, Whole, live_all};
use crate::rules::{CASH, PIECE, Quantity, RESEARCH, SECTORS, Seen, Sums, Totals, endowments, totals};

/// A whole number that is never used twice.
#[derive(Component, Clone, Copy)]
struct Identity(u64);

/// For life; rows stand sector by sector.
#[derive(Component, Clone, Copy)]
struct InSector(u8);

impl Whole for Identity {
    #[inline(always)]
    fn get(&self) -> u64 {
        self.0
    }
}

impl Whole for InSector {
    #[inline(always)]
    fn get(&self) -> u64 {
        self.0.into()
    }
}

macro_rules! quantities {
    ($($name:ident)+) => {$(
        #[derive(Component, Clone, Copy)]
        struct $name(f64);

        impl Quantity for $name {
            #[inline(always)]
            fn get(&self) -> f64 {
                self.0
            }
            #[inline(always)]
            fn set(&mut self, value: f64) {
                self.0 = value;
            }
        }
    )+};
}
quantities!(Productivity Share Cash Research);

#[derive(Resource)]
struct Surroundings(Seen);

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

type Firms<'w, 's> = Query<
    'w,
    's,
    (&'static mut Identity, &'static InSector, &'static mut Productivity, &'static mut Share, &'static mut Cash, &'static mut Research),
>;

/// Every firm lives through the tick, and new firms take the rows of those that close.
fn live(mut seen: ResMut<Surroundings>, mut firms: Firms, mut count: ResMut<Count>) {
    let Some((mut identity, sector, mut productivity, mut share, mut cash, mut research)) = slices_mut!(firms) else { return };
    let identity = identity.bypass_change_detection();
    let columns = (
        &*identity,
        sector,
        productivity.bypass_change_detection(),
        share.bypass_change_detection(),
        cash.bypass_change_detection(),
        research.bypass_change_detection(),
    );
    let seen = &mut seen.bypass_change_detection().0;
    let parts = map_chunks(columns, |start, (identity, sector, productivity, share, cash, research)| {
        let seen = *seen;
        let (mut sums, mut closed) = (Sums::default(), Vec::with_capacity(PIECE));
        SCRATCH.with_borrow_mut(|scratch| {
            for first in (0..identity.len()).step_by(PIECE) {
                let rows = first..identity.len().min(first + PIECE);
                live_all(
                    &seen,
                    (&identity[rows.clone()], &sector[rows.clone()]),
                    (&mut productivity[rows.clone()], &mut share[rows.clone()], &mut cash[rows.clone()], &mut research[rows]),
                    scratch,
                    &mut sums,
                    |row| closed.push((start + first + row) as u32),
                );
            }
        });
        (sums, closed)
    });
    let count = count.bypass_change_detection();
    let mut sums = Sums::default();
    for (part, closed) in parts {
        sums.add(&part);
        count.exits += closed.len() as u64;
        for row in closed {
            identity[row as usize] = Identity(count.next_identity);
            count.next_identity += 1;
        }
    }
    count.balance += sums.balance;
    seen.sectors = sums.sectors();
}

impl Economy {
    pub fn new(firms: usize, seed: u64) -> Self {
        let mut world = World::new();
        let seed = Seed(seed);
        let (numbers, productivity, sectors) = endowments(firms, seed);
        let in_sector = firms / SECTORS;
        let n = in_sector as f64;
        world.spawn_batch(numbers.into_iter().zip(productivity).enumerate().map(move |(row, (number, productivity))| {
            let sector = InSector((row / in_sector) as u8);
            (Identity(number), sector, Productivity(productivity), Share(1.0 / n), Cash(CASH), Research(RESEARCH))
        }));
        world.insert_resource(Surroundings(Seen::start(seed, n, sectors)));
        world.insert_resource(Count { next_identity: firms as u64, ..Count::default() });
        let mut schedule = Schedule::new(Tick);
        schedule.set_executor(SingleThreadedExecutor::new());
        schedule.add_systems(live);
        Self { world, schedule }
    }
}

impl Form for Economy {
    fn tick(&mut self, tick: u32) {
        let seen = &mut self.world.resource_mut::<Surroundings>().0;
        *seen = seen.at(tick);
        self.schedule.run(&mut self.world);
        self.world.clear_trackers();
    }

    fn totals(&mut self) -> Totals {
        let (exits, balance) = (self.world.resource::<Count>().exits, self.world.resource::<Count>().balance);
        let sectors = self.world.resource::<Surroundings>().0.sectors;
        let mut query = self.world.query::<(&InSector, &Productivity, &Share)>();
        let firms = query.iter(&self.world).map(|(sector, productivity, share)| (sector.0 as usize, productivity.0, share.0));
        totals(exits, balance, &sectors, firms)
    }

    fn bits(&mut self) -> Vec<[u64; 5]> {
        let mut query = self.world.query::<(&Identity, &Productivity, &Share, &Cash, &Research)>();
        let query = query.query(&self.world);
        let Some((identity, productivity, share, cash, research)) = slices!(query) else { return Vec::new() };
        (0..identity.len())
            .map(|row| {
                let quantities = [productivity[row].0, share[row].0, cash[row].0, research[row].0];
                let [productivity, share, cash, research] = quantities.map(f64::to_bits);
                [identity[row].0, productivity, share, cash, research]
            })
            .collect()
    }
}
