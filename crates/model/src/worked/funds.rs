//! Venture funds: money called and given back, fees, vintages.

#![cfg(test)]

use super::*;
use crate::mechanisms::fund_management::manage_funds;
use crate::observe::Records;
use crate::state::calendar::Calendar;
use crate::state::venture::{Fund, Mandate, Stake};
use crate::streams::Draw;

#[test]
fn partners_pay_and_are_paid_by_their_parts() {
    let small = Small::new();
    let mut calendar = *small.get::<Calendar>();
    let mut ledger = small.get::<Ledger>().clone();
    let mandate = Mandate { programme: 0, sector: None, region: Some(1), target: 0.0, called: 1.0 };
    let mut fund = Fund { id: 1, vintage: -4, commitments: 100.0, public_share: 0.25, mandate: Some(mandate), ..Fund::vacant(0) };
    calendar.tick = 2;
    by_hand(&[("age", fund.age(&calendar), 1.5)]);
    fund.call(&mut ledger, &calendar, 40.0);
    by_hand(&[
        ("south", ledger.balance(Account::Local(1)), -10.0),
        ("households", ledger.balance(Account::Households), -30.0),
        ("cash", fund.cash, 40.0),
        ("paid in", fund.paid_in, 40.0),
        ("called from the south", fund.mandate.map_or(0.0, |mandate| mandate.called), 11.0),
        ("uncalled", fund.uncalled(), 60.0),
        ("flow", fund.flows[6], -40.0),
    ]);
    // Of 100 the partners first get the 30 that are still to come back, then four fifths of the rest.
    (fund.cash, fund.distributed) = (100.0, 10.0);
    calendar.tick = 4;
    let carry = fund.distribute(&mut ledger, &calendar, 0.2);
    by_hand(&[
        ("carry", carry, 14.0),
        ("south", ledger.balance(Account::Local(1)), -10.0 + 21.5),
        ("households", ledger.balance(Account::Households), -30.0 + 14.0 + 64.5),
        ("distributed", fund.distributed, 96.0),
        ("cash", fund.cash, 0.0),
        ("flow", fund.flows[8], 86.0),
    ]);
    assert_eq!((fund.distribute(&mut ledger, &calendar, 0.2), fund.flows.len()), (0.0, 9));
    // What was paid in at the end of a seventh quarter and came back more than twice, half a year later.
    let rate = fund.internal_rate_of_return(&calendar, 0.0).expect("there are flows of both signs");
    by_hand(&[("rate of return", (1.0 + rate).sqrt(), 86.0 / 40.0)]);
    by_hand(&[
        (
            "part",
            Stake { tick: 3, ..stake(7, 1.0) }.part(&crate::state::enterprise::Owners {
                outstanding: 2.0,
                valid_from: 3,
                ..Default::default()
            }),
            0.05,
        ),
        (
            "lost",
            Stake { tick: 2, ..stake(7, 1.0) }.part(&crate::state::enterprise::Owners {
                outstanding: 2.0,
                valid_from: 3,
                ..Default::default()
            }),
            0.0,
        ),
    ]);
}

#[test]
fn vintages_follow_each_other() {
    let mut small = Small::with(|parameters| {
        let venture = &mut parameters.venture;
        (venture.supply_share, venture.life_years, venture.investment_years, venture.fee) = (0.01, 10.0, 5.0, 0.02);
        (venture.fundraising_elasticity, venture.carry, venture.guidance_share) = (0.5, 0.2, 0.1);
    });
    small.set::<Economy>().annual_output = 400.0;
    small.endow(Account::Households, 1000.0);
    // Five and a half years old: 20 paid in, 10 given back, 12 in a holding. Its managers have 5 to give.
    let mut old =
        Fund { id: 1, vintage: -22, commitments: 40.0, fee_reserve: 5.0, paid_in: 20.0, distributed: 10.0, cash: 5.0, ..Fund::vacant(0) };
    old.invest(stake(7, 12.0));
    small.world.spawn(old);
    // At its end, with nothing left; its managers' funds before it gave 5 for 10.
    let mut over = Fund { id: 2, vintage: -40, commitments: 40.0, paid_in: 30.0, distributed: 45.0, skill: 0.7, ..Fund::vacant(1) };
    (over.record.paid_in, over.record.distributed) = (10.0, 5.0);
    small.world.spawn(over);
    small.world.spawn(Fund::vacant(2));
    small.run(manage_funds);
    let funds: Vec<Fund> = small.all();
    // Both came to 10 + 6 + 45 of 50. A hundredth of 400 for ten years over three places, by the root of that, and by luck.
    let mut draws = small.get::<Calendar>().seed.draws(Draw::Financier, 2, 0);
    let commitments = 40.0 / 3.0 * 1.22f64.sqrt() * (0.5 * draws.normal() - 0.125).exp();
    by_hand(&[
        ("raised", funds[2].commitments, commitments),
        ("skill", funds[2].skill, draws.uniform()),
        ("of the state", funds[2].public_share, 0.1),
        ("reserved", funds[2].fee_reserve, commitments * 0.2 / 1.1),
        ("its fee", funds[2].fees, 0.005 * commitments),
        // After the investment period, on the cost of holdings.
        ("fee of the old", funds[0].fees, 0.06),
        ("paid in", funds[0].paid_in, 20.06),
        ("given back", funds[0].distributed, 15.0),
        ("cash", funds[0].cash, 0.0),
        ("record", funds[1].record.paid_in, 40.0),
        ("of its end", funds[1].record.distributed, 50.0),
        ("skill stays", funds[1].skill, 0.7),
        // Fees come back to households as managers; a tenth of the new fund's is the state's.
        ("households", small.balance(Account::Households), 1000.0 + 5.0 + 0.1 * 0.005 * commitments),
        ("the state", small.balance(Account::Central), -0.1 * 0.005 * commitments),
    ]);
    assert_eq!((funds[1].id, funds[2].vintage), (0, 0));
    let last = &small.get::<Records>().funds;
    assert_eq!((last.len(), last[0].fund, last[0].status), (1, 2, "ended"));
}
