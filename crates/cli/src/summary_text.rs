//! Summaries as text for people.

use tripath_experiments::summary::{GrowthAccounts, GrowthLine, MacroAverages, PathReturns, Summary};

/// Everything: how the run stands, averages, returns, warnings.
pub(crate) fn whole(summary: &Summary) -> String {
    let mut text = format!("{}, seed {}: {} ({})\n", summary.name, summary.seed, summary.status.word(), summary.folder.display());
    match &summary.averages {
        Some(averages) => text.push_str(&macro_averages(averages)),
        None => text.push_str("\nThe table `macro` holds no rows: no averages.\n"),
    }
    text.push('\n');
    if let Some(accounts) = &summary.growth {
        text.push_str(&growth(accounts));
        text.push('\n');
    }
    text.push_str(&returns_and_warnings(summary));
    text
}

/// Where growth came from, a line a channel and a column a span of years, then projects by who paid.
fn growth(accounts: &GrowthAccounts) -> String {
    let mut text = "Growth of output per person employed, quality counted, in % a year, by channel\n".to_owned();
    let mut first = 1;
    text.push_str(&format!("  {:<30}", "years"));
    for years in &accounts.years {
        text.push_str(&format!("{:>10}", format!("{first}–{}", first + years - 1)));
        first += years;
    }
    text.push('\n');
    let mut tell = |name: &str, growth: &[f64]| {
        text.push_str(&format!("  {name:<30}"));
        growth.iter().for_each(|growth| text.push_str(&format!("{:>10.2}", 100.0 * growth)));
        text.push('\n');
    };
    let all = |lines: &[GrowthLine]| -> Vec<f64> {
        (0..accounts.years.len()).map(|span| lines.iter().map(|line| line.growth[span]).sum()).collect()
    };
    accounts.channels.iter().for_each(|line| tell(&line.name, &line.growth));
    tell("all", &all(&accounts.channels));
    accounts.payers.iter().for_each(|line| tell(&format!("projects paid by {}", line.name), &line.growth));
    text
}

/// Returns and warnings.
pub(crate) fn returns_and_warnings(summary: &Summary) -> String {
    let mut text = returns(&summary.returns, summary.averages.as_ref().and_then(|averages| averages.output_sum));
    if !summary.warnings.is_empty() {
        text.push_str("\nWarnings\n");
        for warning in &summary.warnings {
            text.push_str(&format!("  {warning}\n"));
        }
    }
    text
}

fn macro_averages(averages: &MacroAverages) -> String {
    let percent = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |value| format!("{:.1} %", value * 100.0));
    let ratio = |value: Option<f64>| value.map_or_else(|| "–".to_owned(), |value| format!("{value:.2}"));
    let rows = [
        ("real growth a year", percent(averages.growth_rate)),
        ("inflation a year", percent(averages.inflation_rate)),
        ("unemployment", percent(averages.unemployment_rate)),
        ("wage share", percent(averages.wage_share)),
        ("R&D over output", percent(averages.rd_share)),
        ("government debt/output, first", ratio(averages.government_debt_ratio_first)),
        ("government debt/output, last", ratio(averages.government_debt_ratio_last)),
        ("entry a year", percent(averages.entry_rate)),
        ("exit a year", percent(averages.exit_rate)),
    ];
    let mut text = format!("\nThe economy over {:.0} years\n", averages.years);
    for (name, value) in rows {
        text.push_str(&format!("  {name:<30}{value:>10}\n"));
    }
    if let Some(residual) = averages.ledger_residual {
        text.push_str(&format!("  {:<30}{residual:>10.1e}\n", "largest ledger residual"));
    }
    text
}

/// Who earned what by which path, over the output of the same years where it is known: sums of money of many years say little by themselves.
/// Strategic return stands apart, for it is no money.
fn returns(paths: &[PathReturns], output: Option<f64>) -> String {
    if paths.is_empty() {
        return "The table `returns` was not recorded, or holds no rows: no returns by path.\n".to_owned();
    }
    let heads = ["spent", "industrial", "fiscal", "capital: value", "capital: price"];
    let output = output.filter(|output| *output > 0.0);
    let unit = if output.is_some() { "in % of output of these years" } else { "in the numeraire of each tick" };
    let show = |value: f64| output.map_or_else(|| amount(value), |output| format!("{:.3} %", 100.0 * value / output));
    let mut text = format!("Returns by source of funding, all years, {unit}; strategic apart, in weighted demand and not in money\n");
    text.push_str(&format!("  {:<10}", "source"));
    for head in heads {
        text.push_str(&format!("{head:>16}"));
    }
    text.push_str(&format!("   |{:>12}\n", "strategic"));
    for path in paths {
        text.push_str(&format!("  {:<10}", path.source));
        for value in [path.spent, path.industrial_return, path.fiscal_return, path.capital_return_fundamental, path.capital_return_premium]
        {
            text.push_str(&format!("{:>16}", show(value)));
        }
        text.push_str(&format!("   |{:>12}\n", amount(path.strategic_return)));
    }
    text
}

/// An amount to one decimal; a form with an exponent where that would be too wide or nothing.
fn amount(value: f64) -> String {
    let size = value.abs();
    if value == 0.0 {
        "0".to_owned()
    } else if (0.05..1e11).contains(&size) {
        format!("{value:.1}")
    } else {
        format!("{value:.2e}")
    }
}
