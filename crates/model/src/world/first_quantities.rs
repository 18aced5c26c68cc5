//! Quantities, productivity and costs at the start: output that meets all demand, scaled to the people at work.

use crate::parameters::Parameters;
use crate::rules::banking::usual_loan_rate;
use crate::rules::capital_cost::user_cost;
use crate::rules::money::required_payoff;
use crate::rules::rest_of_world::{frontier_distance, rd_intensity};
use crate::state::tables::Tables;
use crate::world::start::LEAST_WAGES;
use tripath_engine::math;

/// Cost of capital of a sector at the start, over sales at a price of 1: `(δ + ω (i_L − π_e) + (1 − ω) r̄) v / u*`.
pub(super) fn initial_capital_cost(parameters: &Parameters, sector: usize) -> f64 {
    let real_loan_rate = initial_loan_rate(parameters) - parameters.labour.expected_inflation;
    user_cost(parameters, real_loan_rate) * parameters.sectors[sector].value.capital_output / parameters.production.normal_utilisation
}

/// Initial log productivity of a sector at which a normal mark-up gives price 1 with wage 1.
///
/// Solves `1 = (1 + μ0) c / (1 − ρ − τ φ)` for `A` in `c = 1/A + Σ a + k` with the cost of capital `k`; `None` where nothing is left for wages.
pub fn initial_productivity(parameters: &Parameters, sector: usize) -> Option<f64> {
    let settings = &parameters.sectors[sector].value;
    let inputs: f64 = settings.inputs.0.iter().map(|(_, need)| need).sum();
    let capital = initial_capital_cost(parameters, sector);
    let rd = initial_rd_intensity(parameters, sector) * (1.0 - parameters.government.rd_credit_rate);
    let cost = (1.0 - rd - parameters.government.vat_rate * (1.0 - inputs)) / (1.0 + parameters.pricing.normal_markup);
    let wages = cost - inputs - capital;
    (wages > LEAST_WAGES).then(|| 1.0 / wages)
}

/// Loans lost a year over loans that lenders count on at the start.
pub(super) const INITIAL_LOSS: f64 = 0.01;

/// Rate on new loans of usual leverage at the start.
pub(super) fn initial_loan_rate(parameters: &Parameters) -> f64 {
    usual_loan_rate(parameters, parameters.banking.neutral_real_rate + parameters.banking.inflation_target, INITIAL_LOSS)
}

/// R&D over sales of a sector at its initial distance to the frontier.
pub(super) fn initial_rd_intensity(parameters: &Parameters, sector: usize) -> f64 {
    let at_frontier = parameters.sectors[sector].value.rd_intensity;
    rd_intensity(at_frontier, parameters.technology.rd_distance_response, initial_distance(parameters, sector))
}

/// Distance of a sector to the world's frontier at the start.
pub(super) fn initial_distance(parameters: &Parameters, sector: usize) -> f64 {
    let settings = &parameters.sectors[sector].value;
    frontier_distance(-settings.productivity_gap, -settings.quality_gap)
}

/// Quasi-rents over R&D at the start: what R&D has to pay.
pub(super) fn initial_payoff(parameters: &Parameters, sector: usize) -> f64 {
    required_payoff(parameters, &parameters.sectors[sector].value, initial_distance(parameters, sector))
}

/// Edge of an enterprise at the start: what it earns by it pays its R&D, `(1 − exp(−e)) φ = payoff · ρ`, with `φ` value added over sales.
pub(super) fn initial_edge(parameters: &Parameters, sector: usize) -> f64 {
    let inputs: f64 = parameters.sectors[sector].value.inputs.0.iter().map(|(_, need)| need).sum();
    let rents = initial_payoff(parameters, sector) * initial_rd_intensity(parameters, sector);
    -math::ln(1.0 - (rents / (1.0 - inputs).max(0.05)).min(0.9))
}

/// Annual quantities of the initial economy, by sector.
pub(super) struct Start {
    pub(super) output: Vec<f64>,
    pub(super) productivity: Vec<f64>,
    pub(super) value_added: f64,
    pub(super) consumption: f64,
    /// Whether passes came nearer to a fixed point, so that there is one.
    pub(super) converged: bool,
}

/// Output that meets consumption, purchases, investment, exports and inputs together, scaled to the people at work.
pub(super) fn solve_start(parameters: &Parameters, tables: &Tables, labour: f64) -> Start {
    let count = parameters.sectors.len();
    let sector = |s: usize| &parameters.sectors[s].value;
    let productivity: Vec<f64> = (0..count).map(|s| initial_productivity(parameters, s).unwrap_or(50.0)).collect();
    let mut output = vec![1.0; count];
    let mut capital = vec![1.0; count];
    let mut value_added = 1.0;
    let consumption = 1.0;
    let growth = parameters.production.depreciation + 0.02;
    let mut changes = [0.0; 2];
    for pass in 0..400 {
        let purchases = parameters.government.purchases_share * value_added;
        let investment: f64 = capital.iter().sum::<f64>() * growth;
        let mut next = vec![0.0; count];
        for s in 0..count {
            let mut home =
                sector(s).taste * consumption + sector(s).government_weight * purchases + sector(s).investment_weight * investment;
            for user in 0..count {
                home += tables.inputs[user][s] * output[user];
            }
            next[s] = sector(s).home_share * home / (1.0 - sector(s).export_share);
        }
        if pass % 200 == 199 {
            let change: f64 = next.iter().zip(&output).map(|(next, now)| (next - now).abs()).sum();
            changes[pass / 200] = change / output.iter().sum::<f64>();
        }
        for s in 0..count {
            output[s] += 0.5 * (next[s] - output[s]);
            capital[s] = sector(s).capital_output * output[s] / parameters.production.normal_utilisation;
        }
        value_added = (0..count).map(|s| output[s] * (1.0 - tables.inputs[s].iter().sum::<f64>())).sum();
    }
    let workers: f64 = (0..count).map(|s| output[s] / productivity[s] + output[s] * initial_rd_intensity(parameters, s)).sum();
    let scale = labour / workers.max(1e-12);
    let converged = scale.is_finite() && scale > 0.0 && (changes[1] < 1e-6 || changes[1] < 0.9 * changes[0]);
    for quantity in &mut output {
        *quantity *= scale;
    }
    Start { output, productivity, value_added: value_added * scale, consumption: consumption * scale, converged }
}
