//! Gate A, facts about credit and jobs: A22 and A23.

use super::fact::{Fact, Measure, Part, Reading, Stop, Target, Targets, Unit};
use super::run_tables::RunTables;
use super::statistics::mean;

/// A22 and A23.
pub(super) const FACTS: &[Fact] = &[
    Fact {
        id: "A22",
        title: "credit",
        definition: "macro.loan_losses, summed, over mean macro.enterprise_debt and the years; mean over ticks with loans of macro.loan_rate less \
                     macro.policy_rate",
        source: "0.5-2 % and 1.5-4 points: ranges of this project",
        presets: &[],
        calibrated: false,
        tables: &["macro"],
        parts: &[
            Part { name: "losses over loans, a year", unit: Unit::Percent, targets: Targets::all(Target::Between(0.005, 0.02)) },
            Part { name: "loan rate less policy rate", unit: Unit::Percent, targets: Targets::all(Target::Between(0.015, 0.04)) },
        ],
        measure: Measure::Run(credit),
    },
    Fact {
        id: "A23",
        title: "jobs exist",
        definition: "Largest excess of macro.employment over macro.labour_force in a tick, relative to it; below nought where some are always out of \
                     work",
        source: "accounting identity",
        presets: &[],
        calibrated: false,
        tables: &["macro"],
        parts: &[Part { name: "employment over labour force", unit: Unit::Scientific, targets: Targets::all(Target::AtMost(1e-9)) }],
        measure: Measure::Run(jobs),
    },
];

fn credit(run: &RunTables) -> Result<Vec<Reading>, Stop> {
    let (losses, loans) = (run.numbers("macro", "loan_losses")?, run.numbers("macro", "enterprise_debt")?);
    let a_year = losses.iter().sum::<f64>() * run.per_year() as f64 / loans.iter().sum::<f64>();
    let policy = run.numbers("macro", "policy_rate")?;
    // Ticks without loans have no rate; the mean leaves out what is missing.
    let spreads: Vec<f64> = run.numbers("macro", "loan_rate")?.iter().zip(&policy).map(|(loan, policy)| loan - policy).collect();
    Ok(vec![a_year.into(), mean(&spreads).into()])
}

fn jobs(run: &RunTables) -> Result<Vec<Reading>, Stop> {
    let (employment, force) = (run.numbers("macro", "employment")?, run.numbers("macro", "labour_force")?);
    let excess: Vec<f64> = employment.iter().zip(&force).map(|(employed, force)| employed / force - 1.0).collect();
    if excess.iter().any(|excess| excess.is_nan()) {
        return Err(super::fact::gap("a tick has no employment or no labour force"));
    }
    Ok(vec![excess.into_iter().fold(f64::NAN, f64::max).into()])
}
