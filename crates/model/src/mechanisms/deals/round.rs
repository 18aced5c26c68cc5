//! Rounds that are closed: what a fund pays, what it gets for it, and what is recorded.

use bevy_ecs::prelude::Entity;

use crate::kinds::FlowKind;
use crate::observe::{DealRow, EventRow, Records};
use crate::parameters::Parameters;
use crate::rules::deals::{can_close, round_name};
use crate::state::accounts::{Account, End, Ledger};
use crate::state::calendar::Calendar;
use crate::state::enterprise::{Equity, Identity, Owners, Register, Treasury};
use crate::state::ids::Registry;
use crate::state::returns::Returns;
use crate::state::tables::Tables;
use crate::state::venture::{Candidate, Fund, Stake};
use tripath_engine::math;

use super::deal::Bid;

/// A round that is closed.
pub(super) struct Round<'a> {
    pub(super) candidate: &'a Candidate,
    pub(super) bid: Bid,
    /// Money that the fund pays.
    pub(super) amount: f64,
    /// Price of all shares before the round.
    pub(super) pre_money: f64,
    pub(super) enterprise: Entity,
    /// Rounds of the enterprise before.
    pub(super) number: u8,
}

/// Where rounds are booked and recorded.
pub(super) struct Rounds<'a> {
    pub(super) parameters: &'a Parameters,
    pub(super) calendar: &'a Calendar,
    pub(super) tables: &'a Tables,
    pub(super) register: &'a mut Register,
    pub(super) registry: &'a mut Registry,
    pub(super) returns: &'a mut Returns,
    pub(super) ledger: &'a mut Ledger,
    pub(super) records: &'a mut Records,
}

impl Rounds<'_> {
    /// What a fund can still pay of what a candidate needs; none where it is too little, or more than households can spend.
    pub(super) fn affordable(&self, fund: &Fund, candidate: &Candidate) -> Option<f64> {
        let amount = candidate.need.min(fund.callable(&self.parameters.venture, self.calendar, fund.holds(candidate.id)));
        can_close(self.ledger, amount, candidate.need).then_some(amount)
    }

    /// The fund calls money and pays for new shares, `s = m/(V + m)` of all for an amount `m` at a price `V` before the round; the enterprise pays
    /// the commission of a think tank that brought them together out of it.
    pub(super) fn close(&mut self, round: &Round<'_>, fund: &mut Fund, who: &mut Identity, treasury: &mut Treasury, equity: &mut Equity) {
        let (calendar, amount, row) = (self.calendar, round.amount, round.candidate.row as usize);
        fund.call(self.ledger, calendar, amount);
        self.ledger.pay(FlowKind::EquityRounds, End::Fund(&mut fund.cash), End::Enterprise(&mut treasury.cash), amount);
        treasury.capital_money += amount * self.parameters.venture.rd_use;
        let share = amount / (round.pre_money + amount);
        let owners = self.register.enter(row, || Owners::founders(equity, who.born == calendar.tick as i32));
        let shares = owners.issue(share);
        owners.fund_share += share;
        owners.believe(round.bid.belief);
        owners.bought_by_funds += amount;
        equity.market_value = round.pre_money + amount;
        equity.fundamental += amount;
        who.rounds = who.rounds.saturating_add(1);
        let deal = self.registry.deal();
        fund.invest(Stake {
            deal,
            enterprise: round.enterprise,
            id: round.candidate.id,
            sector: who.sector,
            region: who.region,
            shares,
            paid: amount,
            tick: calendar.tick,
            round: round.number,
            supported: who.supported(&self.parameters.government),
            matched: round.bid.matched,
            bought: false,
        });
        self.returns.funds.buy(fund, who.sector as usize, amount, share * equity.fundamental);
        if round.bid.matched {
            let commission = self.parameters.think_tanks.commission * amount;
            self.ledger.pay(FlowKind::Commissions, End::Enterprise(&mut treasury.cash), End::Of(Account::ThinkTanks), commission);
        }
        if calendar.recorded() {
            self.record(round, deal, fund, who);
        }
    }

    /// Records a round as an event and as a deal.
    fn record(&mut self, round: &Round<'_>, deal: u64, fund: &Fund, who: &Identity) {
        let (calendar, candidate) = (self.calendar, round.candidate);
        let sector = &self.tables.sector_names[who.sector as usize];
        let region = &self.tables.region_names[who.region as usize];
        self.records.events.push(EventRow {
            other: Some(fund.id),
            sector: Some(sector.clone()),
            region: Some(region.clone()),
            amount: Some(round.amount),
            note: Some(round_name(round.number)),
            ..EventRow::at(calendar, "round", candidate.id)
        });
        self.records.deals.push(DealRow {
            tick: calendar.recorded_tick(),
            year: calendar.year(),
            deal,
            kind: "round",
            round: round_name(round.number),
            enterprise: candidate.id,
            sector: sector.clone(),
            region: region.clone(),
            fund: fund.id,
            amount: round.amount,
            pre_money: Some(round.pre_money),
            fundamental: candidate.value,
            premium: math::ratio(round.pre_money, candidate.value, 1.0) - 1.0,
            route: None,
            multiple: None,
            years_held: None,
            supported: who.supported(&self.parameters.government),
            matched: round.bid.matched,
        });
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::enterprise::Belief;
    use crate::state::enterprise::Enterprise;
    use crate::worked::{Small, by_hand};

    #[test]
    fn a_round_by_hand() {
        let mut small = Small::with(|parameters| {
            (parameters.venture.rd_use, parameters.think_tanks.commission) = (0.5, 0.01);
        });
        small.endow(Account::Households, 100.0);
        let enterprise = small.add(Enterprise::default());
        let candidate = Candidate {
            row: 0,
            sector: 0,
            region: 0,
            id: 7,
            value: 25.0,
            reservation: 20.0,
            need: 8.0,
            potential: 0.0,
            belief: Belief::default(),
        };
        let belief = Belief { mean: 0.3, evidence: 2.0 };
        let bid = Bid { at: 0, place: 0, asked: 20.0, bid: 40.0, matched: true, belief };
        let round = Round { candidate: &candidate, bid, amount: 8.0, pre_money: 32.0, enterprise, number: 2 };
        let mut fund = Fund { id: 3, commitments: 50.0, public_share: 0.25, ..Fund::vacant(0) };
        let mut who = Identity { id: 7, born: -9, rounds: 2, ..Identity::default() };
        let mut treasury = Treasury { cash: 1.0, ..Treasury::default() };
        let mut equity = Equity { market_value: 24.0, fundamental: 25.0 };
        let parameters = small.get::<Parameters>().clone();
        let (calendar, tables) = (*small.get::<Calendar>(), Tables::new(&parameters));
        let (mut register, mut registry, mut returns) = (Register::default(), Registry::default(), small.get::<Returns>().clone());
        let (mut ledger, mut records) = (small.get::<Ledger>().clone(), Records::default());
        let mut rounds = Rounds {
            parameters: &parameters,
            calendar: &calendar,
            tables: &tables,
            register: &mut register,
            registry: &mut registry,
            returns: &mut returns,
            ledger: &mut ledger,
            records: &mut records,
        };
        rounds.close(&round, &mut fund, &mut who, &mut treasury, &mut equity);
        // 8 at a price of 32 buy a fifth of all that is there then, a quarter of what there was.
        let owners = *register.of(0).expect("it has owners");
        by_hand(&[
            ("cash", treasury.cash, 1.0 + 8.0 - 0.08),
            ("for R&D", treasury.capital_money, 4.0),
            ("commission", ledger.balance(Account::ThinkTanks), 0.08),
            ("households", ledger.balance(Account::Households), 94.0),
            ("the state", ledger.balance(Account::Central), -2.0),
            ("fund's part", owners.fund_share, 0.2),
            ("shares", owners.outstanding, 1.25),
            ("bought", owners.bought_by_funds, 8.0),
            ("founders had", owners.households_at_close, 24.0),
            ("belief", owners.belief, 0.3),
            ("price", equity.market_value, 40.0),
            ("value", equity.fundamental, 33.0),
            ("shares of the fund", fund.stakes[0].shares, 0.25),
            ("paid", fund.stakes[0].paid, 8.0),
            ("started", fund.started, 8.0),
            ("bought in the sector", fund.bought[0], 8.0),
            ("cash of the fund", fund.cash, 0.0),
        ]);
        assert_eq!((who.rounds, fund.stakes[0].round, fund.stakes[0].matched, fund.deals), (3, 2, true, 1));
        let of_funds = returns.funds.close(0, [8.0, 6.6], 0.0);
        // Bought for 8 what is worth a fifth of 33: held at that, nothing is gained yet.
        by_hand(&[("gained", of_funds.fundamental, 0.0), ("premium", of_funds.premium, 0.0), ("called", of_funds.called, 2.0)]);
        let deal = &records.deals[0];
        by_hand(&[("premium", deal.premium, 32.0 / 25.0 - 1.0), ("amount", deal.amount, 8.0)]);
        assert_eq!((deal.kind, deal.round, records.events[0].event, records.events[0].note), ("round", "b", "round", Some("b")));
    }
}
