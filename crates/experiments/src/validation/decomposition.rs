//! Where growth of productivity within sectors comes from, after Foster, Haltiwanger and Krizan (2001).

use std::collections::BTreeMap;

/// Years from the beginning to the end of a window.
pub const WINDOW: usize = 5;

/// Fewest enterprises of a sector, at either end of a window, whose productivity is decomposed.
const FEWEST: usize = 10;

/// What an enterprise makes, and with how many.
#[derive(Debug, Clone, Copy)]
pub struct Producer {
    /// Its stable number.
    pub id: u64,
    /// Its sector.
    pub sector: u16,
    /// Employment.
    pub employment: f64,
    /// Sales at current prices.
    pub sales: f64,
}

impl Producer {
    fn productivity(&self) -> f64 {
        (self.sales / self.employment).ln()
    }
}

/// Parts of a change of productivity.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Terms {
    /// Those who stay, at the shares that they had.
    pub within: f64,
    /// Shares move to those who were more productive.
    pub between: f64,
    /// Shares move to those who become more productive.
    pub cross: f64,
    /// Who came, against the mean at the beginning.
    pub entry: f64,
    /// Who left, against the same.
    pub exit: f64,
}

impl Terms {
    /// Adds others with a weight.
    pub fn add(&mut self, other: &Self, weight: f64) {
        self.within += weight * other.within;
        self.between += weight * other.between;
        self.cross += weight * other.cross;
        self.entry += weight * other.entry;
        self.exit += weight * other.exit;
    }

    /// The change that they sum up to.
    pub fn total(&self) -> f64 {
        self.within + self.between + self.cross + self.entry + self.exit
    }
}

/// The change of the mean of log sales a person, weighted by employment, of a sector at current prices.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Change {
    terms: Terms,
    /// Share of those who stay in employment at the beginning, what they gain of it, and the share of those who came.
    stayed: f64,
    gained: f64,
    came: f64,
}

impl Change {
    /// Between two sets of enterprises of a sector.
    pub fn between(before: &[Producer], after: &[Producer]) -> Self {
        let staff = |members: &[Producer]| members.iter().map(|member| member.employment).sum::<f64>();
        let (staff_before, staff_after) = (staff(before), staff(after));
        let usual = before.iter().map(|member| member.employment / staff_before * member.productivity()).sum::<f64>();
        let mut left: BTreeMap<u64, &Producer> = before.iter().map(|member| (member.id, member)).collect();
        let mut change = Self::default();
        for now in after {
            let share = now.employment / staff_after;
            let Some(then) = left.remove(&now.id) else {
                change.came += share;
                change.terms.entry += share * (now.productivity() - usual);
                continue;
            };
            let share_before = then.employment / staff_before;
            let (gain, growth) = (share - share_before, now.productivity() - then.productivity());
            change.stayed += share_before;
            change.gained += gain;
            change.terms.within += share_before * growth;
            change.terms.between += gain * (then.productivity() - usual);
            change.terms.cross += gain * growth;
        }
        change.terms.exit = -left.values().map(|gone| gone.employment / staff_before * (gone.productivity() - usual)).sum::<f64>();
        change
    }

    /// At constant prices, given the change of the log of the sector's price.
    pub fn real(&self, prices: f64) -> Terms {
        let Terms { within, between, cross, entry, exit } = self.terms;
        Terms {
            within: within - self.stayed * prices,
            between,
            cross: cross - self.gained * prices,
            entry: entry - self.came * prices,
            exit,
        }
    }
}

/// The change of a sector over a window.
#[derive(Debug, Clone, Copy)]
pub struct SectorChange {
    /// The sector.
    pub sector: u16,
    /// Years at whose ends the window begins and ends.
    pub years: (usize, usize),
    /// The sector's part of all sales, mean of both ends.
    pub weight: f64,
    /// The change.
    pub change: Change,
}

/// Windows that follow each other.
#[derive(Debug, Default)]
pub struct Windows {
    beginning: Option<(usize, Vec<Producer>)>,
    /// What has been decomposed.
    pub changes: Vec<SectorChange>,
}

impl Windows {
    /// Takes in all enterprises at the end of a year; only those of years in which a window begins or ends are asked for.
    pub fn add(&mut self, year: usize, producers: impl FnOnce() -> Vec<Producer>) {
        match &self.beginning {
            Some((begun, _)) if year < begun + WINDOW => {}
            Some((begun, before)) if year == begun + WINDOW => {
                let after = producers();
                self.changes.extend(sector_changes((*begun, year), before, &after));
                self.beginning = Some((year, after));
            }
            _ => self.beginning = Some((year, producers())),
        }
    }
}

/// Changes of all sectors that are large enough.
fn sector_changes(years: (usize, usize), before: &[Producer], after: &[Producer]) -> Vec<SectorChange> {
    let sales = |members: &[Producer]| members.iter().map(|member| member.sales).sum::<f64>();
    let (mut ends, all) = (BTreeMap::<u16, [Vec<Producer>; 2]>::new(), [sales(before), sales(after)]);
    for (end, members) in [before, after].into_iter().enumerate() {
        members.iter().for_each(|member| ends.entry(member.sector).or_default()[end].push(*member));
    }
    let large = ends.iter().filter(|(_, ends)| ends.iter().all(|members| members.len() >= FEWEST));
    let change = |(sector, [before, after]): (&u16, &[Vec<Producer>; 2])| SectorChange {
        sector: *sector,
        years,
        weight: 0.5 * (sales(before) / all[0] + sales(after) / all[1]),
        change: Change::between(before, after),
    };
    large.map(change).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn producer(id: u64, employment: f64, productivity: f64) -> Producer {
        Producer { id, sector: 0, employment, sales: employment * productivity.exp() }
    }

    fn close(found: f64, expected: f64) -> bool {
        (found - expected).abs() < 1e-12
    }

    fn mean(members: &[Producer]) -> f64 {
        let staff: f64 = members.iter().map(|member| member.employment).sum();
        members.iter().map(|member| member.employment / staff * member.productivity()).sum()
    }

    #[test]
    fn the_terms_by_hand() {
        // Shares 0.5, 0.25, 0.25 and productivities 1, 2, 0: a mean of 1. The third leaves, a fourth comes with 0.1 of 1.5; the second gains
        // from 0.25 to 0.4 and grows by 0.2, the first stands still.
        let before = [producer(1, 50.0, 1.0), producer(2, 25.0, 2.0), producer(3, 25.0, 0.0)];
        let after = [producer(1, 100.0, 1.0), producer(2, 80.0, 2.2), producer(4, 20.0, 1.5)];
        let terms = Change::between(&before, &after).real(0.0);
        assert!(close(terms.within, 0.25 * 0.2) && close(terms.between, 0.15) && close(terms.cross, 0.15 * 0.2), "{terms:?}");
        assert!(close(terms.entry, 0.1 * 0.5) && close(terms.exit, 0.25), "{terms:?}");
        assert!(close(terms.total(), mean(&after) - mean(&before)), "{terms:?}");
    }

    #[test]
    fn the_terms_sum_up_to_the_change_whatever_prices_do() {
        let set = |from: u64, to: u64, twist: u64| {
            let one = |id: u64| producer(id, 1.0 + ((id * 7 + twist) % 11) as f64, ((id * 5 + twist * 3) % 13) as f64 / 4.0);
            (from..to).map(one).collect::<Vec<_>>()
        };
        for (twist, prices) in [(1, 0.0), (2, 0.3), (3, -0.7)] {
            let (before, after) = (set(0, 20, 0), set(8, 31, twist));
            // Prices that rise by so much make as much less of the same sales.
            let real: Vec<Producer> = after.iter().map(|one| Producer { sales: one.sales * f64::exp(-prices), ..*one }).collect();
            let terms = Change::between(&before, &after).real(prices);
            assert!(close(terms.total(), mean(&real) - mean(&before)));
            let direct = Change::between(&before, &real).real(0.0);
            assert!(close(terms.within, direct.within) && close(terms.cross, direct.cross) && close(terms.entry, direct.entry));
        }
        // Nobody comes, goes or gains: all is within.
        let same = set(0, 9, 0);
        let better: Vec<Producer> = same.iter().map(|one| Producer { sales: one.sales * 2.0, ..*one }).collect();
        let terms = Change::between(&same, &better).real(0.0);
        assert!(close(terms.within, 2f64.ln()) && close(terms.total(), terms.within));
    }

    #[test]
    fn windows_follow_each_other_and_small_sectors_are_left_out() {
        let sector = |number: u16, count: u64, sales: f64| {
            (0..count).map(move |id| Producer { id: id + 100 * u64::from(number), sector: number, employment: 1.0, sales })
        };
        let mut windows = Windows::default();
        for year in (1..=12).chain([20, 25]) {
            windows.add(year, || sector(0, 10, 3.0).chain(sector(1, 10, year as f64)).chain(sector(2, 9, 1.0)).collect());
        }
        let years: Vec<_> = windows.changes.iter().map(|change| (change.sector, change.years)).collect();
        assert_eq!(years, [(0, (1, 6)), (1, (1, 6)), (0, (6, 11)), (1, (6, 11)), (0, (20, 25)), (1, (20, 25))]);
        assert!(close(windows.changes[0].weight, 0.5 * (30.0 / 49.0 + 30.0 / 99.0)));
        assert!(close(windows.changes[1].change.real(0.0).total(), 6f64.ln()));
    }
}
