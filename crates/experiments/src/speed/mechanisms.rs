//! What each mechanism costs: a world with it and a world without it, a year of ticks of one, then of the other.
//!
//! The difference is net of what the economy becomes without the mechanism: other numbers of projects, rounds and
//! listings cost time as well. An economy without think tanks may cost more than one with them.

use serde::Serialize;
use tripath_model::Simulation;

use super::statistics::Measured;
use super::system::{Machine, thread_seconds};
use super::worlds::{SizeNotMeasured, WARM_UP_YEARS, simulation, usual_years, without_panel, year};
use super::{SpeedError, each_once, scaled};
use crate::configuration::Configuration;
use crate::evidence::mechanisms as all_mechanisms;

/// What each mechanism costs, by size.
#[derive(Debug, Clone, Serialize)]
pub struct MechanismReport {
    /// Name of the configuration.
    pub configuration: String,
    /// The machine.
    pub machine: Machine,
    /// Whether times leave out those in which other processes had the core; else they are by the clock.
    pub on_core: bool,
    /// One for each size.
    pub tables: Vec<MechanismTable>,
    /// Sizes left out.
    pub not_measured: Vec<SizeNotMeasured>,
}

/// What each mechanism costs at one size, on one thread.
#[derive(Debug, Clone, Serialize)]
pub struct MechanismTable {
    /// Enterprises at the start.
    pub enterprises: u32,
    /// Years timed of each world, after its warm-up.
    pub years: u32,
    /// Two worlds with all mechanisms: how far differences are those of the machine.
    pub nothing_off: MechanismCost,
    /// One for each mechanism of the configuration.
    pub mechanisms: Vec<MechanismCost>,
    /// Mechanisms that the configuration does not have.
    pub absent: Vec<&'static str>,
}

/// What one mechanism costs, nanoseconds an enterprise there is and tick; a measurement is the mean of a year.
#[derive(Debug, Clone, Serialize)]
pub struct MechanismCost {
    /// Mechanism; `nothing` where both worlds have all of them.
    pub mechanism: &'static str,
    /// With it.
    pub on: Measured,
    /// Without it, since the first tick of the warm-up.
    pub off: Measured,
    /// With it less without it, year by year.
    pub cost: Measured,
    /// Enterprises in the last tick with it.
    pub enterprises_on: u64,
    /// Enterprises in the last tick without it.
    pub enterprises_off: u64,
}

/// Times a configuration with and without each mechanism that can be switched off, and tells `say` what is being measured.
///
/// # Errors
/// The configuration cannot be run, or a thread cannot be had.
pub fn mechanisms(
    configuration: &Configuration,
    sizes: &[u32],
    years: Option<u32>,
    say: &mut dyn FnMut(&str),
) -> Result<MechanismReport, SpeedError> {
    let timing = Timing { on_core: thread_seconds().is_some(), thread: rayon::ThreadPoolBuilder::new().num_threads(1).build()? };
    let (mut tables, mut not_measured) = (Vec::new(), Vec::new());
    for enterprises in each_once(sizes) {
        match SizeNotMeasured::check(enterprises, 2) {
            Some(missing) => not_measured.push(missing),
            None => {
                let years = years.unwrap_or_else(|| usual_years(enterprises));
                tables.push(table(&scaled(configuration, enterprises, WARM_UP_YEARS + years), years, &timing, say)?);
            }
        }
    }
    let name = configuration.name.clone();
    Ok(MechanismReport { configuration: name, machine: Machine::read(), on_core: timing.on_core, tables, not_measured })
}

fn table(all_on: &Configuration, years: u32, timing: &Timing, say: &mut dyn FnMut(&str)) -> Result<MechanismTable, SpeedError> {
    let enterprises = all_on.parameters.population.enterprises;
    say(&format!("{enterprises} enterprises with all mechanisms, twice"));
    let nothing_off = timing.cost("nothing", [all_on, all_on], years)?;
    let (mut mechanisms, mut absent) = (Vec::new(), Vec::new());
    for mechanism in all_mechanisms(all_on.model()) {
        match mechanism.without(&all_on.parameters) {
            None => absent.push(mechanism.name),
            Some(parameters) => {
                say(&format!("{enterprises} enterprises with and without {}", mechanism.name));
                let without = Configuration { parameters, ..all_on.clone() };
                mechanisms.push(timing.cost(mechanism.name, [all_on, &without], years)?);
            }
        }
    }
    Ok(MechanismTable { enterprises, years, nothing_off, mechanisms, absent })
}

/// A world that is timed a year at a time.
struct Timed {
    simulation: Simulation,
    enterprises: u32,
    ticks_per_year: u32,
    present: u64,
    nanoseconds: Vec<f64>,
}

impl Timed {
    /// A world at the end of its warm-up.
    fn warmed_up(configuration: &Configuration) -> Result<Self, SpeedError> {
        let enterprises = configuration.parameters.population.enterprises;
        let ticks_per_year = configuration.parameters.time.ticks_per_year;
        let mut simulation = simulation(configuration.clone(), without_panel())?;
        for _ in 0..WARM_UP_YEARS {
            year(&mut simulation, enterprises, ticks_per_year, |_| {})?;
        }
        Ok(Self { simulation, enterprises, ticks_per_year, present: 0, nanoseconds: Vec::new() })
    }

    fn time_a_year(&mut self, on_core: bool) -> Result<(), SpeedError> {
        let year = year(&mut self.simulation, self.enterprises, self.ticks_per_year, |_| {})?;
        let seconds = if on_core { year.on_core } else { year.seconds };
        self.present = year.present;
        self.nanoseconds.push(seconds * 1e9 / year.enterprise_ticks.max(1) as f64);
        Ok(())
    }
}

/// How worlds are timed.
struct Timing {
    /// By the time that the thread stood on a core, not by the clock.
    on_core: bool,
    /// The thread of both worlds.
    thread: rayon::ThreadPool,
}

impl Timing {
    /// Times both worlds in turn, so that what slows the machine down slows both.
    fn cost(&self, mechanism: &'static str, worlds: [&Configuration; 2], years: u32) -> Result<MechanismCost, SpeedError> {
        self.thread.install(|| {
            let [mut on, mut off] = [Timed::warmed_up(worlds[0])?, Timed::warmed_up(worlds[1])?];
            for _ in 0..years {
                on.time_a_year(self.on_core)?;
                off.time_a_year(self.on_core)?;
            }
            Ok(MechanismCost {
                mechanism,
                cost: paired_differences(&on.nanoseconds, &off.nanoseconds),
                on: Measured::of(on.nanoseconds),
                off: Measured::of(off.nanoseconds),
                enterprises_on: on.present,
                enterprises_off: off.present,
            })
        })
    }
}

fn paired_differences(on: &[f64], off: &[f64]) -> Measured {
    Measured::of(on.iter().zip(off).map(|(on, off)| on - off).collect())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::configuration::{Source, load};

    #[test]
    fn differences_are_those_of_pairs_by_hand() {
        // The medians are 4 and 2; the median of the differences is not 2.
        let cost = paired_differences(&[1.0, 9.0, 4.0], &[2.0, 5.0, 1.0]);
        assert_eq!((cost.least, cost.median, cost.greatest, cost.measurements), (-1.0, 3.0, 4.0, 3));
    }

    #[test]
    fn every_mechanism_is_timed_or_absent_and_equal_worlds_stay_equal() {
        for (preset, one_absent) in [("china-like", None), ("baseline", Some("output_subsidy"))] {
            let short = ["time.burn_in_years=10".to_owned()];
            let configuration = load(&Source::from_argument(preset), &short).expect("a preset");
            let mut said = 0;
            let report = mechanisms(&configuration, &[60, 40, 60], Some(2), &mut |_| said += 1).expect("small worlds can be run");
            assert_eq!(report.tables.iter().map(|table| table.enterprises).collect::<Vec<_>>(), [40, 60]);
            assert_eq!(report.not_measured.len(), 0);
            let mut pairs = 0;
            for table in &report.tables {
                let costs = || table.mechanisms.iter().chain([&table.nothing_off]);
                pairs += costs().count();
                assert_eq!(table.mechanisms.len() + table.absent.len(), all_mechanisms(configuration.model()).len());
                assert!(one_absent.is_none_or(|name| table.absent.contains(&name)), "{:?}", table.absent);
                assert_eq!(table.nothing_off.enterprises_on, table.nothing_off.enterprises_off);
                // The world with all mechanisms is the same in every pair.
                assert!(costs().all(|cost| cost.enterprises_on == table.nothing_off.enterprises_on && cost.enterprises_off > 0));
                assert!(costs().all(|cost| [&cost.on, &cost.off, &cost.cost].iter().all(|measured| measured.measurements == 2)));
            }
            assert_eq!(said, pairs);
        }
    }
}
