//! What an enterprise is and holds: a few parts of a few fields, grouped by the phase that writes them. Each is a column of the table of enterprises.

use bevy_ecs::prelude::Component;
use serde::{Deserialize, Serialize};

use crate::parameters::Production;
use crate::state::sector::SectorState;
use tripath_engine::math;

/// What it knows.
#[derive(Debug, Clone, Copy, PartialEq, Default, Component, Serialize, Deserialize)]
pub struct Technology {
    /// Log of output per worker that its techniques allow, before learning and overhead.
    pub log_productivity: f64,
    /// How well it makes use of them, log points ([`EfficiencyStep`]).
    pub efficiency: f64,
    /// Output per worker and year: exp of the sum of both.
    pub productivity: f64,
    /// Log quality.
    pub quality: f64,
    /// Capital per unit of capacity over the sector's norm.
    pub capital_factor: f64,
    /// Live edges in log points by source of funding: own, policy, capital.
    pub edges: [f64; 3],
}

impl Technology {
    /// Lead in knowledge over the sector's mean, log points of productivity and quality together.
    #[inline]
    pub fn lead(&self, state: &SectorState) -> f64 {
        self.quality - state.quality + self.log_productivity - state.log_productivity
    }

    /// With what its techniques allow, how well it uses them, and quality; the capital factor of its sector's norm, and no edges.
    pub fn new(log_productivity: f64, efficiency: f64, quality: f64) -> Self {
        let mut technology = Self { log_productivity, efficiency, quality, capital_factor: 1.0, ..Self::default() };
        technology.work_out();
        technology
    }

    /// Works out productivity after a change of techniques or efficiency.
    #[inline]
    pub fn work_out(&mut self) {
        self.productivity = math::exp(self.log_productivity + self.efficiency);
    }
}

/// How efficiency moves in a year, worked out once: `x ← ρ x + σ m √(1 − ρ²) N`, `ρ = exp(−1/T)`, with `σ` `production.efficiency_spread`, `T`
/// `production.efficiency_years` and `m = clip((f n)^−s, ¼, 4)` of the enterprise's size over its sector's mean, `s` `production.efficiency_scaling`.
///
/// How well an enterprise uses what it knows: its management, its people, its place. It finds out as it goes; the good grow and the bad leave (Jovanovic 1982, Hopenhayn
/// 1992). A large enterprise is many plants, whose luck evens out in part (Stanley and others 1996). It is no knowledge, nobody learns it from another, and in the long
/// run it adds nothing to growth.
#[derive(Debug, Clone, Copy)]
pub struct EfficiencyStep {
    kept: f64,
    /// Part of the standard deviation that is news of the year: `√(1 − ρ²)`.
    news: f64,
    spread: f64,
    scaling: f64,
}

impl EfficiencyStep {
    /// That of a configuration.
    pub fn of(production: &Production) -> Self {
        let kept = math::exp(-1.0 / production.efficiency_years);
        Self { kept, news: math::sqrt(1.0 - kept * kept), spread: production.efficiency_spread, scaling: production.efficiency_scaling }
    }

    /// Efficiency a year later, with a standard normal draw.
    #[inline(always)]
    pub fn next(&self, efficiency: f64, relative_size: f64, draw: f64) -> f64 {
        let spread = self.spread * math::pow(relative_size.max(1e-9), -self.scaling).clamp(0.25, 4.0);
        self.kept * efficiency + spread * self.news * draw
    }
}

/// Where it stands in its market.
#[derive(Debug, Clone, Copy, PartialEq, Default, Component, Serialize, Deserialize)]
pub struct Position {
    /// Share of home supply of the sector.
    pub share: f64,
    /// Price.
    pub price: f64,
    /// Mark-up over full unit cost.
    pub markup: f64,
    /// Competitiveness: log points.
    pub competitiveness: f64,
    /// Unfilled over ordered in the last tick.
    pub unfilled: f64,
    /// Relative change of the share in the last tick.
    pub share_growth: f64,
}

/// What it did in this tick.
#[derive(Debug, Clone, Copy, PartialEq, Default, Component, Serialize, Deserialize)]
pub struct Operation {
    /// Units made and sold.
    pub output: f64,
    /// Sales.
    pub sales: f64,
    /// Value added.
    pub value_added: f64,
    /// Persons employed, R&D staff included.
    pub employment: f64,
    /// Wages paid.
    pub wages: f64,
    /// Net profit after tax.
    pub profit: f64,
}

impl Operation {
    /// Costs of a tick: wages and intermediate goods.
    #[inline]
    pub fn costs(&self) -> f64 {
        self.wages + self.sales - self.value_added
    }

    /// Costs of a year.
    #[inline]
    pub fn annual_costs(&self, per_year: f64) -> f64 {
        self.costs() * per_year
    }
}

/// Its plant.
#[derive(Debug, Clone, Copy, PartialEq, Default, Component, Serialize, Deserialize)]
pub struct Plant {
    /// Fixed capital, units.
    pub capital: f64,
    /// Investment planned for the next tick, units.
    pub planned: f64,
    /// Units ordered and not delivered.
    pub backlog: f64,
}

/// Its money.
#[derive(Debug, Clone, Copy, PartialEq, Default, Component, Serialize, Deserialize)]
pub struct Treasury {
    /// Deposits.
    pub cash: f64,
    /// Bank loans.
    pub debt: f64,
    /// Losses carried forward.
    pub losses: f64,
    /// Annual net profit, averaged.
    pub earnings: f64,
    /// Cash earmarked for R&D by policy.
    pub policy_money: f64,
    /// Cash earmarked for R&D by capital.
    pub capital_money: f64,
}

impl Treasury {
    /// Whether the money of the last round is mostly used: what is left of it is 0.06 of annual sales or less.
    #[inline]
    pub fn round_is_used(&self, annual_sales: f64) -> bool {
        self.capital_money <= 0.06 * annual_sales
    }
}

/// Its R&D of this tick, and what its projects promise.
#[derive(Debug, Clone, Copy, PartialEq, Default, Component, Serialize, Deserialize)]
pub struct Pipeline {
    /// Its own R&D over what is normal in its sector.
    pub effort: f64,
    /// R&D by source of funding in this tick: own, policy, capital; without that of whole-nation programmes.
    pub spent: [f64; 3],
    /// Expected edge of all projects under way, log points ([`crate::rules::projects::expected_edge`]).
    pub expected_edge: f64,
}

/// How it divides its attention among the paths of return.
#[derive(Debug, Clone, Copy, PartialEq, Default, Component, Serialize, Deserialize)]
pub struct Attention {
    /// Attention to the industrial, policy and capital path; sums to 1.
    pub shares: [f64; 3],
}

/// What the paths of return paid it. Apart from its attention, for it looks at it once a year.
#[derive(Debug, Clone, Copy, PartialEq, Default, Component, Serialize, Deserialize)]
pub struct Experience {
    /// Remembered payoff of each path over sales.
    pub attraction: [f64; 3],
    /// Payoffs since the last choice.
    pub payoff: [f64; 3],
    /// Sales since the last choice.
    pub sales: f64,
}

/// What it is worth. Owners other than founders are in the [register](super::register::Register).
#[derive(Debug, Clone, Copy, PartialEq, Default, Component, Serialize, Deserialize)]
pub struct Equity {
    /// Price of all equity if listed; last mark or book value otherwise.
    pub market_value: f64,
    /// Fundamental value.
    pub fundamental: f64,
}

/// What it paid and received in this tick, for tables and path choice.
#[derive(Debug, Clone, Copy, PartialEq, Default, Component, Serialize, Deserialize)]
pub struct TickAccount {
    /// Taxes paid.
    pub taxes: f64,
    /// Grants and subsidies received, credits included.
    pub subsidies: f64,
    /// Of which for research of whole-nation programmes, all spent on it in this tick.
    pub contract: f64,
    /// Spent on fixed capital.
    pub investment: f64,
    /// Employment at the end of the last tick.
    pub last_employment: f64,
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::enterprise::Identity;

    #[test]
    fn efficiency_comes_and_goes_and_that_of_large_ones_less() {
        // After a year half is left, and of the stationary spread of 0.2 comes √(1 − ¼).
        let production = Production {
            efficiency_spread: 0.2,
            efficiency_years: 1.0 / std::f64::consts::LN_2,
            efficiency_scaling: 0.5,
            ..Production::default()
        };
        let step = EfficiencyStep::of(&production);
        assert!((step.next(0.1, 1.0, 0.0) - 0.05).abs() < 1e-12);
        assert!((step.next(0.0, 1.0, 1.0) - 0.2 * math::sqrt(0.75)).abs() < 1e-12);
        assert!((step.next(0.0, 4.0, 1.0) - 0.1 * math::sqrt(0.75)).abs() < 1e-12);
        assert!((step.next(0.0, 1e-9, 1.0) - 0.8 * math::sqrt(0.75)).abs() < 1e-12);
        let mut technology = Technology::new(1.0, -0.2, 0.3);
        assert!((technology.productivity - math::exp(0.8)).abs() < 1e-12 && technology.quality == 0.3);
        technology.efficiency = 0.1;
        technology.work_out();
        assert!((technology.productivity - math::exp(1.1)).abs() < 1e-12);
    }

    #[test]
    fn costs_and_leads_by_hand() {
        let operation = Operation { wages: 3.0, sales: 10.0, value_added: 6.0, ..Operation::default() };
        assert_eq!((operation.costs(), operation.annual_costs(4.0)), (7.0, 28.0));
        let technology = Technology { quality: 0.5, log_productivity: 1.25, ..Technology::default() };
        let state = SectorState { quality: 0.25, log_productivity: 1.0, ..SectorState::default() };
        assert_eq!(technology.lead(&state), 0.5);
        let who = Identity { born: -3, ..Identity::default() };
        assert_eq!((who.age_ticks(5), who.active(), who.closed()), (8.0, false, false));
        let treasury = |money: f64| Treasury { capital_money: money, ..Treasury::default() };
        assert!(treasury(6.0).round_is_used(100.0) && !treasury(6.1).round_is_used(100.0));
    }
}
