//! Shocks of the timeline: what is left of them in a year.

use crate::parameters::Parameters;
use crate::state::shocks::Shocks;

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
