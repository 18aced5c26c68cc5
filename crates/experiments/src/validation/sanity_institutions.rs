//! Facts S about institutions: incomes, grants, funds, listings, and what the economy is made of.

use std::collections::BTreeMap;

use super::fact::{Gap, Reading, Stop};
use super::gate_economy::debt_ratio;
use super::run_tables::RunTables;
use super::statistics::mean;

/// Years at each end of a run whose mean is shown.
const ENDS: usize = 5;

/// Payments to households that are no income: they change what is owned, not what is earned.
const NO_INCOME: &[&str] = &[
    "fund_distributions",
    "founder_equity",
    "equity_rounds",
    "ipo_primary_proceeds",
    "seasoned_issues",
    "buybacks",
    "secondary_sales",
    "acquisitions",
    "liquidation",
    "new_loans",
    "repayments",
    "bond_issues",
    "bond_redemptions",
    "bond_trades",
    "capital_calls",
];

fn total(run: &RunTables, column: &'static str) -> Result<f64, Stop> {
    Ok(run.numbers("macro", column)?.iter().sum())
}

fn over_output(run: &RunTables, column: &'static str) -> Result<Reading, Stop> {
    Ok((total(run, column)? / total(run, "output_nominal")?).into())
}

/// Years recorded, whole or not.
fn recorded_years(run: &RunTables) -> Result<f64, Stop> {
    Ok(run.numbers("macro", "tick")?.len() as f64 / run.per_year() as f64)
}

/// Wages against the next income; revenue and R&D over output.
pub(super) fn incomes(run: &RunTables) -> Result<Vec<Reading>, Stop> {
    let (kinds, payees) = (run.texts("flows", "kind")?, run.texts("flows", "payee")?);
    let mut incomes: BTreeMap<&str, f64> = BTreeMap::new();
    for (row, amount) in run.numbers("flows", "amount")?.into_iter().enumerate() {
        if payees[row] == "households" && !NO_INCOME.contains(&kinds[row].as_str()) {
            *incomes.entry(kinds[row].as_str()).or_default() += amount;
        }
    }
    let wages = incomes.remove("wages").unwrap_or(f64::NAN);
    let next = incomes.into_values().fold(f64::NAN, f64::max);
    Ok(vec![(wages / next).into(), over_output(run, "government_revenue")?, over_output(run, "rd")?])
}

/// R&D grants over output.
pub(super) fn grants(run: &RunTables) -> Result<Vec<Reading>, Stop> {
    let settings = run.settings();
    let known = settings.members("programmes");
    let setting = |name: &str, key: &str| settings.get(&format!("programmes.{name}.{key}")).unwrap_or("").to_owned();
    if !known.iter().any(|name| setting(name, "instrument") == "rd_grant" && setting(name, "active") != "false") {
        return Err(Gap::NotHere("no programme gives R&D grants").into());
    }
    let kinds = run.texts("flows", "kind")?;
    let given = run.numbers("flows", "amount")?.into_iter().enumerate().filter(|(row, _)| kinds[*row] == "rd_grants");
    Ok(vec![(given.map(|(_, amount)| amount).sum::<f64>() / total(run, "output_nominal")?).into()])
}

/// Financing rounds a year.
pub(super) fn rounds(run: &RunTables) -> Result<Vec<Reading>, Stop> {
    if run.settings().number("venture.supply_share") == Some(0.0) {
        return Err(Gap::NotHere("nobody commits money to funds").into());
    }
    let rounds = run.texts("deals", "kind")?.iter().filter(|kind| *kind == "round").count();
    Ok(vec![(rounds as f64 / recorded_years(run)?).into()])
}

/// Listings a year.
pub(super) fn listings(run: &RunTables) -> Result<Vec<Reading>, Stop> {
    if run.settings().get("capital_market.open") == Some("false") {
        return Err(Gap::NotHere("the exchange is closed").into());
    }
    Ok(vec![(run.numbers("listings", "tick")?.len() as f64 / recorded_years(run)?).into()])
}

/// Shares of output, debt, foreign assets, home share, listed enterprises, conversions.
pub(super) fn make_up(run: &RunTables) -> Result<Vec<Reading>, Stop> {
    let debt = debt_ratio(run)?;
    let output = run.annual_sums("output_nominal")?;
    let foreign: Vec<f64> = run.annual_means("net_foreign_assets")?.iter().zip(&output).map(|(assets, output)| assets / output).collect();
    let last = |values: &[f64]| Reading::from(mean(&values[values.len().saturating_sub(ENDS)..]));
    let sum = |column| Ok::<f64, Stop>(run.numbers("sectors", column)?.iter().sum());
    let at_home = sum("sales")? - sum("exports")?;
    let conversions: f64 = run.numbers("funnel", "conversions")?.iter().sum();
    Ok(vec![
        over_output(run, "consumption")?,
        over_output(run, "investment")?,
        over_output(run, "government_purchases")?,
        mean(&debt[..ENDS.min(debt.len())]).into(),
        last(&debt),
        last(&foreign),
        (at_home / (at_home + sum("imports")?)).into(),
        (total(run, "listed_count")? / total(run, "enterprise_count")?).into(),
        (conversions / recorded_years(run)?).into(),
    ])
}
