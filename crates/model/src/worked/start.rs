//! The economy at the start, whose quantities, prices and books fit each other.

#![cfg(test)]

use super::*;
use crate::kinds::{InstitutionalSector as S, Instrument};
use crate::state::bank::{Bank, Rates};
use crate::state::enterprise::{Attention, Equity, Operation, Pipeline, Plant, Position, Technology, Treasury};
use crate::state::government::Government;
use crate::state::think_tanks::ThinkTank;
use crate::state::venture::Fund;

/// One enterprise makes goods, one makes tools, and 18.32 of 19.28 people have work.
fn start(change: impl FnOnce(&mut Parameters)) -> Small {
    let mut parameters = parameters();
    parameters.population.workers_per_enterprise = 18.32 / 0.95 / 2.0;
    (parameters.labour.natural_unemployment, parameters.labour.expected_inflation) = (0.05, 0.02);
    parameters.labour.overhead_share = 0.25;
    let banking = &mut parameters.banking;
    (banking.neutral_real_rate, banking.inflation_target, banking.base_spread, banking.leverage_spread) = (0.01, 0.02, 0.01, 0.02);
    (banking.deposit_margin, banking.bond_spread, banking.leverage_limit, banking.capital_target) = (0.01, 0.005, 10.0, 0.1);
    (parameters.investment.loan_share, parameters.investment.cash_buffer_years) = (0.5, 0.25);
    (parameters.pricing.required_return, parameters.pricing.normal_markup) = (0.04, 0.25);
    (parameters.production.depreciation, parameters.production.normal_utilisation) = (0.08, 0.8);
    let government = &mut parameters.government;
    (government.vat_rate, government.rd_credit_rate, government.rd_super_deduction) = (0.1, 0.2, 0.0);
    (government.purchases_share, government.debt_target, government.plan_years) = (0.2, 0.5, 5.0);
    let technology = &mut parameters.technology;
    (technology.rd_required_return, technology.rd_distance_response) = (0.1, 2f64.ln() / 0.3);
    technology.rd_distance_barrier = 2f64.ln() / 0.3;
    (parameters.households.consumption_from_income, parameters.households.consumption_from_wealth) = (0.69, 0.1);
    parameters.households.bond_share = 0.1;
    parameters.market.quality_weight = 0.5;
    for (sector, [home_share, export_share, quality_gap, productivity_gap]) in
        parameters.sectors.iter_mut().zip([[0.8, 0.2, 0.0, 0.0], [0.5, 0.5, -0.2, -0.4]])
    {
        let sector = &mut sector.value;
        (sector.home_share, sector.export_share, sector.world_share) = (home_share, export_share, 0.1);
        (sector.quality_gap, sector.productivity_gap) = (quality_gap, productivity_gap);
        (sector.rd_intensity, sector.obsolescence, sector.appropriation, sector.experience_years) = (0.05, 0.1, 0.5, 10.0);
    }
    change(&mut parameters);
    let mut world = World::new();
    build_world(&mut world, &parameters, Vec::new(), 1, RecordPlan::default());
    Small { world }
}

#[test]
fn quantities_and_prices_of_the_start() {
    let small = start(|_| ());
    // Loans cost 0.03 + 0.01 + ½ 0.02 + 0.01 = 0.06, 0.04 beyond inflation; capital 0.08 + ½ 0.04 + ½ 0.04 = 0.12 a year, of a unit of goods 0.12 / 0.8, of tools
    // twice that. Of a price of 1 goods keep 1 − 0.05 × 0.8 − 0.1 × 0.75 = 0.885, over 1.25 for the mark-up 0.708, less 0.25 for tools and 0.15: 0.308 for wages.
    // Tools are 0.3 behind the frontier and do half of the R&D: (1 − 0.02 − 0.1) / 1.25 − 0.3 = 0.404.
    // Goods: G = C + 0.2 Y, for 0.8 at home over 0.8 that is not exported is 1. Tools: T = ¼ G + 0.1 (G + 2 T) / 0.8 = ½ G. Y = ¾ G + T. So G = 4/3 C and Y = 5/3 C.
    // People: 32 × (0.308 + 0.05) + 16 × (0.404 + 0.025) = 18.32 for C = 24.
    let economy = small.get::<Economy>();
    by_hand(&[
        ("labour force", economy.labour_force, 18.32 / 0.95),
        ("employment", economy.employment, 18.32),
        ("unemployment", economy.unemployment, 0.05),
        ("its average", economy.mean_unemployment, 0.05),
        ("output", economy.annual_output, 40.0),
        ("productivity", economy.productivity, 40.0 / 18.32),
        ("in money", economy.nominal_productivity, 40.0 / 18.32),
        // 24 / (0.69 + 0.11).
        ("income", economy.disposable_income, 30.0),
        ("policy rate", economy.policy_rate, 0.03),
        ("shadow rate", economy.shadow_rate, 0.03),
        ("effective rate", economy.effective_rate, 0.03),
        ("neutral rate", economy.neutral_rate, 0.01),
        ("loan rate", economy.loan_rate, 0.06),
        ("inflation", economy.inflation, 0.02),
        ("expected", economy.expected_inflation, 0.02),
        ("debt target", economy.debt_target, 0.5),
        ("quality of foreign tools", economy.last_prices[1].quality[1], 0.2),
        ("home goods", economy.last_prices[0].home_part, 0.8),
        ("consumption of goods", economy.consumption_shares[0], 1.0),
    ]);
    for one in [
        economy.wage,
        economy.exchange_rate,
        economy.foreign_level,
        economy.capital_price,
        economy.capital_price_at_close,
        economy.capital_fill,
        economy.capital_outlay,
        economy.consumer_price,
        economy.adjusted_consumer_price,
        economy.price_history[0],
        economy.last_prices[0].buyer,
        economy.last_prices[0].producer,
        economy.last_prices[0].home,
        economy.last_prices[0].foreign,
    ] {
        assert_eq!(one, 1.0);
    }
    let rates = small.get::<Rates>();
    by_hand(&[
        ("policy", rates.policy, 0.03),
        ("deposits", rates.deposit, 0.02),
        ("bonds", rates.bond, 0.035),
        ("losses", rates.expected_loss, 0.01),
    ]);
}

#[test]
fn sectors_at_the_start() {
    let small = start(|_| ());
    let [goods, tools] = [0, 1].map(|index| small.get::<Sectors>()[index].clone());
    by_hand(&[
        ("labour need of goods", goods.labour_need, 0.308),
        ("of tools", tools.labour_need, 0.404),
        ("log productivity", tools.log_productivity, -0.404f64.ln()),
        ("of the frontier", tools.frontier_productivity, 0.4 - 0.404f64.ln()),
        ("foreign quality", tools.foreign_quality, 0.2),
        ("gap", tools.initial_gap, -0.1),
        ("R&D of goods", goods.rd_intensity, 0.05),
        ("of tools", tools.rd_intensity, 0.025),
        // A year's rents are twice a year's R&D less a fifth, of which half stays; so far behind, twice that.
        ("payoff of R&D", goods.rd_payoff, 3.2),
        ("of tools", tools.rd_payoff, 6.4),
        ("effort", goods.rd_effort, 1.0),
        ("unit cost", goods.unit_cost, 0.8),
        ("home share", tools.home_share, 0.5),
        ("delivered", tools.delivered_home_share, 0.5),
        ("world demand", goods.world_demand, 64.0),
        ("at the start", goods.initial_world_demand, 64.0),
        ("for tools", tools.world_demand, 80.0),
        ("world share", goods.world_share, 0.1),
        ("made so far", goods.cumulative_output, 320.0),
        ("at year 0", goods.initial_cumulative_output, 320.0),
        ("expected", goods.expected_demand, 32.0),
        ("output", goods.output, 8.0),
        ("orders", goods.orders, 8.0),
        ("capacity", goods.capacity, 10.0),
        ("imports", goods.normal_imports, 1.6),
        ("inputs", goods.intermediate_cost, 0.25),
        ("sales", goods.sales, 8.0),
        ("exports", goods.exports, 1.6),
        // Three quarters of work vary with output: 0.75 × 0.308 / ¼.
        ("persons a unit", goods.persons_per_unit, 0.924),
        ("staff", goods.overhead_persons, 0.25 * 32.0 * 0.308),
        ("mean sales", goods.mean_sales, 32.0),
        ("value added", goods.value_added_share, 0.75),
        ("profit", goods.profit_share, 0.04),
        ("taste", goods.taste, 1.0),
        ("count", goods.count, 1.0),
        ("count at the start", goods.initial_count, 1.0),
        ("typical share", goods.typical_share, 1.0),
    ]);
    for one in [
        goods.price,
        goods.buyer_price,
        goods.base_price,
        goods.need_served,
        goods.world_turn,
        goods.foreign_price,
        goods.initial_foreign_price,
        goods.world_experience,
        goods.learning,
        goods.fill,
        goods.limit,
        goods.supplied,
        goods.seller_price,
        goods.share_sum,
        goods.promotion,
        goods.capital_factor,
    ] {
        assert_eq!(one, 1.0);
    }
}

#[test]
fn enterprises_at_the_start() {
    let mut small = start(|_| ());
    let found = |small: &mut Small| small.world.query_filtered::<Entity, bevy_ecs::query::With<Identity>>().iter(&small.world).next();
    let goods = found(&mut small).expect("one makes goods");
    let (operation, plant, treasury) = (small.of::<Operation>(goods), small.of::<Plant>(goods), small.of::<Treasury>(goods));
    // 32 a year take 40 units of capital and 9.856 people. Cash: 1.6 buffers of a quarter of its costs of 9.856 + 8. Debt: 0.35 × 40.
    by_hand(&[
        ("share", small.of::<Position>(goods).share, 1.0),
        ("price", small.of::<Position>(goods).price, 1.0),
        ("mark-up", small.of::<Position>(goods).markup, 0.25),
        ("output", operation.output, 8.0),
        ("sales", operation.sales, 8.0),
        ("value added", operation.value_added, 6.0),
        ("people", operation.employment, 9.856),
        ("wages", operation.wages, 2.464),
        ("profit", operation.profit, 0.32),
        ("capital", plant.capital, 40.0),
        ("planned", plant.planned, 0.8),
        ("cash", treasury.cash, 7.1424),
        ("debt", treasury.debt, 14.0),
        ("earnings", treasury.earnings, 1.28),
        ("equity", small.of::<Equity>(goods).market_value, 33.1424),
        ("value", small.of::<Equity>(goods).fundamental, 33.1424),
        ("effort", small.of::<Pipeline>(goods).effort, 1.0),
        // R&D of a twentieth has to bring 3.2 times as much, which is 0.16 / 0.75 of value added.
        ("edge", small.of::<Technology>(goods).edges[0], -(1.0 - 0.16 / 0.75f64).ln()),
    ]);
    assert_eq!(small.of::<Attention>(goods).shares, [0.5, 0.25, 0.25]);
    let who = small.of::<Identity>(goods);
    assert!(who.status == Status::Active && who.born <= 0 && who.born > -120);
    let stocks = small.get::<StockTable>();
    let costs = 7.1424 + 0.4 * 16.0 * 0.404;
    by_hand(&[
        ("cash of all", stocks.get(Instrument::Deposits, S::Enterprises), costs),
        ("debt of all", stocks.get(Instrument::Loans, S::Enterprises), -28.0),
        ("capital of all", stocks.get(Instrument::FixedCapital, S::Enterprises), 80.0),
        ("equity of households", stocks.get(Instrument::Unlisted, S::Households), costs + 80.0 - 28.0),
    ]);
}

#[test]
fn enterprises_of_the_start_differ() {
    // Of 4,000 that make goods: sizes by Pareto's law, regions by people, pull and what they specialise in.
    let mut small = start(|parameters| {
        parameters.population.enterprises = 8000;
        parameters.production.efficiency_spread = 0.3;
        for (region, pull) in parameters.regions.iter_mut().zip([1.0, 3.0]) {
            region.value.pull = pull;
        }
        parameters.regions[1].value.specialisation = Weights(vec![("goods".to_owned(), 3.0)]);
    });
    let all: Vec<(Identity, Technology, Position)> = small
        .world
        .run_system_once(|all: Query<(&Identity, &Technology, &Position)>| all.iter().map(|(a, b, c)| (*a, *b, *c)).collect::<Vec<_>>())
        .expect("a query asks for nothing");
    let goods: Vec<_> = all.iter().filter(|(who, ..)| who.sector == 0).collect();
    assert_eq!((all.len(), goods.len()), (8000, 4000));
    let mean = |of: &dyn Fn(&(Identity, Technology, Position)) -> f64| goods.iter().map(|one| of(one)).sum::<f64>() / 4000.0;
    let spread = |of: &dyn Fn(&(Identity, Technology, Position)) -> f64| {
        let middle = mean(of);
        mean(&|one| (of(one) - middle).powi(2)).sqrt()
    };
    let mut shares: Vec<f64> = goods.iter().map(|(.., position)| position.share).collect();
    shares.sort_by(f64::total_cmp);
    // The quartiles of (1 − 0.9993 u)^(−1/1.06): 1.3115 and 3.6898; the greatest is below 950.
    let near =
        |what: &str, found: f64, worked: f64, within: f64| assert!((found - worked).abs() < within, "{what}: {found}, by hand {worked}");
    near("quartiles", shares[3000] / shares[1000], 3.6898 / 1.3115, 0.2);
    near("the least", shares[1000] / shares[0], 1.3115, 0.03);
    assert!(shares[3999] / shares[0] < 950.0);
    near("sum", shares.iter().sum(), 1.0, 1e-9);
    near(
        "typical share",
        small.get::<Sectors>()[0].typical_share,
        shares.iter().map(|share| share.sqrt()).sum::<f64>().powi(2) / 1.6e7,
        1e-12,
    );
    near("log productivity", mean(&|(_, technology, _)| technology.log_productivity), -0.308f64.ln(), 0.02);
    near("its spread", spread(&|(_, technology, _)| technology.log_productivity), 0.2, 0.01);
    near("efficiency", spread(&|(_, technology, _)| technology.efficiency), 0.3, 0.015);
    near("quality", spread(&|(_, technology, _)| technology.quality), 0.1, 0.005);
    near("age in ticks", mean(&|(who, ..)| -f64::from(who.born)), 60.0, 3.0);
    // Weights of 0.75 and 0.25 × 3 × 3.
    near("of the south", mean(&|(who, ..)| f64::from(who.region)), 0.75, 0.03);
    near("of the second bank", mean(&|(who, ..)| f64::from(who.bank)), 0.5, 0.03);
}

#[test]
fn books_of_the_start_balance() {
    let mut small = start(|parameters| {
        (parameters.venture.funds_per_thousand, parameters.venture.supply_share, parameters.venture.life_years) = (1000.0, 0.01, 10.0);
        (parameters.venture.guidance_share, parameters.venture.fee) = (0.25, 0.02);
        (parameters.think_tanks.count, parameters.think_tanks.staff) = (2, 10.0);
    });
    let force = 18.32 / 0.95;
    let ledger = small.get::<Ledger>().clone();
    let loans = [ledger.loans(0), ledger.loans(1)];
    // Debt of half of output; a tenth of it with the central bank, a tenth of output with households, what is left with banks.
    by_hand(&[
        ("debt of the centre", ledger.debts[0], 15.0),
        ("of the north", ledger.debts[1], 3.75),
        ("of the south", ledger.debts[2], 1.25),
        ("bonds of the central bank", ledger.central_bank_bonds, 2.0),
        ("of households", ledger.household_bonds, 4.0),
        ("of a bank", ledger.bank_bonds[0], 7.0),
        ("of the other", ledger.bank_bonds[1], 7.0),
        ("centre", ledger.balance(Account::Central), 0.2),
        ("north", ledger.balance(Account::Local(0)), 0.15),
        ("south", ledger.balance(Account::Local(1)), 0.05),
        ("loans", loans[0] + loans[1], 28.0),
        // Own funds of 1.05 × 0.13 of loans.
        ("own funds of a bank", ledger.own_funds(0), 1.05 * 0.13 * loans[0]),
        ("of the other", ledger.own_funds(1), 1.05 * 0.13 * loans[1]),
        ("reserves that the central bank owes", ledger.balance(Account::CentralBank), -2.0),
    ]);
    let governments: Vec<Government> = small.all();
    assert_eq!(
        governments.iter().map(|government| (government.region, government.next_plan)).collect::<Vec<_>>(),
        [(None, 0), (Some(0), 0), (Some(1), 10)]
    );
    let funds: Vec<Fund> = small.all();
    assert_eq!(funds.iter().map(|fund| (fund.id, fund.vintage, fund.public_share)).collect::<Vec<_>>(), [(1, 0, 0.25), (2, -20, 0.25)]);
    // A hundredth of output for a life, over two: 2, by luck of e^(½ N − ⅛) more or less.
    assert!(funds.iter().all(|fund| (0.3..8.0).contains(&fund.commitments) && fund.skill > 0.0 && fund.skill < 1.0));
    by_hand(&[("fees", funds[0].fee_reserve, funds[0].commitments * 0.2 / 1.1)]);
    let tanks: Vec<ThinkTank> = small.all();
    assert_eq!(tanks.iter().map(|tank| (tank.id, tank.region)).collect::<Vec<_>>(), [(1, 0), (2, 1)]);
    for tank in &tanks {
        by_hand(&[
            ("staff", tank.staff, 0.01 * force / 2.0),
            ("cash", tank.cash, 0.5 * tank.staff),
            ("field", tank.field.iter().sum(), 1.0),
        ]);
        assert!((tank.quality - 0.6).abs() <= 0.15 && (tank.independence - 0.6).abs() <= 0.15 && tank.reputation == 0.5);
    }
    let banks: Vec<Bank> = small.all();
    assert_eq!(banks.iter().map(|bank| bank.index).collect::<Vec<_>>(), [0, 1]);
    // What one has another owes.
    let enterprises: Vec<Treasury> = small.all();
    let cash: f64 = enterprises.iter().map(|treasury| treasury.cash).sum::<f64>() + tanks.iter().map(|tank| tank.cash).sum::<f64>();
    let accounts = [
        Account::Households,
        Account::Central,
        Account::CentralBank,
        Account::RestOfWorld,
        Account::Local(0),
        Account::Local(1),
        Account::Bank(0),
        Account::Bank(1),
    ];
    by_hand(&[
        ("all money", cash + accounts.map(|account| ledger.balance(account)).iter().sum::<f64>(), 0.0),
        (
            "cash of think tanks",
            small.get::<StockTable>().get(Instrument::Deposits, S::ThinkTanks),
            tanks.iter().map(|tank| tank.cash).sum(),
        ),
    ]);
}

#[test]
fn people_are_few_where_nobody_is_unemployed_and_funds_where_there_is_none() {
    let small = start(|parameters| (parameters.households.bond_share, parameters.government.debt_target) = (10.0, 0.5));
    // Households hold three fifths of bonds at most.
    by_hand(&[
        ("bonds of households", small.get::<Ledger>().household_bonds, 12.0),
        ("of a bank", small.get::<Ledger>().bank_bonds[0], 3.0),
    ]);
}
