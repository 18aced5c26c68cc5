//! Fundamental value of equity.

use bevy_ecs::prelude::{Query, Res};

use crate::accounts::Economy;
use crate::enterprise::{Equity, Identity, Operation, Pipeline, Plant, Position, Treasury, mobility};
use crate::markets::{SectorState, Sectors};
use crate::math;
use crate::parallel::map_chunks;
use crate::parameters::{CapitalMarket, Parameters};
use crate::world::Calendar;

/// Years over which a competitive edge is expected to last.
const EDGE_YEARS: f64 = 5.0;

/// Fundamental value: `V = max(0.6 book, earnings · exp(h g) / (r_e − g_e)) + value of projects`,
/// with `g` the growth relative to the sector that today's edge promises for `h` years.
pub fn fundamental_value(market: &CapitalMarket, book: f64, earnings: f64, relative_growth: f64, projects: f64) -> f64 {
    let growth = math::exp(EDGE_YEARS * relative_growth.clamp(-0.15, 0.3));
    let going = earnings.max(0.0) * growth / (market.discount_rate - market.long_growth).max(0.01);
    (0.6 * book).max(going).max(0.0) + projects
}

/// Whether earnings could be worth more than books at any growth that an edge may promise: no more than `exp(0.3 h)`,
/// and 1 where there is no edge. Where they could not, the value is that of books, and growth need not be known.
fn earnings_may_count(market: &CapitalMarket, book: f64, earnings: f64, edge: f64) -> bool {
    let most = if edge > 0.0 { 4.5 } else { 1.000_001 };
    let below_books = earnings * most / (market.discount_rate - market.long_growth).max(0.01) < 0.599_999 * book;
    !below_books
}

/// Cash beyond three buffers of costs: it is not needed, will be paid out, and counts in full on top of what the business is worth.
fn spare_cash(treasury: &Treasury, annual_costs: f64, buffer_years: f64) -> f64 {
    (treasury.cash - treasury.policy_money - 3.0 * buffer_years * annual_costs.max(0.0)).max(0.0)
}

/// Earnings that investors count: smoothed profit, and for the young the sector's margin on sales.
fn counted_earnings(treasury: &Treasury, annual_sales: f64, state: &SectorState, age_years: f64) -> f64 {
    let usual = state.profit_share.max(0.01) * annual_sales;
    let weight = (age_years / 6.0).clamp(0.0, 1.0);
    (weight * treasury.earnings + (1.0 - weight) * usual.max(treasury.earnings)).max(0.0)
}

/// Values the equity of all enterprises; marks of venture-backed ones follow value slowly.
pub fn value_equity(
    mut enterprises: Query<(&Identity, &Position, &Operation, &Plant, &Treasury, &Pipeline, &mut Equity)>,
    parameters: Res<Parameters>,
    calendar: Res<Calendar>,
    sectors: Res<Sectors>,
    economy: Res<Economy>,
) {
    let per_year = calendar.ticks_per_year();
    let market = &parameters.capital_market;
    let mark_speed = math::smoothing(per_year, 2.0);
    let Some((identity, position, operation, plant, treasury, pipeline, mut equity)) = crate::slices_mut!(enterprises) else { return };
    let columns = (identity, position, operation, plant, treasury, pipeline, equity.bypass_change_detection());
    map_chunks(columns, |_, (identity, position, operation, plant, treasury, pipeline, equity)| {
        for row in 0..identity.len() {
            if !identity[row].exists() {
                continue;
            }
            let state = &sectors[identity[row].sector as usize];
            let costs = (operation[row].wages + operation[row].sales - operation[row].value_added) * per_year;
            let spare = spare_cash(&treasury[row], costs, parameters.investment.cash_buffer_years);
            let book = treasury[row].cash + plant[row].capital * economy.capital_price - treasury[row].debt - spare;
            let annual_sales = operation[row].sales * per_year;
            let age = identity[row].age_ticks(calendar.tick) / per_year;
            let earnings = counted_earnings(&treasury[row], annual_sales, state, age);
            let edge = parameters.market.selection * (position[row].competitiveness - state.competitiveness);
            let (earnings, relative_growth) = if earnings_may_count(market, book, earnings, edge) {
                (earnings, edge * mobility(&parameters.market, position[row].share * state.count))
            } else {
                (0.0, 0.0)
            };
            // Projects under way: years of quasi-rent on value added, times the odds of conversion.
            let projects =
                pipeline[row].expected_edge * (parameters.technology.project_value_years * operation[row].value_added.max(0.0) * per_year);
            let equity = &mut equity[row];
            equity.fundamental = fundamental_value(market, book, earnings, relative_growth, projects) + spare;
            if !identity[row].listed && equity.fund_share > 0.0 {
                equity.market_value += mark_speed * (equity.fundamental - equity.market_value);
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn spare_cash_by_hand() {
        let treasury = Treasury { cash: 10.0, policy_money: 1.0, ..Treasury::default() };
        assert!((spare_cash(&treasury, 8.0, 0.25) - 3.0).abs() < 1e-12);
        assert_eq!(spare_cash(&treasury, 40.0, 0.25), 0.0);
    }

    #[test]
    fn value_by_hand() {
        let market = CapitalMarket { discount_rate: 0.09, long_growth: 0.04, ..CapitalMarket::default() };
        assert!((fundamental_value(&market, 10.0, 5.0, 0.0, 0.0) - 100.0).abs() < 1e-9);
        assert!((fundamental_value(&market, 10.0, -5.0, 0.0, 3.0) - 9.0).abs() < 1e-9);
        assert!(fundamental_value(&market, 10.0, 5.0, 0.1, 0.0) > 100.0);
    }

    #[test]
    fn earnings_that_may_not_count_never_do() {
        let market = CapitalMarket { discount_rate: 0.09, long_growth: 0.04, ..CapitalMarket::default() };
        for step in 0..4000 {
            let earnings = 0.002 * f64::from(step % 50);
            let edge = 0.02 * f64::from(step / 50 - 40);
            if !earnings_may_count(&market, 1.0, earnings, edge) {
                for size in [0.4, 1.0, 4.0] {
                    assert_eq!(fundamental_value(&market, 1.0, earnings, edge * size, 0.5), fundamental_value(&market, 1.0, 0.0, 0.0, 0.5));
                }
            }
        }
    }
}
