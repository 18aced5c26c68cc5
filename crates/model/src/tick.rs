//! A tick, from top to bottom: the one place where a quarter can be read.
//!
//! Phases follow each other; within a phase, mechanisms act in the order of `STANDARD`, which is the economy as a list. Ambiguity is an
//! error: if two systems could see each other's writes in either order, the schedule does not build.

use std::sync::Arc;

use bevy_ecs::prelude::*;
use bevy_ecs::schedule::{LogLevel, ScheduleBuildSettings, ScheduleLabel, SingleThreadedExecutor};

use crate::mechanisms::banking::{bank_accounts, measure_banks};
use crate::mechanisms::book_check::close_books;
use crate::mechanisms::competition::{compete, take_orders};
use crate::mechanisms::credit::grant_credit;
use crate::mechanisms::deals::make_deals;
use crate::mechanisms::departure::leave_table;
use crate::mechanisms::entry::{found_enterprises, settle_newcomers};
use crate::mechanisms::failure::fail_and_exit;
use crate::mechanisms::flotation::list_enterprises;
use crate::mechanisms::fund_exits::run_fund_exits;
use crate::mechanisms::fund_management::manage_funds;
use crate::mechanisms::goods_market::{clear_goods, place_orders};
use crate::mechanisms::grants::award_grants;
use crate::mechanisms::households::household_accounts;
use crate::mechanisms::innovation_returns::record_returns;
use crate::mechanisms::labour_market::{measure_employment, set_wage};
use crate::mechanisms::missions::run_missions;
use crate::mechanisms::monetary_policy::set_rates;
use crate::mechanisms::national_accounts::{account_growth, measure_output};
use crate::mechanisms::path_choice::choose_paths;
use crate::mechanisms::pricing::set_prices;
use crate::mechanisms::programmes::plan_programmes;
use crate::mechanisms::public_finance::public_finance;
use crate::mechanisms::rest_of_world::advance_rest_of_world;
use crate::mechanisms::sector_choice::choose_sectors;
use crate::mechanisms::sector_views::view_sectors;
use crate::mechanisms::think_tanks::{pay_think_tanks, work_think_tanks};
use crate::mechanisms::timeline::apply_events;
use crate::mechanisms::trading::trade;
use crate::model::{Declaration, Model, Place, begin_mechanisms};
use crate::passes::close::close_tick;
use crate::passes::innovation::advance_technology;
use crate::passes::look_ahead::look_ahead;
use crate::passes::operation::produce_and_settle;
use crate::record::record;

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

/// A mechanism of the standard model: its parameters, state and tables are those of [`Parameters`](crate::parameters::Parameters), of
/// checkpoints and of [`TABLES`](crate::observe::TABLES); here stand its systems.
pub(crate) struct Standard {
    name: &'static str,
    meaning: &'static str,
    declare: fn(&mut Declaration),
}

impl Standard {
    /// What it brings.
    pub(crate) fn declared(&self) -> Declaration {
        let mut declaration = Declaration::new(self.name, self.meaning, true);
        (self.declare)(&mut declaration);
        declaration
    }
}

macro_rules! standard {
    ($($name:ident: $meaning:literal { $($phase:ident => $systems:expr;)+ })+) => {
        /// The mechanisms of the standard model, in the order in which they act within a phase.
        pub(crate) const STANDARD: &[Standard] = &[$(
            Standard {
                name: stringify!($name),
                meaning: $meaning,
                declare: |mechanism| {
                    $(mechanism.systems(Place::Within(Phase::$phase), $systems);)+
                },
            },
        )+];
    };
}

standard! {
    timeline: "Events set parameters, shock demand and stop imports" {
        Surroundings => (apply_events, begin_mechanisms);
    }
    entry: "New enterprises are founded" {
        Entry => (found_enterprises, settle_newcomers);
    }
    path_choice: "Enterprises divide their attention among the paths of return" {
        Paths => choose_paths;
    }
    programmes: "Governments choose sectors, plan programmes and award support" {
        Plans => (choose_sectors, plan_programmes);
        Awards => (award_grants, run_missions);
    }
    goods_markets: "Prices, competition for shares, orders, supply and imports" {
        Technology => view_sectors;
        Market => (set_prices, compete, place_orders, take_orders, clear_goods);
    }
    production: "Enterprises produce, pay wages, taxes, interest and dividends" {
        Production => produce_and_settle;
    }
    labour_market: "Employment and the wage" {
        Surroundings => set_wage;
        Production => measure_employment;
    }
    look_ahead: "Enterprises plan investment; they are valued, may fail or apply for a listing" {
        Investment => look_ahead;
    }
    exchange: "Listings, trading, mergers" {
        CapitalMarket => (list_enterprises, trade);
    }
    venture_capital: "Funds raise money, close deals and sell their holdings" {
        Finance => (manage_funds, make_deals);
        CapitalMarket => run_fund_exits;
    }
    failure: "Enterprises fail, are rescued, reorganised or closed" {
        Failure => (fail_and_exit, leave_table);
        Returns => close_tick;
    }
    banking: "The policy rate, credit, banks' interest, losses and own funds" {
        Surroundings => set_rates;
        Finance => grant_credit;
        Failure => bank_accounts;
        Returns => measure_banks;
    }
    rest_of_world: "The frontier, world demand and the exchange rate" {
        Surroundings => advance_rest_of_world;
    }
    think_tanks: "Advice, research, matchmaking, help with applications, attraction" {
        ThinkTanks => work_think_tanks;
        Failure => pay_think_tanks;
    }
    households: "Income, consumption and saving" {
        Settlement => household_accounts;
    }
    public_finance: "Budgets, bonds and the fiscal rule" {
        Failure => public_finance;
    }
    technology: "Search, projects through readiness levels, conversion, adoption, and what they paid" {
        Technology => advance_technology;
        Returns => record_returns;
    }
    accounts: "National accounts, growth accounts, identities and the tables" {
        Production => (measure_output, account_growth);
        Check => close_books;
        Record => record;
    }
}

/// The schedule of a tick of a model; `order` is the order in which groups of systems are added, which a test shuffles.
pub(crate) fn schedule(model: &Model, order: Option<&[usize]>) -> Schedule {
    let mut schedule = Schedule::new(Tick);
    schedule.set_executor(SingleThreadedExecutor::new());
    schedule.set_build_settings(ScheduleBuildSettings { ambiguity_detection: LogLevel::Error, ..Default::default() });
    model.add_to(&mut schedule, order);
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
