//! Systems worked by hand: one system at a time runs in an economy that fits on a sheet of paper, and every number that it must move is held
//! against what the sheet says. What a rule comes to is tested beside the rule; here it is which number goes into it, and where the result goes.

#![cfg(test)]
#![allow(clippy::disallowed_methods, reason = "what is worked by hand does not go through the door that it checks")]

mod abroad;
mod equity;
mod exits;
mod finance;
mod funds;
mod households;
mod lively;
mod markets;
mod national_accounts;
mod policy;
mod production;
mod public_sector;
mod research;
mod start;

use bevy_ecs::component::Component;
use bevy_ecs::prelude::{Entity, IntoSystem, Mut, Query, Resource, World};
use bevy_ecs::system::RunSystemOnce;

use crate::kinds::FlowKind;
use crate::mechanisms::sector_views::view_sectors;
use crate::observe::RecordPlan;
use crate::parameters::{Named, Parameters, Programme, Region, Sector, Weights};
use crate::rules::sector_view::SectorViews;
use crate::state::accounts::{Account, End, Ledger, MicroStocks, StockTable};
use crate::state::calendar::Calendar;
use crate::state::economy::{Economy, Tally};
use crate::state::enterprise::{Enterprise, Identity, Register, Status};
use crate::state::government::ProgrammeBudgets;
use crate::state::sector::{SectorState, Sectors};
use crate::state::shocks::Shocks;
use crate::state::technology::Projects;
use crate::state::venture::Stake;
use crate::world::setup::build_world;

/// Years over which an average that moves by quarters closes half of its gap in each.
pub const HALF_A_QUARTER: f64 = 0.25 / std::f64::consts::LN_2;

/// Two sectors (goods made with tools, and tools), two regions (three quarters and a quarter of the people), two banks, quarters; neither
/// enterprises nor funds nor think tanks, until a test adds its own. All prices are 1 and the wage is 2.
pub struct Small {
    pub world: World,
}

/// Configuration of a [`Small`] economy.
pub fn parameters() -> Parameters {
    let sector = |name: &str, value: Sector| Named { name: name.to_owned(), value };
    let region =
        |name: &str, population_share: f64| Named { name: name.to_owned(), value: Region { population_share, ..Region::default() } };
    let mut parameters = Parameters {
        sectors: vec![
            sector(
                "goods",
                Sector {
                    enterprise_share: 0.5,
                    taste: 1.0,
                    government_weight: 1.0,
                    inputs: Weights(vec![("tools".to_owned(), 0.25)]),
                    ..Sector::default()
                },
            ),
            sector("tools", Sector { enterprise_share: 0.5, investment_weight: 1.0, capital_output: 2.0, ..Sector::default() }),
        ],
        regions: vec![region("north", 0.75), region("south", 0.25)],
        ..Parameters::default()
    };
    parameters.time.burn_in_years = 0;
    parameters.population.enterprises = 2;
    parameters.banking.banks = 2;
    parameters.venture.funds_per_thousand = 0.0;
    parameters.think_tanks.count = 0;
    parameters
}

impl Small {
    /// With the configuration of [`parameters`].
    pub fn new() -> Self {
        Self::with(|_| ())
    }

    /// With a configuration that differs from [`parameters`].
    pub fn with(change: impl FnOnce(&mut Parameters)) -> Self {
        let mut parameters = parameters();
        change(&mut parameters);
        let mut world = World::new();
        build_world(&mut world, &parameters, Vec::new(), 1, RecordPlan::default());
        let there: Vec<Entity> = world.query_filtered::<Entity, bevy_ecs::query::With<Identity>>().iter(&world).collect();
        for enterprise in there {
            world.despawn(enterprise);
        }
        let (sectors, regions, banks) = (parameters.sectors.len(), parameters.regions.len(), parameters.banking.banks as usize);
        let state = SectorState {
            price: 1.0,
            buyer_price: 1.0,
            base_price: 1.0,
            seller_price: 1.0,
            foreign_price: 1.0,
            learning: 1.0,
            need_served: 1.0,
            limit: 1.0,
            supplied: 1.0,
            fill: 1.0,
            share_sum: 1.0,
            count: 1.0,
            ..SectorState::default()
        };
        world.insert_resource(Sectors(vec![state; sectors]));
        world.insert_resource(Economy {
            wage: 2.0,
            labour_force: 100.0,
            employment: 90.0,
            unemployment: 0.1,
            exchange_rate: 1.0,
            foreign_level: 1.0,
            capital_price: 1.0,
            capital_price_at_close: 1.0,
            capital_fill: 1.0,
            capital_outlay: 1.0,
            consumer_price: 1.0,
            adjusted_consumer_price: 1.0,
            price_history: vec![1.0],
            ..Economy::default()
        });
        world.insert_resource(Shocks::at(&parameters, 0.0));
        let ledger = Ledger::new(regions, banks);
        world.insert_resource(StockTable::measure(&ledger, &MicroStocks::default()));
        world.insert_resource(ledger);
        world.insert_resource(Projects::default());
        world.insert_resource(Register::default());
        world.insert_resource(Tally::open(sectors, regions, banks));
        Self { world }
    }

    /// Adds an enterprise at work; its row is the number of those there before.
    pub fn add(&mut self, mut enterprise: Enterprise) -> Entity {
        enterprise.identity.status = Status::Active;
        self.set::<Projects>().push();
        self.world.spawn(enterprise).id()
    }

    /// Runs one system. What it sees of sectors is read off before, as in a tick.
    pub fn run<M>(&mut self, system: impl IntoSystem<(), (), M>) {
        self.world.run_system_once(view_sectors).expect("all that it asks for is there");
        let sectors = self.get::<Sectors>().clone();
        let mut views = self.set::<SectorViews>();
        for moment in [SectorViews::after_prices, SectorViews::after_orders, SectorViews::after_sales, SectorViews::after_settlement] {
            moment(&mut views, &sectors);
        }
        self.world.run_system_once(system).expect("the system finds all that it asks for");
    }

    /// A part of an enterprise, or of any other agent.
    pub fn of<C: Component + Clone>(&self, agent: Entity) -> C {
        self.world.get::<C>(agent).expect("it is there").clone()
    }

    /// What all share.
    pub fn get<R: Resource>(&self) -> &R {
        self.world.resource::<R>()
    }

    /// The same, to change.
    pub fn set<R: Resource<Mutability = bevy_ecs::component::Mutable>>(&mut self) -> Mut<'_, R> {
        self.world.resource_mut::<R>()
    }

    /// All agents of a kind, in their order.
    pub fn all<C: Component + Clone>(&mut self) -> Vec<C> {
        self.world.run_system_once(|all: Query<&C>| all.iter().cloned().collect::<Vec<C>>()).expect("a query asks for nothing")
    }

    /// The first agent of a kind, to change.
    pub fn first<C: Component<Mutability = bevy_ecs::component::Mutable>>(&mut self) -> Mut<'_, C> {
        let first = self.world.query_filtered::<Entity, bevy_ecs::query::With<C>>().iter(&self.world).next().expect("there is one");
        self.world.get_mut::<C>(first).expect("it has what it was found by")
    }

    /// Books a payment between accounts of the ledger.
    pub fn pay(&mut self, kind: FlowKind, payer: Account, payee: Account, amount: f64) {
        self.set::<Ledger>().pay(kind, End::Of(payer), End::Of(payee), amount);
    }

    /// Books what enterprises receive, or pay where the amount is below 0; whose cash it is does not matter.
    pub fn pay_enterprises(&mut self, kind: FlowKind, account: Account, amount: f64) {
        let mut somebody = 0.0;
        if amount >= 0.0 {
            self.set::<Ledger>().pay(kind, End::Of(account), End::Enterprise(&mut somebody), amount);
        } else {
            self.set::<Ledger>().pay(kind, End::Enterprise(&mut somebody), End::Of(account), -amount);
        }
    }

    /// Gives an account a balance.
    pub fn endow(&mut self, account: Account, balance: f64) {
        let gap = balance - self.balance(account);
        self.set::<Ledger>().endow(account, gap);
    }

    /// Balance of an account.
    pub fn balance(&self, account: Account) -> f64 {
        self.get::<Ledger>().balance(account)
    }
}

/// Holds numbers against what was worked out by hand: what each is, as it was found, as it must be.
#[track_caller]
pub fn by_hand(cases: &[(&str, f64, f64)]) {
    for (what, found, worked) in cases {
        assert!((found - worked).abs() <= 1e-9 * worked.abs().max(1.0), "{what}: {found}, by hand {worked}");
    }
}

/// A call for grants by the centre, with a pot of 10, and by localities, with 3 in the south for goods.
pub fn grant_calls() -> Small {
    let grant = |level: &str| Named {
        name: level.to_owned(),
        value: Programme { level: level.to_owned(), award_years: 1.5, ..Programme::default() },
    };
    let mut small = Small::with(|parameters| {
        parameters.programmes = vec![grant("central"), grant("local")];
        (parameters.government.transparency, parameters.government.appraisal_noise) = (0.5, 0.0);
        parameters.government.application_rate = 0.8;
        parameters.path_choice.half_attention = 0.1;
        (parameters.technology.research_norm, parameters.technology.small_enterprise_floor) = (0.02, 0.4);
    });
    let mut budgets = small.set::<ProgrammeBudgets>();
    budgets.states.iter_mut().for_each(|state| state.running = true);
    (budgets.pots[0], budgets.pots[1][2]) = (vec![10.0], 3.0);
    small
}

/// A stake in an enterprise.
pub fn stake(id: u64, paid: f64) -> Stake {
    Stake {
        deal: 1,
        enterprise: Entity::PLACEHOLDER,
        id,
        sector: 0,
        region: 0,
        shares: 0.1,
        paid,
        tick: 0,
        round: 0,
        supported: false,
        matched: false,
        bought: false,
    }
}

/// The calendar of the default configuration at a tick.
pub fn calendar(tick: u32) -> Calendar {
    Calendar { tick, ..Calendar::new(&Parameters::default(), 1) }
}
