//! The recorded rows of one run, and series by year made from them.

use tripath_model::observe::{DealRow, MacroRow, Records, SectorRow};

use super::series::mean;

/// Rows of all ticks of a run.
#[derive(Debug, Clone, Copy)]
pub struct Observed<'a> {
    records: &'a Records,
    ticks_per_year: usize,
}

impl<'a> Observed<'a> {
    /// The rows of a run; the length of a tick is read from the column `year` of `macro`.
    pub fn new(records: &'a Records) -> Self {
        let ticks_per_year = match records.macro_economy.as_slice() {
            [first, second, ..] => (1.0 / (second.year - first.year)).round().max(1.0) as usize,
            _ => 1,
        };
        Self { records, ticks_per_year }
    }

    /// All rows.
    pub fn records(&self) -> &'a Records {
        self.records
    }

    /// Rows of `macro`.
    pub fn macro_rows(&self) -> &'a [MacroRow] {
        &self.records.macro_economy
    }

    /// Recorded years.
    pub fn years(&self) -> f64 {
        self.macro_rows().len() as f64 / self.ticks_per_year as f64
    }

    /// Sum over all ticks of a column of `macro`.
    pub fn sum(&self, column: impl Fn(&MacroRow) -> f64) -> f64 {
        self.macro_rows().iter().map(column).sum()
    }

    /// Mean over all ticks of a column of `macro`.
    pub fn mean(&self, column: impl Fn(&MacroRow) -> f64) -> f64 {
        self.sum(column) / self.macro_rows().len() as f64
    }

    /// Nominal output of all years.
    pub fn output(&self) -> f64 {
        self.sum(|row| row.output_nominal)
    }

    /// Sums of each whole year of a column of `macro`.
    pub fn annual_sums(&self, column: impl Fn(&MacroRow) -> f64) -> Vec<f64> {
        self.macro_rows().chunks_exact(self.ticks_per_year).map(|year| year.iter().map(&column).sum()).collect()
    }

    /// Means of each whole year of a column of `macro`.
    pub fn annual_means(&self, column: impl Fn(&MacroRow) -> f64) -> Vec<f64> {
        self.annual_sums(column).into_iter().map(|sum| sum / self.ticks_per_year as f64).collect()
    }

    /// Debt of all governments over output of the year, by year.
    pub fn debt_ratio(&self) -> Vec<f64> {
        let debt = self.annual_means(|row| row.central_government_debt + row.local_government_debt);
        debt.into_iter().zip(self.annual_sums(|row| row.output_nominal)).map(|(debt, output)| debt / output).collect()
    }

    /// By year, the sum over the rows of `sectors` that `keep` picks, of what `column` gives.
    pub fn annual_sector_sums(&self, keep: impl Fn(&SectorRow) -> bool, column: impl Fn(&SectorRow) -> f64) -> Vec<f64> {
        let mut sums = vec![0.0; self.macro_rows().len() / self.ticks_per_year];
        let mut rows = 0;
        for row in self.records.sectors.iter().filter(|row| keep(row)) {
            rows += 1;
            if let Some(sum) = sums.get_mut(row.tick as usize / self.ticks_per_year) {
                *sum += column(row);
            }
        }
        if rows == 0 { vec![f64::NAN; sums.len()] } else { sums }
    }

    /// By year, the mean over sectors and ticks of a column of `sectors`.
    pub fn annual_sector_means(&self, keep: impl Fn(&SectorRow) -> bool, column: impl Fn(&SectorRow) -> f64) -> Vec<f64> {
        let counts = self.annual_sector_sums(&keep, |_| 1.0);
        self.annual_sector_sums(&keep, column).into_iter().zip(counts).map(|(sum, count)| sum / count).collect()
    }

    /// Deals of a kind, `round` or `exit`.
    pub fn deals(&self, kind: &'static str) -> impl Iterator<Item = &'a DealRow> {
        self.records.deals.iter().filter(move |row| row.kind == kind)
    }

    /// Events a year over the mean number of enterprises.
    pub fn rate(&self, count: f64) -> f64 {
        count / self.years() / self.mean(|row| row.enterprise_count as f64)
    }

    /// Mean first-day return of listings; not a number where none was.
    pub fn first_day_return(&self) -> f64 {
        mean(&self.records.listings.iter().map(|row| row.first_day_return).collect::<Vec<_>>())
    }

    /// Home share of home demand over all sectors: home sales at home over those and imports.
    pub fn home_share(&self) -> f64 {
        let at_home: f64 = self.records.sectors.iter().map(|row| row.sales - row.exports).sum();
        at_home / (at_home + self.records.sectors.iter().map(|row| row.imports).sum::<f64>())
    }
}
