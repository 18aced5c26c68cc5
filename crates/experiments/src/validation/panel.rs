//! What the yearly panel of enterprises shows, read once, a year at a time: only two years are in memory.

use std::collections::BTreeMap;

use super::fact::{Gap, Stop, gap};
use super::run_tables::RunTables;
use super::statistics::{hill, mean, quantile};
use crate::summary::{ColumnIndex, RowView, SummaryError, Table};

/// Investment over capital above which a year counts as a spike (Cooper and Haltiwanger 2006).
pub const SPIKE: f64 = 0.2;

/// Fewest enterprises of a sector whose dispersion is measured.
const FEWEST: usize = 10;

/// Columns that are read.
const COLUMNS: [&str; 9] = [
    "birth_year",
    "employment",
    "capital",
    "sales_annual",
    "value_added_annual",
    "investment_annual",
    "profit_annual",
    "subsidies_annual",
    "year",
];

/// One enterprise at the end of a year, in the order of [`COLUMNS`].
#[derive(Debug, Clone, Copy)]
struct Member {
    id: u64,
    sector: u16,
    listed: bool,
    numbers: [f64; COLUMNS.len()],
}

const BIRTH: usize = 0;
const EMPLOYMENT: usize = 1;
const CAPITAL: usize = 2;
const SALES: usize = 3;
const VALUE_ADDED: usize = 4;
const INVESTMENT: usize = 5;
const PROFIT: usize = 6;
const SUBSIDIES: usize = 7;
const YEAR: usize = 8;

impl Member {
    /// Whether it was there for so many whole years.
    fn whole_years(&self, years: f64) -> bool {
        self.numbers[BIRTH] <= self.numbers[YEAR] - years + 1e-9
    }
}

/// Sums and samples over all years of the panel.
#[derive(Debug, Default)]
pub struct Panel {
    missing: Vec<&'static str>,
    /// Years of the panel.
    pub years: usize,
    /// Hill slope of employment of the top tenth, last year.
    pub hill: f64,
    /// Changes of log annual sales, less their mean of the year.
    pub growth: Vec<f64>,
    /// By year, the median over sectors of p90/p10 of value added a worker.
    pub dispersion: Vec<f64>,
    /// By year, jobs gained and lost over the mean of employment at both ends.
    pub job_flows: Vec<(f64, f64)>,
    /// Enterprise-years with investment over capital known, and those of them with a spike.
    pub investing: (f64, f64),
    /// Their investment, and that in spikes.
    pub invested: (f64, f64),
    /// Subsidies and profits of listed enterprises.
    pub listed: (f64, f64),
}

struct Indices {
    tick: ColumnIndex,
    id: ColumnIndex,
    sector: ColumnIndex,
    stage: Option<ColumnIndex>,
    board: Option<ColumnIndex>,
    numbers: [Option<ColumnIndex>; COLUMNS.len()],
}

impl Panel {
    /// Reads `enterprises.csv` of a run.
    pub(super) fn read(run: &RunTables) -> Result<Self, Stop> {
        let Some(table) = Table::open(run.folder(), "enterprises")? else { return Err(Gap::Table("enterprises").into()) };
        let filters = ["outputs.enterprises_sectors", "outputs.enterprises_regions", "outputs.enterprises_stages"];
        if filters.iter().any(|key| run.settings().get(key).is_some_and(|list| list != "[]")) {
            return Err(gap("the panel of enterprises holds some sectors, regions or stages only"));
        }
        let find = |name| table.column(name).map_err(|_| Gap::Column("enterprises", name));
        let indices = Indices {
            tick: find("tick")?,
            id: find("enterprise")?,
            sector: find("sector")?,
            stage: find("stage").ok(),
            board: find("listed_board").ok(),
            numbers: COLUMNS.map(|name| find(name).ok()),
        };
        let mut panel =
            Self { hill: f64::NAN, missing: COLUMNS.iter().filter(|name| find(name).is_err()).copied().collect(), ..Self::default() };
        if indices.board.is_none() {
            panel.missing.push("listed_board");
        }
        let path = table.path().to_owned();
        let (mut earlier, mut current, mut year, mut rows) = (Vec::new(), Vec::new(), None, 0);
        let mut sectors: BTreeMap<String, u16> = BTreeMap::new();
        table.for_each(|row| {
            rows += 1;
            let tick = row.number(indices.tick)?.unwrap_or(0.0) as usize;
            // Those that closed in the year are there for their flows; who is at work at its end is asked here.
            let closed = indices.stage.is_some_and(|stage| row.text(stage) == "closed");
            if closed || !(tick + 1).is_multiple_of(run.per_year()) {
                return Ok(());
            }
            let this = (tick + 1) / run.per_year();
            if year.is_some_and(|year| year != this) {
                panel.close(year == Some(this - 1), &mut earlier, &mut current);
            }
            year = Some(this);
            let count = sectors.len() as u16;
            let sector = match sectors.get(row.text(indices.sector)) {
                Some(sector) => *sector,
                None => *sectors.entry(row.text(indices.sector).to_owned()).or_insert(count),
            };
            current.push(member(&row, &indices, sector)?);
            Ok(())
        })?;
        run.check_length("enterprises", &path, rows)?;
        if year.is_none() {
            return Err(gap("the panel of enterprises has no row at the end of a year"));
        }
        panel.hill = hill(&current.iter().map(|m| m.numbers[EMPLOYMENT]).collect::<Vec<_>>(), 0.1);
        panel.close(true, &mut earlier, &mut current);
        Ok(panel)
    }

    /// Sees that columns are there.
    pub(super) fn needs(&self, columns: &[&'static str]) -> Result<(), Stop> {
        match columns.iter().find(|column| self.missing.contains(column)) {
            Some(column) => Err(Gap::Column("enterprises", column).into()),
            None => Ok(()),
        }
    }

    /// Takes a year in, and hands it on as the earlier one. Years that do not follow each other give no changes.
    fn close(&mut self, next_follows: bool, earlier: &mut Vec<Member>, current: &mut Vec<Member>) {
        current.sort_unstable_by_key(|member| member.id);
        self.years += 1;
        self.dispersion.push(dispersion(current));
        for member in current.iter().filter(|member| member.listed) {
            self.listed.0 += member.numbers[SUBSIDIES];
            self.listed.1 += member.numbers[PROFIT];
        }
        if !earlier.is_empty() {
            self.changes(earlier, current);
        }
        std::mem::swap(earlier, current);
        current.clear();
        if !next_follows {
            earlier.clear();
        }
    }

    fn changes(&mut self, earlier: &[Member], current: &[Member]) {
        let (mut created, mut destroyed) = (0.0, 0.0);
        let mut growth = Vec::new();
        let mut old = earlier.iter().peekable();
        for now in current {
            while let Some(gone) = old.next_if(|old| old.id < now.id) {
                destroyed += gone.numbers[EMPLOYMENT];
            }
            let Some(before) = old.next_if(|old| old.id == now.id) else {
                created += now.numbers[EMPLOYMENT];
                continue;
            };
            let change = now.numbers[EMPLOYMENT] - before.numbers[EMPLOYMENT];
            created += change.max(0.0);
            destroyed += (-change).max(0.0);
            let (sold, sells) = (before.numbers[SALES], now.numbers[SALES]);
            if before.whole_years(1.0) && sold > 0.0 && sells > 0.0 {
                growth.push((sells / sold).ln());
            }
            let (investment, capital) = (now.numbers[INVESTMENT], before.numbers[CAPITAL]);
            if capital > 0.0 {
                self.investing.0 += 1.0;
                self.invested.0 += investment;
                if investment / capital > SPIKE {
                    self.investing.1 += 1.0;
                    self.invested.1 += investment;
                }
            }
        }
        destroyed += old.map(|gone| gone.numbers[EMPLOYMENT]).sum::<f64>();
        let staff = |members: &[Member]| members.iter().map(|member| member.numbers[EMPLOYMENT]).sum::<f64>();
        let average = 0.5 * (staff(earlier) + staff(current));
        self.job_flows.push((created / average, destroyed / average));
        let centre = mean(&growth);
        self.growth.extend(growth.into_iter().map(|growth| growth - centre));
    }
}

fn member(row: &RowView<'_>, indices: &Indices, sector: u16) -> Result<Member, SummaryError> {
    let mut numbers = [f64::NAN; COLUMNS.len()];
    for (number, index) in numbers.iter_mut().zip(indices.numbers) {
        if let Some(index) = index {
            *number = row.number(index)?.unwrap_or(f64::NAN);
        }
    }
    let id = row.whole(indices.id)?;
    Ok(Member { id, sector, listed: indices.board.is_some_and(|board| !row.text(board).is_empty()), numbers })
}

/// Median over sectors of p90/p10 of value added a worker, of those at work the whole year.
fn dispersion(members: &[Member]) -> f64 {
    let mut sectors: BTreeMap<u16, Vec<f64>> = BTreeMap::new();
    for member in members.iter().filter(|member| member.numbers[EMPLOYMENT] > 0.0 && member.whole_years(1.0)) {
        sectors.entry(member.sector).or_default().push(member.numbers[VALUE_ADDED] / member.numbers[EMPLOYMENT]);
    }
    let ratio = |values: &Vec<f64>| {
        let (low, high) = (quantile(values, 0.1), quantile(values, 0.9));
        // Where a tenth loses on every sale, the ratio has no bound.
        if low > 0.0 { high / low } else { f64::INFINITY }
    };
    quantile(&sectors.values().filter(|values| values.len() >= FEWEST).map(ratio).collect::<Vec<_>>(), 0.5)
}
