//! A table of one's own: how debt is spread over the enterprises of each sector.
//!
//! `cargo run --release -p tripath-examples --bin debt_table -- run us-like --tables macro,debtors`

use std::process::ExitCode;
use std::sync::Arc;

use tripath::prelude::*;

table! {
    /// Debt of the enterprises of one sector
    DebtRow in "debtors" by ["tick", "sector"] {
        tick: u32, "1", "Tick";
        year: f64, "years", "Time at the end of the tick";
        sector: Arc<str>, "1", "Sector";
        debt: f64, "numeraire", "Bank loans of all enterprises";
        debtors: u64, "count", "Enterprises that owe anything";
        overindebted: u64, "count", "Enterprises that owe more than their fixed capital is worth";
        largest_share: Option<f64>, "share", "Part of the largest debtor; empty where nobody owes anything";
    }
}

/// Adds a row for each sector at the end of every tick.
fn record_debt(
    enterprises: Rows<(&'static Identity, &'static Plant, &'static Treasury)>,
    calendar: Res<Calendar>,
    tables: Res<Tables>,
    economy: Res<Economy>,
    mut records: ResMut<Records>,
) {
    let (identity, plant, treasury) = enterprises.slices();
    for (sector, name) in tables.sector_names.iter().enumerate() {
        let (mut debt, mut debtors, mut overindebted, mut largest) = (0.0, 0, 0, 0.0f64);
        for row in (0..identity.len()).filter(|row| usize::from(identity[*row].sector) == sector) {
            let owed = treasury[row].debt;
            debt += owed;
            debtors += u64::from(owed > 0.0);
            overindebted += u64::from(owed > plant[row].capital * economy.capital_price);
            largest = largest.max(owed);
        }
        records.push(DebtRow {
            tick: calendar.recorded_tick(),
            year: calendar.year(),
            sector: name.clone(),
            debt,
            debtors,
            overindebted,
            largest_share: (debt > 0.0).then(|| largest / debt),
        });
    }
}

/// The mechanism.
pub struct DebtTable;

impl Mechanism for DebtTable {
    fn name(&self) -> &'static str {
        "debt_table"
    }

    fn meaning(&self) -> &'static str {
        "The table debtors: how debt is spread over enterprises"
    }

    fn declare(&self, mechanism: &mut Declaration) {
        mechanism.table::<DebtRow>().systems(Place::Before(Phase::Record), record_debt);
    }
}

fn main() -> ExitCode {
    tripath::main_with(Model::standard().with(DebtTable))
}
