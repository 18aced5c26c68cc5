//! Going public: who applies, who is let in, at what offer price.

use bevy_ecs::prelude::{Query, Res, ResMut};

use crate::accounts::{Account, End, FlowKind, Ledger};
use crate::enterprise::{Attention, Equity, Identity, Operation, Treasury};
use crate::markets::Sectors;
use crate::math;
use crate::observe::{EventRow, ListingRow, Records};
use crate::parallel::map_chunks;
use crate::parameters::{CapitalMarket, Parameters};
use crate::random::Mechanism;
use crate::world::{Calendar, Tables};

use super::board::{BOARD, Exchange};

/// Offer price for all shares before the issue.
///
/// Registration: expected first close less a discount. Approval: the same, but at most `cap` times earnings,
/// which count for at least one per cent of the expected value (a cap on no earnings would give shares away).
pub fn offer_price(market: &CapitalMarket, expected_close: f64, earnings: f64, noise: f64) -> f64 {
    let offer = expected_close * math::exp(-market.offer_discount + 0.04 * noise);
    if market.regime == "approval" { offer.min(market.price_cap * earnings.max(0.01 * expected_close)) } else { offer }
}

/// Takes applications, approves within the quota, and lists.
#[allow(clippy::too_many_arguments, clippy::type_complexity, reason = "a system names all data it touches")]
pub fn list_enterprises(
    mut enterprises: Query<(&Attention, &Operation, &mut Identity, &mut Treasury, &mut Equity)>,
    parameters: Res<Parameters>,
    calendar: Res<Calendar>,
    tables: Res<Tables>,
    sectors: Res<Sectors>,
    mut exchange: ResMut<Exchange>,
    mut ledger: ResMut<Ledger>,
    mut records: ResMut<Records>,
) {
    exchange.open_tick();
    let market = &parameters.capital_market;
    let years = calendar.years_per_tick();
    let per_year = calendar.ticks_per_year();
    let Some((attention, operation, mut identity, mut treasury, mut equity)) = crate::slices_mut!(enterprises) else { return };
    let (identity, treasury, equity) =
        (identity.bypass_change_detection(), treasury.bypass_change_detection(), equity.bypass_change_detection());
    let active: f64 = sectors.iter().map(|state| state.count).sum::<f64>().max(1.0);
    let mean_sales = sectors.iter().map(|state| state.sales).sum::<f64>() * per_year / active;
    let approval = market.regime == "approval";
    let mood = math::exp(exchange.sentiment.clamp(-1.0, 1.0));
    let applicants: Vec<u32> =
        map_chunks((attention, operation, &*identity, &*treasury), |first, (attention, operation, identity, treasury)| {
            let mut found = Vec::new();
            for row in 0..identity.len() {
                let who = &identity[row];
                if !who.active() || who.listed || who.queued || !market.open {
                    continue;
                }
                let size = operation[row].sales * per_year;
                let age = who.age_ticks(calendar.tick) / per_year;
                if size < market.minimum_size * mean_sales || age < market.minimum_age || treasury[row].earnings <= 0.0 {
                    continue;
                }
                let hazard = market.listing_hazard * 3.0 * attention[row].shares[2] * mood * if who.rounds > 0 { 2.0 } else { 1.0 };
                if calendar.seed.draws(Mechanism::Listing, who.id, calendar.tick).strikes(hazard * years) {
                    found.push((first + row) as u32);
                }
            }
            found
        })
        .into_iter()
        .flatten()
        .collect();
    for row in applicants {
        let who = &mut identity[row as usize];
        who.queued = true;
        who.listing_tick = calendar.tick;
        exchange.queue.push((row, who.id));
    }
    exchange.queue.retain(|(row, id)| identity[*row as usize].id == *id);
    if !market.open {
        for (row, _) in exchange.queue.drain(..) {
            identity[row as usize].queued = false;
        }
    }
    if approval {
        exchange.places += market.quota * f64::from(parameters.population.enterprises) / 1000.0 * years;
        exchange.places = exchange.places.min(market.quota * f64::from(parameters.population.enterprises) / 1000.0 + 1.0);
    }
    let admitted = if approval { (exchange.places as usize).min(exchange.queue.len()) } else { exchange.queue.len() };
    exchange.places -= if approval { admitted as f64 } else { 0.0 };
    let listing: Vec<(u32, u64)> = exchange.queue.drain(..admitted).collect();
    for (row, _) in listing {
        let row = row as usize;
        let who = &mut identity[row];
        let sector = who.sector as usize;
        let concept = concept_premium(&parameters, sector, who.supported);
        let mut draws = calendar.seed.draws(Mechanism::Listing, who.id, calendar.tick.wrapping_add(1 << 31));
        let expected = equity[row].fundamental * math::exp(exchange.sentiment + concept);
        let offer = offer_price(market, expected, treasury[row].earnings, draws.normal());
        equity[row].idiosyncratic = market.idiosyncratic * 0.5 * draws.normal();
        let first_close = expected * math::exp(equity[row].idiosyncratic);
        let proceeds = offer * market.float / (1.0 - market.float);
        if !(offer > 0.0 && proceeds < 0.2 * ledger.balance(Account::Households).max(0.0)) {
            who.queued = false;
            continue;
        }
        ledger.pay(FlowKind::ListingProceeds, End::Of(Account::Households), End::Enterprise(&mut treasury[row].cash), proceeds);
        ledger.pay(
            FlowKind::StampDuty,
            End::Enterprise(&mut treasury[row].cash),
            End::Of(Account::Central),
            proceeds * parameters.government.stamp_duty_rate,
        );
        treasury[row].capital_money += proceeds * market.rd_use;
        equity[row].issue(market.float);
        equity[row].float_share = market.float;
        equity[row].bought_by_households += proceeds;
        equity[row].fundamental += proceeds;
        equity[row].market_value = first_close + proceeds;
        let queue_years = f64::from(calendar.tick - who.listing_tick) / per_year;
        who.listed = true;
        who.queued = false;
        who.listing_tick = calendar.tick;
        exchange.issuance += proceeds;
        exchange.listings += 1;
        if calendar.recorded() {
            records.listings.push(ListingRow {
                tick: calendar.recorded_tick(),
                year: calendar.year(),
                enterprise: who.id,
                board: BOARD,
                regime: market.regime.as_str().into(),
                sector: tables.sector_names[sector].clone(),
                age: who.age_ticks(calendar.tick) / per_year,
                venture_backed: equity[row].fund_share > 0.0,
                supported: who.supported,
                offer_price: offer,
                first_close,
                first_day_return: first_close / offer - 1.0,
                proceeds,
                earnings: treasury[row].earnings,
                queue_years,
            });
            records.events.push(EventRow {
                sector: Some(tables.sector_names[sector].clone()),
                region: Some(tables.region_names[who.region as usize].clone()),
                amount: Some(proceeds),
                ..EventRow::at(&calendar, "listing", who.id)
            });
        }
    }
}

/// Premium of the exchange on a sector, and on enterprises that the state supports.
pub fn concept_premium(parameters: &Parameters, sector: usize, supported: bool) -> f64 {
    parameters.sectors[sector].value.industry_concept + if supported { parameters.venture.policy_premium } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_cap_leaves_money_on_the_table() {
        let free = CapitalMarket { regime: "registration".to_owned(), offer_discount: 0.1, ..CapitalMarket::default() };
        let capped = CapitalMarket { regime: "approval".to_owned(), price_cap: 20.0, ..free.clone() };
        assert!((offer_price(&free, 100.0, 1.0, 0.0) - 100.0 * math::exp(-0.1)).abs() < 1e-9);
        assert_eq!(offer_price(&capped, 100.0, 1.0, 0.0), 20.0);
        assert_eq!(offer_price(&capped, 100.0, 50.0, 0.0), offer_price(&free, 100.0, 50.0, 0.0));
    }
}
