//! What a sane economy shows: statistics of one run with the ranges that they must keep.

use tripath_model::observe::{Cell, Row};

use super::Observed;
use super::series::{explosive, first, last, late_rise, log_growth, mean, slope, standard_deviation};
use super::statistic::{Form, Gate, Statistic};

/// Tables that [`SANITY`] reads.
pub const SANITY_TABLES: &[&str] = &["macro", "sectors", "flows", "funnel", "deals", "listings"];

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

macro_rules! statistics {
    ($($name:literal, $head:literal, $form:ident, $gate:expr, $meaning:literal, $measure:expr;)+) => {
        &[$(Statistic { name: $name, head: $head, form: Form::$form, meaning: $meaning, gate: $gate, measure: $measure },)+]
    };
}

/// Statistics of a run in the order of the table.
#[rustfmt::skip]
pub const SANITY: &[Statistic] = statistics! {
    "missing_cells", "missing", Count, Some(Gate::Zero), "cells of `macro` without a finite number", missing_cells;
    "growth", "growth", Percent, Some(Gate::Between(0.01, 0.10)), "mean change a year of log real output", |run| mean(&growth(run));
    "growth_sd", "sd growth", Percent, None, "its standard deviation over years", |run| standard_deviation(&growth(run));
    "inflation", "inflation", Percent, Some(Gate::Between(-0.01, 0.06)), "mean growth a year of consumer prices", |run| mean(&run.inflation());
    "unemployment", "unemploym", Percent, Some(Gate::Between(0.02, 0.12)), "mean unemployment", |run| run.mean(|row| row.unemployment_rate);
    "entry_rate", "entry", Percent, Some(Gate::Between(0.04, 0.18)), "entrants a year over mean enterprises", |run| run.rate(run.sum(|row| row.entry_count as f64));
    "exit_rate", "exit", Percent, Some(Gate::Between(0.04, 0.18)), "exits a year over mean enterprises", |run| run.rate(run.sum(|row| row.exit_count as f64));
    "enterprises_start", "ent start", Count, None, "enterprises, mean of the first year", |run| at(&enterprises(run), 0);
    "enterprises_end", "ent end", Count, None, "enterprises, mean of the last year", |run| mean(last(&enterprises(run), 1));
    "enterprises_ratio", "end/start", Ratio, Some(Gate::Between(0.33, 3.0)), "the second over the first: no extinction, no explosion", |run| mean(last(&enterprises(run), 1)) / at(&enterprises(run), 0);
    "wage_share", "wage share", Ratio, None, "mean wage share", |run| run.mean(|row| row.wage_share);
    "wages_over_next_income", "wage/next", Ratio, Some(Gate::Above(1.0)), "wages over the next largest kind of income of households (flows)", wages_over_next_income;
    "consumption_share", "cons/y", Percent, None, "consumption over output", |run| run.sum(|row| row.consumption) / run.output();
    "investment_share", "inv/y", Percent, None, "fixed capital formation over output", |run| run.sum(|row| row.investment) / run.output();
    "government_share", "gov/y", Percent, None, "government purchases over output", |run| run.sum(|row| row.government_purchases) / run.output();
    "revenue_share", "revenue/y", Percent, Some(Gate::Above(0.0)), "taxes over output", |run| run.sum(|row| row.government_revenue) / run.output();
    "debt_first", "debt/y 1st", Ratio, None, "debt of governments over annual output, first five years", |run| mean(first(&run.debt_ratio(), 5));
    "debt_last", "debt/y end", Ratio, None, "the same, last five years", |run| mean(last(&run.debt_ratio(), 5));
    "debt_trend", "per 10 y", Ratio, None, "its trend in ten years, by least squares", |run| 10.0 * slope(&run.debt_ratio());
    "debt_late_rise", "late rise", Ratio, None, "its mean in the last quarter of the run over that in the middle half", |run| late_rise(&run.debt_ratio());
    "debt_explosive", "explosive", Count, Some(Gate::Zero), "1 if it rises late by more than 1.5 times and is then above 1.5", |run| f64::from(u8::from(explosive(&run.debt_ratio())));
    "net_foreign_assets", "nfa/y end", Ratio, None, "net foreign assets over annual output, last five years", |run| mean(last(&run.over_annual_output(|row| row.net_foreign_assets), 5));
    "home_share", "home share", Ratio, None, "home share of home demand, all sectors", |run| run.home_share();
    "ledger_residual", "residual", Scientific, Some(Gate::Below(1e-9)), "largest breach of an accounting identity over gross flows", |run| run.macro_rows().iter().map(|row| row.ledger_residual).fold(f64::NAN, f64::max);
    "rd_share", "R&D/y", Percent, Some(Gate::Above(0.0)), "R&D over output", |run| run.sum(|row| row.rd) / run.output();
    "grants_share", "grants/y", Percent, Some(Gate::Above(0.0)), "R&D grants over output (flows)", |run| run.flows(|flow| flow.kind == "rd_grants") / run.output();
    "rounds", "rounds/y", Count, Some(Gate::Above(0.0)), "financing rounds a year", |run| run.deals("round").count() as f64 / run.years();
    "listings", "IPOs/y", Count, Some(Gate::Above(0.0)), "listings a year", |run| run.records().listings.len() as f64 / run.years();
    "listed_share", "listed", Percent, None, "listed over all enterprises, mean", |run| run.sum(|row| row.listed_count as f64) / run.sum(|row| row.enterprise_count as f64);
    "conversions", "convers/y", Count, None, "conversions a year", |run| run.records().funnel.iter().map(|row| row.conversions as f64).sum::<f64>() / run.years();
};

fn missing_cells(run: &Observed<'_>) -> f64 {
    let mut missing = 0.0;
    for row in run.macro_rows() {
        row.cells(&mut |cell| {
            let there = !matches!(cell, Cell::Missing) && !matches!(cell, Cell::Real(value) if !value.is_finite());
            missing += f64::from(u8::from(!there));
        });
    }
    if run.macro_rows().is_empty() { f64::NAN } else { missing }
}

fn growth(run: &Observed<'_>) -> Vec<f64> {
    log_growth(&run.annual_sums(|row| row.output_real))
}

fn enterprises(run: &Observed<'_>) -> Vec<f64> {
    run.annual_means(|row| row.enterprise_count as f64)
}

fn at(values: &[f64], index: usize) -> f64 {
    values.get(index).copied().unwrap_or(f64::NAN)
}

fn wages_over_next_income(run: &Observed<'_>) -> f64 {
    let mut incomes: Vec<(&str, f64)> = Vec::new();
    let earned = |kind: &str| !NO_INCOME.contains(&kind);
    for flow in run.records().flows.iter().filter(|flow| flow.payee == "households" && earned(flow.kind)) {
        match incomes.iter_mut().find(|(kind, _)| *kind == flow.kind) {
            Some((_, sum)) => *sum += flow.amount,
            None => incomes.push((flow.kind, flow.amount)),
        }
    }
    let of = |wanted: bool| incomes.iter().filter(move |(kind, _)| (*kind == "wages") == wanted).map(|(_, sum)| *sum);
    of(true).sum::<f64>() / of(false).fold(f64::NAN, f64::max)
}
