//! What failure costs: rescues, bridging loans, reorganisations and ends are booked, counted and recorded.

use crate::observe::{EventRow, Records};
use crate::rules::failure::Closure;
use crate::state::accounts::Ledger;
use crate::state::economy::{Group, Tally};
use crate::state::enterprise::{Closures, Equity, Identity, Owners, Status, Treasury, Wanting, YearAccounts};
use crate::state::government::ProgrammeBudgets;
use crate::state::growth::Growth;
use crate::state::ids::Registry;
use crate::state::returns::Returns;
use crate::state::sector::Sectors;
use crate::state::technology::{Funnel, Payers};
use crate::transactions::closure::close_enterprise;
use tripath_engine::math;
use tripath_engine::random::Stream;

use super::exit::{Table, Terms};
use super::liquidation::sell_capital;
use super::rescue::{Champion, pay_rescue};

/// What is made ready for an enterprise that may close, before any does: what it did in this tick, and who paid for its projects.
pub(super) struct Ready {
    pub(super) did: Group,
    pub(super) projects: Payers,
}

/// The market for used capital in a tick.
pub(super) struct UsedCapital<'a> {
    pub(super) wanting: &'a Wanting,
    pub(super) stream: Stream,
    /// Price of a unit.
    pub(super) unit: f64,
}

/// Where failures are booked, counted and recorded.
pub(super) struct Books<'a> {
    pub(super) ledger: &'a mut Ledger,
    pub(super) registry: &'a mut Registry,
    pub(super) programmes: &'a mut ProgrammeBudgets,
    pub(super) returns: &'a mut Returns,
    pub(super) funnel: &'a mut Funnel,
    pub(super) sectors: &'a mut Sectors,
    pub(super) tally: &'a mut Tally,
    pub(super) years: &'a mut YearAccounts,
    pub(super) growth: &'a mut Growth,
    pub(super) closures: &'a mut Closures,
    pub(super) records: &'a mut Records,
}

impl Books<'_> {
    /// A programme pays what a champion needs to go on. Owners pay with what they own: funds lose all, as in a reorganisation.
    pub(super) fn rescue(&mut self, terms: &Terms<'_>, table: &mut Table<'_>, champion: &Champion, programme: usize) {
        let (parameters, calendar) = (terms.parameters, terms.calendar);
        let local = parameters.programmes[programme].value.level == "local";
        pay_rescue(self.ledger, local, champion, &mut table.treasury[champion.row].cash);
        table.account[champion.row].subsidies += champion.need;
        if let Some(owners) = table.register.of_mut(champion.row) {
            owners.wipe_funds(calendar.tick);
        }
        self.registry.keep_going(champion.id, calendar.tick, terms.since);
        // The tick's average is made at settlement: a rescue comes on top.
        let weight = math::smoothing(calendar.ticks_per_year(), parameters.government.support_years);
        table.identity[champion.row].remember_support(champion.need, table.operation[champion.row].sales, weight);
        self.programmes.states[programme].spent += champion.need;
        self.programmes.money[programme][champion.sector] += champion.need;
        self.programmes.states[programme].awards += 1;
        self.returns.programme_cost[champion.sector] += champion.need;
        if calendar.recorded() {
            self.records.events.push(EventRow {
                other: Some(programme as u64),
                sector: Some(terms.tables.sector_names[champion.sector].clone()),
                region: Some(terms.tables.region_names[champion.region].clone()),
                amount: Some(champion.need),
                note: Some("government"),
                ..EventRow::at(calendar, "rescue", champion.id)
            });
        }
    }

    /// The bank lends what an enterprise lacks.
    pub(super) fn bridge(&mut self, bank: usize, treasury: &mut Treasury) {
        let lacking = -treasury.cash;
        self.ledger.book().lend(bank, &mut treasury.cash, &mut treasury.debt, lacking);
    }

    /// Cuts the debt of an enterprise to two fifths of its capital's value; returns the loan lost. Old owners, funds included, lose all;
    /// creditors' households own the new equity.
    pub(super) fn reorganise(&mut self, terms: &Terms<'_>, table: &mut Table<'_>, row: usize) -> f64 {
        let (bank, treasury) = (table.identity[row].bank as usize, &mut table.treasury[row]);
        self.bridge(bank, treasury);
        let lost = (treasury.debt - 0.4 * table.plant[row].capital * terms.price).max(0.0);
        self.ledger.book().write_off(bank, &mut treasury.debt, lost);
        treasury.losses = 0.0;
        if let Some(owners) = table.register.of_mut(row) {
            owners.wipe_funds(terms.calendar.tick);
        }
        self.registry.keep_going(table.identity[row].id, terms.calendar.tick, terms.since);
        lost
    }

    /// Sells the capital of an enterprise that ends, as far as others want it, and closes its books; returns the loan lost.
    pub(super) fn wind_up(&mut self, terms: &Terms<'_>, table: &mut Table<'_>, row: usize, ready: Ready, market: &UsedCapital<'_>) -> f64 {
        let who = table.identity[row];
        let (draws, buyers) = (market.stream.draws(who.id), market.wanting.of(who.sector));
        sell_capital(self.ledger, draws, buyers, table.identity, table.plant, table.treasury, row, market.unit);
        self.years.close(terms.calendar, row, table.closing(row));
        let (share, technology) = (table.position[row].share, &table.technology[row]);
        self.growth.moves[who.sector as usize].left.add(share, technology.log_productivity, technology.quality);
        self.tally.close(&who, ready.did);
        self.funnel.lose(who.sector, ready.projects);
        self.tally.job_destruction += ready.did.employment;
        let founded_now = who.born == terms.calendar.tick as i32;
        let owners = table.register.strike(row).unwrap_or_else(|| Owners::founders(&table.equity[row], founded_now));
        table.equity[row] = Equity::default();
        close_enterprise(self.ledger, terms.price, &who, &mut table.plant[row], &mut table.treasury[row], owners)
    }

    /// Counts how an enterprise ended, or was reorganised, and what its bank lost; marks the row of one that ended.
    pub(super) fn count(&mut self, terms: &Terms<'_>, who: &mut Identity, row: usize, closure: Closure, lost: f64) {
        self.tally.banks[who.bank as usize].defaults += lost;
        if terms.calendar.recorded() {
            let event = match closure {
                Closure::Reorganised => "rescue",
                Closure::Failed => "default",
                _ => "exit",
            };
            self.records.events.push(EventRow {
                sector: Some(terms.tables.sector_names[who.sector as usize].clone()),
                region: Some(terms.tables.region_names[who.region as usize].clone()),
                amount: Some(lost),
                note: Some(closure.word()),
                ..EventRow::at(terms.calendar, event, who.id)
            });
        }
        if closure != Closure::Reorganised {
            self.tally.exits += 1;
            self.tally.defaults += u64::from(closure == Closure::Failed);
            self.sectors[who.sector as usize].exits += 1;
            who.status = Status::Closed;
            self.closures.0.push(row as u32);
        }
    }
}
