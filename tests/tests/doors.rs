//! Doors of decisions: each changes what it is said to change, by agent.

use tripath::prelude::*;
use tripath_model::Simulation;
use tripath_model::kinds::InstitutionalSector as S;
use tripath_model::state::economy::Tally;
use tripath_model::state::government::Plans;
use tripath_tests::worlds::{economy, economy_for, world};

/// A mechanism that stands at doors at the beginning of every tick after the burn-in.
struct Standing(fn(&mut Decisions));

impl Mechanism for Standing {
    fn name(&self) -> &'static str {
        "standing"
    }
    fn meaning(&self) -> &'static str {
        "Stands at doors"
    }
    fn declare(&self, mechanism: &mut Declaration) {
        let stand = self.0;
        mechanism.systems(Place::Before(Phase::ThinkTanks), move |calendar: Res<Calendar>, mut decisions: ResMut<Decisions>| {
            if calendar.recorded() {
                stand(&mut decisions);
            }
        });
    }
}

/// More agents of each kind than there are.
const MANY: usize = 3000;

const SIZE: [&str; 3] = ["time.years=6", "time.burn_in_years=4", "population.enterprises=400"];

/// What `measure` sums up over twelve ticks after the burn-in, with nobody at a door and with somebody.
fn compared(preset: &str, stand: fn(&mut Decisions), measure: fn(&mut Simulation) -> f64) -> (f64, f64) {
    let model = Model::standard().with(Standing(stand));
    let sum = |mut run: Simulation| {
        (0..28)
            .map(|tick| {
                run.tick().expect("the tick ends");
                if tick < 16 { 0.0 } else { measure(&mut run) }
            })
            .sum()
    };
    (sum(world(&economy(preset, &SIZE), 1)), sum(world(&economy_for(&model, preset, &SIZE), 1)))
}

fn flow(run: &mut Simulation, kind: FlowKind, payer: S, payee: S) -> f64 {
    run.world().resource::<Ledger>().flow(kind, payer, payee)
}

fn all(door: &mut tripath_model::state::decisions::Door, value: f64) {
    (0..MANY).for_each(|agent| door.replace(agent, value));
}

#[test]
fn nobody_pays_out_invests_borrows_or_does_rd_of_its_own_where_a_door_says_so() {
    let (usual, none) =
        compared("us-like", |doors| all(&mut doors.payout, 0.0), |run| flow(run, FlowKind::Dividends, S::Enterprises, S::Households));
    assert!(usual > 0.0 && none == 0.0, "payout {usual} {none}");
    let (usual, none) = compared(
        "us-like",
        |doors| all(&mut doors.rd_share, 0.0),
        |run| {
            let ecs = run.world();
            ecs.query::<&Pipeline>().iter(ecs).map(|pipeline| pipeline.spent[0]).sum()
        },
    );
    assert!(usual > 0.0 && none == 0.0, "R&D {usual} {none}");
    let (usual, none) = compared(
        "us-like",
        |doors| all(&mut doors.investment, 0.0),
        |run| {
            let ecs = run.world();
            ecs.query::<&Plant>().iter(ecs).map(|plant| plant.planned).sum()
        },
    );
    assert!(usual > 0.0 && none == 0.0, "investment {usual} {none}");
    // What founders borrow, and overdrafts of those that close, no bank is asked for here.
    let (usual, none) =
        compared("us-like", |doors| all(&mut doors.credit, 0.0), |run| flow(run, FlowKind::NewLoans, S::Banks, S::Enterprises));
    assert!(none < 0.5 * usual, "credit {usual} {none}");
}

#[test]
fn factors_scale_prices_spending_and_entry() {
    let price = |run: &mut Simulation| {
        let ecs = run.world();
        ecs.query::<&Position>().iter(ecs).map(|position| position.price).sum::<f64>()
    };
    let (usual, dear) = compared("us-like", |doors| (0..MANY).for_each(|row| doors.price.scale(row, 1.5)), price);
    assert!(dear > 1.4 * usual, "prices {usual} {dear}");
    let consumption = |run: &mut Simulation| flow(run, FlowKind::Consumption, S::Households, S::Goods);
    let (usual, thrifty) = compared("us-like", |doors| doors.consumption.scale(0, 0.8), consumption);
    assert!(thrifty < 0.9 * usual, "consumption {usual} {thrifty}");
    let entries = |run: &mut Simulation| run.world().resource::<Tally>().entries as f64;
    let (usual, many) = compared("us-like", |doors| (0..20).for_each(|sector| doors.entry.scale(sector, 3.0)), entries);
    assert!(many > 2.0 * usual, "entries {usual} {many}");
}

#[test]
fn nobody_applies_bids_or_goes_public_where_a_door_says_so() {
    let (usual, none) = compared(
        "china-like",
        |doors| all(&mut doors.application, 0.0),
        |run| {
            flow(run, FlowKind::RdGrants, S::CentralGovernment, S::Enterprises)
                + flow(run, FlowKind::RdGrants, S::LocalGovernments, S::Enterprises)
        },
    );
    assert!(usual > 0.0 && none == 0.0, "grants {usual} {none}");
    let (usual, none) = compared("us-like", |doors| all(&mut doors.bid, 0.0), |run| run.world().resource::<Tally>().deals as f64);
    assert!(usual > 0.0 && none == 0.0, "deals {usual} {none}");
    let (usual, none) = compared(
        "us-like",
        |doors| all(&mut doors.listing, 0.0),
        |run| flow(run, FlowKind::ListingProceeds, S::Households, S::Enterprises),
    );
    assert!(usual > 0.0 && none < 0.5 * usual, "listings {usual} {none}");
}

#[test]
fn governments_plan_and_are_advised_as_a_door_says() {
    // All weight on the first sector in the plans of all governments.
    let first = |doors: &mut Decisions| {
        for agent in 0..MANY {
            doors.sector_weight.replace(agent, if agent % 8 == 0 { 1.0 } else { 0.0 });
        }
    };
    let sectors = economy("china-like", &[]).parameters.sectors.len();
    let first_of: fn(&mut Simulation) -> f64 = |run| {
        let plans = run.world().resource::<Plans>();
        plans.shares.iter().map(|shares| shares[0]).fold(0.0, f64::max)
    };
    let (usual, planned) = compared("china-like", first, first_of);
    assert!(sectors > 1 && planned > usual, "{usual} {planned}");
    let (usual, none) = compared(
        "us-like",
        |doors| all(&mut doors.advice, 0.0),
        |run| run.world().resource::<tripath_model::state::think_tanks::Services>().advice.iter().sum(),
    );
    assert!(usual > 0.0 && none == 0.0, "advice {usual} {none}");
}
