//! Outcomes on which ablations are judged, each from the tables of one run.

use tripath_model::observe::{FunnelRow, ProgrammeRow, ReturnRow};

use super::Observed;
use super::series::{last, log_growth, mean, standard_deviation};
use super::statistic::{Form, Statistic};

/// Tables that [`OUTCOMES`] reads.
pub const OUTCOME_TABLES: &[&str] =
    &["macro", "sectors", "regions", "returns", "funnel", "programmes", "funds", "deals", "listings", "boards", "think_tanks"];

macro_rules! outcomes {
    ($($name:literal, $form:ident, $meaning:literal, $measure:expr;)+) => {
        &[$(Statistic { name: $name, form: Form::$form, meaning: $meaning, measure: $measure },)+]
    };
}

/// Outcomes in the order of the table.
#[rustfmt::skip]
pub const OUTCOMES: &[Statistic] = outcomes! {
    "growth", Percent, "mean change a year of log real output", |run| mean(&log_growth(&run.annual_sums(|row| row.output_real)));
    "productivity_growth", Percent, "mean change a year of log real value added per person", |run| mean(&log_growth(&run.annual_means(|row| row.productivity)));
    "output_end", Number, "log real output of the last year", |run| mean(&logs(last(&run.annual_sums(|row| row.output_real), 1)));
    "unemployment", Percent, "mean unemployment", |run| run.mean(|row| row.unemployment_rate);
    "growth_sd", Percent, "standard deviation of the change of log real output from tick to tick", |run| standard_deviation(&log_growth(&run.macro_rows().iter().map(|row| row.output_real).collect::<Vec<_>>()));
    "unemployment_change", Percent, "standard deviation of the change of unemployment from tick to tick", |run| standard_deviation(&changes(run));
    "loan_losses", Percent, "loans lost a year over loans", |run| run.sum(|row| row.loan_losses) / run.years() / run.mean(|row| row.enterprise_debt);
    "debt_ratio", Number, "debt of governments over annual output, mean", |run| mean(&run.debt_ratio());
    "profits", Percent, "net profit of enterprises over output", |run| profits(run).iter().sum::<f64>() / run.output();
    "profits_real", Number, "log net profit of enterprises at constant prices, mean of the last ten years", profits_real;
    "investment_share", Percent, "fixed capital formation over output", |run| run.sum(|row| row.investment) / run.output();
    "utilisation", Percent, "output over capacity, mean over sectors", |run| mean(&run.records().sectors.iter().map(|row| row.utilisation).collect::<Vec<_>>());
    "concentration", Number, "Herfindahl index of sales, mean over sectors", |run| mean(&run.records().sectors.iter().map(|row| row.hhi).collect::<Vec<_>>());
    "home_share", Percent, "home share of home demand, all sectors", |run| run.home_share();
    "quality_end", Number, "log quality, mean over sectors, last year", |run| mean(last(&run.annual_sector_means(|_| true, |row| row.quality), 1));
    "entry_rate", Percent, "entrants a year over mean enterprises", |run| run.rate(run.sum(|row| row.entry_count as f64));
    "exit_rate", Percent, "exits a year over mean enterprises", |run| run.rate(run.sum(|row| row.exit_count as f64));
    "rd_share", Percent, "R&D over output", |run| run.sum(|row| row.rd) / run.output();
    "rd_public_share", Percent, "part of R&D paid by public money", |run| run.sum(|row| row.rd * row.rd_public_share) / run.sum(|row| row.rd);
    "inventions_rate", Percent, "inventions a year over mean enterprises", |run| run.rate(funnel(run, |_| true, |row| row.inventions));
    "conversions_rate", Percent, "conversions a year over mean enterprises", |run| run.rate(conversions(run, |_| true));
    "conversion_ratio", Percent, "conversions over inventions", |run| conversions(run, |_| true) / funnel(run, |_| true, |row| row.inventions);
    "log_points_rate", Number, "log points converted a year over mean enterprises, percent", |run| 100.0 * run.rate(run.records().funnel.iter().map(|row| row.log_points).sum());
    "conversion_time", Number, "years from invention to conversion", |run| run.records().funnel.iter().map(|row| row.conversion_years).sum::<f64>() / conversions(run, |_| true);
    "cost_per_log_point", Number, "spent on converted projects over their log points, over annual output per person employed", cost_per_log_point;
    "pilot_survival", Percent, "projects that passed TRL 6 over those that passed, failed or were given up there", |run| survival(run, |row| (row.pilot_advanced, row.pilot_failed + row.pilot_abandoned));
    "valley_survival", Percent, "projects that passed TRL 8 over those that passed, failed or were given up there", |run| survival(run, |row| (row.demonstration_advanced, row.demonstration_failed + row.demonstration_abandoned));
    "breakthroughs", Number, "breakthroughs converted a year over mean enterprises, percent", |run| 100.0 * run.rate(funnel(run, |_| true, |row| row.breakthrough_count));
    "conversions_policy", Percent, "part of conversions paid mainly by policy", |run| conversions(run, |row| row.source == "policy") / conversions(run, |_| true);
    "conversions_capital", Percent, "part of conversions paid mainly by capital", |run| conversions(run, |row| row.source == "capital") / conversions(run, |_| true);
    "industrial_return_own", Percent, "quasi-rents of own money over output", |run| industrial(run, "own");
    "industrial_return_policy", Percent, "quasi-rents of policy money over output", |run| industrial(run, "policy");
    "industrial_return_capital", Percent, "quasi-rents of capital money over output", |run| industrial(run, "capital");
    "strategic_return", Number, "strategic return over output, percent", |run| 100.0 * returns(run, |row| row.strategic_return) / run.output();
    "fiscal_return", Percent, "taxes on quasi-rents of policy money and gains of its fund units less programme cost and capital called, over output", |run| run.records().returns.iter().filter(|row| row.source == "policy").map(|row| row.fiscal_return).sum::<f64>() / run.output();
    "capital_return", Percent, "capital return, fundamental and premium, over output", |run| returns(run, |row| row.capital_return_fundamental + row.capital_return_premium) / run.output();
    "attention_industrial", Percent, "attention to the industrial path, mean over sectors", |run| attention(run, "own");
    "attention_policy", Percent, "attention to the policy path, mean over sectors", |run| attention(run, "policy");
    "attention_capital", Percent, "attention to the capital path, mean over sectors", |run| attention(run, "capital");
    "rounds", Number, "financing rounds a year", |run| run.deals("round").count() as f64 / run.years();
    "listings", Number, "listings a year", |run| run.records().listings.len() as f64 / run.years();
    "first_day_return", Percent, "mean first-day return of listings", |run| run.first_day_return();
    "exit_multiple", Number, "mean multiple of closed holdings of funds", |run| mean(&run.deals("exit").filter_map(|deal| deal.multiple).collect::<Vec<_>>());
    "tvpi", Number, "distributed and value over paid in, all funds at their last row", tvpi;
    "price_index_growth", Percent, "log growth a year of the price index", price_index_growth;
    "solar_output", Number, "log real output of solar, mean of the last ten years", |run| mean(last(&logs(&run.annual_sector_sums(|row| &*row.sector == "solar", |row| row.output)), 10));
    "semiconductor_home_share", Percent, "home share of semiconductors, mean of the last ten years", |run| mean(last(&run.annual_sector_means(|row| &*row.sector == "semiconductors", |row| row.home_share), 10));
    "plan_concentration", Number, "Herfindahl index of local plans, mean", |run| mean(&run.records().regions.iter().map(|row| row.promotion_hhi).collect::<Vec<_>>());
    "same_promotion", Percent, "part of localities that promote the sector which most of them promote", same_promotion;
    "wrong_awards", Percent, "awards to applicants below the merit cut-off, of all awards", |run| errors(run, |row| row.type_one_error);
    "wrong_refusals", Percent, "applicants above the merit cut-off that were refused, mean weighted by awards", |run| errors(run, |row| row.type_two_error);
    "contracts", Number, "income of think tanks over output, percent", |run| 100.0 * run.records().think_tanks.iter().map(|row| row.income_contracts + row.income_clients + row.income_subscriptions + row.income_commissions).sum::<f64>() / run.output();
};

fn returns(run: &Observed<'_>, column: impl Fn(&ReturnRow) -> f64) -> f64 {
    run.records().returns.iter().map(column).sum()
}

fn profits(run: &Observed<'_>) -> Vec<f64> {
    run.annual_sector_sums(|_| true, |row| row.profit_share * row.sales)
}

/// Change of unemployment from one tick to the next.
fn changes(run: &Observed<'_>) -> Vec<f64> {
    run.macro_rows().windows(2).map(|pair| pair[1].unemployment_rate - pair[0].unemployment_rate).collect()
}

fn profits_real(run: &Observed<'_>) -> f64 {
    let prices = run.annual_means(|row| row.output_price_index);
    let real: Vec<f64> = profits(run).into_iter().zip(prices).map(|(profit, price)| profit / price).collect();
    mean(last(&real, 10)).ln()
}

fn cost_per_log_point(run: &Observed<'_>) -> f64 {
    let per_head = run.output() / run.years() / run.mean(|row| row.employment);
    let spent: f64 = run.records().funnel.iter().map(|row| row.converted_spent).sum();
    spent / run.records().funnel.iter().map(|row| row.log_points).sum::<f64>() / per_head
}

fn survival(run: &Observed<'_>, column: impl Fn(&FunnelRow) -> (u64, u64)) -> f64 {
    let (passed, failed) = run.records().funnel.iter().map(column).fold((0, 0), |sum, row| (sum.0 + row.0, sum.1 + row.1));
    passed as f64 / (passed + failed) as f64
}

fn logs(values: &[f64]) -> Vec<f64> {
    values.iter().map(|value| value.ln()).collect()
}

fn funnel(run: &Observed<'_>, keep: impl Fn(&FunnelRow) -> bool, column: impl Fn(&FunnelRow) -> u64) -> f64 {
    run.records().funnel.iter().filter(|row| keep(row)).map(|row| column(row) as f64).sum()
}

fn conversions(run: &Observed<'_>, keep: impl Fn(&FunnelRow) -> bool) -> f64 {
    funnel(run, keep, |row| row.conversions)
}

fn industrial(run: &Observed<'_>, source: &str) -> f64 {
    run.records().returns.iter().filter(|row| row.source == source).map(|row| row.industrial_return).sum::<f64>() / run.output()
}

fn attention(run: &Observed<'_>, source: &str) -> f64 {
    let rows = run.records().returns.iter().filter(|row| row.source == source);
    mean(&rows.map(|row| row.attention_share).collect::<Vec<_>>())
}

fn tvpi(run: &Observed<'_>) -> f64 {
    let mut funds: std::collections::BTreeMap<u64, (f64, f64)> = std::collections::BTreeMap::new();
    for row in &run.records().funds {
        // Later rows replace earlier ones.
        funds.insert(row.fund, (row.distributed + row.marks + row.cash, row.paid_in));
    }
    funds.values().map(|(value, _)| value).sum::<f64>() / funds.values().map(|(_, paid)| paid).sum::<f64>()
}

fn price_index_growth(run: &Observed<'_>) -> f64 {
    let boards = &run.records().boards;
    let first = boards.first();
    let last = boards.iter().rev().find(|row| first.is_some_and(|first| first.board == row.board));
    match (first, last) {
        (Some(first), Some(last)) if last.year > first.year && first.listed_count > 0 => {
            (last.price_index / first.price_index).ln() / (last.year - first.year)
        }
        _ => f64::NAN,
    }
}

fn same_promotion(run: &Observed<'_>) -> f64 {
    let ticks = run.records().regions.chunk_by(|a, b| a.tick == b.tick).map(|regions| {
        let most =
            regions.iter().map(|region| regions.iter().filter(|other| other.promoted_sector == region.promoted_sector).count()).max();
        most.unwrap_or(0) as f64 / regions.len() as f64
    });
    mean(&ticks.collect::<Vec<_>>())
}

fn errors(run: &Observed<'_>, column: impl Fn(&ProgrammeRow) -> Option<f64>) -> f64 {
    let rows = run.records().programmes.iter().filter_map(|row| column(row).map(|share| (share, row.award_count as f64)));
    let (wrong, all) = rows.fold((0.0, 0.0), |(wrong, all), (share, awards)| (wrong + share * awards, all + awards));
    wrong / all
}
