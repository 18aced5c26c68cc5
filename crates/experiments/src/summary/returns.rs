//! Who earned what by which path.

use std::path::Path;

use serde::Serialize;

use super::SummaryError;
use super::table::Table;

/// Returns on one source of funding, summed over ticks and sectors, in the numeraire of each tick.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct PathReturns {
    /// Source of funding: own, policy or capital.
    pub source: String,
    /// Spent on search and projects.
    pub spent: f64,
    /// Quasi-rents of edges.
    pub industrial_return: f64,
    /// Taxes on them, less the cost of programmes for policy.
    pub fiscal_return: f64,
    /// Distributions and fundamental gains of funds less paid in.
    pub capital_return_fundamental: f64,
    /// Gains of price over fundamental value.
    pub capital_return_premium: f64,
    /// Self-sufficiency gained times strategic value; never summed with money.
    pub strategic_return: f64,
}

/// Reads `returns.csv`; empty where it was not recorded.
pub(super) fn read(folder: &Path) -> Result<Vec<PathReturns>, SummaryError> {
    let Some(table) = Table::open(folder, "returns")? else { return Ok(Vec::new()) };
    let source = table.column("source")?;
    let kinds = table.columns([
        "spent",
        "industrial_return",
        "fiscal_return",
        "capital_return_fundamental",
        "capital_return_premium",
        "strategic_return",
    ])?;
    let mut paths: Vec<PathReturns> = Vec::new();
    table.for_each(|row| {
        let name = row.text(source);
        let index = paths.iter().position(|path| path.source == name).unwrap_or_else(|| {
            paths.push(PathReturns { source: name.to_owned(), ..PathReturns::default() });
            paths.len() - 1
        });
        let path = &mut paths[index];
        let sums = [
            &mut path.spent,
            &mut path.industrial_return,
            &mut path.fiscal_return,
            &mut path.capital_return_fundamental,
            &mut path.capital_return_premium,
            &mut path.strategic_return,
        ];
        for (sum, kind) in sums.into_iter().zip(kinds) {
            *sum += row.number(kind)?.unwrap_or(0.0);
        }
        Ok(())
    })?;
    Ok(paths)
}
