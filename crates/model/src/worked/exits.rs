//! Who cannot or will not go on.

#![cfg(test)]

use super::*;
use crate::kinds::{InstitutionalSector as S, Instrument};
use crate::mechanisms::departure::leave_table;
use crate::mechanisms::failure::fail_and_exit;
use crate::observe::Records;
use crate::parameters::Programme;
use crate::state::calendar::Calendar;
use crate::state::enterprise::{Closures, Distressed, Equity, Operation, Owners, Plant, Position, TickAccount, Treasury, Wanting};
use crate::state::government::ProgrammeBudgets;
use crate::state::ids::Registry;
use crate::state::returns::Returns;

#[test]
fn each_ends_or_goes_on_in_its_way() {
    let mut small = Small::with(|parameters| {
        let population = &mut parameters.population;
        (population.exit_size, population.exit_grace_years, population.exit_years) = (0.2, 2.0, 1e-9);
        (population.reorganisation_share, population.used_capital_price) = (0.15, 0.5);
        (parameters.banking.collateral_share, parameters.banking.leverage_limit) = (0.7, 10.0);
        (parameters.government.rescue_size, parameters.government.support_years) = (1.0, HALF_A_QUARTER);
        parameters.programmes = vec![Named {
            name: "rescue".to_owned(),
            value: Programme { instrument: "rescue".to_owned(), level: "local".to_owned(), ..Programme::default() },
        }];
    });
    small.set::<Calendar>().tick = 40;
    small.set::<Economy>().capital_price = 2.0;
    {
        let mut sectors = small.set::<Sectors>();
        (sectors[0].typical_share, sectors[0].count) = (0.1, 10.0);
    }
    let mut add = |id: u64, cash: f64, debt: f64, capital: f64, share: f64, owners: Option<Owners>| {
        let row = small.get::<Projects>().rows().expect("rows are counted");
        let mut owed = 0.0;
        small.set::<Ledger>().endow_loan(1, &mut owed, debt);
        if let Some(owners) = owners {
            small.set::<Register>().enter(row, || owners);
        }
        small.set::<Distressed>().look_again(row);
        small.add(Enterprise {
            identity: Identity { id, region: 1, bank: 1, born: 0, ..Identity::default() },
            position: Position { share, ..Position::default() },
            operation: Operation { employment: 10.0 * id as f64, sales: 20.0, ..Operation::default() },
            plant: Plant { capital, ..Plant::default() },
            treasury: Treasury { cash, debt, losses: 3.0, ..Treasury::default() },
            equity: Equity { market_value: 7.0, fundamental: 7.0 },
            ..Enterprise::default()
        })
    };
    // In debt beyond its worth of 80 and short of 4.
    let failed = add(1, -4.0, 90.0, 40.0, 0.05, None);
    // Short of 5, and worth a loan.
    let bridged = add(2, -5.0, 10.0, 50.0, 0.05, None);
    // Too large to be wound up: of 120 + 5 two fifths of 100 are left.
    let of_funds = Owners { fund_share: 0.2, outstanding: 1.25, ..Owners::default() };
    let reorganised = add(3, -5.0, 120.0, 50.0, 0.16, Some(of_funds));
    // Small and old, with 3 to its name and a loan of 1.
    let gives_up = add(4, 3.0, 1.0, 5.0, 0.01, None);
    let sound = add(5, 3.0, 1.0, 5.0, 0.1, None);
    // As large as the mean and supported: the south pays the 6 that it lacks, and what its debt is above 0.8 × 20.
    let rescued = add(6, -6.0, 30.0, 10.0, 0.1, Some(of_funds));
    small.world.get_mut::<Identity>(rescued).expect("it was added").support = 1.0;
    small.set::<ProgrammeBudgets>().pots[0][1] = 25.0;
    small.set::<Wanting>().begin(2, Vec::new());
    // Room for the bridge: the bank's own funds carry more than its loans.
    small.endow(Account::Bank(1), -200.0);
    small.run(fail_and_exit);
    let money = |who| small.of::<Treasury>(who);
    let (ledger, tally) = (small.get::<Ledger>(), small.get::<Tally>());
    by_hand(&[
        ("lost with the failed", ledger.other_change(Instrument::Loans, S::Banks), -94.0 - 85.0),
        ("debt of the failed", money(failed).debt, 0.0),
        ("capital of the failed", small.of::<Plant>(failed).capital, 0.0),
        ("capital scrapped", ledger.other_change(Instrument::FixedCapital, S::Enterprises), -80.0 - 10.0),
        ("cash of the bridged", money(bridged).cash, 0.0),
        ("debt of the bridged", money(bridged).debt, 15.0),
        ("debt of the reorganised", money(reorganised).debt, 40.0),
        ("its losses", money(reorganised).losses, 0.0),
        ("funds' part of it", small.get::<Register>().of(2).expect("it has owners").fund_share, 0.0),
        ("what was left of who gave up", small.balance(Account::Households), 2.0),
        ("equity of two", ledger.other_change(Instrument::Unlisted, S::Households), -7.0 - 7.0 + 2.0),
        ("of the sound", money(sound).cash, 3.0),
        ("rescue", money(rescued).cash, 14.0),
        ("by the south", ledger.government_payments(2, FlowKind::EnterpriseRescues), 20.0),
        ("pot", small.get::<ProgrammeBudgets>().pots[0][1], 5.0),
        ("spent", small.get::<ProgrammeBudgets>().states[0].spent, 20.0),
        ("to date", small.get::<ProgrammeBudgets>().money[0][0], 20.0),
        ("cost of policy", small.get::<Returns>().programme_cost[0], 20.0),
        ("subsidies", small.of::<TickAccount>(rescued).subsidies, 20.0),
        // 20 for sales of 20 count in full: half of the way from 1.
        ("support", small.of::<Identity>(rescued).support, 1.0),
        ("funds' part of the rescued", small.get::<Register>().of(5).expect("it has owners").fund_share, 0.0),
        ("lost by the bank", tally.banks[1].defaults, 94.0 + 85.0),
        ("jobs lost", tally.job_destruction, 10.0 + 40.0),
        ("closed", tally.closed_by_region[1].employment, 50.0),
    ]);
    assert_eq!((tally.exits, tally.defaults, small.get::<Sectors>()[0].exits), (2, 1, 2));
    let state = small.get::<ProgrammeBudgets>().states[0];
    // The reorganised was looked at, too: the plan gives its sector an even share, but it needs 45.
    assert_eq!((state.awards, state.applicants), (1, 2));
    let registry = small.get::<Registry>();
    assert!(registry.was_kept_going(3, 40) && registry.was_kept_going(6, 40) && !registry.was_kept_going(2, 0));
    assert_eq!(small.get::<Closures>().0, [0, 3]);
    assert!(small.of::<Identity>(failed).closed() && small.of::<Identity>(gives_up).closed() && small.of::<Identity>(sound).active());
    let events: Vec<_> = small.get::<Records>().events.iter().map(|event| (event.event, event.subject, event.note)).collect();
    let expected = [
        ("rescue", 6, Some("government")),
        ("default", 1, Some("failed")),
        ("rescue", 3, Some("reorganised")),
        ("exit", 4, Some("gave_up")),
    ];
    assert_eq!(events, expected);
    // They leave the table from the last on, and the last row takes the place of each.
    small.world.run_system_once(leave_table_now).expect("the world is there");
    let left: Vec<Identity> = small.all();
    assert_eq!(left.iter().map(|who| who.id).collect::<Vec<_>>(), [5, 2, 3, 6]);
    assert_eq!(small.get::<Projects>().rows(), Some(4));
    assert!(small.get::<Register>().of(2).is_some() && small.get::<Register>().of(3).is_some() && small.get::<Register>().of(0).is_none());
}

fn leave_table_now(world: &mut World) {
    let mut state = bevy_ecs::system::SystemState::new(world);
    leave_table(world, &mut state);
}

#[test]
fn who_fails_again_is_not_kept_going() {
    let mut small = Small::with(|parameters| parameters.population.reorganisation_share = 0.15);
    small.set::<Calendar>().tick = 40;
    small.set::<Registry>().keep_going(1, 30, 0);
    small.set::<Sectors>()[0].typical_share = 0.1;
    let mut owed = 0.0;
    small.set::<Ledger>().endow_loan(0, &mut owed, 120.0);
    let who = small.add(Enterprise {
        identity: Identity { id: 1, ..Identity::default() },
        position: Position { share: 0.5, ..Position::default() },
        treasury: Treasury { cash: -5.0, debt: 120.0, ..Treasury::default() },
        plant: Plant { capital: 10.0, ..Plant::default() },
        ..Enterprise::default()
    });
    small.set::<Distressed>().look_again(0);
    small.run(fail_and_exit);
    assert!(small.of::<Identity>(who).closed());
    // A bridge that no bank has room for is refused: too large to be wound up, it is reorganised.
    let mut small = Small::with(|parameters| parameters.population.reorganisation_share = 0.15);
    small.set::<Sectors>()[0].typical_share = 0.1;
    let who = small.add(Enterprise {
        identity: Identity { id: 1, ..Identity::default() },
        position: Position { share: 0.5, ..Position::default() },
        treasury: Treasury { cash: -5.0, ..Treasury::default() },
        plant: Plant { capital: 100.0, ..Plant::default() },
        ..Enterprise::default()
    });
    small.set::<Distressed>().look_again(0);
    small.run(fail_and_exit);
    by_hand(&[("refused", small.get::<Tally>().banks[0].refused, 5.0), ("debt", small.of::<Treasury>(who).debt, 5.0)]);
    assert!(small.get::<Registry>().was_kept_going(1, 0) && small.of::<Identity>(who).active());
}
