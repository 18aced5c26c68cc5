//! The timeline: parameters are set, programmes start and stop, demand is shocked, imports are embargoed.

use bevy_ecs::prelude::{Res, ResMut, Resource};

use crate::accounts::{Ledger, Tally};
use crate::government::ProgrammeBudgets;
use crate::observe::{EventRow, Records};
use crate::parameters::{Event, Parameters};
use crate::technology::{Funnel, Returns};
use crate::world::{Calendar, Tables};

/// What events do to demand and imports in this tick, by sector: follows from the timeline, nothing is remembered.
#[derive(Debug, Clone, Default, PartialEq, Resource)]
pub struct Shocks {
    /// Factor on households' demand.
    pub home: Vec<f64>,
    /// Factor on the world's demand.
    pub world: Vec<f64>,
    /// Imports over their normal volume, at most; 100 is no limit.
    pub supply_cap: Vec<f64>,
}

/// Part of a demand shock that is left: `1 − t/T` from the event on, `t` in years.
pub fn shock_left(since: f64, years: f64) -> f64 {
    if since < 0.0 || since >= years { 0.0 } else { 1.0 - since / years }
}

impl Shocks {
    /// Shocks of a year of the timeline.
    pub fn at(parameters: &Parameters, now: f64) -> Self {
        let count = parameters.sectors.len();
        let mut shocks = Self {
            home: vec![1.0; count],
            world: vec![1.0; count],
            supply_cap: parameters.sectors.iter().map(|sector| sector.value.foreign_supply_cap).collect(),
        };
        for event in &parameters.events {
            let event = &event.value;
            let since = now - event.year;
            let only = parameters.sector_index(&event.sector);
            let hit = (0..count).filter(|s| only.is_none_or(|o| o == *s));
            match event.action.as_str() {
                "demand_shock" => {
                    let factor = 1.0 + event.value * shock_left(since, event.years);
                    for s in hit {
                        if event.market != "world" {
                            shocks.home[s] *= factor;
                        }
                        if event.market != "home" {
                            shocks.world[s] *= factor;
                        }
                    }
                }
                "embargo" if since >= 0.0 && since < event.years => {
                    for s in hit {
                        shocks.supply_cap[s] = shocks.supply_cap[s].min(event.value);
                    }
                }
                _ => {}
            }
        }
        shocks
    }
}

/// Opens the books of the tick and applies the events that fall in it.
#[allow(clippy::too_many_arguments, reason = "a system names all data it touches")]
pub fn apply_events(
    calendar: Res<Calendar>,
    mut parameters: ResMut<Parameters>,
    mut tables: ResMut<Tables>,
    mut programmes: ResMut<ProgrammeBudgets>,
    mut shocks: ResMut<Shocks>,
    mut ledger: ResMut<Ledger>,
    mut tally: ResMut<Tally>,
    mut returns: ResMut<Returns>,
    mut funnel: ResMut<Funnel>,
    mut records: ResMut<Records>,
) {
    ledger.open_tick();
    // Entrants and missions add to both before projects do.
    returns.breakthroughs = vec![[0.0; 3]; parameters.sectors.len()];
    funnel.cells = vec![Default::default(); parameters.sectors.len()];
    *tally = Tally::open(parameters.sectors.len(), ledger.regions(), ledger.banks());
    let now = calendar.years_in();
    let due: Vec<(usize, Event)> = parameters
        .events
        .iter()
        .enumerate()
        .filter(|(_, event)| event.value.year <= now && event.value.year > now - calendar.years_per_tick())
        .map(|(index, event)| (index, event.value.clone()))
        .collect();
    for (index, event) in due {
        // What events name was checked with the configuration.
        let (kind, note) = match event.action.as_str() {
            "set" => {
                if parameters.set_event_value(&event.path, event.value, &event.text).is_ok() {
                    *tables = Tables::new(&parameters);
                }
                ("configuration", None)
            }
            "demand_shock" => ("demand_shock", None),
            "embargo" => ("embargo", None),
            action => {
                let start = action == "start_programme";
                if let Some(at) = parameters.programmes.iter().position(|programme| programme.name == event.programme) {
                    parameters.programmes[at].value.active = start;
                    programmes.memories[at].given_up = false;
                }
                ("configuration", Some(if start { "start_programme" } else { "stop_programme" }))
            }
        };
        if calendar.recorded() {
            let sector = parameters.sector_index(&event.sector).map(|s| tables.sector_names[s].clone());
            records.events.push(EventRow { sector, amount: Some(event.value), note, ..EventRow::at(&calendar, kind, index as u64) });
        }
    }
    *shocks = Shocks::at(&parameters, now);
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parameters::{Named, Sector};

    fn economy(event: Event) -> Parameters {
        let sector = |name: &str| Named { name: name.to_owned(), value: Sector::default() };
        Parameters {
            sectors: vec![sector("a"), sector("b")],
            events: vec![Named { name: "e".to_owned(), value: event }],
            ..Parameters::default()
        }
    }

    #[test]
    fn a_demand_shock_fades() {
        let event =
            Event { year: 2.0, action: "demand_shock".to_owned(), value: -0.2, years: 4.0, market: "home".to_owned(), ..Event::default() };
        let parameters = economy(event);
        assert_eq!(Shocks::at(&parameters, 1.75).home, [1.0, 1.0]);
        assert_eq!(Shocks::at(&parameters, 2.0).home, [0.8, 0.8]);
        assert_eq!(Shocks::at(&parameters, 4.0).home, [0.9, 0.9]);
        assert_eq!(Shocks::at(&parameters, 2.0).world, [1.0, 1.0]);
        assert_eq!(Shocks::at(&parameters, 6.0).home, [1.0, 1.0]);
    }

    #[test]
    fn an_embargo_binds_one_sector_while_it_lasts() {
        let event = Event { year: 1.0, action: "embargo".to_owned(), value: 0.3, years: 2.0, sector: "b".to_owned(), ..Event::default() };
        let parameters = economy(event);
        assert_eq!(Shocks::at(&parameters, 0.75).supply_cap, [100.0, 100.0]);
        assert_eq!(Shocks::at(&parameters, 2.75).supply_cap, [100.0, 0.3]);
        assert_eq!(Shocks::at(&parameters, 3.0).supply_cap, [100.0, 100.0]);
    }

    #[test]
    fn shocks_multiply_where_they_strike() {
        let shock = |market: &str, value: f64| Event {
            year: 0.0,
            action: "demand_shock".to_owned(),
            value,
            years: 4.0,
            market: market.to_owned(),
            sector: "b".to_owned(),
            ..Event::default()
        };
        let mut parameters = economy(shock("all", -0.2));
        parameters.events.push(Named { name: "world".to_owned(), value: shock("world", 0.5) });
        let shocks = Shocks::at(&parameters, 0.0);
        assert_eq!((shocks.home, shocks.world), (vec![1.0, 0.8], vec![1.0, 0.8 * 1.5]));
    }
}
