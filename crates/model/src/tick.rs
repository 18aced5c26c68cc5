//! A tick, from top to bottom: the one place where a quarter can be read.
//!
//! Phases follow each other; within a phase, systems that touch the same data are chained, others may run in
//! any order. Ambiguity is an error: if two systems could see each other's writes in either order, the
//! schedule does not build.

use std::sync::Arc;

use bevy_ecs::prelude::*;
use bevy_ecs::schedule::{LogLevel, ScheduleBuildSettings, ScheduleLabel, SingleThreadedExecutor};

use crate::accounts::{account_growth, close_books, measure_output};
use crate::capital_market::{list_enterprises, look_ahead, trade};
use crate::enterprise::{
    choose_paths, close_tick, compete, fail_and_exit, found_enterprises, leave_table, produce_and_settle, set_prices, settle_newcomers,
    take_orders,
};
use crate::finance::{bank_accounts, grant_credit, make_deals, manage_funds, measure_banks, run_fund_exits, set_rates};
use crate::government::{award_grants, choose_sectors, plan_programmes, public_finance, run_missions};
use crate::household::household_accounts;
use crate::markets::goods::{clear_goods, place_orders};
use crate::markets::labour::{measure_employment, set_wage};
use crate::observe::record;
use crate::rows::table_is_whole;
use crate::technology::{advance_technology, record_returns};
use crate::think_tank::{pay_think_tanks, work_think_tanks};
use crate::world::events::apply_events;
use crate::world::rest_of_world::advance_rest_of_world;

/// Steps of a tick in their order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, SystemSet)]
pub enum Phase {
    /// 1 Events, drivers, the rest of the world, wages and rates.
    Surroundings,
    /// 2 Think tanks check their calls and offer services.
    ThinkTanks,
    /// 3 Governments choose sectors and set programmes.
    Plans,
    /// 4 New enterprises.
    Entry,
    /// 5 Enterprises choose their paths.
    Paths,
    /// 6 Applications and awards.
    Awards,
    /// 7 Search and project stages.
    Technology,
    /// 8 Fund-raising, deals, credit.
    Finance,
    /// 9 Prices, orders, shares.
    Market,
    /// 10 Production, wages, sales; what enterprises owe: taxes, interest, repayments, dividends.
    Production,
    /// 11 Households.
    Settlement,
    /// 12 Investment plans, values of equity, applications for listings.
    Investment,
    /// 13 Listings, trading, mergers, exits.
    CapitalMarket,
    /// 14 Failure, rescue, public finance.
    Failure,
    /// 15 Equity, the census of enterprises, banks, returns.
    Returns,
    /// 16 The ledger is checked.
    Check,
    /// 17 What happened is recorded.
    Record,
}

impl Phase {
    /// All phases in their order.
    pub const ALL: [Phase; 17] = [
        Phase::Surroundings,
        Phase::ThinkTanks,
        Phase::Plans,
        Phase::Entry,
        Phase::Paths,
        Phase::Awards,
        Phase::Technology,
        Phase::Finance,
        Phase::Market,
        Phase::Production,
        Phase::Settlement,
        Phase::Investment,
        Phase::CapitalMarket,
        Phase::Failure,
        Phase::Returns,
        Phase::Check,
        Phase::Record,
    ];
}

/// Told at the end of each phase of each tick: benches time phases with it, the model itself reads no clock.
pub type Probe = Arc<dyn Fn(Phase) + Send + Sync>;

/// Label of the one schedule.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, ScheduleLabel)]
pub struct Tick;

/// Number of groups of systems that [`schedule`] adds, for shuffling.
pub const GROUPS: usize = 17;

/// The schedule of a tick.
///
/// `order` is the order in which the groups are added to the schedule; it decides nothing but ties between
/// systems that share no data, and a test shuffles it.
pub fn schedule(order: &[usize]) -> Schedule {
    let mut schedule = Schedule::new(Tick);
    schedule.set_executor(SingleThreadedExecutor::new());
    schedule.set_build_settings(ScheduleBuildSettings { ambiguity_detection: LogLevel::Error, ..Default::default() });
    schedule.configure_sets(
        (
            Phase::Surroundings,
            Phase::ThinkTanks,
            Phase::Plans,
            Phase::Entry,
            Phase::Paths,
            Phase::Awards,
            Phase::Technology,
            Phase::Finance,
            Phase::Market,
        )
            .chain(),
    );
    schedule.configure_sets(
        (
            Phase::Market,
            Phase::Production,
            Phase::Settlement,
            Phase::Investment,
            Phase::CapitalMarket,
            Phase::Failure,
            Phase::Returns,
            Phase::Check,
            Phase::Record,
        )
            .chain(),
    );
    // What does not stand in its row is touched by nobody.
    for phase in Phase::ALL {
        schedule.configure_sets(phase.run_if(table_is_whole));
    }
    for group in order {
        add_group(&mut schedule, *group);
    }
    schedule
}

/// Lets `probe` stand between the phases of a schedule. It touches no data.
pub fn add_probe(schedule: &mut Schedule, probe: &Probe) {
    for (place, phase) in Phase::ALL.into_iter().enumerate() {
        let probe = Arc::clone(probe);
        let system = (move || probe(phase)).after(phase);
        match Phase::ALL.get(place + 1) {
            Some(next) => schedule.add_systems(system.before(*next)),
            None => schedule.add_systems(system),
        };
    }
}

fn add_group(schedule: &mut Schedule, group: usize) {
    match group {
        0 => schedule.add_systems((apply_events, set_wage, set_rates, advance_rest_of_world).chain().in_set(Phase::Surroundings)),
        1 => schedule.add_systems(work_think_tanks.in_set(Phase::ThinkTanks)),
        2 => schedule.add_systems((choose_sectors, plan_programmes).chain().in_set(Phase::Plans)),
        3 => schedule.add_systems((found_enterprises, settle_newcomers).chain().in_set(Phase::Entry)),
        4 => schedule.add_systems(choose_paths.in_set(Phase::Paths)),
        5 => schedule.add_systems((award_grants, run_missions).chain().in_set(Phase::Awards)),
        6 => schedule.add_systems(advance_technology.in_set(Phase::Technology)),
        7 => schedule.add_systems((manage_funds, make_deals, grant_credit).chain().in_set(Phase::Finance)),
        8 => schedule.add_systems((set_prices, compete, place_orders, take_orders, clear_goods).chain().in_set(Phase::Market)),
        9 => {
            schedule.add_systems((produce_and_settle, measure_employment, measure_output, account_growth).chain().in_set(Phase::Production))
        }
        10 => schedule.add_systems(household_accounts.in_set(Phase::Settlement)),
        11 => schedule.add_systems(look_ahead.in_set(Phase::Investment)),
        12 => schedule.add_systems((list_enterprises, trade, run_fund_exits).chain().in_set(Phase::CapitalMarket)),
        13 => schedule
            .add_systems((fail_and_exit, leave_table, bank_accounts, pay_think_tanks, public_finance).chain().in_set(Phase::Failure)),
        14 => schedule.add_systems((close_tick, measure_banks, record_returns).chain().in_set(Phase::Returns)),
        15 => schedule.add_systems(close_books.in_set(Phase::Check)),
        _ => schedule.add_systems(record.in_set(Phase::Record)),
    };
}
