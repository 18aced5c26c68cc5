//! Where growth came from, by channel and by who paid.

use std::path::Path;

use serde::Serialize;

use super::SummaryError;
use super::table::Table;

/// Most spans of years that growth is shown for.
const SPANS: usize = 4;

/// A line of the growth accounts: a channel, or a source of funding, and what it brought in each span of years.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct GrowthLine {
    /// Channel, or source that paid.
    pub name: String,
    /// Growth of quality-adjusted output per person employed that it brought, a year, by span.
    pub growth: Vec<f64>,
}

/// Growth accounts of a run, by spans of years of equal length.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct GrowthAccounts {
    /// Years in each span, in order.
    pub years: Vec<usize>,
    /// By channel, the kinds of own innovation and of adoption together; they sum to growth.
    pub channels: Vec<GrowthLine>,
    /// Projects by who paid.
    pub payers: Vec<GrowthLine>,
}

/// Channel of the accounts to which one of the table belongs.
fn channel_of(word: &str) -> &str {
    match word {
        "process" | "product" | "breakthrough" => "own innovation",
        "adopted_process" | "adopted_product" => "adoption",
        other => other,
    }
}

/// Reads `growth`; nothing where it was not recorded or no year has ended.
pub(super) fn read(folder: &Path) -> Result<Option<GrowthAccounts>, SummaryError> {
    let Some(table) = Table::open(folder, "growth")? else { return Ok(None) };
    let [tick, channel, payer, growth] = table.columns(["tick", "channel", "payer", "growth"])?;
    let mut ticks: Vec<u64> = Vec::new();
    // By place of the year: name, whether it is a payer, sum.
    let mut sums: Vec<(String, bool, Vec<f64>)> = Vec::new();
    table.for_each(|row| {
        let now = row.whole(tick)?;
        if ticks.last() != Some(&now) {
            ticks.push(now);
        }
        let points = row.number(growth)?.unwrap_or(0.0);
        let names = [(channel_of(row.text(channel)), false), (row.text(payer), true)];
        for (name, paid) in names.into_iter().filter(|(name, _)| !name.is_empty()) {
            let place = sums.iter().position(|(other, is, _)| other == name && *is == paid).unwrap_or_else(|| {
                sums.push((name.to_owned(), paid, Vec::new()));
                sums.len() - 1
            });
            let years = &mut sums[place].2;
            years.resize(ticks.len(), 0.0);
            years[ticks.len() - 1] += points;
        }
        Ok(())
    })?;
    if ticks.is_empty() {
        return Ok(None);
    }
    let length = ticks.len().div_ceil(SPANS);
    let years: Vec<usize> = (0..ticks.len()).step_by(length).map(|begin| length.min(ticks.len() - begin)).collect();
    let mut accounts = GrowthAccounts { years, ..GrowthAccounts::default() };
    for (name, paid, mut of_years) in sums {
        of_years.resize(ticks.len(), 0.0);
        let growth = of_years.chunks(length).map(|span| span.iter().sum::<f64>() / span.len() as f64).collect();
        let lines = if paid { &mut accounts.payers } else { &mut accounts.channels };
        lines.push(GrowthLine { name, growth });
    }
    Ok(Some(accounts))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn years_are_told_by_span() {
        let folder = tempfile::tempdir().expect("a temporary folder");
        let mut text = "tick,year,sector,channel,payer,growth\n".to_owned();
        for year in 0..5 {
            let tick = 4 * year + 3;
            text.push_str(&format!("{tick},1,solar,process,own,0.01\n{tick},1,solar,product,policy,0.02\n{tick},1,,other,,-0.005\n"));
        }
        std::fs::write(folder.path().join("growth.csv"), text).expect("written");
        let accounts = read(folder.path()).expect("readable").expect("there");
        assert_eq!((accounts.years, accounts.channels.len()), (vec![2, 2, 1], 2));
        let near = |line: &GrowthLine, name: &str, growth: f64| {
            line.name == name && line.growth.iter().all(|found| (found - growth).abs() < 1e-12)
        };
        assert!(near(&accounts.channels[0], "own innovation", 0.03) && near(&accounts.channels[1], "other", -0.005));
        assert!(near(&accounts.payers[0], "own", 0.01) && near(&accounts.payers[1], "policy", 0.02));
        assert!(read(&folder.path().join("nowhere")).expect("no table").is_none());
    }
}
