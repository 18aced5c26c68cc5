//! Entry, search, projects and the choice of paths.

#![cfg(test)]

use super::*;
use crate::kinds::InstitutionalSector as S;
use crate::mechanisms::entry::{found_enterprises, settle_newcomers};
use crate::mechanisms::path_choice::choose_paths;
use crate::parameters::Technology as Rules;
use crate::rules::attention::attended;
use crate::rules::projects::{
    Grounds, base_log_odds, expected_costs, expected_edge, hopeless, knowledge, odds_left, stage_cost, success_log_odds,
};
use crate::rules::search::{Gaps, SearchField, adoption_cost, invent, lead_over_others, opportunity, scale_lead};
use crate::rules::self_sufficiency::edge_kept;
use crate::state::calendar::Calendar;
use crate::state::enterprise::{Attention, Experience, Pipeline, Treasury};
use crate::state::government::ProgrammeBudgets;
use crate::state::technology::{Kind, Project};
use crate::state::think_tanks::Services;
use crate::streams::Draw;
use tripath_engine::random::Seed;

#[test]
fn inventions_by_their_draws() {
    let rules = Rules {
        process_weight: 0.4,
        product_weight: 0.3,
        scale_weight: 0.2,
        breakthrough_weight: 0.1,
        innovation_spread: 0.5,
        innovation_mean: 0.1,
        fishing_out: 2.0,
        largest_step: 0.5,
        ..Rules::default()
    };
    let field = SearchField { leads: [0.2, 0.4, -0.3], opportunity: 1.5 };
    let mut seen = [0; 4];
    for id in 0..200 {
        let draws = || Seed(3).draws(Draw::Search, id, 0);
        let (kind, size, load) = invent(&rules, &field, &mut draws());
        let mut again = draws();
        let uniform = again.uniform();
        let draw = (0.5 * again.normal() - 0.125).exp();
        // Who is ahead in what is invented draws smaller steps; who is behind, no greater ones.
        let (worked, lead, times) = match uniform {
            x if x < 0.4 => (Kind::Process, 0.2, 1.0),
            x if x < 0.7 => (Kind::Product, 0.4, 1.0),
            x if x < 0.9 => (Kind::Scale, 0.0, 1.0),
            _ => (Kind::Breakthrough, 0.3, 3.0),
        };
        let step = 0.1 * draw * 1.5 * times / (1.0 + 2.0 * lead);
        assert_eq!(kind, worked);
        by_hand(&[("size", size, 0.5 * (1.0 - (-step / 0.5).exp())), ("load", load, if times > 1.0 { 2.0 } else { 1.0 })]);
        seen[kind as usize] += 1;
    }
    assert!(seen.iter().all(|count| *count > 5));
}

#[test]
fn techniques_by_their_draws() {
    let rules = Rules {
        adoption_leap: 0.2,
        largest_step: 10.0,
        innovation_mean: 0.1,
        stage_cost_growth: 2.0,
        valley_cost: 1.25,
        adoption_cost_near: 0.6,
        adoption_cost_far: 0.1,
        ..Rules::default()
    };
    let gaps = Gaps { world: [0.3, 0.1], home: [0.1, -0.2], spread: [0.2, 0.4], shown: 0.05 };
    // What can be counted on: the better of 0.3 and 0.1 + 0.2 + 0.05, of 0.1 and −0.2 + 0.4 + 0.05.
    by_hand(&[("expected", gaps.expected(), 0.35 + 0.25), ("cost", adoption_cost(&rules, 0.3), 0.1 + 0.5 * (-0.6f64).exp())]);
    for id in 0..50 {
        let draws = || Seed(5).draws(Draw::Adoption, id, 0);
        let (kind, size, load) = gaps.adopt(&rules, &mut draws());
        let mut again = draws();
        let above = again.normal().abs();
        let to = [0.3f64.max(0.1 + 0.2 * above + 0.05), 0.1f64.max(-0.2 + 0.4 * above + 0.05)];
        let what = usize::from(again.uniform() * (to[0] + to[1]) >= to[0]);
        let step = 10.0 * (1.0 - (-0.2 * to[what] / 10.0).exp());
        assert_eq!(kind, [Kind::AdoptedProcess, Kind::AdoptedProduct][what]);
        // All stages, 1 + 2.5 + 4, in the one that costs 4.
        let cost = 0.1 + 0.5 * (-2.0 * [0.3f64, 0.1][what]).exp();
        by_hand(&[("size", size, step), ("load", load, cost * 7.5 / 4.0 * step / 0.1)]);
    }
}

#[test]
fn projects_by_hand() {
    let rules = Rules {
        stage_cost: 0.1,
        stage_cost_growth: 2.0,
        valley_cost: 1.25,
        success_pilot: 0.8,
        success_demonstration: 0.5,
        success_line: 0.75,
        success_adequacy: 1.2,
        success_attention: 1.0,
        success_knowledge: 0.5,
        success_public_early: 0.4,
        success_venture_middle: 0.6,
        abandonment_hurdle: 0.25,
        project_value_years: 6.0,
        obsolescence_pace: 2.0,
        obsolescence_floor: 0.02,
        ..Rules::default()
    };
    let costs = expected_costs(&rules);
    let odds = odds_left(&rules);
    by_hand(&[
        ("a stage", stage_cost(&rules, 20.0, 1, 2.0), 10.0),
        ("the last", stage_cost(&rules, 20.0, 2, 1.0), 8.0),
        ("line", costs[2], 0.4),
        ("from the demonstration", costs[1], 0.25 + 0.5 * 0.4),
        ("from the pilot", costs[0], 0.1 + 0.8 * 0.45),
        ("odds from the pilot", odds[0], 0.3),
        ("from the demonstration", odds[1], 0.375),
        ("in the line", odds[2], 0.75),
        ("promise", expected_edge([0.1, 0.2, 0.3]), 0.025 + 0.072 + 0.24),
        ("lead", lead_over_others(1.2, 1.0, 0.5), 0.4),
        ("saved capital", scale_lead(0.5, 1.0, 0.5), 2.0 * 2f64.ln()),
        ("opportunity", opportunity(2.0, 0.5, 1.5), 2.0),
        ("what is left of an edge", edge_kept(&rules, &Sector { obsolescence: 0.1, ..Sector::default() }, 0.5), 0.9),
        ("at the floor", edge_kept(&rules, &Sector { obsolescence: 0.0, ..Sector::default() }, 0.5), 0.99),
    ]);
    // 0.1 × 0.3 × 6 years of 10 is 1.8: a quarter of 7 is less, a quarter of 8 more.
    assert!(!hopeless(&rules, 0.1, 0.3, 10.0, 7.0) && hopeless(&rules, 0.1, 0.3, 10.0, 8.0) && hopeless(&rules, 0.1, 0.3, -1.0, 0.1));
    let grounds = Grounds { adequacy: 0.75, attended: 1.2, advice: 0.1, outside_share: 0.5, knowledge: 0.4 };
    let base = base_log_odds(&rules);
    for (stage, source) in [(0, 0.2), (1, 0.3), (2, 0.0)] {
        by_hand(&[("log-odds", success_log_odds(&rules, base[stage], stage, &grounds) - base[stage], 0.3 + 0.2 + 0.2 + 0.1 + source)]);
    }
    by_hand(&[("even odds", base[1], 0.0), ("three to one", base[2], 3f64.ln())]);
    let mut mix = [0.0f32; crate::state::technology::KINDS];
    (mix[Kind::Process as usize], mix[Kind::Product as usize], mix[Kind::AdoptedProcess as usize]) = (0.5, 0.25, 0.25);
    by_hand(&[
        ("knowledge", knowledge(&mix, [0.4, 0.2, 9.0], 0.1), 0.2 + 0.05 + 0.1),
        ("at most", knowledge(&mix, [4.0, 4.0, 0.0], 0.0), 1.0),
        ("at least", knowledge(&mix, [-4.0, -4.0, 0.0], 0.0), -1.0),
    ]);
    // Two ideas in one project: the second is three times as large and heavy and came later.
    let one = Project { spent: [1.0, 0.0, 0.0], stage_spent: 2.0, stage_outside: 0.5, ..Project::of(Kind::Process, 0.1, 1.0, 8) };
    let other = Project { spent: [0.0, 3.0, 0.0], stage_spent: 4.0, stage_outside: 1.0, ..Project::of(Kind::Product, 0.3, 3.0, 16) };
    let both = one.joined(&other);
    by_hand(&[
        ("size", both.size, 0.4),
        ("load", both.load, 4.0),
        ("spent", both.stage_spent, 6.0),
        ("by others", both.outside_share(), 0.25),
        ("own part", both.source_shares()[0], 0.25),
        ("policy's", both.source_shares()[1], 0.75),
        ("of process", both.part(Kind::Process), 0.1),
        ("invented", f64::from(both.invented), 12.0),
    ]);
    assert_eq!((both.count(), both.entered, both.main_source(), both.main_kind()), (2, 14, 1, Kind::Product));
    let next = both.in_next_stage(20);
    assert_eq!((next.entered, next.stage_spent, next.stage_outside, next.size, next.ticks_in_stage(23)), (20, 0.0, 0.0, both.size, 3));
}

#[test]
fn attention_follows_what_paid() {
    let mut small = Small::with(|parameters| {
        let choice = &mut parameters.path_choice;
        (choice.half_attention, choice.inertia, choice.peer_weight) = (0.1, 0.5, 0.25);
        choice.memory_years = 1.0 / std::f64::consts::LN_2;
    });
    let chooser = |id: u64| Enterprise {
        identity: Identity { id, ..Identity::default() },
        attention: Attention { shares: [0.4, 0.3, 0.3] },
        experience: Experience { attraction: [0.02, 0.01, 0.01], payoff: [2.0, 1.0, 0.5], sales: 100.0 },
        pipeline: Pipeline { expected_edge: 0.12, effort: 1.0, ..Pipeline::default() },
        treasury: Treasury { cash: 1.0, ..Treasury::default() },
        ..Enterprise::default()
    };
    // It is the turn of those whose number four divides.
    let (now, later) = (small.add(chooser(4)), small.add(chooser(5)));
    {
        let mut sectors = small.set::<Sectors>();
        (sectors[0].path_payoffs, sectors[0].listing_gains) = ([0.04, 0.02, 0.01], 0.03);
    }
    small.run(choose_paths);
    let worth = [0.02 / 1.04, 0.01 / 0.975, 0.005 / 0.975];
    let before = [0.02, 0.01, 0.01];
    let peers = [0.04, 0.02, 0.01];
    let remembered: [f64; 3] = [0, 1, 2].map(|path: usize| 0.5 * (before[path] + 0.75 * worth[path] + 0.25 * peers[path]));
    // Projects of three times what it can pay for: outside money is wanted half more than usual.
    let roots = [remembered[0].sqrt(), (1.5 * remembered[1]).sqrt(), (1.5 * remembered[2]).sqrt()];
    let all: f64 = roots.iter().sum();
    let (experience, attention) = (small.of::<Experience>(now), small.of::<Attention>(now));
    let year = 0.221_199_216_928_595_12;
    for path in 0..3 {
        let told = worth[path] + if path == 2 { 0.03 } else { 0.0 };
        by_hand(&[
            ("remembered", experience.attraction[path], remembered[path]),
            ("attention", attention.shares[path], 0.5 * [0.4, 0.3, 0.3][path] + 0.5 * (1.3 * roots[path] / all - 0.1)),
            ("told to peers", small.get::<Sectors>()[0].path_payoffs[path], peers[path] + year * (told - peers[path])),
            ("begins anew", experience.payoff[path], 0.0),
            ("not yet", small.of::<Attention>(later).shares[path], [0.4, 0.3, 0.3][path]),
        ]);
    }
    by_hand(&[
        ("sales", experience.sales, 0.0),
        ("sales of the other", small.of::<Experience>(later).sales, 100.0),
        ("gains of listings", small.get::<Sectors>()[0].listing_gains, 0.0),
        ("attended", attended(0.1, 0.4), 1.04),
    ]);
    // A quarter on it is the other's turn; where attention does not adapt it is that of the start.
    small.set::<Calendar>().tick = 3;
    small.world.resource_mut::<Parameters>().path_choice.adaptive = false;
    small.run(choose_paths);
    assert_eq!(small.of::<Attention>(later).shares, [0.5, 0.25, 0.25]);
}

#[test]
fn entry_by_room_profit_and_help() {
    let mut small = Small::with(|parameters| {
        let population = &mut parameters.population;
        (population.entry_rate, population.entry_sensitivity, population.market_size_response) = (0.1, 2.0, 2.0);
        (population.finance_climate_sensitivity, population.density_floor, population.density_ceiling) = (0.2, 0.0, 2.0);
        (parameters.government.promotion_entry, parameters.government.subsidy_entry) = (0.3, 1.5);
        parameters.think_tanks.attraction_gain = 0.25;
    });
    small.set::<Calendar>().tick = 1;
    small.endow(Account::Households, 1e6);
    small.set::<Economy>().deal_rate = 0.05;
    small.set::<Services>().attraction = 0.4;
    {
        // A tenth of fixed capital in goods is subsidised.
        let mut programmes = small.set::<ProgrammeBudgets>();
        (programmes.capital_relief[0][0], programmes.invested[0]) = (0.1, 5.0);
    }
    {
        let mut sectors = small.set::<Sectors>();
        let goods = &mut sectors[0];
        (goods.expected_demand, goods.price, goods.initial_weight, goods.initial_count) = (30.0, 2.0, 0.5, 1000.0);
        (goods.count, goods.profit_share, goods.promotion, goods.mean_sales) = (1125.0, 0.1, 1.5, 0.1);
        (goods.typical_share, goods.labour_need) = (0.001, 0.5);
        let tools = &mut sectors[1];
        (tools.expected_demand, tools.initial_weight, tools.count, tools.profit_share) = (20.0, 0.5, 375.0, 0.02);
    }
    small.run(found_enterprises);
    // Three quarters of demand, half more than at year 0: room for 1000 × 1.5² = 2250, of which half are there. Profit is 0.1 where 0.08 is the mean: (0.1 − 0.04 − 0.02)/0.04 = 1,
    // of which a quarter counts, twice. Deals: 0.2 × ½. Promotion: 0.3 × ½, and 1.5 × 0.1 for cheap capital. Attraction: a quarter of 0.4.
    let mean = 0.1 * 2250.0 * 0.25 * 1.5 * 0.5f64.exp() * 1.1 * 1.15 * 1.15 * 1.1;
    let number = small.get::<Calendar>().seed.draws(Draw::Entry, 0, 1).poisson(mean);
    let (tally, ledger) = (small.get::<Tally>(), small.get::<Ledger>());
    assert_eq!((tally.entries, small.get::<Sectors>()[0].entries), (u64::from(number), u64::from(number)));
    assert_eq!(tally.entries_by_region.iter().sum::<u64>(), u64::from(number));
    let paid = ledger.received(FlowKind::FounderEquity, S::Enterprises);
    by_hand(&[
        ("households", small.balance(Account::Households), 1e6 - paid),
        ("lent", ledger.loans(0) + ledger.loans(1), ledger.granted(0) + ledger.granted(1)),
    ]);
    assert!(paid > 0.0);
    small.run(settle_newcomers);
    let born: Vec<(Identity, Treasury)> = small
        .world
        .run_system_once(|all: Query<(&Identity, &Treasury)>| all.iter().map(|(who, treasury)| (*who, *treasury)).collect::<Vec<_>>())
        .expect("a query asks for nothing");
    assert_eq!((born.len(), small.get::<Projects>().rows()), (number as usize, Some(number as usize)));
    assert!(born.iter().all(|(who, _)| who.born == 1 && who.sector == 0 && who.status == Status::Founding));
    by_hand(&[(
        "cash",
        born.iter().map(|(_, treasury)| treasury.cash).sum(),
        paid + small.get::<Ledger>().granted(0) + small.get::<Ledger>().granted(1),
    )]);
}
