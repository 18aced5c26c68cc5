//! Rules of listings: what boards ask for, who applies where, at what offer price shares are sold.

use crate::enterprise::{Attention, Equity, Identity, Operation, Pipeline, Treasury, attended};
use crate::markets::Sectors;
use crate::parameters::{Board as Rules, CapitalMarket, Parameters};
use crate::streams::Mechanism;
use crate::technology::CAPITAL;
use crate::world::{Calendar, Lifelong};
use tripath_engine::math;
use tripath_engine::random::Stream;

use super::board::Exchange;
use super::integrity::{conscience, dressing, scruples};

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
    pub(super) fn of(
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

/// Premium of the exchange on a sector, and on enterprises that the state supports: `c_s + c_p z`, `z` their standing ([`Identity::standing`]).
pub fn concept_premium(parameters: &Parameters, who: &Identity) -> f64 {
    parameters.sectors[who.sector as usize].value.industry_concept
        + parameters.venture.policy_premium * who.standing(&parameters.government)
}

/// What moves enterprises to go public.
#[derive(Debug, Clone, Copy)]
pub(super) struct Motives {
    listing_hazard: f64,
    expansion_motive: f64,
    half_attention: f64,
    years: f64,
    /// The best mood of a board that is open.
    best_mood: f64,
}

impl Motives {
    /// Hazard of an application to a board in its mood: investment to be paid for and financiers who want their money back multiply it.
    #[inline(always)]
    fn hazard(&self, attention: f64, mood: f64, expanding: bool, financed: bool) -> f64 {
        let motive = if expanding { self.expansion_motive } else { 1.0 } * if financed { 2.0 } else { 1.0 };
        self.listing_hazard * attended(self.half_attention, attention) * mood * motive * self.years
    }

    /// The greatest that the hazard can be, on any board.
    #[inline(always)]
    pub(super) fn greatest_hazard(&self, attention: f64, expanding: bool) -> f64 {
        self.hazard(attention, self.best_mood, expanding, true)
    }
}

/// What enterprises look at when they think of going public.
pub(super) struct Window<'a> {
    parameters: &'a Parameters,
    calendar: &'a Calendar,
    /// Boards that are open with their moods, in the order of the configuration: an enterprise lists on the first whose rules it meets.
    boards: Vec<(usize, f64)>,
    pub(super) motives: Motives,
    /// Annual sales and age below which no board takes anyone.
    pub(super) least_sales: f64,
    pub(super) least_age: f64,
    /// Mean annual sales of an enterprise.
    mean_sales: f64,
    stream: Stream,
    conscience: Lifelong,
}

impl<'a> Window<'a> {
    pub(super) fn new(parameters: &'a Parameters, calendar: &'a Calendar, sectors: &Sectors, exchange: &Exchange) -> Self {
        let market = &parameters.capital_market;
        let mean_sales = sectors.mean_annual_sales(calendar.ticks_per_year()).max(1e-12);
        let open = |board: &usize| market.open && parameters.boards[*board].value.open;
        let mood = |board: usize| (board, math::exp(exchange.boards[board].sentiment.clamp(-1.0, 1.0)));
        let boards: Vec<(usize, f64)> = (0..exchange.boards.len()).filter(open).map(mood).collect();
        let least =
            |of: fn(&Rules) -> f64| boards.iter().map(|(board, _)| of(&parameters.boards[*board].value)).fold(f64::INFINITY, f64::min);
        Self {
            least_sales: least(|rules| rules.minimum_size) * mean_sales,
            least_age: least(|rules| rules.minimum_age),
            motives: Motives {
                listing_hazard: market.listing_hazard,
                expansion_motive: market.expansion_motive,
                half_attention: parameters.path_choice.half_attention,
                years: calendar.years_per_tick(),
                best_mood: boards.iter().map(|(_, mood)| *mood).fold(0.0, f64::max),
            },
            parameters,
            calendar,
            boards,
            mean_sales,
            stream: calendar.seed.stream(Mechanism::Listing, calendar.tick),
            conscience: conscience(calendar),
        }
    }

    /// Places of the enterprises that the hazard of an application may strike: nobody else applies. `most` is the greatest hazard of each;
    /// `places` as long, and filled.
    pub(super) fn exposed<'p>(&self, ids: &[u64], most: &[f64], places: &'p mut [u16]) -> &'p [u16] {
        if self.boards.is_empty() {
            return &[];
        }
        let most = &most[..ids.len()];
        self.stream.exposed(
            ids,
            #[inline(always)]
            |at| most[at],
            places,
        )
    }

    /// Board to which an enterprise applies in this tick, if it does.
    pub(super) fn application(
        &self,
        who: &Identity,
        operation: &Operation,
        treasury: &Treasury,
        equity: &Equity,
        pipeline: &Pipeline,
        attention: &Attention,
    ) -> Option<u8> {
        let per_year = self.calendar.ticks_per_year();
        let sales = operation.sales * per_year;
        let age = who.age_ticks(self.calendar.tick) / per_year;
        if who.listed || who.queued || sales < self.least_sales || age < self.least_age {
            return None;
        }
        let dressed = dressing(&self.parameters.capital_market, scruples(&self.conscience, who.id));
        let shown = Prospectus::of(operation, treasury, equity, pipeline, dressed, age, per_year, self.mean_sales);
        let (board, mood) = self.boards.iter().find(|(board, _)| meets(&self.parameters.boards[*board].value, &shown))?;
        let hazard = self.motives.hazard(attention.shares[CAPITAL], *mood, who.expanding, who.rounds > 0);
        self.stream.draws(who.id).strikes(hazard).then_some(*board as u8)
    }
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

    #[test]
    fn a_prospectus_and_a_hazard_by_hand() {
        let operation = Operation { sales: 5.0, ..Operation::default() };
        let treasury = Treasury { earnings: 2.0, ..Treasury::default() };
        let equity = Equity { fundamental: 30.0, market_value: 99.0 };
        let pipeline = Pipeline { spent: [0.2, 0.1, 0.1], ..Pipeline::default() };
        // A quarter's sales of 5 are twice the mean of 10 a year. Profit and value are dressed by a half.
        let shown = Prospectus::of(&operation, &treasury, &equity, &pipeline, 0.5, 3.5, 4.0, 10.0);
        let worked = Prospectus { size: 2.0, profit: 0.3, value: 4.5, rd: 0.08, age: 3.5 };
        for (found, worked) in [
            (shown.size, worked.size),
            (shown.profit, worked.profit),
            (shown.value, worked.value),
            (shown.rd, worked.rd),
            (shown.age, worked.age),
        ] {
            assert!((found - worked).abs() < 1e-12);
        }
        let motives = Motives { listing_hazard: 0.2, expansion_motive: 3.0, half_attention: 0.1, years: 0.25, best_mood: 1.5 };
        // At a fifth of attention 1.3 × 0.2 / 0.3 of it; in a mood of 1.2; three times in a spell, twice where funds wait.
        let usual = 0.2 * (1.3 * 0.2 / 0.3) * 1.2 * 0.25;
        for (expanding, financed, times) in [(false, false, 1.0), (true, false, 3.0), (false, true, 2.0), (true, true, 6.0)] {
            assert!((motives.hazard(0.2, 1.2, expanding, financed) - times * usual).abs() < 1e-12);
        }
        assert!((motives.greatest_hazard(0.2, true) - 6.0 * usual * 1.5 / 1.2).abs() < 1e-12);
        let mut parameters = Parameters {
            sectors: vec![crate::parameters::Named { name: "a".to_owned(), value: crate::parameters::Sector::default() }],
            ..Parameters::default()
        };
        parameters.sectors[0].value.industry_concept = 0.1;
        (parameters.venture.policy_premium, parameters.government.support_threshold) = (0.2, 0.002);
        assert!((concept_premium(&parameters, &Identity { support: 0.001, ..Identity::default() }) - 0.2).abs() < 1e-12);
    }
}
