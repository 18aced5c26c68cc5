//! Output, prices and employment as the national accounts measure them.

use bevy_ecs::prelude::{Res, ResMut};

use crate::kinds::{FlowKind, InstitutionalSector as S};
use crate::parameters::Parameters;
use crate::rules::national_accounts::{expect, real_growth};
use crate::state::accounts::Ledger;
use crate::state::calendar::Calendar;
use crate::state::economy::{Economy, Prices};
use crate::state::growth::{Growth, GrowthWeights};
use crate::state::sector::Sectors;
use crate::state::tables::Tables;
use tripath_engine::math;

use super::prices::{Values, at_last_prices};

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
