//! What the yearly panel of enterprises shows, read once, a year at a time: two years are in memory, and of the one at which a
//! window of growth begins what is asked of it.

use std::collections::BTreeMap;

use super::correlation::{Moments, WithinSlope, olley_pakes};
use super::decomposition::Windows;
use super::fact::{Gap, Stop, gap};
use super::panel_member::{CAPITAL, COLUMNS, EMPLOYMENT, INVESTMENT, Indices, Member, PROFIT, SALES, SUBSIDIES, VALUE_ADDED, member};
use super::run_tables::RunTables;
use super::size_and_age::SizeAndAge;
use super::statistics::{hill, mean, quantile};
use crate::summary::Table;

/// Investment over capital above which a year counts as a spike (Cooper and Haltiwanger 2006).
pub const SPIKE: f64 = 0.2;

/// Investment over capital below which, in size, a year counts as one of inaction.
pub const INACTION: f64 = 0.01;

/// Fewest enterprises of a sector whose dispersion or allocation is measured.
const FEWEST: usize = 10;

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
    /// Enterprise-years of inaction.
    pub idle: f64,
    /// Investment over capital of an enterprise in a year and in the year before.
    pub investment_pairs: Moments,
    /// Subsidies and profits of listed enterprises.
    pub listed: (f64, f64),
    /// By year, from 1, the largest value added of an enterprise.
    pub largest: Vec<(usize, f64)>,
    /// By year, the covariance of Olley and Pakes, mean over sectors by employment.
    pub allocation: Vec<f64>,
    /// Log productivity on log employment within sectors and years.
    pub size_slope: WithinSlope,
    /// Growth and exit by size and age.
    pub size_and_age: SizeAndAge,
    /// Names of sectors, by their numbers.
    pub sectors: Vec<String>,
    /// Changes of productivity over windows.
    pub windows: Windows,
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
        table.for_each(|row| {
            rows += 1;
            let tick = row.number(indices.tick)?.unwrap_or(0.0) as usize;
            // Those that closed in the year are there for their flows; who is at work at its end is asked here.
            let closed = indices.stage.is_some_and(|stage| row.text(stage) == "closed");
            if closed || !(tick + 1).is_multiple_of(run.per_year()) {
                return Ok(());
            }
            let this = (tick + 1) / run.per_year();
            if let Some(before) = year.filter(|year| *year != this) {
                panel.close(before, before + 1 == this, &mut earlier, &mut current);
            }
            year = Some(this);
            let sector = panel.sector(row.text(indices.sector));
            current.push(member(&row, &indices, sector)?);
            Ok(())
        })?;
        run.check_length("enterprises", &path, rows)?;
        let Some(year) = year else {
            return Err(gap("the panel of enterprises has no row at the end of a year"));
        };
        panel.hill = hill(&current.iter().map(|m| m.numbers[EMPLOYMENT]).collect::<Vec<_>>(), 0.1);
        panel.close(year, true, &mut earlier, &mut current);
        Ok(panel)
    }

    /// Number of a sector, a new one for one that was not met.
    fn sector(&mut self, name: &str) -> u16 {
        let known = self.sectors.iter().position(|known| known == name);
        let place = known.unwrap_or_else(|| {
            self.sectors.push(name.to_owned());
            self.sectors.len() - 1
        });
        place as u16
    }

    /// Sees that columns are there.
    pub(super) fn needs(&self, columns: &[&'static str]) -> Result<(), Stop> {
        match columns.iter().find(|column| self.missing.contains(column)) {
            Some(column) => Err(Gap::Column("enterprises", column).into()),
            None => Ok(()),
        }
    }

    /// Takes a year in, and hands it on as the earlier one. Years that do not follow each other give no changes.
    fn close(&mut self, year: usize, next_follows: bool, earlier: &mut Vec<Member>, current: &mut Vec<Member>) {
        current.sort_unstable_by_key(|member| member.id);
        self.years += 1;
        self.dispersion.push(dispersion(current));
        self.largest.push((year, current.iter().map(|member| member.numbers[VALUE_ADDED]).fold(f64::NAN, f64::max)));
        self.allocate(current);
        self.windows.add(year, || current.iter().filter_map(Member::producer).collect());
        for member in current.iter().filter(|member| member.listed) {
            self.listed.0 += member.numbers[SUBSIDIES];
            self.listed.1 += member.numbers[PROFIT];
        }
        if !earlier.is_empty() {
            self.changes(earlier, current);
            let later = |id: u64| current.binary_search_by_key(&id, |member| member.id).ok().map(|place| &current[place]);
            self.size_and_age.add(&earlier.iter().filter_map(|before| before.passage(later(before.id))).collect::<Vec<_>>());
        }
        std::mem::swap(earlier, current);
        current.clear();
        if !next_follows {
            earlier.clear();
        }
    }

    /// Who has which part of the jobs of a sector, against productivity.
    fn allocate(&mut self, members: &[Member]) {
        let mut sectors: BTreeMap<u16, Vec<(f64, f64)>> = BTreeMap::new();
        for (sector, pair) in members.iter().filter_map(|member| Some((member.sector, member.size_and_productivity()?))) {
            sectors.entry(sector).or_default().push(pair);
        }
        let (mut sum, mut weight) = (0.0, 0.0);
        for pairs in sectors.values().filter(|pairs| pairs.len() >= FEWEST) {
            let staff: f64 = pairs.iter().map(|(size, _)| size).sum();
            sum += staff * olley_pakes(pairs);
            weight += staff;
            self.size_slope.add(&pairs.iter().map(|(size, productivity)| (size.ln(), *productivity)).collect::<Vec<_>>());
        }
        self.allocation.push(sum / weight);
    }

    fn changes(&mut self, earlier: &[Member], current: &mut [Member]) {
        let (mut created, mut destroyed) = (0.0, 0.0);
        let mut growth = Vec::new();
        let mut old = earlier.iter().peekable();
        for now in current.iter_mut() {
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
                now.investment_rate = investment / capital;
                self.investing.0 += 1.0;
                self.invested.0 += investment;
                self.idle += f64::from(u8::from(now.investment_rate.abs() < INACTION));
                self.investment_pairs.add(before.investment_rate, now.investment_rate);
                if now.investment_rate > SPIKE {
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
