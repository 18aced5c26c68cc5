//! A model of one's own: tripath with one mechanism more.
//!
//! `cargo run -- run us-like` runs it; `cargo run -- ablate us-like --mechanism patient_owners` shows what it does.

use std::process::ExitCode;

use tripath::model::parameters::Allowed;
use tripath::prelude::*;

parameters! {
    /// Who waits.
    Patience {
        least_employment: f64 = 20.0, "persons", Allowed::Between(0.0, 1e6), "Employment below which owners are paid nothing", "assumption";
    }
}

/// What an enterprise may pay out of what it would: nothing while it is small.
fn part_paid_out(employment: f64, least_employment: f64) -> f64 {
    if employment < least_employment { 0.0 } else { 1.0 }
}

/// Before enterprises settle, small ones put 0 into the door of payouts.
fn wait(enterprises: Rows<&'static Operation>, parameters: Res<Parameters>, mut decisions: ResMut<Decisions>) {
    let least = parameters.of::<Patience>().least_employment;
    for (row, operation) in enterprises.slices().iter().enumerate() {
        decisions.payout.scale(row, part_paid_out(operation.employment, least));
    }
}

/// Owners of small enterprises leave all profit in them.
struct PatientOwners;

impl Mechanism for PatientOwners {
    fn name(&self) -> &'static str {
        "patient_owners"
    }

    fn meaning(&self) -> &'static str {
        "Owners of small enterprises leave all profit in them"
    }

    fn declare(&self, mechanism: &mut Declaration) {
        mechanism.parameters::<Patience>().systems(Place::Before(Phase::Production), wait);
    }
}

fn main() -> ExitCode {
    tripath::main_with(Model::standard().with(PatientOwners))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn small_ones_pay_nothing() {
        assert_eq!((part_paid_out(19.0, 20.0), part_paid_out(20.0, 20.0)), (0.0, 1.0));
    }
}
