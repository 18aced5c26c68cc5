//! Plans, programmes and think tanks.

#![cfg(test)]

use super::*;
use crate::kinds::InstitutionalSector as S;
use crate::mechanisms::programmes::plan_programmes;
use crate::mechanisms::sector_choice::choose_sectors;
use crate::mechanisms::think_tanks::{pay_think_tanks, work_think_tanks};
use crate::observe::Records;
use crate::parameters::Programme;
use crate::state::calendar::Calendar;
use crate::state::government::{Plans, ProgrammeBudgets};
use crate::state::returns::Returns;
use crate::state::think_tanks::{ClientFees, Services, ThinkTank};
use crate::state::venture::Fund;

/// Part of the way that an average over two years goes in a quarter.
const TWO_YEARS: f64 = 0.117_503_097_415_404_54;

fn tank(id: u64, reputation: f64, staff: f64) -> ThinkTank {
    ThinkTank {
        id,
        region: 0,
        field: vec![0.5, 0.5],
        staff,
        quality: 1.0,
        independence: 0.5,
        reputation,
        cash: 0.0,
        calls: vec![0.0; 2],
        accuracy: 0.0,
        income: [0.0; 4],
        clients: vec![0.5, 0.0],
        earned: [0.0; 2],
    }
}

#[test]
fn think_tanks_are_paid_by_who_chose_them() {
    let mut small = Small::new();
    // Appeal: (0.2 + 0.8)² √4 = 2, and (0.2 + 0.3)² √1 = ¼.
    small.world.spawn(ThinkTank { earned: [3.0, 1.0], ..tank(1, 0.8, 4.0) });
    small.world.spawn(ThinkTank { earned: [0.0, 0.5], cash: 0.1, ..tank(2, 0.3, 1.0) });
    small.set::<ClientFees>().0 = vec![0.6, 0.4, 0.0, 2.0];
    let mut fund = 9.0;
    small.set::<Ledger>().pay(FlowKind::Commissions, End::Fund(&mut fund), End::Of(Account::ThinkTanks), 4.5);
    small.endow(Account::ThinkTanks, 24.0);
    small.run(pay_think_tanks);
    let tanks: Vec<ThinkTank> = small.all();
    // Incomes 3 + 1 + 1 + 4 = 9 and 0 + 2 + 0.5 + 0.5 = 3: of what there is three quarters and a quarter. Wages of a quarter: 4 × 2 × ¼ and ½.
    // The first can afford 9 / (2 × ¼) people of its income and 0.8 of a tenth of what is left, and goes 0.1175 of the way.
    by_hand(&[
        ("contracts", tanks[0].income[0], 3.0),
        ("clients", tanks[0].income[1], 1.0),
        ("subscriptions", tanks[0].income[2], 1.0),
        ("commissions", tanks[0].income[3], 4.0),
        ("of the other", tanks[1].income[3], 0.5),
        ("clients of the other", tanks[1].income[1], 2.0),
        ("cash", tanks[0].cash, 18.0 - 2.0),
        ("of the other", tanks[1].cash, 0.1 + 6.0 - 0.5),
        ("staff", tanks[0].staff, 4.0 + TWO_YEARS * (18.8 - 4.0)),
        ("of the other", tanks[1].staff, 1.0 + TWO_YEARS * (6.0 + 0.28 - 1.0)),
        ("part of goods", tanks[0].clients[0], 0.5 + TWO_YEARS * (0.6 / 9.0 - 0.5)),
        ("of tools", tanks[0].clients[1], TWO_YEARS * 0.4 / 9.0),
        ("of tools for the other", tanks[1].clients[1], TWO_YEARS * 2.0 / 3.0),
        ("left to divide", small.balance(Account::ThinkTanks), 0.0),
        ("wages", small.get::<Ledger>().flow(FlowKind::Wages, S::ThinkTanks, S::Households), 2.5),
    ]);
}

#[test]
fn a_think_tank_at_work() {
    let mut small = Small::with(|parameters| {
        let settings = &mut parameters.think_tanks;
        (settings.reputation_years, settings.subscription, settings.public_contract_share) = (1.0 / std::f64::consts::LN_2, 0.004, 0.01);
        (settings.advice_weight, settings.research_weight, settings.matchmaking_weight) = (0.25, 0.2, 0.15);
        (settings.support_weight, settings.attraction_weight, settings.client_share) = (0.25, 0.15, 0.1);
        (settings.advice_success, settings.flattery, settings.praise, settings.research_coverage) = (0.8, 0.5, 0.3, 0.2);
        parameters.government.local_spending_share = 0.25;
        parameters.venture.fee = 0.0;
    });
    small.set::<Economy>().annual_output = 400.0;
    (small.set::<Sectors>()[0].demand_growth, small.set::<Sectors>()[1].demand_growth) = (0.03, 0.08);
    small.world.spawn(ThinkTank { calls: vec![0.03, 0.03], ..tank(1, 0.8, 0.3) });
    let venture = small.get::<Parameters>().venture.clone();
    let mut fund = Fund::vacant(0);
    fund.close(&venture, 1, 0, 100.0, 0.25);
    small.world.spawn(fund);
    small.world.spawn(Fund::vacant(1));
    small.endow(Account::Households, 100.0);
    small.run(work_think_tanks);
    // It called 5 points too little for half of its field: 1 / (1 + ½); half of the way there from 0.8. Its clients' goods it calls a point better, tools a point worse:
    // 0.04 × ½ × (2 × ½ − ½).
    let reputation = 0.5 * (0.8 + 2.0 / 3.0);
    let found: Vec<ThinkTank> = small.all();
    // Twice the staff that is normal for 100 people, by quality of 1 and a half and its reputation.
    let effective = 2.0 * (0.5 + reputation);
    let influence = effective / (1.0 + effective);
    let services = small.get::<Services>();
    by_hand(&[
        ("accuracy", found[0].accuracy, 2.0 / 3.0),
        ("reputation", found[0].reputation, reputation),
        ("call for goods", found[0].calls[0], 0.04),
        ("for tools", found[0].calls[1], 0.07),
        // A hundredth of 100 by governments, of which a quarter by localities; 0.004 a year of what the fund has.
        ("contracts", found[0].earned[0], 1.0),
        ("subscriptions", found[0].earned[1], 0.1),
        ("centre", small.balance(Account::Central), -0.75 - 0.025),
        ("north", small.balance(Account::Local(0)), -0.1875),
        ("south", small.balance(Account::Local(1)), -0.0625),
        ("households", small.balance(Account::Households), 99.925),
        ("to divide", small.balance(Account::ThinkTanks), 1.1),
        ("success of clients", services.tanks[0].success[0], 0.8 * (0.5 - 0.25)),
        ("honesty", services.tanks[0].honesty, 0.5),
        ("praise", services.tanks[0].praise, 0.15),
        ("research", services.research[0], 0.7 * effective),
        ("weight", services.choice[1][0], (0.2 + reputation).powi(2) * 0.3f64.sqrt()),
        ("reports", services.coverage[1], 0.14 * effective),
        ("advice to the south", services.governments[2].precision[0], 0.5 * effective),
        ("advice", services.advice[0], 0.5 * effective),
        ("bias", services.governments[0].bias[0], 0.25 * influence),
        ("against tools", services.governments[0].bias[1], -0.25 * influence),
        ("favour", services.governments[1].favour, 0.5 * influence),
        ("matches", services.matches_per_fund, 6.0 * effective),
        ("support", services.support, effective),
        ("clients", services.client_probability, 0.1 * effective),
        ("attraction", services.attraction, 0.9 * effective),
        ("in the north", services.attraction_by_region[0], 1.8 * effective),
        ("in the south", services.attraction_by_region[1], 0.0),
    ]);
    assert!(services.governments.iter().all(|advice| advice.adviser == Some(0)));
    let funds: Vec<Fund> = small.all();
    by_hand(&[("paid in", funds[0].paid_in, 0.1), ("cash", funds[0].cash, 0.0), ("called for the centre", funds[1].paid_in, 0.0)]);
    // What others get of it.
    let services = small.get::<Services>();
    let who = Identity { sector: 1, advised: true, researched: true, ..Identity::default() };
    by_hand(&[
        ("known to the public", services.report(&who), 1.4 * effective),
        ("without a report", services.report(&Identity { researched: false, ..who }), 0.175 * effective),
        ("overstated", services.praise(&who), 0.15),
        ("not a client's", services.praise(&Identity { advised: false, ..who }), 0.0),
        ("favour", services.favour(0, Some(0)), 0.5 * influence),
        ("of others' clients", services.favour(0, Some(1)), 0.0),
        ("of nobody's", services.favour(0, None), 0.0),
        ("advice", services.advice_to(2, 1), 0.5 * effective),
        ("bias", services.bias_of(1, 0), 0.25 * influence),
        ("success", services.client(0).success[1], 0.2),
    ]);
    // In other quarters nothing is called, and whom a government chose stays.
    small.set::<Calendar>().tick = 1;
    small.run(work_think_tanks);
    let found: Vec<ThinkTank> = small.all();
    by_hand(&[("reputation", found[0].reputation, reputation), ("call for goods", found[0].calls[0], 0.04)]);
}

#[test]
fn governments_choose_sectors() {
    let mut small = Small::with(|parameters| {
        let policy = &mut parameters.government;
        (policy.choice_noise, policy.plan_years, policy.choice_intensity) = (0.0, 5.0, 1.0);
        (policy.merit_weight, policy.tax_weight, policy.strategic_weight) = (0.5, 0.25, 0.3);
        (policy.priority_weight, policy.central_weight, policy.herding_weight) = (1.5, 0.4, 0.6);
        parameters.sectors[1].value.strategic_value = 2.0;
        parameters.sectors[0].value.central_priority = 1.0;
        (parameters.think_tanks.advice_precision, parameters.think_tanks.capture) = (3.0, 0.5);
    });
    {
        let mut sectors = small.set::<Sectors>();
        (sectors[0].demand_growth, sectors[1].demand_growth) = (0.01, 0.05);
        (sectors[0].taxes, sectors[0].mean_sales, sectors[0].count) = (3.0, 5.0, 2.0);
        (sectors[1].taxes, sectors[1].mean_sales, sectors[1].count) = (1.0, 5.0, 2.0);
    }
    // The north is advised on tools, with a bias; the south has planned three quarters for goods.
    small.set::<Services>().governments[1].precision[1] = 1.0;
    small.set::<Services>().governments[1].bias[1] = 0.2;
    small.set::<Plans>().shares[1] = vec![0.75, 0.25];
    small.run(choose_sectors);
    // The centre: goods score −½ + ¼ + 1.5 = 1.25, tools ½ − ¼ + 0.3 × 2 = 0.85: shares as e^0.4 to 1.
    let odds = |difference: f64| difference.exp() / (1.0 + difference.exp());
    let central = odds(0.4);
    // The north: guidance is twice the central share less 1, the south's quarter more of goods draws it; what it knows of tools halves that.
    let guidance = 2.0 * central - 1.0;
    let north = odds((-0.25 + 0.4 * guidance + 0.6 * 0.25) - (0.85 - 0.4 * guidance - 0.6 * 0.125 + 0.5 * 0.2));
    let plans = small.get::<Plans>();
    by_hand(&[
        ("centre", plans.central[0], central),
        ("north", plans.shares[0][0], north),
        ("south, whose turn comes later", plans.shares[1][0], 0.75),
        ("promotion of goods", small.get::<Sectors>()[0].promotion, north + 0.75),
        ("of tools", small.get::<Sectors>()[1].promotion, 2.0 - north - 0.75),
    ]);
    assert_eq!(plans.made, [Some(0), Some(0), None]);
    let best = |event: usize| small.get::<Records>().events[event].sector.as_deref().map(str::to_owned);
    assert_eq!((small.get::<Records>().events.len(), best(0).as_deref(), best(1).as_deref()), (2, Some("goods"), Some("tools")));
    // Ten ticks on it is the south's turn.
    small.set::<Calendar>().tick = 10;
    small.run(choose_sectors);
    assert_eq!(small.get::<Plans>().made, [Some(0), Some(0), Some(10)]);
}

fn programmes() -> Small {
    let programme = |instrument: &str, level: &str, sector: &str, rate: f64| Named {
        name: format!("{instrument} {level}"),
        value: Programme {
            instrument: instrument.to_owned(),
            level: level.to_owned(),
            sector: sector.to_owned(),
            rate,
            budget_share: 0.01,
            ..Programme::default()
        },
    };
    let mut small = Small::with(|parameters| {
        parameters.programmes = vec![
            programme("output_subsidy", "central", "goods", 0.1),
            programme("interest_subsidy", "central", "", 0.5),
            programme("procurement", "central", "tools", 0.0),
            programme("public_laboratory", "central", "", 0.0),
            programme("rescue", "local", "", 0.0),
            programme("rd_grant", "central", "", 0.0),
            programme("rd_grant", "local", "", 0.0),
            programme("capital_subsidy", "local", "", 0.3),
            programme("capital_subsidy", "central", "tools", 0.3),
        ];
        let policy = &mut parameters.government;
        (policy.debt_ceiling, policy.ceiling_start, policy.ceiling_programmes) = (1.0, 0.5, 0.8);
        (parameters.technology.laboratory_lag_years, parameters.technology.laboratory_effect) = (HALF_A_QUARTER, 0.6);
    });
    small.set::<Economy>().annual_output = 400.0;
    {
        let mut sectors = small.set::<Sectors>();
        (sectors[0].sales, sectors[0].exports, sectors[0].rd, sectors[1].rd) = (30.0, 10.0, 3.0, 1.0);
        sectors[0].laboratory_lift = 0.1;
    }
    {
        let mut budgets = small.set::<ProgrammeBudgets>();
        budgets.interest_paid = vec![2.0, 3.0];
        budgets.invested = vec![1.0, 2.0, 4.0, 0.5];
        budgets.pots[4] = vec![8.0, 0.0];
        budgets.pots[5] = vec![4.0];
    }
    small.set::<Plans>().shares = vec![vec![0.8, 0.2], vec![0.4, 0.6]];
    small
}

#[test]
fn budgets_and_rates_of_programmes() {
    let mut small = programmes();
    small.run(plan_programmes);
    // Each has a hundredth of 400 a year: 1 in a quarter.
    let (budgets, sectors) = (small.get::<ProgrammeBudgets>(), small.get::<Sectors>());
    assert!(budgets.states.iter().all(|state| state.running && !state.cut && !state.waiting && !state.fading));
    by_hand(&[
        ("budget", budgets.states[0].budget, 1.0),
        // A tenth is offered, and 1 is a twentieth of sales at home.
        ("subsidy on goods", sectors[0].subsidy_rate, 0.05),
        ("its rate", budgets.states[0].rate, 0.05),
        ("on tools", sectors[1].subsidy_rate, 0.0),
        // Half is offered, and 1 is a fifth of interest.
        ("relief of interest", budgets.interest_relief[1], 0.2),
        ("its rate", budgets.states[1].rate, 0.2),
        ("procurement", sectors[1].procurement, 1.0),
        ("of goods", sectors[0].procurement, 0.0),
        ("laboratories", small.get::<Ledger>().government_payments(0, FlowKind::PublicResearch), 1.0),
        ("spent", budgets.states[3].spent, 1.0),
        ("on goods", budgets.money[3][0], 0.75),
        ("cost of policy", small.get::<Returns>().programme_cost[1], 0.25),
        // A quarter of the R&D of either: 0.6 × ¼ / 1.25; half of the way.
        ("lift of goods", sectors[0].laboratory_lift, 0.5 * (0.1 + 0.12)),
        ("of tools", sectors[1].laboratory_lift, 0.06),
        // An eighth of what waited goes back.
        ("rescues in the north", budgets.pots[4][0], 7.0 + 0.75),
        ("in the south", budgets.pots[4][1], 0.25),
        ("grants", budgets.pots[5][0], 4.5),
        ("grants in the north for goods", budgets.pots[6][0], 0.75 * 0.8),
        ("for tools", budgets.pots[6][1], 0.75 * 0.2),
        ("in the south for goods", budgets.pots[6][2], 0.25 * 0.4),
        ("for tools", budgets.pots[6][3], 0.25 * 0.6),
        // 0.6, 0.15, 0.1 and 0.15 for investment of 1, 2, 4 and ½, at most 0.3 of it.
        ("capital in the north for goods", budgets.capital_relief[1][0], 0.3),
        ("for tools", budgets.capital_relief[1][1], 0.075),
        ("in the south for goods", budgets.capital_relief[1][2], 0.025),
        ("for tools", budgets.capital_relief[1][3], 0.3),
        ("the highest", budgets.states[7].rate, 0.3),
        // The centre has 1 for investment of 2.5 in tools: 0.3 as offered.
        ("by the centre", budgets.capital_relief[0][1], 0.3),
        ("for goods", budgets.capital_relief[0][0], 0.0),
        ("cost in goods", budgets.capital_cost(0), 0.3 * 1.0 + 0.025 * 4.0),
        ("mean in goods", budgets.mean_capital_relief(0), 0.4 / 5.0),
        ("mean in tools", budgets.mean_capital_relief(1), (0.375 * 2.0 + 0.6 * 0.5) / 2.5),
        ("relief of a sector", budgets.interest_relief(0), 0.2),
    ]);
}

#[test]
fn what_programmes_paid_is_counted() {
    let mut small = programmes();
    small.run(plan_programmes);
    {
        let mut sectors = small.set::<Sectors>();
        (sectors[0].subsidies, sectors[1].procured) = (0.8, 0.9);
    }
    let (parameters, sectors) = (small.get::<Parameters>().clone(), small.get::<Sectors>().clone());
    let mut budgets = small.get::<ProgrammeBudgets>().clone();
    let spent = |index: usize| {
        let settings = &parameters.programmes[index].value;
        small.get::<ProgrammeBudgets>().spent(index, settings, parameters.sector_index(&settings.sector), &sectors)
    };
    budgets.count_subsidies(&parameters, &sectors);
    by_hand(&[
        ("output subsidies", spent(0), 0.8),
        ("interest", spent(1), 1.0),
        ("procurement", spent(2), 0.9),
        ("laboratories", spent(3), 1.0),
        ("capital", spent(7), 0.3 + 0.15 + 0.1 + 0.15),
        ("of tools by the centre", spent(8), 0.75),
        ("to date for goods", budgets.money[0][0], 0.8),
        ("for tools", budgets.money[0][1], 0.0),
        ("relief of goods", budgets.money[1][0], 0.4),
        ("of tools", budgets.money[1][1], 0.6),
        ("procured", budgets.money[2][1], 0.9),
        ("capital for goods", budgets.money[7][0], 0.4),
        ("for tools", budgets.money[7][1], 0.3),
        ("by the centre", budgets.money[8][1], 0.75),
        ("laboratories, counted as they pay", budgets.money[3][0], 0.75),
    ]);
}

#[test]
fn near_the_ceiling_programmes_are_cut_and_stopped_ones_fade() {
    let mut small = programmes();
    // Half way from where cuts begin to the ceiling: two fifths less.
    small.set::<Ledger>().debts[0] = 300.0;
    {
        let mut parameters = small.world.resource_mut::<Parameters>();
        // The laboratory ended a year ago and has four years to fade; the rescue has not begun.
        (parameters.programmes[3].value.stop_year, parameters.programmes[3].value.phase_out_years) = (2.0, 4.0);
        parameters.programmes[4].value.start_year = 9.0;
    }
    small.set::<Calendar>().tick = 7;
    small.run(plan_programmes);
    small.set::<Calendar>().tick = 8;
    small.run(plan_programmes);
    small.set::<Calendar>().tick = 12;
    small.run(plan_programmes);
    let budgets = small.get::<ProgrammeBudgets>();
    by_hand(&[
        ("procurement", small.get::<Sectors>()[1].procurement, 0.6),
        ("laboratory", budgets.states[3].budget, 0.6 * 0.75),
        ("no rescues", budgets.states[4].budget, 0.0),
    ]);
    let state = |index: usize| {
        (budgets.states[index].running, budgets.states[index].cut, budgets.states[index].waiting, budgets.states[index].fading)
    };
    assert_eq!([state(2), state(3), state(4)], [(true, true, false, false), (true, true, false, true), (false, false, true, false)]);
    let events: Vec<_> = small.get::<Records>().events.iter().map(|event| (event.event, event.subject, event.note)).collect();
    assert_eq!(events.iter().filter(|(event, ..)| *event == "programme_start").count(), 8);
    assert!(events.contains(&("programme_stop", 3, Some("end"))) && events.iter().all(|(_, subject, _)| *subject != 4));
}
