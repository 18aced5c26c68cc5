//! Whether a configuration has a start at all.

use crate::parameters::{Parameters, Violation};
use crate::state::tables::Tables;

use super::first_quantities::{initial_capital_cost, initial_productivity, solve_start};

/// Least part of sales that must be left for wages.
pub(super) const LEAST_WAGES: f64 = 0.02;

/// Why an economy cannot begin: nothing is left for wages in a sector, or demand at the start has no end. Empty where it can.
///
/// The configuration breaks no other rule.
pub fn start_violations(parameters: &Parameters) -> Vec<Violation> {
    let mut found = Vec::new();
    for (s, sector) in parameters.sectors.iter().enumerate() {
        if initial_productivity(parameters, s).is_none() {
            let settings = &sector.value;
            let inputs = settings.inputs.0.iter().fold(0.0, |sum, (_, need)| sum + need);
            let capital = initial_capital_cost(parameters, s);
            let (key, name) = (if capital >= inputs { "capital_output" } else { "inputs" }, &sector.name);
            found.push(Violation {
                path: format!("sectors.{name}.{key}"),
                message: format!(
                    "leaves nothing for wages at the start: of a unit of sales at a price of 1, inputs take {inputs:.2}, depreciation and return on \
                     capital {capital:.2}, the rest goes to the mark-up of {}, taxes and R&D; at least {LEAST_WAGES} must be left",
                    parameters.pricing.normal_markup
                ),
                hint: Some(
                    "lower capital_output or inputs of the sector, production.depreciation, pricing.required_return or pricing.normal_markup"
                        .to_owned(),
                ),
            });
        }
    }
    if found.is_empty() && !parameters.sectors.is_empty() {
        let start = solve_start(parameters, &Tables::new(parameters), 1.0);
        let settings = |s: usize| &parameters.sectors[s].value;
        if !start.converged {
            // The sector whose own demand comes back to it most.
            let pull = |s: &usize| settings(*s).home_share * settings(*s).capital_output / (1.0 - settings(*s).export_share);
            let worst = (0..parameters.sectors.len()).max_by(|a, b| pull(a).total_cmp(&pull(b))).unwrap_or(0);
            let key = if settings(worst).export_share > 0.5 { "export_share" } else { "capital_output" };
            found.push(Violation {
                path: format!("sectors.{}.{key}", parameters.sectors[worst].name),
                message:
                    "gives an economy without a start: what exports, investment, purchases and inputs ask for exceeds what is produced, \
                          whatever is produced"
                        .to_owned(),
                hint: Some(
                    "lower export_share or capital_output of sectors, production.depreciation or government.purchases_share".to_owned(),
                ),
            });
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parameters::{Named, Sector};

    /// One sector that makes all that it needs.
    fn economy(change: impl FnOnce(&mut Sector)) -> Parameters {
        let mut sector = Sector { enterprise_share: 1.0, taste: 1.0, government_weight: 1.0, investment_weight: 1.0, ..Sector::default() };
        (sector.export_share, sector.home_share) = (0.2, 0.8);
        change(&mut sector);
        Parameters { sectors: vec![Named { name: "all".to_owned(), value: sector }], ..Parameters::default() }
    }

    #[test]
    fn wages_and_demand_decide_whether_there_is_a_start() {
        assert_eq!(start_violations(&economy(|_| ())), []);
        // A year of capital costs 12.5 % of its price: depreciation of 8 %, and interest and return of owners at their parts. 0.125 × 20 / 0.82 = 3.05.
        let capital = start_violations(&economy(|sector| sector.capital_output = 20.0));
        assert_eq!(capital[0].path, "sectors.all.capital_output");
        assert!(capital[0].message.contains("depreciation and return on capital 3.05"), "{}", capital[0].message);
        // A unit asked for at home takes 0.8 / 0.01 = 80 of output, and investment and purchases ask for part of each of them.
        let exports = start_violations(&economy(|sector| sector.export_share = 0.99));
        assert_eq!(exports[0].path, "sectors.all.export_share");
    }
}
