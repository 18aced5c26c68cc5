//! Rows of financiers, the exchange and think tanks.

use crate::kinds::{FlowKind, InstitutionalSector as S};
use crate::observe::*;
use crate::rules::advice::client_bias;
use crate::state::accounts::Account;
use crate::state::venture::{Fund, fund_row};
use tripath_engine::math;
use tripath_engine::parallel::map_items;

use super::Seen;

impl Seen<'_, '_> {
    pub(super) fn financiers(&self, records: &mut Records) {
        for bank in &self.banks {
            let index = bank.index as usize;
            let tally = &self.tally.banks[index];
            let total = self.ledger.bank_bonds.iter().sum::<f64>();
            let coupons = self.ledger.flow(FlowKind::BondInterest, S::CentralGovernment, S::Banks)
                + self.ledger.flow(FlowKind::BondInterest, S::LocalGovernments, S::Banks);
            records.banks.push(BankRow {
                tick: self.tick(),
                year: self.year(),
                bank: u64::from(bank.index) + 1,
                loans: self.ledger.loans(index),
                bonds: self.ledger.bank_bonds[index],
                reserves: self.ledger.balance(Account::Bank(index)) + bank.deposits,
                deposits: bank.deposits,
                own_funds: self.ledger.own_funds(index),
                interest_income: tally.interest + coupons * math::ratio(self.ledger.bank_bonds[index], total, 0.0),
                defaults: tally.defaults,
                loans_granted: self.ledger.granted(index),
                loans_refused: tally.refused,
            });
        }
        let funds: Vec<(&Fund, f64)> = self.funds.iter().zip(self.marks.0.iter().copied()).filter(|(fund, _)| fund.id > 0).collect();
        let rows = map_items(&funds, |(fund, marks)| fund_row(&self.calendar, &self.parameters.venture, fund, *marks, false));
        // Those that ended in this tick left their last rows when they did.
        records.funds.extend(rows);
    }

    pub(super) fn boards(&self, records: &mut Records) {
        for (number, board) in self.boards.read().iter().enumerate() {
            let waiting = self.exchange.queue.iter().filter(|applicant| usize::from(applicant.board) == number).count();
            records.boards.push(BoardRow {
                tick: self.tick(),
                year: self.year(),
                board: self.tables.board_names[number].clone(),
                price_index: board.price_index,
                total_return_index: board.total_return_index,
                price_earnings: (board.earnings > 0.0).then(|| board.market_value / board.earnings),
                listed_count: board.listed,
                queue_count: waiting as u64,
                market_value: board.market_value,
                fundamental_value: board.fundamental_value,
                issuance: board.issuance,
                dividends: board.dividends,
                buybacks: board.buybacks,
                sentiment: board.sentiment,
                listing_count: board.listings,
                delisting_count: board.delistings,
                exposure_count: board.exposures,
                window_open: self.exchange.window_open(&self.parameters, number),
            });
        }
    }

    pub(super) fn think_tanks(&self, records: &mut Records) {
        let settings = &self.parameters.think_tanks;
        for tank in &self.think_tanks {
            let best = (0..tank.field.len()).max_by(|a, b| tank.field[*a].total_cmp(&tank.field[*b])).unwrap_or(0);
            records.think_tanks.push(ThinkTankRow {
                tick: self.tick(),
                year: self.year(),
                think_tank: tank.id,
                field: self.tables.sector_names[best].clone(),
                staff: tank.staff,
                cash: tank.cash,
                quality: tank.quality,
                independence: tank.independence,
                reputation: tank.reputation,
                accuracy: tank.accuracy,
                income_contracts: tank.income[0],
                income_clients: tank.income[1],
                income_subscriptions: tank.income[2],
                income_commissions: tank.income[3],
                capacity_advice: tank.staff * settings.advice_weight,
                capacity_research: tank.staff * settings.research_weight,
                capacity_matchmaking: tank.staff * settings.matchmaking_weight,
                capacity_support: tank.staff * settings.support_weight,
                capacity_attraction: tank.staff * settings.attraction_weight,
                client_count: self.census.clients.get(tank.id as usize - 1).copied().unwrap_or(0),
                client_income_share: math::total(tank.clients.iter().copied()),
                client_bias: (0..tank.clients.len()).map(|s| client_bias(tank.independence, &tank.clients, s)).fold(0.0, f64::max),
            });
        }
    }
}
