//! The economy as a whole, in the terms of the national accounts.

use bevy_ecs::prelude::{Res, ResMut, Resource};
use serde::{Deserialize, Serialize};

use crate::kinds::{FlowKind, InstitutionalSector as S};
use crate::mechanisms::labour_market::Staffing;
use crate::parameters::Parameters;
use crate::state::accounts::Ledger;
use crate::state::calendar::{Calendar, Tables};
use crate::state::enterprise::{Identity, Operation, Pipeline, TickAccount};
use crate::state::growth::{Growth, GrowthWeights};
use crate::state::sector::Sectors;
use tripath_engine::math;
use tripath_engine::parallel::Merge;

use super::prices::{Prices, Values, at_last_prices};

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

impl Tally {
    /// A tally for a new tick.
    pub fn open(sectors: usize, regions: usize, banks: usize) -> Self {
        Self {
            closed_by_sector: vec![Group::default(); sectors],
            closed_by_region: vec![Group::default(); regions],
            entries_by_region: vec![0; regions],
            banks: vec![BankTally::default(); banks],
            ..Self::default()
        }
    }

    /// Remembers what an enterprise that closes had done in the tick.
    pub fn close(&mut self, identity: &Identity, did: Group) {
        self.closed_by_sector[identity.sector as usize].merge(did);
        self.closed_by_region[identity.region as usize].merge(did);
    }
}

impl Economy {
    /// Real policy rate above its neutral level, within ten points: what spending responds to.
    pub fn real_rate_gap(&self, parameters: &Parameters) -> f64 {
        (self.effective_rate - self.expected_inflation - parameters.banking.neutral_real_rate).clamp(-0.1, 0.1)
    }

    /// Cost of a unit of fixed capital a year over its price: `δ + ω (i_L − π_e) + (1 − ω) r̄`, at least 0.02.
    pub fn user_cost(&self, parameters: &Parameters) -> f64 {
        user_cost(parameters, self.loan_rate - self.expected_inflation)
    }
}

/// Least cost of capital that enterprises reckon with.
const LEAST_USER_COST: f64 = 0.02;

/// Cost of a unit of fixed capital a year over its price, at a real loan rate: depreciation, interest on the part that loans pay, and the return
/// that owners require on the rest (Jorgenson 1963).
pub fn user_cost(parameters: &Parameters, real_loan_rate: f64) -> f64 {
    let loans = parameters.investment.loan_share;
    let cost = parameters.production.depreciation + loans * real_loan_rate + (1.0 - loans) * parameters.pricing.required_return;
    cost.max(LEAST_USER_COST)
}

/// Sums of the current tick that tables need and no stock keeps.
#[derive(Debug, Clone, Default, PartialEq, Resource)]
pub struct Tally {
    /// R&D of enterprises.
    pub rd: f64,
    /// R&D paid by public money.
    pub rd_public: f64,
    /// Entrants.
    pub entries: u64,
    /// Entrants for whom the bound of the population had no room.
    pub turned_away: f64,
    /// Exits.
    pub exits: u64,
    /// Failures in debt.
    pub defaults: u64,
    /// Jobs gained.
    pub job_creation: f64,
    /// Jobs lost.
    pub job_destruction: f64,
    /// Venture deals.
    pub deals: u64,
    /// What those that closed in this tick had done in it, by sector.
    pub closed_by_sector: Vec<Group>,
    /// The same by region.
    pub closed_by_region: Vec<Group>,
    /// Entrants by region.
    pub entries_by_region: Vec<u64>,
    /// Loans granted and refused, and lost, by bank.
    pub banks: Vec<BankTally>,
}

/// Sums over enterprises of a sector or a region.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Group {
    /// Value added.
    pub output: f64,
    /// Persons employed.
    pub employment: f64,
    /// Enterprises.
    pub count: u64,
    /// Sum of squared market shares.
    pub shares_square: f64,
    /// R&D.
    pub rd: f64,
    /// Net profit.
    pub profit: f64,
    /// Gross fixed capital formation.
    pub investment: f64,
    /// Grants, mission contracts, rescues, subsidies on fixed capital and interest, and tax credits.
    pub subsidies: f64,
    /// Taxes.
    pub taxes: f64,
}

impl Group {
    /// What one enterprise did in the tick.
    pub fn of(operation: &Operation, pipeline: &Pipeline, account: &TickAccount) -> Self {
        let mut group = Self::default();
        group.add(operation, pipeline, account);
        group
    }

    /// Adds what an enterprise did in the tick.
    #[inline]
    pub fn add(&mut self, operation: &Operation, pipeline: &Pipeline, account: &TickAccount) {
        self.output += operation.value_added;
        self.employment += operation.employment;
        self.rd += pipeline.spent[0] + pipeline.spent[1] + pipeline.spent[2] + account.contract;
        self.profit += operation.profit;
        self.investment += account.investment;
        self.subsidies += account.subsidies;
        self.taxes += account.taxes;
    }
}

impl Merge for Group {
    fn merge(&mut self, other: Self) {
        self.output += other.output;
        self.employment += other.employment;
        self.count += other.count;
        self.shares_square += other.shares_square;
        self.rd += other.rd;
        self.profit += other.profit;
        self.investment += other.investment;
        self.subsidies += other.subsidies;
        self.taxes += other.taxes;
    }
}

/// Sums of the current tick of a bank.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct BankTally {
    /// Requests refused.
    pub refused: f64,
    /// Loans lost.
    pub defaults: f64,
    /// Interest received.
    pub interest: f64,
}

/// Growth factor of real value added by double deflation at the last tick's prices (chained Laspeyres).
///
/// `growth = Σ_s (P_s' Y_s − Y_s Σ_r a_rs φ_r P_r' / Λ_s) / value added'`, primes for the last tick, `φ_r` the part of demand for `r` that was filled.
pub fn real_growth(value_at_last_prices: f64, last_output: f64) -> f64 {
    if last_output > 0.0 { (value_at_last_prices / last_output).max(0.01) } else { 1.0 }
}

/// Expected inflation after a tick: `π_e + (1 − exp(−Δ/T)) (π − π_e)`, an average of what was lived through, `T` in years.
pub fn expect(expected: f64, inflation: f64, ticks_per_year: f64, years: f64) -> f64 {
    expected + math::smoothing(ticks_per_year, years) * (inflation - expected)
}

/// Measures output, prices and their averages once goods have been sold.
pub fn measure_output(
    parameters: Res<Parameters>,
    calendar: Res<Calendar>,
    tables: Res<Tables>,
    sectors: Res<Sectors>,
    ledger: Res<Ledger>,
    mut economy: ResMut<Economy>,
    mut growth_accounts: ResMut<Growth>,
) {
    let per_year = calendar.ticks_per_year();
    let quality_weight = parameters.technology.quality_in_output;
    let sales = ledger.received(FlowKind::Sales, S::Enterprises);
    let intermediate = ledger.paid(FlowKind::Intermediate, S::Enterprises);
    // At market prices: taxes on products are in it, subsidies on them are not.
    let output = sales - intermediate - ledger.paid(FlowKind::OutputSubsidies, S::CentralGovernment);
    let last = &economy.last_prices;
    let values = at_last_prices(&tables, &sectors, last, quality_weight);
    let first = economy.output <= 0.0;
    let total: f64 = values.iter().map(Values::added).sum();
    let adjusted: f64 = values.iter().map(|value| value.adjusted).sum();
    let growth_of = |value: f64| if first { 1.0 } else { real_growth(value, economy.output) };
    let (growth, adjusted_growth) = (growth_of(total), growth_of(adjusted));
    growth_accounts.weights = values
        .iter()
        .map(|value| GrowthWeights {
            labour: math::ratio(value.added(), total, 0.0),
            quality: quality_weight * math::ratio(value.output - value.used_at_home, total, 0.0),
            inputs: math::ratio(value.inputs, total, 0.0),
        })
        .collect();
    let prices: Vec<Prices> = sectors.iter().map(|sector| Prices::of(sector, economy.exchange_rate)).collect();
    let consumer_growth = |quality_weight: f64| -> f64 {
        let shares = prices.iter().zip(last).zip(&economy.consumption_shares);
        let growth: f64 = shares.map(|((now, last), share)| share * now.growth_since(last, quality_weight)).sum();
        if growth > 0.0 { growth } else { 1.0 }
    };
    let (consumer_growth, adjusted_consumer_growth) = (consumer_growth(0.0), consumer_growth(quality_weight));
    economy.consumer_price *= consumer_growth;
    economy.adjusted_consumer_price *= adjusted_consumer_growth;
    if first {
        (economy.real_output, economy.adjusted_output) = (output, output);
    } else {
        economy.real_output *= growth;
        economy.adjusted_output *= adjusted_growth;
    }
    economy.output = output;
    economy.last_prices = prices;

    let keep = calendar.per_year as usize;
    let price = economy.consumer_price;
    economy.price_history.push(price);
    if economy.price_history.len() > keep + 1 {
        economy.price_history.remove(0);
    }
    let oldest = economy.price_history[0];
    let years = (economy.price_history.len() - 1) as f64 / per_year;
    economy.inflation = if years > 0.0 { math::pow(price / oldest, 1.0 / years) - 1.0 } else { parameters.labour.expected_inflation };
    economy.expected_inflation = expect(economy.expected_inflation, economy.inflation, per_year, parameters.banking.expectation_years);

    let year = math::smoothing(per_year, 0.75);
    let slow = math::smoothing(per_year, 2.0);
    economy.annual_output += year * (output * per_year - economy.annual_output);
    let workers = economy.employment.max(1.0);
    let productivity = economy.real_output * per_year / workers;
    let last = economy.productivity;
    economy.productivity += math::smoothing(per_year, 1.0) * (productivity - economy.productivity);
    let growth_rate = if last > 0.0 { (economy.productivity / last - 1.0) * per_year } else { 0.0 };
    economy.productivity_growth += slow * (growth_rate.clamp(-0.2, 0.2) - economy.productivity_growth);
    economy.nominal_productivity += math::smoothing(per_year, 1.0) * (output * per_year / workers - economy.nominal_productivity);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn real_growth_by_hand() {
        // Output doubles at unchanged prices and input shares: value at last prices is twice the last value.
        assert_eq!(real_growth(20.0, 10.0), 2.0);
        assert_eq!(real_growth(1.0, 0.0), 1.0);
    }

    #[test]
    fn the_cost_of_capital_by_hand() {
        let mut parameters = Parameters::default();
        parameters.production.depreciation = 0.08;
        parameters.investment.loan_share = 0.4;
        parameters.pricing.required_return = 0.05;
        assert!((user_cost(&parameters, 0.03) - 0.122).abs() < 1e-12);
        // A dearer loan makes capital dearer.
        assert!(user_cost(&parameters, 0.06) > user_cost(&parameters, 0.03));
        assert_eq!(user_cost(&parameters, -1.0), LEAST_USER_COST);
    }

    #[test]
    fn expectations_follow_slowly() {
        // Ten years of inflation at 4 % close 1 − 1/e of the gap from 2 %.
        let mut expected = 0.02;
        for _ in 0..40 {
            expected = expect(expected, 0.04, 4.0, 10.0);
        }
        assert!((expected - (0.04 - 0.02 / std::f64::consts::E)).abs() < 1e-12);
    }
}
