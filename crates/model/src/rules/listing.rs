//! Rules of listings: what boards ask for, and at what offer price shares are sold.

use crate::parameters::{Board as Rules, CapitalMarket, Parameters};
use crate::state::enterprise::{Equity, Identity, Operation, Pipeline, Treasury};
use tripath_engine::math;

/// What an applicant shows to a board; money in units of the economy's mean annual sales of an enterprise.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Prospectus {
    /// Annual sales.
    pub size: f64,
    /// Annual profit as shown.
    pub profit: f64,
    /// Expected market value.
    pub value: f64,
    /// R&D over sales.
    pub rd: f64,
    /// Age in years.
    pub age: f64,
}

impl Prospectus {
    /// What an enterprise shows now; profits and values with what is `dressed` on top of them, losses as they are.
    #[allow(clippy::too_many_arguments, reason = "an enterprise's components, one by one")]
    #[inline]
    pub(crate) fn of(
        operation: &Operation,
        treasury: &Treasury,
        equity: &Equity,
        pipeline: &Pipeline,
        dressed: f64,
        age: f64,
        per_year: f64,
        mean_sales: f64,
    ) -> Self {
        Self {
            size: operation.sales * per_year / mean_sales,
            profit: shown_earnings(treasury.earnings, dressed) / mean_sales,
            value: equity.fundamental * (1.0 + dressed) / mean_sales,
            rd: pipeline.spent.iter().sum::<f64>() / operation.sales.max(1e-12),
            age,
        }
    }
}

/// Earnings as shown: profits are dressed, losses are not.
pub fn shown_earnings(earnings: f64, dressed: f64) -> f64 {
    earnings * if earnings > 0.0 { 1.0 + dressed } else { 1.0 }
}

/// Whether a board takes profitable enterprises alone.
pub fn asks_for_profit(rules: &Rules) -> bool {
    rules.minimum_profit >= 0.0
}

/// Whether a prospectus meets a board's rules.
pub fn meets(rules: &Rules, shown: &Prospectus) -> bool {
    shown.size >= rules.minimum_size
        && shown.profit >= rules.minimum_profit
        && shown.value >= rules.minimum_value
        && shown.rd >= rules.minimum_rd
        && shown.age >= rules.minimum_age
}

/// Offer price for all shares before the issue.
///
/// Registration: expected first close less a discount. Approval: the same, but at most `price_cap` times the earnings shown. A board that asks
/// for no profit prices by value: `cap_earnings` is `None`, for a multiple of no earnings says nothing.
pub fn offer_price(market: &CapitalMarket, cap_earnings: Option<f64>, expected_close: f64, noise: f64) -> f64 {
    let offer = expected_close * math::exp(-market.offer_discount + 0.04 * noise);
    cap_earnings.map_or(offer, |earnings| offer.min(market.price_cap * earnings))
}

/// Price of new shares over value in their first days: enthusiasm, and under approval the scarcity of what the queue holds back.
///
/// `n + s ln(1 + queue/quota)`, in log points.
pub fn first_price_premium(market: &CapitalMarket, approval: bool, queue_years: f64) -> f64 {
    market.new_issue_premium + if approval { market.scarcity_premium * math::ln(1.0 + queue_years.clamp(0.0, 10.0)) } else { 0.0 }
}

/// Premium of the exchange on a sector, and on enterprises that the state supports: `c_s + c_p z`, `z` their standing ([`Identity::standing`](crate::state::enterprise::Identity::standing)).
pub fn concept_premium(parameters: &Parameters, who: &Identity) -> f64 {
    parameters.sectors[who.sector as usize].value.industry_concept
        + parameters.venture.policy_premium * who.standing(&parameters.government)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_price_cap_leaves_money_on_the_table() {
        let market = CapitalMarket { offer_discount: 0.1, price_cap: 20.0, ..CapitalMarket::default() };
        let free = offer_price(&market, None, 100.0, 0.0);
        assert!((free - 100.0 * math::exp(-0.1)).abs() < 1e-9);
        assert_eq!(offer_price(&market, Some(1.0), 100.0, 0.0), 20.0);
        assert_eq!(offer_price(&market, Some(50.0), 100.0, 0.0), free);
        assert_eq!(offer_price(&market, Some(0.0), 100.0, 0.0), 0.0, "no earnings, no price: it is not listed");
    }

    #[test]
    fn profits_are_dressed_and_losses_are_not() {
        assert_eq!(shown_earnings(10.0, 0.5), 15.0);
        assert_eq!(shown_earnings(-10.0, 0.5), -10.0);
        assert!(asks_for_profit(&Rules { minimum_profit: 0.0, ..Rules::default() }));
        assert!(!asks_for_profit(&Rules { minimum_profit: -1000.0, ..Rules::default() }));
    }

    #[test]
    fn what_is_scarce_opens_dear() {
        let market = CapitalMarket { new_issue_premium: 0.1, scarcity_premium: 0.2, ..CapitalMarket::default() };
        assert!((first_price_premium(&market, false, 3.0) - 0.1).abs() < 1e-12);
        assert!((first_price_premium(&market, true, 1.0) - (0.1 + 0.2 * math::ln(2.0))).abs() < 1e-12);
    }

    #[test]
    fn each_rule_of_a_board_binds() {
        let rules =
            Rules { minimum_size: 2.0, minimum_profit: 0.1, minimum_value: 1.0, minimum_rd: 0.05, minimum_age: 3.0, ..Rules::default() };
        let shown = Prospectus { size: 2.0, profit: 0.1, value: 1.0, rd: 0.05, age: 3.0 };
        assert!(meets(&rules, &shown));
        for lacking in [
            Prospectus { size: 1.9, ..shown },
            Prospectus { profit: 0.09, ..shown },
            Prospectus { value: 0.9, ..shown },
            Prospectus { rd: 0.04, ..shown },
            Prospectus { age: 2.9, ..shown },
        ] {
            assert!(!meets(&rules, &lacking));
        }
    }
}
