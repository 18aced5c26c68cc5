//! How growth and exit of enterprises go with their size and age, from the ends of one year and of the next.

use std::collections::BTreeMap;

use super::correlation::{Moments, WithinSlope};
use super::statistics::{mean, regression_slope};

/// Fewest enterprises of a sector in a year that are measured against its mean.
const FEWEST_OF_SECTOR: usize = 10;

/// Fewest enterprise-years of a class of size whose spread of growth is measured.
const FEWEST_OF_CLASS: f64 = 100.0;

/// Age in years below which an enterprise counts as young, and from which on it counts as old.
const YOUNG: f64 = 5.0;
const OLD: f64 = 10.0;

/// An enterprise at work at the end of a year.
#[derive(Debug, Clone, Copy)]
pub struct Passage {
    /// Its sector.
    pub sector: u16,
    /// Employment.
    pub size: f64,
    /// Age in years.
    pub age: f64,
    /// Employment a year later; nothing where it is not there any more.
    pub later: Option<f64>,
}

impl Passage {
    fn growth(&self) -> Option<f64> {
        self.later.filter(|later| *later > 0.0).map(|later| (later / self.size).ln())
    }
}

/// Enterprises, and those of them that were gone a year later.
#[derive(Debug, Clone, Copy, Default)]
struct Leaving {
    all: f64,
    gone: f64,
}

impl Leaving {
    fn add(&mut self, gone: f64) {
        self.all += 1.0;
        self.gone += gone;
    }

    fn hazard(&self) -> f64 {
        self.gone / self.all
    }
}

/// Sums over years.
#[derive(Debug, Default)]
pub struct SizeAndAge {
    /// Log size and growth by sector and class of size, both less their means of the sector and year.
    sectors: BTreeMap<u16, BTreeMap<i32, Moments>>,
    /// The same by class alone, less their means of the year.
    pooled: BTreeMap<i32, Moments>,
    growth_on_age: WithinSlope,
    growth_on_age_alone: WithinSlope,
    exit_on_age: WithinSlope,
    young: Leaving,
    old: Leaving,
}

impl SizeAndAge {
    /// Takes in those at work at the end of a year.
    pub fn add(&mut self, passages: &[Passage]) {
        let known: Vec<Passage> = passages.iter().copied().filter(|passage| passage.size > 0.0 && passage.age > 0.0).collect();
        add_classes(&mut self.pooled, &known);
        let mut sectors: BTreeMap<u16, Vec<Passage>> = BTreeMap::new();
        for passage in &known {
            sectors.entry(passage.sector).or_default().push(*passage);
            let gone = f64::from(u8::from(passage.later.is_none()));
            if passage.age < YOUNG {
                self.young.add(gone);
            } else if passage.age >= OLD {
                self.old.add(gone);
            }
        }
        for (sector, members) in sectors.into_iter().filter(|(_, members)| members.len() >= FEWEST_OF_SECTOR) {
            add_classes(self.sectors.entry(sector).or_default(), &members);
            self.add_ages(&members);
        }
    }

    /// Growth and exit on log age, among those of one class of size.
    fn add_ages(&mut self, members: &[Passage]) {
        self.growth_on_age_alone.add(&growth_by_age(members));
        let centre = mean_size(members);
        let mut classes: BTreeMap<i32, Vec<Passage>> = BTreeMap::new();
        for passage in members {
            classes.entry(class(passage.size / centre)).or_default().push(*passage);
        }
        for peers in classes.values() {
            let exits = peers.iter().map(|passage| (passage.age.ln(), f64::from(u8::from(passage.later.is_none()))));
            self.exit_on_age.add(&exits.collect::<Vec<_>>());
            self.growth_on_age.add(&growth_by_age(peers));
        }
    }

    /// Slope of the log standard deviation of growth on log size over classes, within sectors.
    pub fn spread_on_size(&self) -> f64 {
        let mut slope = WithinSlope::default();
        self.sectors.values().for_each(|classes| slope.add(&points(classes)));
        slope.slope()
    }

    /// The same over classes of all sectors together.
    pub fn spread_on_size_pooled(&self) -> f64 {
        let (sizes, spreads): (Vec<f64>, Vec<f64>) = points(&self.pooled).into_iter().unzip();
        regression_slope(&sizes, &spreads)
    }

    /// Slope of growth on log age, among those of one sector, year and class of size.
    pub fn growth_on_age(&self) -> f64 {
        self.growth_on_age.slope()
    }

    /// The same among those of one sector and year, of all sizes.
    pub fn growth_on_age_alone(&self) -> f64 {
        self.growth_on_age_alone.slope()
    }

    /// Slope of leaving within a year, 1 or 0, on log age, among the same.
    pub fn exit_on_age(&self) -> f64 {
        self.exit_on_age.slope()
    }

    /// Share that is gone a year later, of the young and of the old.
    pub fn hazards(&self) -> (f64, f64) {
        (self.young.hazard(), self.old.hazard())
    }
}

fn mean_size(members: &[Passage]) -> f64 {
    mean(&members.iter().map(|passage| passage.size).collect::<Vec<_>>())
}

/// Log age and growth of those who are still there.
fn growth_by_age(members: &[Passage]) -> Vec<(f64, f64)> {
    members.iter().filter_map(|passage| Some((passage.age.ln(), passage.growth()?))).collect()
}

/// Class of a size over the mean: powers of two.
fn class(relative: f64) -> i32 {
    relative.log2().floor() as i32
}

/// Adds log size over the mean and growth less its mean to their classes of size.
fn add_classes(classes: &mut BTreeMap<i32, Moments>, members: &[Passage]) {
    let centre = mean_size(members);
    let growing: Vec<(f64, f64)> = members.iter().filter_map(|passage| Some((passage.size / centre, passage.growth()?))).collect();
    let usual = mean(&growing.iter().map(|(_, growth)| *growth).collect::<Vec<_>>());
    for (relative, growth) in growing {
        classes.entry(class(relative)).or_default().add(relative.ln(), growth - usual);
    }
}

/// Mean log size and log standard deviation of growth of each class that is large enough.
fn points(classes: &BTreeMap<i32, Moments>) -> Vec<(f64, f64)> {
    let large = classes.values().filter(|moments| moments.count() >= FEWEST_OF_CLASS);
    large.map(|moments| (moments.mean_x(), moments.spread_y().ln())).filter(|(_, spread)| spread.is_finite()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn close(found: f64, expected: f64) -> bool {
        (found - expected).abs() < 1e-9
    }

    /// Half of a class of `count` grows by `step`, half shrinks by it.
    fn growing(sector: u16, size: f64, step: f64, count: usize) -> impl Iterator<Item = Passage> {
        (0..count).map(move |place| {
            let sign = if place % 2 == 0 { 1.0 } else { -1.0 };
            Passage { sector, size, age: 20.0, later: Some(size * (sign * step).exp()) }
        })
    }

    #[test]
    fn the_spread_of_growth_on_size_by_hand() {
        // In each sector sixteen times the size has half the spread: a slope of −ln 2 / ln 16; the second is a tenth as calm throughout.
        let mut found = SizeAndAge::default();
        let sector = |number, size, step| growing(number, size, step, 100).chain(growing(number, 16.0 * size, step / 2.0, 100));
        found.add(&sector(0, 1.0, 0.2).chain(sector(1, 300.0, 0.02)).collect::<Vec<_>>());
        assert!(close(found.spread_on_size(), -0.25), "{}", found.spread_on_size());
        // Over all sectors, logs of size 0, ln 16, ln 300 and ln 4800 have spreads of 0.2, 0.1, 0.02, 0.01.
        let sizes = [1.0, 16.0, 300.0, 4800.0].map(f64::ln);
        let pooled = regression_slope(&sizes, &[0.2, 0.1, 0.02, 0.01].map(f64::ln));
        assert!(close(found.spread_on_size_pooled(), pooled), "{}", found.spread_on_size_pooled());
        // A class of fewer than a hundred does not count, and nothing is left to lay a line through.
        let mut few = SizeAndAge::default();
        few.add(&growing(0, 1.0, 0.2, 100).chain(growing(0, 16.0, 0.1, 98)).collect::<Vec<_>>());
        assert!(few.spread_on_size().is_nan() && few.spread_on_size_pooled().is_nan());
    }

    #[test]
    fn what_all_of_a_sector_gain_in_a_year_is_no_spread() {
        // Two years of boom and slump with the same spreads about them.
        let mut found = SizeAndAge::default();
        for boom in [0.5f64, -0.5] {
            let both = growing(0, 1.0, 0.2, 100).chain(growing(0, 16.0, 0.1, 100));
            found.add(&both.map(|one| Passage { later: one.later.map(|later| later * boom.exp()), ..one }).collect::<Vec<_>>());
        }
        assert!(close(found.spread_on_size(), -0.25), "{}", found.spread_on_size());
    }

    #[test]
    fn growth_and_exit_on_age_by_hand() {
        let aged = |size: f64, age: f64, later: Option<f64>| Passage { sector: 0, size, age, later };
        let mut found = SizeAndAge::default();
        // Of one size: at e years half leave and the rest grow by 0.2, at e³ a quarter leave and the rest grow by 0.1.
        let (young, old) = (1f64.exp(), 3f64.exp());
        let mut year: Vec<Passage> = (0..8).map(|place| aged(1.0, young, (place < 4).then(|| 0.2f64.exp()))).collect();
        year.extend((0..8).map(|place| aged(1.0, old, (place < 6).then(|| 0.1f64.exp()))));
        // Others of that sector are of another class, all of one age: they say nothing of age.
        year.extend((0..8).map(|_| aged(64.0, old, Some(64.0))));
        found.add(&year);
        assert!(close(found.growth_on_age(), -0.05) && close(found.exit_on_age(), -0.125));
        assert_eq!(found.hazards(), (0.5, 2.0 / 16.0));
        // With the others, who do not grow: 0.2 at 1, and 0.6 over fourteen at 3.
        assert!(close(found.growth_on_age_alone(), (0.6 / 14.0 - 0.2) / 2.0));
        // Who is there with nobody at work has not left, and has no growth.
        let mut idle = SizeAndAge::default();
        idle.add(&(0..20).map(|place| aged(1.0, f64::from(place + 1), Some(0.0))).collect::<Vec<_>>());
        assert!(close(idle.exit_on_age(), 0.0) && idle.growth_on_age().is_nan());
        assert!(SizeAndAge::default().exit_on_age().is_nan() && SizeAndAge::default().hazards().0.is_nan());
    }
}
