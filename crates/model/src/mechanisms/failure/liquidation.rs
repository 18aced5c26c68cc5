//! Used capital: a closed enterprise's plant goes, part by part, to those of its sector that build and can pay.

use crate::kinds::FlowKind;
use crate::state::accounts::{End, Ledger};
use crate::state::enterprise::{Identity, Plant, Treasury};
use tripath_engine::random::Draws;

/// Enterprises asked whether they want a closed enterprise's capital.
const ASKED: usize = 64;

/// Units that a buyer takes: what is for sale, within what it has ordered and its money pays for.
fn part_bought(for_sale: f64, backlog: f64, free: f64, unit_price: f64) -> f64 {
    let paid_for = if unit_price > 0.0 { (free / unit_price).max(0.0) } else { f64::INFINITY };
    for_sale.min(backlog).min(paid_for)
}

/// Cash that is not earmarked.
fn free(money: &Treasury) -> f64 {
    money.cash - money.policy_money - money.capital_money
}

/// Sells the capital of the enterprise in `row` to those who want it, drawn one after the other from `buyers`; what nobody takes stays with it.
///
/// Within the sector of enterprises only cash moves, capital stays what it is. What a buyer gets so it needs not build.
#[allow(clippy::too_many_arguments, reason = "a sale names all that it moves")]
pub(super) fn sell_capital(
    ledger: &mut Ledger,
    mut draws: Draws,
    buyers: &[u32],
    identity: &[Identity],
    plant: &mut [Plant],
    treasury: &mut [Treasury],
    row: usize,
    unit_price: f64,
) {
    for _ in 0..ASKED {
        if buyers.is_empty() || plant[row].capital <= 0.0 {
            return;
        }
        let buyer = buyers[draws.below(buyers.len())] as usize;
        let who = &identity[buyer];
        if buyer == row || !who.active() || who.sector != identity[row].sector {
            continue;
        }
        let part = part_bought(plant[row].capital, plant[buyer].backlog, free(&treasury[buyer]), unit_price);
        if part <= 0.0 {
            continue;
        }
        let (mut seller_cash, mut buyer_cash) = (treasury[row].cash, treasury[buyer].cash);
        ledger.pay(FlowKind::UsedCapital, End::Enterprise(&mut buyer_cash), End::Enterprise(&mut seller_cash), part * unit_price);
        treasury[row].cash = seller_cash;
        treasury[buyer].cash = buyer_cash;
        plant[buyer].capital += part;
        plant[buyer].backlog -= part;
        plant[buyer].planned = plant[buyer].planned.min(plant[buyer].backlog);
        plant[row].capital -= part;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::enterprise::Status;
    use crate::streams::Draw;
    use tripath_engine::random::Seed;

    #[test]
    fn buyers_take_what_they_ordered_and_can_pay() {
        assert_eq!(part_bought(10.0, 4.0, 100.0, 0.5), 4.0);
        assert_eq!(part_bought(10.0, 40.0, 1.0, 0.5), 2.0);
        assert_eq!(part_bought(10.0, 40.0, 100.0, 0.5), 10.0);
        assert_eq!(part_bought(10.0, 40.0, -1.0, 0.5), 0.0);
        assert_eq!(part_bought(10.0, 4.0, 0.0, 0.0), 4.0);
    }

    #[test]
    fn a_large_plant_is_sold_in_parts() {
        let identity: Vec<Identity> =
            (0..6).map(|id| Identity { id, sector: u16::from(id == 5), status: Status::Active, ..Identity::default() }).collect();
        let mut plant = vec![Plant { capital: 1.0, planned: 1.0, backlog: 3.0 }; 6];
        plant[0] = Plant { capital: 8.0, ..Plant::default() };
        let mut treasury = vec![Treasury { cash: 5.0, ..Treasury::default() }; 6];
        treasury[0].cash = 0.0;
        treasury[1].cash = 0.5;
        let mut ledger = Ledger::new(1, 1);
        let draws = Seed(4).draws(Draw::Liquidation, 9, 0);
        // Five of another sector are asked too and buy nothing.
        sell_capital(&mut ledger, draws, &[1, 2, 3, 5], &identity, &mut plant, &mut treasury, 0, 0.5);
        // One could pay for one unit, two took the three that each had ordered: one unit is left.
        assert_eq!(plant.iter().map(|plant| plant.capital).collect::<Vec<_>>(), [1.0, 2.0, 4.0, 4.0, 1.0, 1.0]);
        assert_eq!((plant[2].backlog, plant[2].planned, plant[4].backlog), (0.0, 0.0, 3.0));
        let cash: f64 = treasury.iter().map(|money| money.cash).sum();
        assert!((treasury[0].cash - 3.5).abs() < 1e-12 && (cash - 20.5).abs() < 1e-12);
    }
}
