//! The economy as a whole, in the terms of the national accounts.

use bevy_ecs::prelude::Resource;
use serde::{Deserialize, Serialize};

use super::prices::Prices;
use super::staffing::Staffing;

/// State of the economy as a whole. Rates are a year, flows a tick unless said.
#[derive(Debug, Clone, Default, PartialEq, Resource, Serialize, Deserialize)]
pub struct Economy {
    /// Annual wage of a worker.
    pub wage: f64,
    /// Labour force.
    pub labour_force: f64,
    /// Persons employed.
    pub employment: f64,
    /// Unemployed over labour force.
    pub unemployment: f64,
    /// Averaged unemployment, which budgets go by.
    pub mean_unemployment: f64,
    /// How far people go round in this tick.
    pub staffing: Staffing,
    /// Policy rate, at least 0.
    pub policy_rate: f64,
    /// Rate that the central bank's rule has come to, which may be below 0.
    pub shadow_rate: f64,
    /// The same with a monetary shock (`banking.policy_shift`): what spending, investment and the currency respond to.
    pub effective_rate: f64,
    /// Neutral real rate that the central bank believes in.
    pub neutral_rate: f64,
    /// Rate on new loans of usual leverage, averaged over `investment.cost_years`.
    pub loan_rate: f64,
    /// Price of foreign currency.
    pub exchange_rate: f64,
    /// Foreign price level.
    pub foreign_level: f64,
    /// Price of a unit of fixed capital.
    pub capital_price: f64,
    /// The same at the last close.
    pub capital_price_at_close: f64,
    /// Share of planned investment that is delivered.
    pub capital_fill: f64,
    /// Cost of a planned unit of fixed capital, delivered or not.
    pub capital_outlay: f64,
    /// Consumer price index.
    pub consumer_price: f64,
    /// The same where a better product counts as a cheaper one (`technology.quality_in_output`).
    pub adjusted_consumer_price: f64,
    /// Consumer prices of the last year, oldest first.
    pub price_history: Vec<f64>,
    /// Growth of consumer prices over the last year.
    pub inflation: f64,
    /// Inflation that savers, investors and dealers in currency count on.
    pub expected_inflation: f64,
    /// Value added at market prices.
    pub output: f64,
    /// Value added at constant prices, chained.
    pub real_output: f64,
    /// The same with quality counted as output (`technology.quality_in_output`).
    pub adjusted_output: f64,
    /// Home output at the world's prices, a year, at year 0 and at its price level.
    pub first_output_abroad: f64,
    /// Value added of the last year, averaged, a year.
    pub annual_output: f64,
    /// Real value added per person employed, a year, averaged.
    pub productivity: f64,
    /// Its growth, averaged.
    pub productivity_growth: f64,
    /// Value added per person employed, a year, averaged.
    pub nominal_productivity: f64,
    /// Disposable income of households, a year, averaged.
    pub disposable_income: f64,
    /// Real income a head at year 0, that of the consumer price index with quality counted.
    pub base_income: f64,
    /// What owners get by selling, after tax, a year, averaged over `households.capital_income_years`.
    pub capital_income: f64,
    /// Cut of government purchases by the fiscal stance.
    pub fiscal_stance: f64,
    /// Debt over output that the fiscal rule aims at now.
    pub debt_target: f64,
    /// The wave behind the world's business cycle, log points.
    pub world_wave: f64,
    /// Log points of world demand above its trend.
    pub world_cycle: f64,
    /// Prices of the last tick by sector, for chaining.
    pub last_prices: Vec<Prices>,
    /// Share of the last tick's consumption by sector.
    pub consumption_shares: Vec<f64>,
    /// Venture deals over the last year, over young enterprises.
    pub deal_rate: f64,
    /// Enterprises put up for a corporate sale that were sold, as a share of all put up over the last two years.
    pub sale_rate: f64,
    /// Income that households received in the last tick after their accounts had been made.
    pub late_income: f64,
    /// Transfers and taxes of kinds of payment from outside that households received in the last tick, net, which they have yet to spend.
    pub late_transfers: f64,
    /// What owners got by selling in the last tick.
    pub late_gains: f64,
    /// Loans lost in the last tick.
    pub loans_lost: f64,
    /// Largest residual of the identities in the last tick.
    pub residual: f64,
}
