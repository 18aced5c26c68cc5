//! Investment: desired capital from expected demand; spells that start at a threshold make it lumpy.

use crate::parameters::Investment;
use tripath_engine::math;

/// Desired capital: `K* = v κ d^e / (u* Λ)`, with `d^e` a year.
#[inline(always)]
pub fn desired_capital(capital_output: f64, capital_factor: f64, expected_demand: f64, normal_utilisation: f64, learning: f64) -> f64 {
    capital_output * capital_factor * expected_demand / (normal_utilisation * learning)
}

/// Factor on a sector's averaged demand for what is planned ahead: `exp(h g)`, with `g` the trend growth of demand, within a factor of 1.6.
///
/// Averages trail what grows; without the trend, capacity would lag for as long as an economy catches up.
pub(crate) fn trend_factor(horizon_years: f64, trend_growth: f64) -> f64 {
    math::exp((horizon_years * trend_growth).clamp(-0.5, 0.5))
}

/// Factor on desired capital where capital costs something else than `reference`: `(c₀ / c)^σ`.
///
/// Dear loans and owners who want more make enterprises work their plant harder and shorter of capital (elasticity of substitution `σ`).
pub fn cost_factor(parameters: &Investment, user_cost: f64) -> f64 {
    math::pow(parameters.reference_cost / user_cost, parameters.cost_elasticity)
}

/// Ticks until founders' plant stands, from the tick of their founding: `round(T/Δ)`, at least 1.
pub fn founding_ticks(founding_years: f64, ticks_per_year: f64) -> i32 {
    (founding_years * ticks_per_year).round().max(1.0) as i32
}

/// Investment of a tick: units bought in it, the backlog of orders before they come, and whether a spell of expansion goes on.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Investing {
    /// Units bought: delivered and paid.
    pub bought: f64,
    /// Units ordered and not delivered, those that are bought among them.
    pub backlog: f64,
    /// In a spell of expansion.
    pub expanding: bool,
}

/// Orders of a tick, and what is delivered of all orders.
///
/// A spell starts where desired capital is a threshold above what there is and what is ordered (a lower one where a part `relief` of the outlay is
/// paid by a subsidy) and ends where it is reached. In a spell an enterprise orders the gap, within what lets capital grow by `maximum_rate` less
/// wear a year, and wear; outside of one it makes good a part of wear at once, less the more capital is idle, and nothing from `idle_share` on. Where capital is more than is desired
/// orders are cancelled, half of them a quarter. Of the backlog `B` a part `1 − exp(−Δ/T)` comes in a tick, `T` the time to build.
#[allow(clippy::too_many_arguments, reason = "a rule names all that it depends on")]
#[inline(always)]
pub fn investment_step(
    parameters: &Investment,
    maximum_rate: f64,
    capital: f64,
    desired: f64,
    depreciation: f64,
    backlog: f64,
    expanding: bool,
    relief: f64,
    rhythm: Rhythm,
) -> Investing {
    let years = rhythm.years;
    let excess = desired - capital;
    let gap = excess - backlog;
    let expanding = gap > if expanding { 0.0 } else { parameters.threshold * (1.0 - relief) * capital };
    let worn = capital * depreciation * years;
    let in_use = (1.0 + excess / (parameters.idle_share * capital.max(f64::MIN_POSITIVE))).clamp(0.0, 1.0);
    let growth = gap.min((maximum_rate - depreciation).max(0.0) * years * capital);
    let (ordered, maintained) =
        if expanding { ((worn + growth).max(0.0), 0.0) } else { (0.0, parameters.maintenance_share * worn * in_use) };
    let kept = if excess < 0.0 { rhythm.kept_if_idle } else { 1.0 };
    let orders = backlog * kept + ordered;
    Investing { bought: orders * rhythm.delivered + maintained, backlog: orders + maintained, expanding }
}

/// What of orders is delivered and kept in a tick.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Rhythm {
    /// Years in a tick.
    pub years: f64,
    /// Part of the backlog that is delivered in a tick: `1 − exp(−Δ/T)`.
    pub delivered: f64,
    /// Part of the backlog that is not cancelled where capital is idle: half a quarter.
    pub kept_if_idle: f64,
}

impl Rhythm {
    /// That of a time to build.
    pub fn new(build_years: f64, ticks_per_year: f64) -> Self {
        let years = 1.0 / ticks_per_year;
        Self { years, delivered: math::smoothing(ticks_per_year, build_years), kept_if_idle: math::pow(0.5, 4.0 * years) }
    }
}

/// What an enterprise goes by when it plans.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// Capital a unit of output in its sector, and its own over the sector's.
    pub capital_output: f64,
    /// See above.
    pub capital_factor: f64,
    /// Demand that it expects, a year.
    pub expected: f64,
    /// Learning of its sector.
    pub learning: f64,
    /// Part of the outlay that subsidies pay.
    pub relief: f64,
    /// Fixed capital.
    pub capital: f64,
    /// Orders not delivered.
    pub backlog: f64,
    /// A round's money is there and waits to be used.
    pub backed: bool,
    /// In a spell of expansion.
    pub expanding: bool,
    /// Its [mobility](crate::rules::market_share::mobilities).
    pub mobility: f64,
}

/// Rules of investment.
#[derive(Debug, Clone)]
pub struct Rules {
    pub(crate) investment: Investment,
    pub(crate) normal_utilisation: f64,
    pub(crate) depreciation: f64,
    pub(crate) expansion_rate: f64,
    pub(crate) rhythm: Rhythm,
    /// Ticks until founders' plant stands.
    pub(crate) founding_ticks: i32,
}

impl Rules {
    /// An enterprise at work plans the investment of the next tick.
    #[inline(always)]
    pub fn plan(&self, plan: Plan) -> Investing {
        let desired = desired_capital(plan.capital_output, plan.capital_factor, plan.expected, self.normal_utilisation, plan.learning);
        // A small enterprise may double with one plant, a large one has many. A round's money builds faster.
        let maximum_rate = if plan.backed { self.expansion_rate } else { 0.0 }.max(self.investment.maximum_rate * plan.mobility);
        let Plan { capital, backlog, expanding, relief, .. } = plan;
        investment_step(&self.investment, maximum_rate, capital, desired, self.depreciation, backlog, expanding, relief, self.rhythm)
    }

    /// Founders build what they have ordered in equal parts: units of the next tick, `age` ticks after the founding.
    #[inline(always)]
    pub fn build(&self, backlog: f64, age: i32) -> f64 {
        backlog / f64::from((self.founding_ticks - 1 - age).max(1))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parameters::Parameters;

    #[test]
    fn desired_capital_by_hand() {
        assert!((desired_capital(1.0, 1.0, 82.0, 0.82, 1.0) - 100.0).abs() < 1e-9);
        assert!((desired_capital(1.0, 1.0, 82.0, 0.82, 2.0) - 50.0).abs() < 1e-9);
    }

    #[test]
    fn plans_go_by_the_trend() {
        assert_eq!(trend_factor(0.0, 0.08), 1.0);
        assert!((trend_factor(1.5, 0.08) - math::exp(0.12)).abs() < 1e-12);
        assert!((trend_factor(2.0, 9.0) - math::exp(0.5)).abs() < 1e-12);
    }

    #[test]
    fn dear_capital_is_wanted_less() {
        let investment = Investment { reference_cost: 0.12, cost_elasticity: 0.5, ..Investment::default() };
        assert_eq!(cost_factor(&investment, 0.12), 1.0);
        assert!((cost_factor(&investment, 0.48) - 0.5).abs() < 1e-12);
        assert!(cost_factor(&investment, 0.13) < 1.0);
    }

    #[test]
    fn spells_are_lumpy_and_orders_take_time() {
        let investment =
            Investment { threshold: 0.25, maximum_rate: 0.48, maintenance_share: 0.5, idle_share: 0.2, ..Investment::default() };
        let rhythm = Rhythm { years: 0.25, delivered: 0.25, kept_if_idle: 0.5 };
        let step = |capital, desired, backlog, expanding, relief| {
            let Investing { bought, backlog, expanding } =
                investment_step(&investment, 0.48, capital, desired, 0.08, backlog, expanding, relief, rhythm);
            (bought, backlog, expanding)
        };
        // Below the threshold half of the wear of 2 is made good at once.
        assert_eq!(step(100.0, 120.0, 0.0, false, 0.0), (1.0, 1.0, false));
        // Idle capital is not maintained: half as much at a tenth too much, nothing from a fifth on.
        assert_eq!(step(100.0, 90.0, 0.0, false, 0.0).0, 0.5);
        assert_eq!(step(100.0, 80.0, 0.0, false, 0.0).0, 0.0);
        // Above it the wear and the gap, which the rate bounds at (0.48 − 0.08)/4 of capital.
        assert_eq!(step(100.0, 132.0, 0.0, false, 0.0), (3.0, 12.0, true));
        // What is ordered counts; a spell ends where orders reach what is desired.
        assert_eq!(step(100.0, 132.0, 26.0, true, 0.0), (8.5, 34.0, true));
        assert!(!step(100.0, 132.0, 32.0, true, 0.0).2);
        // Orders are cancelled where capital is enough: half of them in a quarter.
        assert_eq!(step(100.0, 80.0, 30.0, true, 0.0), (3.75, 15.0, false));
        // Where a half of the outlay is paid, half the gap is enough.
        assert!(step(100.0, 120.0, 0.0, false, 0.5).2);
    }

    #[test]
    fn orders_come_in_their_time_whatever_a_tick_is() {
        // Of 1, what is left after a year of a time to build of one year: 1/e.
        let left = |per_year: f64| math::pow(1.0 - Rhythm::new(1.0, per_year).delivered, per_year);
        assert!((left(4.0) - math::exp(-1.0)).abs() < 1e-12 && (left(12.0) - math::exp(-1.0)).abs() < 1e-12);
        assert!((Rhythm::new(1.0, 12.0).kept_if_idle - math::pow(0.5, 1.0 / 3.0)).abs() < 1e-12);
        assert_eq!((founding_ticks(1.0, 4.0), founding_ticks(1.0, 12.0), founding_ticks(0.0, 4.0)), (4, 12, 1));
    }

    #[test]
    fn founders_build_in_equal_parts() {
        let parameters = Parameters::default();
        let rules = Rules {
            investment: parameters.investment.clone(),
            normal_utilisation: 0.8,
            depreciation: 0.08,
            expansion_rate: 1.0,
            rhythm: Rhythm::new(1.0, 4.0),
            founding_ticks: 4,
        };
        // A quarter came in the tick of the founding: 9 of 12 are left for three ticks.
        assert_eq!((rules.build(9.0, 0), rules.build(6.0, 1), rules.build(3.0, 2), rules.build(0.1, 9)), (3.0, 3.0, 3.0, 0.1));
    }
}
