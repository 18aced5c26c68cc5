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
