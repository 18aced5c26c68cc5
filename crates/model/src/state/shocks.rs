//! Shocks of the timeline.

use bevy_ecs::prelude::Resource;

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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::parameters::{Event, Named, Parameters, Sector};

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
