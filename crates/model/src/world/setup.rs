//! The world at the start: an economy near its steady growth, with books that balance.

use bevy_ecs::prelude::{Schedules, World};

use crate::DriverSeries;
use crate::model::Begun;
use crate::observe::{RecordPlan, Records};
use crate::parameters::Parameters;
use crate::rules::sector_view::SectorViews;
use crate::state::accounts::{BookCheck, Ledger, MicroStocks, StockTable};
use crate::state::bank::Rates;
use crate::state::calendar::Calendar;
use crate::state::census::Census;
use crate::state::decisions::Decisions;
use crate::state::economy::{Economy, Prices, Staffing, Tally};
use crate::state::enterprise::{Closures, Distressed, Newcomers, Register, Wanting, YearAccounts};
use crate::state::exchange::{Applicants, Board, Exchange, Traded};
use crate::state::final_demand::FinalDemand;
use crate::state::government::{GovernmentAccounts, GrantApplications, Plans, ProgrammeBudgets, Receipts};
use crate::state::growth::Growth;
use crate::state::ids::Registry;
use crate::state::rest_of_world::DriverPaths;
use crate::state::returns::{FundReturns, Returns};
use crate::state::sector::{SectorState, Sectors, typical_share};
use crate::state::shocks::Shocks;
use crate::state::tables::Tables;
use crate::state::technology::{Funnel, Projects};
use crate::state::think_tanks::{ClientFees, Services};
use crate::state::venture::{Candidates, Marks};
use crate::world::founders::Founders;
use tripath_engine::math;

use super::first_quantities::{INITIAL_LOSS, Start, initial_loan_rate, initial_payoff, initial_rd_intensity, solve_start};
use super::institutions::{endow_households_and_banks, fund_count, spawn_financiers, spawn_governments, spawn_think_tanks};

/// Builds the world of a configuration.
pub fn build_world(world: &mut World, parameters: &Parameters, drivers: Vec<DriverSeries>, seed: u64, plan: RecordPlan) {
    let calendar = Calendar::new(parameters, seed);
    let tables = Tables::new(parameters);
    let force = f64::from(parameters.population.enterprises) * parameters.population.workers_per_enterprise;
    let start = solve_start(parameters, &tables, force * (1.0 - parameters.labour.natural_unemployment));
    let model = parameters.model();
    model.stores().for_each(|store| (store.open)(world));
    world.init_resource::<Decisions>();
    world.init_resource::<Begun>();
    // A resource keeps four bytes for every entity that was there before it: enterprises come after all of them.
    insert_resources(world, parameters, &calendar);
    world.insert_resource(DriverPaths(drivers));
    world.insert_resource(plan);
    world.insert_resource(initial_economy(parameters, &start, force));
    world.insert_resource(Tables::new(parameters));
    let mut ledger = Ledger::new(parameters.regions.len(), parameters.banking.banks as usize);
    ledger.book().declare(&model.own_payments());
    let mut micro = MicroStocks::default();
    let sectors = spawn_enterprises(world, parameters, &tables, &start, &calendar, &mut ledger, &mut micro);
    spawn_governments(world, parameters, &calendar, &mut ledger, start.value_added);
    spawn_financiers(world, parameters, &calendar, start.value_added);
    micro.think_tank_cash = spawn_think_tanks(world, parameters, &calendar, force, &mut ledger);
    endow_households_and_banks(parameters, &mut ledger, start.value_added);
    world.insert_resource(sectors);
    world.insert_resource(StockTable::measure(&ledger, &micro));
    world.insert_resource(ledger);
}

/// Spawns the enterprises of all sectors in the order of their ids, one by one, so that a big world stands in memory once; returns the states
/// of the sectors.
fn spawn_enterprises(
    world: &mut World,
    parameters: &Parameters,
    tables: &Tables,
    start: &Start,
    calendar: &Calendar,
    ledger: &mut Ledger,
    micro: &mut MicroStocks,
) -> Sectors {
    let numbers = enterprise_numbers(parameters);
    let founders: Vec<Founders> =
        (0..numbers.len()).map(|s| Founders::new(parameters, tables, start, calendar.seed, s, numbers[s])).collect();
    let mut roots = vec![0.0; numbers.len()];
    let mut places = numbers.iter().enumerate().flat_map(|(s, number)| (0..*number).map(move |order| (s, order)));
    let total = numbers.iter().map(|number| *number as usize).sum();
    let mut projects = Projects::with_room(total);
    // Of so many the table learns beforehand, and has their room at once.
    let enterprises = (0..total).filter_map(|_| {
        let (s, order) = places.next()?;
        let enterprise = founders[s].enterprise(order, ledger);
        micro.enterprise_cash += enterprise.treasury.cash;
        micro.enterprise_debt += enterprise.treasury.debt;
        micro.fixed_capital += enterprise.plant.capital;
        micro.unlisted_households += enterprise.equity.market_value;
        roots[s] += math::sqrt(enterprise.position.share);
        projects.push();
        Some(enterprise)
    });
    world.spawn_batch(enterprises);
    world.insert_resource(projects);
    let state = |s: usize| SectorState {
        typical_share: typical_share(roots[s], 1.0, f64::from(numbers[s])),
        ..initial_sector(parameters, start, s, numbers[s], calendar.years_per_tick())
    };
    Sectors((0..numbers.len()).map(state).collect())
}

/// The economy at the start, with a value added of `start` and so many people who can work.
fn initial_economy(parameters: &Parameters, start: &Start, force: f64) -> Economy {
    let income =
        start.consumption / (parameters.households.consumption_from_income + parameters.households.consumption_from_wealth * 1.1).max(0.05);
    let productivity = start.value_added / (force * (1.0 - parameters.labour.natural_unemployment));
    let rate = parameters.banking.neutral_real_rate + parameters.banking.inflation_target;
    Economy {
        wage: 1.0,
        labour_force: force,
        employment: force * (1.0 - parameters.labour.natural_unemployment),
        unemployment: parameters.labour.natural_unemployment,
        mean_unemployment: parameters.labour.natural_unemployment,
        staffing: Staffing::default(),
        policy_rate: rate.max(0.0),
        shadow_rate: rate,
        effective_rate: rate,
        neutral_rate: parameters.banking.neutral_real_rate,
        loan_rate: initial_loan_rate(parameters),
        exchange_rate: 1.0,
        foreign_level: 1.0,
        capital_price: 1.0,
        capital_price_at_close: 1.0,
        capital_fill: 1.0,
        capital_outlay: 1.0,
        consumer_price: 1.0,
        adjusted_consumer_price: 1.0,
        price_history: vec![1.0],
        inflation: parameters.labour.expected_inflation,
        expected_inflation: parameters.labour.expected_inflation,
        output: 0.0,
        real_output: 0.0,
        adjusted_output: 0.0,
        first_output_abroad: 0.0,
        annual_output: start.value_added,
        productivity,
        productivity_growth: 0.0,
        nominal_productivity: productivity,
        disposable_income: income,
        base_income: 0.0,
        capital_income: 0.0,
        fiscal_stance: 0.0,
        debt_target: parameters.government.debt_target,
        world_wave: 0.0,
        world_cycle: 0.0,
        last_prices: parameters
            .sectors
            .iter()
            .map(|sector| Prices {
                buyer: 1.0,
                producer: 1.0,
                home: 1.0,
                foreign: 1.0,
                home_part: sector.value.home_share,
                quality: [0.0, -sector.value.quality_gap],
            })
            .collect(),
        consumption_shares: parameters.sectors.iter().map(|sector| sector.value.taste).collect(),
        deal_rate: 0.0,
        sale_rate: 0.0,
        late_income: 0.0,
        late_transfers: 0.0,
        late_gains: 0.0,
        loans_lost: 0.0,
        residual: 0.0,
    }
}

/// Resources as they are before the first tick; those that are summed over agents follow when these are there.
fn insert_resources(world: &mut World, parameters: &Parameters, calendar: &Calendar) {
    let (count, regions) = (parameters.sectors.len(), parameters.regions.len());
    let banks = parameters.banking.banks as usize;
    let rate = parameters.banking.neutral_real_rate + parameters.banking.inflation_target;
    // The schedule looks for it, and would put it behind all enterprises.
    world.init_resource::<Schedules>();
    world.insert_resource(Rates {
        policy: rate.max(0.0),
        deposit: (rate - parameters.banking.deposit_margin).max(0.0),
        bond: (rate + parameters.banking.bond_spread).max(0.0),
        expected_loss: INITIAL_LOSS,
    });
    world.insert_resource(Plans::even(count, regions));
    world.insert_resource(ProgrammeBudgets::new(parameters));
    world.insert_resource(Returns {
        cells: vec![Default::default(); count],
        policy_to_date: vec![(0.0, 0.0); count],
        strategic_to_date: vec![0.0; count],
        breakthroughs_to_date: vec![0.0; count],
        public_funds_to_date: vec![(0.0, 0.0); count],
        programme_cost: vec![0.0; count],
        breakthroughs: vec![[0.0; 3]; count],
        self_sufficiency: vec![Default::default(); count],
        funds: FundReturns::new(count),
    });
    world.insert_resource(Growth::new(count));
    world.insert_resource(Services::without_think_tanks(count, regions));
    world.insert_resource(Census::new(count, regions, banks, 0));
    world.insert_resource(YearAccounts::default());
    world.insert_resource(ClientFees::default());
    world.insert_resource(GovernmentAccounts { tax_of_supported: vec![0.0; regions], deficits: vec![0.0; regions + 1] });
    world.insert_resource(Sectors::default());
    world.insert_resource(SectorViews::default());
    world.insert_resource(FinalDemand::default());
    world.insert_resource(Shocks::default());
    world.insert_resource(Funnel { cells: vec![Default::default(); count] });
    world.insert_resource(Applicants::default());
    world.insert_resource(Traded::default());
    world.insert_resource(Distressed::default());
    world.insert_resource(Wanting::default());
    world.insert_resource(Receipts::default());
    world.insert_resource(GrantApplications::default());
    world.insert_resource(Candidates::default());
    world.insert_resource(Marks::default());
    world.insert_resource(Exchange::default());
    world.spawn_batch(vec![Board::default(); parameters.boards.len()]);
    world.insert_resource(Registry::after_funds(u64::from(fund_count(parameters))));
    world.insert_resource(Tally::default());
    world.insert_resource(BookCheck::default());
    world.insert_resource(Records::default());
    world.insert_resource(Newcomers::default());
    world.insert_resource(Closures::default());
    world.insert_resource(Projects::default());
    world.insert_resource(Register::default());
    world.insert_resource(StockTable::default());
    world.insert_resource(Ledger::new(regions, banks));
    world.insert_resource(*calendar);
    world.insert_resource(parameters.clone());
}

/// Enterprises by sector: shares of the total by largest remainder, at least one each.
fn enterprise_numbers(parameters: &Parameters) -> Vec<u32> {
    let total = f64::from(parameters.population.enterprises);
    parameters.sectors.iter().map(|sector| ((sector.value.enterprise_share * total).round() as u32).max(1)).collect()
}

fn initial_sector(parameters: &Parameters, start: &Start, s: usize, number: u32, years: f64) -> SectorState {
    let settings = &parameters.sectors[s].value;
    let output = start.output[s];
    let exports = settings.export_share * output;
    let inputs: f64 = settings.inputs.0.iter().map(|(_, need)| need).sum();
    let log_productivity = math::ln(start.productivity[s]);
    SectorState {
        price: 1.0,
        buyer_price: 1.0,
        base_price: 1.0,
        base_quality: 0.0,
        need_served: 1.0,
        world_turn: 1.0,
        log_productivity,
        capital_factor: 1.0,
        labour_need: 1.0 / start.productivity[s],
        unit_cost: 1.0 / (1.0 + parameters.pricing.normal_markup),
        foreign_price: 1.0,
        initial_foreign_price: 1.0,
        foreign_quality: -settings.quality_gap,
        frontier_productivity: log_productivity - settings.productivity_gap,
        rd_intensity: initial_rd_intensity(parameters, s),
        rd_effort: 1.0,
        rd_payoff: initial_payoff(parameters, s),
        // A gap at the start is behind the initial shares: only changes of it move them.
        initial_gap: parameters.market.quality_weight * settings.quality_gap,
        home_share: settings.home_share,
        delivered_home_share: settings.home_share,
        world_share: settings.world_share,
        world_demand: exports / settings.world_share,
        initial_world_demand: exports / settings.world_share,
        cumulative_output: output * settings.experience_years,
        initial_cumulative_output: output * settings.experience_years,
        world_experience: 1.0,
        learning: 1.0,
        taste: settings.taste,
        expected_demand: output,
        output: output * years,
        orders: output * years,
        capacity: output * years / parameters.production.normal_utilisation,
        normal_imports: output * (1.0 - settings.home_share) * years,
        fill: 1.0,
        intermediate_cost: inputs,
        sales: output * years,
        exports: exports * years,
        limit: 1.0,
        supplied: 1.0,
        persons_per_unit: (1.0 - parameters.labour.overhead_share) / (start.productivity[s] * years),
        overhead_persons: parameters.labour.overhead_share * output / start.productivity[s],
        seller_price: 1.0,
        count: f64::from(number),
        initial_count: f64::from(number),
        mean_sales: output / f64::from(number),
        profit_share: 0.04,
        value_added_share: 1.0 - inputs,
        share_sum: 1.0,
        promotion: 1.0,
        productivity_spread: 0.3,
        quality_spread: 0.1,
        ..SectorState::default()
    }
}
