//! A listed share in a tick: its price, new issues, the end of lock-ups, exposures, delisting.

use crate::kinds::FlowKind;
use crate::observe::{EventRow, Records};
use crate::parameters::Parameters;
use crate::rules::attention::attended;
use crate::rules::integrity::exposure_rate;
use crate::rules::listing::concept_premium;
use crate::rules::share_price::{MISPRICING_MEMORY, share_price};
use crate::sources::CAPITAL;
use crate::state::accounts::{Account, End, Ledger};
use crate::state::calendar::Calendar;
use crate::state::enterprise::{Attention, Equity, Identity, Operation, Owners, Treasury};
use crate::state::exchange::Board;
use crate::state::tables::Tables;
use crate::streams::Draw;
use tripath_engine::math;

/// Sums of a board over a tick.
#[derive(Debug, Clone, Copy, Default)]
pub(super) struct Close {
    /// Value now of what was listed before.
    pub(crate) after: f64,
    /// Dividends on it.
    pub(crate) paid: f64,
    pub(crate) value: f64,
    pub(crate) fundamental: f64,
    pub(crate) earnings: f64,
    pub(crate) listed: u64,
}

/// What all that are traded in a tick have in common.
pub(super) struct Floor<'a> {
    parameters: &'a Parameters,
    calendar: &'a Calendar,
    tables: &'a Tables,
    /// Part of a share's own mispricing that is left after a tick, and what comes to it: its standard deviation.
    memory: f64,
    spread: f64,
    /// Part of dressed earnings that the public still believes after a tick.
    fading: f64,
    /// Probabilities of a tick.
    issue_probability: f64,
    delisting_probability: f64,
    exposure_probability: f64,
    /// Ticks after a listing in which founders may not sell.
    lockup: u32,
    /// Sales of a tick, times ticks a year, below which an enterprise is too small for a board.
    least_sales: f64,
}

/// A share that is traded: its enterprise, its owners and the board that it is traded on.
pub(super) struct Share<'a> {
    pub(crate) who: &'a mut Identity,
    pub(crate) operation: &'a Operation,
    pub(crate) attention: &'a Attention,
    pub(crate) treasury: &'a mut Treasury,
    pub(crate) equity: &'a mut Equity,
    pub(crate) owners: &'a mut Owners,
    pub(crate) board: &'a mut Board,
    pub(crate) close: &'a mut Close,
}

/// What comes of a share in a tick.
#[derive(Default)]
pub(super) struct Fate {
    /// Why it is taken off its board.
    pub(crate) delisted: Option<&'static str>,
    /// More of it was issued.
    pub(crate) issued: bool,
}

impl<'a> Floor<'a> {
    pub(crate) fn open(parameters: &'a Parameters, calendar: &'a Calendar, tables: &'a Tables, mean_sales: f64) -> Self {
        let (market, years) = (&parameters.capital_market, calendar.years_per_tick());
        let memory = math::pow(MISPRICING_MEMORY, years);
        let strikes = |rate: f64| 1.0 - math::exp(-rate * years);
        Self {
            parameters,
            calendar,
            tables,
            memory,
            spread: market.idiosyncratic * math::sqrt(1.0 - memory * memory),
            fading: math::exp(-years / market.dressing_years),
            issue_probability: strikes(market.seasoned_rate),
            delisting_probability: strikes(market.delisting_hazard),
            exposure_probability: strikes(exposure_rate(market)),
            lockup: (market.founder_lockup_years * calendar.ticks_per_year()).round() as u32,
            least_sales: market.delisting_size * mean_sales,
        }
    }

    /// Prices and trades a share that was listed before this tick.
    pub(crate) fn trade(&self, share: &mut Share<'_>, ledger: &mut Ledger, records: &mut Records) -> Fate {
        let mut draws = self.calendar.seed.draws(Draw::Trading, share.who.id, self.calendar.tick);
        share.owners.idiosyncratic = self.memory * share.owners.idiosyncratic + self.spread * draws.normal();
        share.owners.dressing *= self.fading;
        // A seasoned issue takes work of managers, as a first one does: at one third of attention to the capital path it comes at its rate.
        let effort = attended(self.parameters.path_choice.half_attention, share.attention.shares[CAPITAL]);
        let (issues, leaves) = (draws.happens(self.issue_probability * effort), draws.happens(self.delisting_probability));
        let (exposed, mut delisted) = self.inquire(share);
        if self.calendar.tick - share.who.listing_tick == self.lockup {
            self.end_lockup(share, ledger);
        }
        let concept = concept_premium(self.parameters, share.who);
        share.equity.market_value =
            share_price(share.equity.fundamental, share.owners.dressing, share.board.sentiment, concept, share.owners.idiosyncratic);
        if exposed {
            share.board.exposures += 1;
            share.board.exposed_value += share.equity.market_value;
            self.record(share, "exposure", None, records);
        }
        self.buy_back(share);
        let issued = issues && delisted.is_none() && self.issue(share, ledger);
        let small = share.operation.sales * self.calendar.ticks_per_year() < self.least_sales;
        if delisted.is_none() && small && leaves {
            delisted = Some("small");
        }
        Fate { delisted, issued }
    }

    /// Looks into earnings that are dressed: whether they are exposed, which costs the share its dressing and more, and why it is delisted for it.
    fn inquire(&self, share: &mut Share<'_>) -> (bool, Option<&'static str>) {
        let (market, owners) = (&self.parameters.capital_market, &mut *share.owners);
        if owners.dressing <= 0.01 {
            return (false, None);
        }
        let mut inquiry = self.calendar.seed.draws(Draw::Integrity, share.who.id, self.calendar.tick);
        if !inquiry.happens(self.exposure_probability) {
            return (false, None);
        }
        owners.dressing = 0.0;
        owners.idiosyncratic -= market.exposure_fall;
        (true, inquiry.happens(market.exposure_delisting).then_some("exposed"))
    }

    /// Founders sell part of what they hold: the price yields to the supply.
    fn end_lockup(&self, share: &mut Share<'_>, ledger: &mut Ledger) {
        let (market, owners) = (&self.parameters.capital_market, &mut *share.owners);
        let sold = market.founder_sale * (1.0 - owners.fund_share - owners.float_share).max(0.0);
        owners.float_share += sold;
        owners.idiosyncratic -= market.issuance_pressure * sold;
        let duty = (sold * share.equity.market_value * self.parameters.government.stamp_duty_rate)
            .min(0.1 * ledger.balance(Account::Households).max(0.0));
        ledger.pay(FlowKind::StampDuty, End::Of(Account::Households), End::Of(Account::Central), duty);
    }

    /// Parts what was paid to owners into buybacks and dividends. Fewer shares for the same value: a buyback lifts the price of a share.
    fn buy_back(&self, share: &mut Share<'_>) {
        let Share { equity, owners, board, close, .. } = share;
        let buyback = owners.dividends * self.parameters.capital_market.buyback_share;
        close.after += equity.market_value + buyback;
        close.paid += owners.dividends - buyback;
        board.buybacks += buyback;
        board.dividends += owners.dividends - buyback;
    }

    /// A seasoned issue: households pay for new shares, unless these would cost them a tenth of their money; returns whether they do.
    fn issue(&self, share: &mut Share<'_>, ledger: &mut Ledger) -> bool {
        let market = &self.parameters.capital_market;
        let Share { treasury, equity, owners, board, .. } = share;
        let issue = market.seasoned_size * equity.market_value;
        if !(issue > 0.0 && issue < 0.1 * ledger.balance(Account::Households).max(0.0)) {
            return false;
        }
        ledger.pay(FlowKind::SeasonedIssues, End::Of(Account::Households), End::Enterprise(&mut treasury.cash), issue);
        let duty = issue * self.parameters.government.stamp_duty_rate;
        ledger.pay(FlowKind::StampDuty, End::Enterprise(&mut treasury.cash), End::Of(Account::Central), duty);
        treasury.capital_money += issue * market.rd_use;
        owners.issue(issue / (equity.market_value + issue));
        owners.float_share += issue / (equity.market_value + issue);
        owners.bought_by_households += issue;
        equity.market_value += issue;
        equity.fundamental += issue;
        board.issuance += issue;
        true
    }

    /// Takes a share off its board.
    pub(crate) fn delist(&self, share: &mut Share<'_>, reason: &'static str, records: &mut Records) {
        share.who.listed = false;
        share.owners.float_share = 0.0;
        share.owners.dressing = 0.0;
        share.board.delistings += 1;
        self.record(share, "delisting", Some(reason), records);
    }

    /// Records what happened to a share, with its market value.
    fn record(&self, share: &Share<'_>, event: &'static str, note: Option<&'static str>, records: &mut Records) {
        if self.calendar.recorded() {
            records.events.push(EventRow {
                sector: Some(self.tables.sector_names[share.who.sector as usize].clone()),
                region: Some(self.tables.region_names[share.who.region as usize].clone()),
                amount: Some(share.equity.market_value),
                note,
                ..EventRow::at(self.calendar, event, share.who.id)
            });
        }
    }
}
