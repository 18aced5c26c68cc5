//! The state of each sector's market.

use bevy_ecs::prelude::Resource;
use serde::{Deserialize, Serialize};

use tripath_engine::math;

/// State of one sector. Quantities are per tick unless said.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct SectorState {
    /// Share-weighted mean price of home enterprises.
    pub price: f64,
    /// Price that buyers paid a unit in the last tick, imports and subsidies included.
    pub buyer_price: f64,
    /// Price that buyers expected at year 0.
    pub base_price: f64,
    /// Log quality of what buyers at home got at year 0.
    pub base_quality: f64,
    /// Log price abroad at year 0, quality counted, foreign currency.
    pub base_world_price: f64,
    /// Part of its need at home that the sector's goods serve; 1 where they replace no others.
    pub need_served: f64,
    /// World demand over what it would be if buyers abroad divided it among sectors as at year 0.
    pub world_turn: f64,
    /// Share-weighted mean log quality.
    pub quality: f64,
    /// Share-weighted mean of log productivity.
    pub log_productivity: f64,
    /// Standard deviation of log productivity (share-weighted).
    pub productivity_spread: f64,
    /// Standard deviation of log quality (share-weighted).
    pub quality_spread: f64,
    /// Share-weighted mean capital per unit of capacity over the sector's norm.
    pub capital_factor: f64,
    /// Share-weighted mean competitiveness.
    pub competitiveness: f64,
    /// Share-weighted mean full unit cost.
    pub unit_cost: f64,
    /// Share-weighted mean of 1 / productivity: workers a unit and year.
    pub labour_need: f64,
    /// Foreign price in foreign currency.
    pub foreign_price: f64,
    /// Foreign log quality.
    pub foreign_quality: f64,
    /// Log productivity of the world's frontier.
    pub frontier_productivity: f64,
    /// R&D over sales that is normal at the sector's distance to the world's frontier.
    pub rd_intensity: f64,
    /// Competitive gap at the start.
    pub initial_gap: f64,
    /// Home share of home demand aimed at.
    pub home_share: f64,
    /// Home share of home demand as delivered in the last tick.
    pub delivered_home_share: f64,
    /// Part of it that procurement from home suppliers alone made.
    pub procured_home_share: f64,
    /// Share of world demand aimed at.
    pub world_share: f64,
    /// World demand, foreign currency a year.
    pub world_demand: f64,
    /// World demand at year 0, in foreign currency of the start, a year.
    pub initial_world_demand: f64,
    /// Foreign price at the start.
    pub initial_foreign_price: f64,
    /// Cumulative output, units.
    pub cumulative_output: f64,
    /// Cumulative output at year 0, units.
    pub initial_cumulative_output: f64,
    /// Cumulative world output over that at year 0.
    pub world_experience: f64,
    /// Divisor of all input needs by learning.
    pub learning: f64,
    /// Taste now (a driver may move it).
    pub taste: f64,
    /// Rise of home competitiveness against foreign suppliers at home by breakthroughs, log points, by who paid; it fades.
    pub independence: [f64; 3],
    /// Opportunity lifted by breakthroughs, over 1.
    pub breakthrough_lift: f64,
    /// Own innovation of late, log points by market share ([`crate::rules::search::opportunities_used`]).
    pub opportunities_used: f64,
    /// Own R&D over what is normal in the sector.
    pub rd_effort: f64,
    /// Quasi-rents of own edges over own R&D, averaged.
    pub rd_payoff: f64,
    /// Opportunity lifted by public laboratories, over 1.
    pub laboratory_lift: f64,
    /// R&D of enterprises in the last tick.
    pub rd: f64,
    /// Money for procurement in this tick.
    pub procurement: f64,
    /// Units ordered under procurement in this tick.
    pub procurement_orders: f64,
    /// Sum of suppliers' weights in procurement, over unscaled market shares.
    pub procurement_weight: f64,
    /// Paid for procurement in this tick.
    pub procured: f64,
    /// Real demand for home output a year, averaged: what enterprises expect.
    pub expected_demand: f64,
    /// Growth of real demand a year, averaged over `demand_smoothing_years`.
    pub demand_growth: f64,
    /// Growth of real demand a year, averaged over `trend_years`: what plans for capital go by.
    pub trend_growth: f64,
    /// Home orders of this tick, units.
    pub orders: f64,
    /// Home output, units.
    pub output: f64,
    /// Capacity, units.
    pub capacity: f64,
    /// Normal imports, units, averaged.
    pub normal_imports: f64,
    /// Share of home demand that was filled, home and foreign supply together.
    pub fill: f64,
    /// Imports, units.
    pub import_volume: f64,
    /// Cost of intermediate goods a unit of output at buyers' prices.
    pub intermediate_cost: f64,
    /// Sales of home enterprises.
    pub sales: f64,
    /// Exports.
    pub exports: f64,
    /// Imports.
    pub imports: f64,
    /// Units demanded at home, from home and abroad.
    pub home_demand: f64,
    /// Rate of the output subsidy.
    pub subsidy_rate: f64,
    /// Output subsidies paid in this tick.
    pub subsidies: f64,
    /// Enterprises at work.
    pub count: f64,
    /// Market share of the typical enterprise, see [`typical_share`].
    pub typical_share: f64,
    /// Enterprises at the start.
    pub initial_count: f64,
    /// Share of the sector in the expected demand for home output at the end of the burn-in, at prices of then.
    pub initial_weight: f64,
    /// Mean sales of an enterprise in the last tick, a year.
    pub mean_sales: f64,
    /// Net profit over sales, averaged.
    pub profit_share: f64,
    /// Taxes paid, averaged, a year.
    pub taxes: f64,
    /// Value added over sales, averaged.
    pub value_added_share: f64,
    /// Persons whose work varies with output, a unit made in a tick.
    pub persons_per_unit: f64,
    /// Overhead staff that enterprises ask for.
    pub overhead_persons: f64,
    /// Part of the output asked for that critical inputs allow.
    pub limit: f64,
    /// Person-years a unit of output that replace inputs which are not to be had.
    pub makeshift: f64,
    /// Part of the output asked for that is made: what inputs and people allow.
    pub supplied: f64,
    /// Part of spare capacity that orders which others could not fill take up.
    pub spare_fill: f64,
    /// Unit price that sellers got abroad and at home.
    pub seller_price: f64,
    /// Normalising sum of market shares in this tick.
    pub share_sum: f64,
    /// Mean share of local plans times the number of sectors: 1 is neutral.
    pub promotion: f64,
    /// What the three paths are worth over sales, mean of enterprises.
    pub path_payoffs: [f64; 3],
    /// Gains of founders by going public in the last tick over annual sales, for a unit of what was attended to, summed.
    pub listing_gains: f64,
    /// Mean attention.
    pub attention: [f64; 3],
    /// Entrants of this tick.
    pub entries: u64,
    /// Exits of this tick.
    pub exits: u64,
}

/// Market share of the typical enterprise: power mean of order ½ of market shares, `(Σ √f / n)² / Σ f`.
///
/// Sizes are close to Zipf's law: their plain mean is made by a few giants, and what is small against it may be quite ordinary.
pub fn typical_share(sum_of_roots: f64, sum: f64, count: f64) -> f64 {
    let root = math::ratio(sum_of_roots, count, 0.0);
    math::ratio(root * root, sum, 0.0)
}

impl SectorState {
    /// Annual sales of the typical enterprise ([`typical_share`]).
    pub fn typical_sales(&self) -> f64 {
        self.typical_share * self.mean_sales * self.count
    }

    /// Log quality of what buyers at home get: home goods and foreign ones by their shares.
    pub fn bought_quality(&self) -> f64 {
        self.home_share * self.quality + (1.0 - self.home_share) * self.foreign_quality
    }

    /// Takes what buyers expect to pay, and the quality they get, as those of year 0.
    pub fn set_base(&mut self, price: f64) {
        (self.base_price, self.base_quality) = (price, self.bought_quality());
    }

    /// Log price to buyers over year 0, quality counted.
    pub fn log_price_since_base(&self, price: f64) -> f64 {
        math::ln(price / self.base_price) - (self.bought_quality() - self.base_quality)
    }

    /// Log price abroad in foreign currency, quality counted.
    pub fn world_log_price(&self) -> f64 {
        math::ln(self.foreign_price) - self.foreign_quality
    }
}

/// All sectors.
#[derive(Debug, Clone, Default, PartialEq, Resource, Serialize, Deserialize)]
pub struct Sectors(pub Vec<SectorState>);

impl Sectors {
    /// Enterprises at work in all sectors, at least 1.
    pub fn active(&self) -> f64 {
        self.0.iter().map(|state| state.count).sum::<f64>().max(1.0)
    }

    /// Mean sales of an enterprise in the whole economy, a year.
    pub fn mean_annual_sales(&self, per_year: f64) -> f64 {
        self.0.iter().map(|state| state.sales).sum::<f64>() * per_year / self.active()
    }
}

impl std::ops::Deref for Sectors {
    type Target = Vec<SectorState>;
    fn deref(&self) -> &Self::Target {
        &self.0
    }
}

impl std::ops::DerefMut for Sectors {
    fn deref_mut(&mut self) -> &mut Self::Target {
        &mut self.0
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_giant_does_not_make_the_others_small() {
        assert!((typical_share(2.0, 1.0, 4.0) - 0.25).abs() < 1e-12);
        // One with 0.81 and nineteen with 0.01: the mean is 0.05.
        assert!((typical_share(0.9 + 1.9, 1.0, 20.0) - 0.0196).abs() < 1e-12);
    }

    #[test]
    fn what_a_sector_sells_by_hand() {
        let state = SectorState { typical_share: 0.2, mean_sales: 10.0, count: 5.0, sales: 12.0, ..SectorState::default() };
        assert!((state.typical_sales() - 10.0).abs() < 1e-12);
        let sectors = Sectors(vec![state.clone(), SectorState { count: 3.0, sales: 4.0, ..state.clone() }]);
        assert_eq!((sectors.active(), sectors.mean_annual_sales(4.0), Sectors::default().active()), (8.0, 8.0, 1.0));
        let mut state =
            SectorState { home_share: 0.75, quality: 0.4, foreign_quality: 0.2, foreign_price: 2.0, frontier_productivity: 1.5, ..state };
        state.log_productivity = 1.1;
        assert!((state.bought_quality() - 0.35).abs() < 1e-12 && (state.distance() - 0.2).abs() < 1e-12);
        assert!((state.world_log_price() - (math::ln(2.0) - 0.2)).abs() < 1e-12);
        state.set_base(4.0);
        state.quality = 0.6;
        // Half as dear, and better by three quarters of 0.2.
        assert!((state.log_price_since_base(2.0) - (math::ln(0.5) - 0.15)).abs() < 1e-12);
    }
}
