//! A board: prices, sentiment, issues, delistings, the index.

use bevy_ecs::prelude::{Query, Res, ResMut, Resource};
use serde::{Deserialize, Serialize};

use crate::accounts::{Account, End, FlowKind, Ledger};
use crate::enterprise::{Equity, Identity, Operation, TickAccount, Treasury};
use crate::markets::Sectors;
use crate::math;
use crate::observe::{EventRow, Records};
use crate::parallel::map_chunks;
use crate::parameters::{CapitalMarket, Parameters};
use crate::random::Mechanism;
use crate::world::{Calendar, Tables};

use super::listing::concept_premium;

/// Name of the one board of this version.
pub const BOARD: &str = "main";

/// The exchange with its one board.
#[derive(Debug, Clone, Default, PartialEq, Resource, Serialize, Deserialize)]
pub struct Exchange {
    /// Sentiment in log points.
    pub sentiment: f64,
    /// Usual growth of the price index a year, averaged: what is above it is extrapolated.
    pub usual_return: f64,
    /// Price index; 100 at its first listing.
    pub price_index: f64,
    /// Total-return index.
    pub total_return_index: f64,
    /// Applicants in the order of their applications: row and id.
    pub queue: Vec<(u32, u64)>,
    /// Places left of the quota.
    pub places: f64,
    /// Market value at the last close.
    pub market_value: f64,
    /// Fundamental value at the last close.
    pub fundamental_value: f64,
    /// Smoothed earnings of listed enterprises.
    pub earnings: f64,
    /// Listed enterprises.
    pub listed: u64,
    /// Money raised in this tick.
    pub issuance: f64,
    /// Dividends in this tick.
    pub dividends: f64,
    /// Buybacks in this tick.
    pub buybacks: f64,
    /// Listings in this tick.
    pub listings: u64,
    /// Delistings in this tick.
    pub delistings: u64,
}

impl Exchange {
    /// Forgets the flows of the last tick.
    pub fn open_tick(&mut self) {
        self.issuance = 0.0;
        self.dividends = 0.0;
        self.buybacks = 0.0;
        self.listings = 0;
        self.delistings = 0;
    }
}

/// Sentiment of the next tick: decays, extrapolates returns above their own average, suffers from issues.
///
/// `s ← ρ^Δ s + κ (r − r̄) − ι issues/value + σ √Δ ε`, within ±1.2; `r` the return of the tick.
pub fn sentiment_step(market: &CapitalMarket, sentiment: f64, excess_return: f64, issues_share: f64, shock: f64, years: f64) -> f64 {
    let persistence = math::pow(market.sentiment_persistence, years);
    let next = persistence * sentiment + market.extrapolation * excess_return * years.min(1.0) - market.issuance_pressure * issues_share
        + market.sentiment_noise * math::sqrt(years) * shock;
    next.clamp(-1.2, 1.2)
}

/// Prices all listed shares, issues and buys back, takes the small private, and moves the index.
#[allow(clippy::too_many_arguments, clippy::type_complexity, reason = "a system names all data it touches")]
pub fn trade(
    mut enterprises: Query<(&Operation, &TickAccount, &mut Identity, &mut Treasury, &mut Equity)>,
    parameters: Res<Parameters>,
    calendar: Res<Calendar>,
    tables: Res<Tables>,
    sectors: Res<Sectors>,
    mut exchange: ResMut<Exchange>,
    mut ledger: ResMut<Ledger>,
    mut records: ResMut<Records>,
) {
    let market = &parameters.capital_market;
    let years = calendar.years_per_tick();
    let per_year = calendar.ticks_per_year();
    let active: f64 = sectors.iter().map(|state| state.count).sum::<f64>().max(1.0);
    let mean_sales = sectors.iter().map(|state| state.sales).sum::<f64>() * per_year / active;
    let Some((operation, account, mut identity, mut treasury, mut equity)) = crate::slices_mut!(enterprises) else { return };
    let (identity, treasury, equity) =
        (identity.bypass_change_detection(), treasury.bypass_change_detection(), equity.bypass_change_detection());

    let (mut before, mut after, mut paid) = (0.0, 0.0, 0.0);
    let (mut value, mut fundamental, mut earnings, mut listed) = (0.0, 0.0, 0.0, 0u64);
    let memory = math::pow(0.7, years);
    let spread = market.idiosyncratic * math::sqrt(1.0 - memory * memory);
    // Few are listed: they are found in parallel and priced in the order of their rows.
    let listed_rows = map_chunks(&*identity, |first, identity| {
        let traded = |who: &Identity| who.active() && who.listed;
        let rows = identity.iter().enumerate().filter(|(_, who)| traded(who)).map(|(row, _)| first + row);
        rows.collect::<Vec<usize>>()
    });
    let issue_probability = 1.0 - math::exp(-market.seasoned_rate * years);
    let delisting_probability = 1.0 - math::exp(-market.delisting_hazard * years);
    for row in listed_rows.into_iter().flatten() {
        let who = &mut identity[row];
        let mut draws = calendar.seed.draws(Mechanism::Trading, who.id, calendar.tick);
        let new_listing = who.listing_tick == calendar.tick;
        let old_value = equity[row].market_value;
        if !new_listing {
            let equity = &mut equity[row];
            equity.idiosyncratic = memory * equity.idiosyncratic + spread * draws.normal();
            let concept = concept_premium(&parameters, who.sector as usize, who.supported);
            equity.market_value = equity.fundamental * math::exp(exchange.sentiment + concept + equity.idiosyncratic);
            let buyback = account[row].dividends * market.buyback_share;
            // Fewer shares for the same value: a buyback lifts the price of a share.
            before += old_value;
            after += equity.market_value + buyback;
            paid += account[row].dividends - buyback;
            exchange.buybacks += buyback;
            exchange.dividends += account[row].dividends - buyback;
            let issue = market.seasoned_size * equity.market_value;
            if draws.happens(issue_probability) && issue > 0.0 && issue < 0.1 * ledger.balance(Account::Households).max(0.0) {
                ledger.pay(FlowKind::SeasonedIssues, End::Of(Account::Households), End::Enterprise(&mut treasury[row].cash), issue);
                ledger.pay(
                    FlowKind::StampDuty,
                    End::Enterprise(&mut treasury[row].cash),
                    End::Of(Account::Central),
                    issue * parameters.government.stamp_duty_rate,
                );
                treasury[row].capital_money += issue * market.rd_use;
                equity.issue(issue / (equity.market_value + issue));
                equity.float_share += issue / (equity.market_value + issue);
                equity.bought_by_households += issue;
                equity.market_value += issue;
                equity.fundamental += issue;
                exchange.issuance += issue;
            }
            let small = operation[row].sales * per_year < market.delisting_size * mean_sales;
            if small && draws.happens(delisting_probability) {
                who.listed = false;
                equity.float_share = 0.0;
                exchange.delistings += 1;
                if calendar.recorded() {
                    records.events.push(EventRow {
                        sector: Some(tables.sector_names[who.sector as usize].clone()),
                        region: Some(tables.region_names[who.region as usize].clone()),
                        amount: Some(equity.market_value),
                        ..EventRow::at(&calendar, "delisting", who.id)
                    });
                }
                continue;
            }
        }
        value += equity[row].market_value;
        fundamental += equity[row].fundamental;
        earnings += treasury[row].earnings;
        listed += 1;
    }
    let price_return = math::ratio(after, before, 1.0);
    let total_return = math::ratio(after + paid, before, 1.0);
    if exchange.price_index <= 0.0 && listed > 0 {
        exchange.price_index = 100.0;
        exchange.total_return_index = 100.0;
    } else {
        exchange.price_index *= price_return;
        exchange.total_return_index *= total_return;
    }
    let annual = math::ln(price_return.max(1e-6)) / years;
    let excess = if before > 0.0 { (annual - exchange.usual_return).clamp(-2.0, 2.0) } else { 0.0 };
    exchange.usual_return +=
        math::smoothing(per_year, 5.0) * if before > 0.0 { annual.clamp(-2.0, 2.0) - exchange.usual_return } else { 0.0 };
    let shock = calendar.seed.draws(Mechanism::Trading, 0, calendar.tick).normal();
    exchange.sentiment =
        sentiment_step(market, exchange.sentiment, excess, math::ratio(exchange.issuance, value, 0.0).min(0.5), shock, years);
    exchange.market_value = value;
    exchange.fundamental_value = fundamental;
    exchange.earnings = earnings;
    exchange.listed = listed;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sentiment_by_hand() {
        let market = CapitalMarket {
            sentiment_persistence: 0.5,
            extrapolation: 0.2,
            issuance_pressure: 1.0,
            sentiment_noise: 0.0,
            ..CapitalMarket::default()
        };
        assert!((sentiment_step(&market, 0.4, 0.0, 0.0, 0.0, 1.0) - 0.2).abs() < 1e-12);
        assert!((sentiment_step(&market, 0.0, 0.1, 0.05, 0.0, 1.0) - (0.02 - 0.05)).abs() < 1e-12);
    }
}
