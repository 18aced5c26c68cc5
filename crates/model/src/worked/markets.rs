//! Prices, market shares, orders and the goods market.

#![cfg(test)]

use super::*;
use crate::mechanisms::competition::{compete, take_orders};
use crate::mechanisms::goods_market::{clear_goods, place_orders};
use crate::mechanisms::pricing::set_prices;
use crate::state::calendar::Calendar;
use crate::state::economy::Staffing;
use crate::state::enterprise::{Operation, Plant, Position, Technology, Treasury};
use crate::state::final_demand::FinalDemand;

fn what_is_known(log_productivity: f64, productivity: f64, quality: f64, capital_factor: f64) -> Technology {
    Technology { log_productivity, productivity, quality, capital_factor, ..Technology::default() }
}

fn pricing() -> Small {
    let mut small = Small::with(|parameters| {
        let pricing = &mut parameters.pricing;
        (pricing.normal_markup, pricing.required_return, pricing.share_response, pricing.reversion) = (0.1, 0.05, 0.4, 1.0);
        (pricing.edge_response, pricing.utilisation_response, pricing.floor, pricing.ceiling) = (0.5, 0.8, -0.15, 0.8);
        (parameters.production.normal_utilisation, parameters.production.depreciation) = (0.8, 0.08);
        (parameters.investment.loan_share, parameters.investment.cash_buffer_years) = (0.5, 0.25);
        (parameters.government.rd_credit_rate, parameters.government.vat_rate) = (0.2, 0.1);
        let market = &mut parameters.market;
        (market.price_weight, market.quality_weight, market.unfilled_weight) = (1.5, 0.5, 0.25);
        parameters.venture.rd_use = 0.5;
    });
    {
        let mut economy = small.set::<Economy>();
        (economy.loan_rate, economy.expected_inflation, economy.capital_price) = (0.05, 0.02, 2.0);
    }
    {
        let mut sectors = small.set::<Sectors>();
        sectors[1].buyer_price = 1.2;
        let goods = &mut sectors[0];
        (goods.learning, goods.rd_intensity, goods.value_added_share, goods.competitiveness) = (2.0, 0.05, 0.6, 0.1);
    }
    small
}

#[test]
fn prices_of_a_quarter() {
    let mut small = pricing();
    // Of a unit: inputs 0.25 × 1.2 / 2 = 0.15. Capital costs 0.08 + ½ 0.03 + ½ 0.05 = 0.12 a year: 0.12 × 2 / (0.8 × 2) = 0.15. Kept of a price: 1 − 0.8 × 0.05 − 0.1 × 0.6 = 0.9.
    let large = small.add(Enterprise {
        technology: what_is_known(1.0, 4.0, 0.4, 1.2),
        position: Position { share: 0.6, markup: 0.2, competitiveness: 0.3, unfilled: 0.2, share_growth: 0.05, ..Position::default() },
        operation: Operation { output: 22.5, wages: 2.0, sales: 6.0, value_added: 4.0, ..Operation::default() },
        plant: Plant { capital: 60.0, planned: 5.0, ..Plant::default() },
        treasury: Treasury { cash: 10.0, policy_money: 1.0, capital_money: 4.0, ..Treasury::default() },
        ..Enterprise::default()
    });
    let small_one = small.add(Enterprise {
        technology: what_is_known(0.5, 2.0, -0.2, 1.0),
        position: Position { share: 0.2, markup: 0.1, competitiveness: -0.1, share_growth: -0.1, ..Position::default() },
        operation: Operation { output: 6.0, ..Operation::default() },
        plant: Plant { capital: 20.0, planned: 1.0, ..Plant::default() },
        treasury: Treasury { cash: 1000.0, ..Treasury::default() },
        ..Enterprise::default()
    });
    // Who still builds sells nothing; what it has planned founders have paid in.
    let founded = small.add(Enterprise {
        technology: what_is_known(9.0, 9.0, 9.0, 1.0),
        position: Position { share: 0.5, ..Position::default() },
        plant: Plant { planned: 7.0, ..Plant::default() },
        ..Enterprise::default()
    });
    small.world.get_mut::<Identity>(founded).expect("it was added").status = Status::Founding;
    small.run(set_prices);
    // The large one: labour 2 / (4 × 2) = 0.25, capital 0.15 × 1.2: cost 0.58. Capacity 60 × 2 × ¼ / 1.2 = 25, of which 0.9 is used. Mark-up: 0.2 × 1.02 and a
    // quarter of the way to 0.1 + ½ 0.2 + 0.8 × 0.1 = 0.28: 0.224. Price 1.224 × 0.58 / 0.9.
    // It can pay for (10 − 1 − 2 − 4 + 2) / 2 = 2.5 units of capital, with half of a buffer of a quarter of 16.
    let position = small.of::<Position>(large);
    by_hand(&[
        ("mark-up", position.markup, 0.224),
        ("price", position.price, 0.7888),
        ("competitiveness", position.competitiveness, -1.5 * 0.7888f64.ln() + 0.2 - 0.05),
        ("planned", small.of::<Plant>(large).planned, 2.5),
    ]);
    // The small one: cost 0.5 + 0.15 + 0.15 = 0.8, capacity 10, of which 0.6 is used. Mark-up: 0.1 × 0.96 and a quarter of the way to 0.1 − ½ 0.2 − 0.8 × 0.2 = −0.16: 0.031.
    let position = small.of::<Position>(small_one);
    let price = 1.031 * 0.8 / 0.9;
    by_hand(&[
        ("mark-up", position.markup, 0.031),
        ("price", position.price, price),
        ("competitiveness", position.competitiveness, -1.5 * price.ln() - 0.1),
        ("planned", small.of::<Plant>(small_one).planned, 1.0),
        ("planned by founders", small.of::<Plant>(founded).planned, 7.0),
        ("planned by all", small.get::<FinalDemand>().capital, 10.5),
    ]);
    // Means by share: three quarters and a quarter.
    let goods = &small.get::<Sectors>()[0];
    let means = (0.75 * 0.7888 + 0.25 * price, -1.5 * (0.75 * 0.7888f64.ln() + 0.25 * price.ln()) + 0.75 * 0.15 - 0.25 * 0.1);
    by_hand(&[
        ("price", goods.price, means.0),
        ("competitiveness", goods.competitiveness, means.1),
        ("quality", goods.quality, 0.25),
        ("its spread", goods.quality_spread, 0.0675f64.sqrt()),
        ("log productivity", goods.log_productivity, 0.875),
        ("its spread", goods.productivity_spread, 0.046875f64.sqrt()),
        ("unit cost", goods.unit_cost, 0.635),
        ("capital factor", goods.capital_factor, 1.15),
        ("workers a unit", goods.labour_need, 0.75 / 4.0 + 0.25 / 2.0),
        ("capacity", goods.capacity, 35.0),
        ("enterprises", goods.count, 2.0),
        ("shares", goods.share_sum, 0.8),
        ("typical share", goods.typical_share, (0.6f64.sqrt() + 0.2f64.sqrt()).powi(2) / 4.0 / 0.8),
        ("price where nobody sells", small.get::<Sectors>()[1].price, 1.0),
        ("capacity there", small.get::<Sectors>()[1].capacity, 0.0),
    ]);
}

fn rivals() -> Small {
    let mut small = Small::with(|parameters| {
        let market = &mut parameters.market;
        (market.noise, market.jump_rate, market.selection, market.size_scaling) = (0.0, 0.0, 2.0, 0.5);
        (market.diversification, market.diversification_share) = (0.8, 0.25);
        (market.newcomer_growth, market.newcomer_years) = (0.2, 5.0);
        (parameters.venture.growth_support, parameters.venture.promise_spread) = (0.5, 0.0);
        let government = &mut parameters.government;
        (government.procurement_quality, government.procurement_preference, government.support_threshold) = (2.0, 0.5, 0.002);
    });
    small.set::<Calendar>().tick = 8;
    let mut sectors = small.set::<Sectors>();
    (sectors[0].competitiveness, sectors[0].count, sectors[0].quality) = (0.1, 4.0, 0.3);
    small
}

#[test]
fn market_shares_move_by_what_pulls_buyers() {
    let mut small = rivals();
    small.set::<Sectors>()[0].procurement = 1.0;
    let with = |born: i32, share: f64, competitiveness: f64, unfilled: f64| Enterprise {
        identity: Identity { id: (100.0 * share) as u64 + 1, born, ..Identity::default() },
        position: Position { share, competitiveness, unfilled, ..Position::default() },
        operation: Operation { sales: 25.0, ..Operation::default() },
        technology: Technology { quality: 0.3, ..Technology::default() },
        ..Enterprise::default()
    };
    // Two years old, of mean size: 2 (0.4 − 0.8 × 0.25²/0.5 − 0.1) + 0.2 × (1 − 2/5) = 0.52, of which half, for it leaves half of its orders unfilled; a quarter of it.
    let mut better = with(0, 0.25, 0.4, 0.5);
    (better.technology.quality, better.identity.support) = (0.4, 0.001);
    let better = small.add(better);
    // Old, a quarter of the mean, so twice as mobile: 2 (−0.3 − 0.8 × 0.0625²/0.3125 − 0.1) = −0.82.
    let worse = small.add(with(-400, 0.0625, -0.3, 0.5));
    // No better nor worse, with money of a round: ½ of 3 over a tenth of annual sales.
    let mut backed = with(-400, 0.25, 0.2, 0.0);
    (backed.identity.id, backed.treasury.capital_money) = (9, 3.0);
    let backed = small.add(backed);
    small.run(compete);
    let of = |who| small.of::<Position>(who);
    let [better_now, worse_now, backed_now] = [0.25 * 0.065f64.exp(), 0.0625 * (-0.41f64).exp(), 0.25 * 0.0375f64.exp()];
    by_hand(&[
        ("the better one", of(better).share, better_now),
        ("its growth", of(better).share_growth, 0.065f64.exp_m1()),
        ("the worse one", of(worse).share, worse_now),
        ("its growth", of(worse).share_growth, (-0.41f64).exp_m1()),
        ("the backed one", of(backed).share, backed_now),
        ("sum", small.get::<Sectors>()[0].share_sum, better_now + worse_now + backed_now),
        // Quality of 0.1 above the mean, and half of what counts as supported: e^0.2 × 1.25.
        ("in procurement", small.get::<Sectors>()[0].procurement_weight, better_now * 0.2f64.exp() * 1.25 + worse_now + backed_now),
    ]);
}

fn sellers(labour_force: f64) -> (Small, [Entity; 2]) {
    let mut small = Small::with(|parameters| {
        (parameters.government.procurement_quality, parameters.government.procurement_preference) = (0.0, 0.5);
        (parameters.labour.overhead_share, parameters.labour.frictional_unemployment) = (0.2, 0.08);
        parameters.production.normal_utilisation = 0.8;
    });
    small.set::<Economy>().labour_force = labour_force;
    small.set::<Tally>().rd = 5.0;
    {
        let mut sectors = small.set::<Sectors>();
        let goods = &mut sectors[0];
        (goods.orders, goods.procurement_orders, goods.procurement_weight, goods.share_sum) = (42.5, 10.5, 1.05, 0.8);
        (goods.learning, goods.limit, goods.makeshift) = (2.0, 0.8, 0.05);
    }
    let seller = |share: f64, price: f64, productivity: f64, capital: f64, capital_factor: f64, support: f64| Enterprise {
        identity: Identity { support, ..Identity::default() },
        technology: Technology { productivity, capital_factor, ..Technology::default() },
        position: Position { share, price, ..Position::default() },
        plant: Plant { capital, ..Plant::default() },
        ..Enterprise::default()
    };
    // The first counts as supported by half, the second in full.
    let threshold = small.get::<Parameters>().government.support_threshold;
    let sold_out = small.add(seller(0.6, 2.0, 4.0, 50.0, 1.25, 0.5 * threshold));
    let idle = small.add(seller(0.2, 3.0, 5.0, 60.0, 1.0, threshold));
    (small, [sold_out, idle])
}

#[test]
fn orders_go_by_share_and_what_one_cannot_fill_another_does() {
    // 23 of 25 people can be at work: 3.52 are staff, 10 do research, and 9.48 are half of those that goods take.
    let (mut small, [sold_out, idle]) = sellers(25.0);
    small.run(take_orders);
    // 32 by shares of three quarters and a quarter, 10.5 by shares of 0.6 × 1.25 and 0.2 × 1.5 of 1.05: 24 + 7.5 and 8 + 3. Capacities: 50 × 2 × ¼ / 1.25 = 20, and 30.
    // So 11.5 are short, and 19 are to spare.
    let (first, second) = (small.of::<Position>(sold_out), small.of::<Position>(idle));
    by_hand(&[
        ("share", first.share, 0.75),
        ("share of the idle", second.share, 0.25),
        ("unfilled", first.unfilled, 11.5 / 31.5),
        ("unfilled by the idle", second.unfilled, 0.0),
        ("output", small.of::<Operation>(sold_out).output, 20.0),
        ("output of the idle", small.of::<Operation>(idle).output, 11.0),
    ]);
    let (goods, economy) = (&small.get::<Sectors>()[0], small.get::<Economy>());
    // 42.5 units for 20 × 2 + 22.5 × 3 = 107.5, of which inputs allow four fifths and people half of that. Work: 0.8 × 0.8 × (20/4 + 22.5/5) / (2 × ¼) = 12.16 people,
    // and 0.05 × 34 / ¼ = 6.8 that make up for inputs. Staff: 0.2 × 0.8 × (20/4 + 30/5) / (2 × ¼).
    by_hand(&[
        ("spare capacity taken up", goods.spare_fill, 11.5 / 19.0),
        ("output", goods.output, 17.0),
        ("sales", goods.sales, 43.0),
        ("price", goods.seller_price, 107.5 / 42.5),
        ("people a unit", goods.persons_per_unit, 18.96 / 34.0),
        ("staff", goods.overhead_persons, 3.52),
        ("supplied", goods.supplied, 0.4),
        ("shares", goods.share_sum, 1.0),
        ("people", economy.staffing.output, 0.5),
        ("output where nothing is ordered", small.get::<Sectors>()[1].output, 0.0),
    ]);
    assert_eq!((economy.staffing.overhead, economy.staffing.research), (1.0, 1.0));
    let (mut small, _) = sellers(100.0);
    small.run(take_orders);
    assert_eq!(small.get::<Economy>().staffing, Staffing::default());
    by_hand(&[("output where people abound", small.get::<Sectors>()[0].output, 34.0)]);
}

fn goods_market() -> Small {
    let mut small = Small::with(|parameters| parameters.government.local_spending_share = 0.25);
    small.set::<Economy>().exchange_rate = 2.0;
    {
        let mut sectors = small.set::<Sectors>();
        let goods = &mut sectors[0];
        (goods.output, goods.orders, goods.procurement_orders, goods.sales, goods.seller_price) = (40.0, 50.0, 5.0, 80.0, 2.0);
        (goods.learning, goods.home_share, goods.foreign_price, goods.subsidy_rate) = (1.25, 0.7, 1.5, 0.1);
        (goods.normal_imports, goods.cumulative_output) = (10.0, 100.0);
        let tools = &mut sectors[1];
        (tools.output, tools.orders, tools.sales, tools.home_share, tools.base_price) = (10.8, 10.8, 10.8, 0.9, 2.0);
    }
    *small.set::<FinalDemand>() = FinalDemand {
        consumption: vec![30.0, 0.0],
        government: vec![10.0, 0.0],
        capital: 4.0,
        capital_units: vec![0.25, 1.0],
        exports: vec![10.0, 0.0],
    };
    small
}

#[test]
fn buyers_pay_for_what_comes() {
    let mut small = goods_market();
    small.run(clear_goods);
    // Four fifths of orders are filled: 8 exported, 4 procured, 28 for buyers at home, who want 30 + 10 + 1. Of the 13 that are missing 12.3 are imported in any
    // case, at 1.5 × 2 = 3; for 0.7 more 1.8 each was set aside, which buys 0.42. Of 80 that sellers got 16 came from abroad and 8 from procurement; a tenth of
    // the 56 left is subsidised. Buyers: 50.4 for home goods and 38.16 for imports, for 40.72 units.
    let (volume, price) = (12.72, 88.56 / 40.72);
    let weight = 0.117_503_097_415_404_54;
    let (goods, ledger) = (&small.get::<Sectors>()[0], small.get::<Ledger>());
    by_hand(&[
        ("imports", goods.import_volume, volume),
        ("bill", goods.imports, 38.16),
        ("usual imports", goods.normal_imports, 10.0 + weight * (volume - 10.0)),
        ("filled", goods.fill, 40.72 / 41.0),
        ("home share", goods.delivered_home_share, 32.0 / 44.72),
        ("made by procurement", goods.procured_home_share, 32.0 / 44.72 - 28.0 / 40.72),
        ("exports", goods.exports, 16.0),
        ("procured", goods.procured, 8.0),
        ("subsidies", goods.subsidies, 5.6),
        ("price", goods.buyer_price, price),
        ("wanted", goods.home_demand, 41.0),
        ("experience", goods.cumulative_output, 140.0),
        // A unit wanted costs 88.56 / 41 = 2.16.
        ("consumption", small.balance(Account::Households), -64.8),
        ("the centre pays", small.balance(Account::Central), -16.2 - 8.0 - 5.6),
        ("for purchases", ledger.government_payments(0, FlowKind::GovernmentPurchases), 16.2),
        ("for procurement", ledger.government_payments(0, FlowKind::Procurement), 8.0),
        ("for subsidies", ledger.government_payments(0, FlowKind::OutputSubsidies), 5.6),
        ("the north pays", small.balance(Account::Local(0)), -4.05),
        ("the south pays", small.balance(Account::Local(1)), -1.35),
        ("rest of the world", small.balance(Account::RestOfWorld), 38.16 + 2.4 - 16.0),
    ]);
    // Tools: 4 for capital and 0.25 × 40 / 1.25 = 8 for goods; 1.2 come from abroad at 2.
    let tools = &small.get::<Sectors>()[1];
    let fill = (0.25 * 40.72 / 41.0 + 2.0) / 2.25;
    let economy = small.get::<Economy>();
    by_hand(&[
        ("tools imported", tools.import_volume, 1.2),
        ("price of tools", tools.buyer_price, 1.1),
        ("inputs a unit", small.get::<Sectors>()[0].intermediate_cost, 0.25 * 1.1 / 1.25),
        ("inputs of tools", tools.intermediate_cost, 0.0),
        ("a unit of capital", economy.capital_outlay, 0.25 * 2.16 + 1.1),
        ("as far as it comes", economy.capital_fill, fill),
        ("its price", economy.capital_price, 1.64 / fill),
    ]);
}

#[test]
fn an_embargo_caps_imports() {
    let mut small = goods_market();
    small.set::<Shocks>().supply_cap[0] = 0.5;
    small.run(clear_goods);
    // Half of the usual 10, and what is usual is remembered.
    let goods = &small.get::<Sectors>()[0];
    by_hand(&[
        ("imports", goods.import_volume, 5.0),
        ("bill", goods.imports, 15.0),
        ("usual imports", goods.normal_imports, 10.0),
        ("filled", goods.fill, 33.0 / 41.0),
    ]);
}

fn buyers() -> Small {
    let mut small = Small::with(|parameters| {
        let households = &mut parameters.households;
        (households.consumption_from_income, households.consumption_from_wealth, households.rate_sensitivity) = (0.8, 0.1, 1.0);
        (households.worry, households.buffer_years, households.buffer_response) = (2.0, 0.4, 1.0);
        let government = &mut parameters.government;
        (government.purchases_share, government.counter_cycle) = (0.2, 2.0);
        parameters.labour.natural_unemployment = 0.05;
        (parameters.investment.demand_smoothing_years, parameters.investment.trend_years) = (HALF_A_QUARTER, HALF_A_QUARTER);
        (parameters.banking.neutral_real_rate, parameters.production.makeshift_cost) = (0.01, 1.5);
    });
    {
        let mut economy = small.set::<Economy>();
        (economy.disposable_income, economy.capital_income, economy.base_income) = (90.0, 10.0, 1.0);
        (economy.unemployment, economy.mean_unemployment, economy.fiscal_stance) = (0.1, 0.07, 0.1);
        (economy.effective_rate, economy.expected_inflation, economy.nominal_productivity) = (0.05, 0.02, 4.0);
        economy.world_cycle = 1.5f64.ln();
    }
    {
        let mut sectors = small.set::<Sectors>();
        for state in sectors.iter_mut() {
            (state.capacity, state.output) = (100.0, 10.0);
        }
        let goods = &mut sectors[0];
        (goods.taste, goods.home_share, goods.world_share, goods.world_demand, goods.procurement) = (0.8, 0.75, 0.1, 80.0, 1.0);
        goods.expected_demand = 100.0;
        (sectors[1].taste, sectors[1].home_share) = (0.2, 0.5);
    }
    small.set::<Ledger>().household_bonds = 50.0;
    small.endow(Account::Households, 50.0);
    small.set::<FinalDemand>().capital = 6.0;
    small
}

#[test]
fn budgets_become_orders() {
    let mut small = buyers();
    small.run(place_orders);
    // Households: (0.8 × 100 + 0.1 × 100) × (1 − 0.02) × (1 − 2 × 0.05) = 79.38 a year, for the purse is full; a quarter of it, four fifths for goods.
    // Governments: 0.2 × (1 − 0.1 + 2 × 0.02) of 100 × 0.95 × 4 × ¼. Abroad: a tenth of 80, half more in the boom, a quarter of it.
    let demand = small.get::<FinalDemand>();
    by_hand(&[
        ("consumption of goods", demand.consumption[0], 15.876),
        ("of tools", demand.consumption[1], 3.969),
        ("purchases", demand.government[0], 17.86),
        ("of tools", demand.government[1], 0.0),
        ("exports", demand.exports[0], 3.0),
        ("tools in a unit of capital", demand.capital_units[1], 1.0),
        ("goods in it", demand.capital_units[0], 0.0),
    ]);
    // Three quarters of 33.736, exports of 3 and procurement of 1; half of 3.969 + 6 + 0.25 × 29.302.
    let (goods, tools) = (&small.get::<Sectors>()[0], &small.get::<Sectors>()[1]);
    let growth = 4.0 * 1.08604f64.ln();
    by_hand(&[
        ("orders of goods", goods.orders, 29.302),
        ("procured", goods.procurement_orders, 1.0),
        ("orders of tools", tools.orders, 0.5 * (9.969 + 7.3255)),
        ("demand at home", goods.home_demand, 33.736),
        // 29.302 a quarter is 117.208 a year: half of the way from 100.
        ("expected", goods.expected_demand, 108.604),
        ("growth", goods.demand_growth, 0.5 * growth.min(1.0)),
        ("trend", goods.trend_growth, 0.5 * growth.min(1.0)),
        ("inputs that lack", goods.makeshift, 0.0),
        ("limit", goods.limit, 1.0),
    ]);
}

#[test]
fn an_empty_purse_and_dear_goods() {
    let mut small = buyers();
    // Half of the 40 that households like to have at hand: wealth of 70, and half of what they would spend.
    small.endow(Account::Households, 20.0);
    {
        let mut economy = small.set::<Economy>();
        economy.exchange_rate = 2.0;
    }
    small.set::<Shocks>().home[0] = 0.5;
    small.set::<Shocks>().world[0] = 2.0;
    {
        let mut sectors = small.set::<Sectors>();
        let goods = &mut sectors[0];
        (goods.price, goods.subsidy_rate, goods.foreign_price) = (2.0, 0.25, 3.0);
        // Twice as dear at year 0 as now in nothing: shares are as they were.
        goods.base_price = 0.75 * 2.0 * 0.75 + 0.25 * 3.0 * 2.0;
        sectors[1].base_price = 0.5 + 0.5 * 2.0;
    }
    small.run(place_orders);
    // (0.8 × 100 + 0.1 × 70) × 0.98 × 0.9 × ½ × ¼ = 9.59175; a unit costs 1.125 + 1.5 = 2.625.
    let demand = small.get::<FinalDemand>();
    by_hand(&[
        ("consumption of goods", demand.consumption[0], 0.8 * 9.59175 * 0.5 / 2.625),
        ("of tools", demand.consumption[1], 0.2 * 9.59175 / 1.5),
        ("purchases", demand.government[0], 17.86 / 2.625),
        // A tenth of 80 × 2 / 2, half more in the boom, twice by the shock, a quarter of it.
        ("exports", demand.exports[0], 6.0),
        ("procured", small.get::<Sectors>()[0].procurement_orders, 0.5),
    ]);
}

#[test]
fn capacity_people_and_inputs_bound_what_is_expected() {
    let mut small = buyers();
    // A lack of tools binds goods by half; tools are embargoed and nobody makes them.
    small.world.resource_mut::<crate::state::tables::Tables>().critical[0][1] = 0.5;
    small.set::<Shocks>().supply_cap[1] = 0.0;
    small.set::<Sectors>()[1].capacity = 0.0;
    small.run(place_orders);
    let goods = &small.get::<Sectors>()[0];
    by_hand(&[
        ("limit", goods.limit, 0.5),
        ("orders", goods.orders, 29.302),
        // Half of what is ordered can be made, and that is expected: 58.604 a year, half of the way from 100.
        ("expected", goods.expected_demand, 79.302),
        // Of a quarter of a unit half does not bind: at a price of 1 half more work than 0.125, at a wage of 2.
        ("inputs that lack", goods.makeshift, 1.5 * 0.125 / 2.0),
    ]);
}

#[test]
fn people_who_are_not_there_make_nothing() {
    let mut small = buyers();
    // 98.5 of 100 can be at work: 50 do research, 40 are staff; each unit of goods takes one, and 8.5 are left.
    small.set::<Economy>().labour_force = 100.0;
    small.set::<Tally>().rd = 25.0;
    {
        let mut sectors = small.set::<Sectors>();
        (sectors[0].persons_per_unit, sectors[0].overhead_persons) = (1.0, 40.0);
    }
    small.run(place_orders);
    let goods = &small.get::<Sectors>()[0];
    by_hand(&[("orders", goods.orders, 29.302), ("expected", goods.expected_demand, 0.5 * (100.0 + 4.0 * 8.5))]);
}

#[test]
fn who_cannot_buy_abroad_turns_home_in_part() {
    let mut small = buyers();
    small.world.resource_mut::<Parameters>().trade.embargo_substitution = 0.5;
    small.set::<Shocks>().supply_cap[0] = 0.5;
    small.set::<Sectors>()[0].normal_imports = 4.0;
    small.run(place_orders);
    // A quarter of 33.736 was to come from abroad and 2 do: half of the rest is ordered at home.
    by_hand(&[("orders", small.get::<Sectors>()[0].orders, 29.302 + 0.5 * (8.434 - 2.0))]);
}
