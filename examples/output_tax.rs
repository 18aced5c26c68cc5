//! A tax of one's own: on sales, by sector.
//!
//! `cargo run --release -p tripath-examples --bin output_tax -- run us-like --set mechanisms.output_tax.rates.traditional=0.02`

use std::process::ExitCode;

use tripath::model::parameters::{Allowed, Weights};
use tripath::prelude::*;

/// What is paid. Its class puts it among taxes on production wherever taxes are summed: revenue, the table `flows`, debt.
const OUTPUT_TAX: FlowKind = FlowKind::own("output_tax", FlowClass::TaxOnProduction, "Tax on sales, by sector.");

parameters! {
    /// Rates of the tax.
    Rates {
        rates: Weights = Weights::default(), "1", Allowed::Between(0.0, 0.5), "Tax on sales by sector; 0 for sectors that are not named", "policy scenario";
    }
}

/// Tax that is due: `τ_s × sales`.
fn tax_due(rate: f64, sales: f64) -> f64 {
    rate * sales
}

/// Enterprises pay once their sales of the tick are known; the central government receives it.
fn levy_output_tax(
    enterprises: Rows<(&'static Identity, &'static mut Operation, &'static mut Treasury, &'static mut TickAccount)>,
    parameters: Res<Parameters>,
    mut ledger: ResMut<Ledger>,
) {
    let rates = parameters.of::<Rates>().rates.dense(parameters.sector_names());
    let (identity, operation, treasury, account) = enterprises.slices();
    for row in 0..identity.len() {
        let due = tax_due(rates[identity[row].sector as usize], operation[row].sales);
        if due > 0.0 {
            ledger.pay(OUTPUT_TAX, End::Enterprise(&mut treasury[row].cash), End::Of(Account::Central), due);
            operation[row].profit -= due;
            account[row].taxes += due;
        }
    }
}

/// The mechanism: it holds nothing itself, for its parameters are in the configuration.
pub struct OutputTax;

impl Mechanism for OutputTax {
    fn name(&self) -> &'static str {
        "output_tax"
    }

    fn meaning(&self) -> &'static str {
        "Enterprises pay a part of their sales to the central government, by sector"
    }

    fn declare(&self, mechanism: &mut Declaration) {
        mechanism.parameters::<Rates>().payment(OUTPUT_TAX).systems(Place::After(Phase::Production), levy_output_tax);
    }
}

fn main() -> ExitCode {
    tripath::main_with(Model::standard().with(OutputTax))
}

#[cfg(test)]
mod tests {
    #[test]
    fn a_tax_by_hand() {
        assert_eq!(super::tax_due(0.02, 150.0), 3.0);
    }
}
