//! The timeline: at a year, a parameter is set.

use bevy_ecs::prelude::{Res, ResMut};

use crate::accounts::{Ledger, Tally};
use crate::observe::{EventRow, Records};
use crate::parameters::Parameters;
use crate::world::{Calendar, Tables};

/// Opens the books of the tick and applies the events that fall in it.
pub fn apply_events(
    calendar: Res<Calendar>,
    mut parameters: ResMut<Parameters>,
    mut tables: ResMut<Tables>,
    mut ledger: ResMut<Ledger>,
    mut tally: ResMut<Tally>,
    mut records: ResMut<Records>,
) {
    ledger.open_tick();
    *tally = Tally::open(parameters.sectors.len(), ledger.regions(), ledger.banks());
    let now = calendar.years_in();
    let due: Vec<(usize, String, f64)> = parameters
        .events
        .iter()
        .enumerate()
        .filter(|(_, event)| event.value.year <= now && event.value.year > now - calendar.years_per_tick())
        .map(|(index, event)| (index, event.value.path.clone(), event.value.value))
        .collect();
    for (index, path, value) in due {
        // Paths and values were checked with the configuration.
        if parameters.set_event_value(&path, value).is_ok() {
            *tables = Tables::new(&parameters);
            if calendar.recorded() {
                records.events.push(EventRow { amount: Some(value), ..EventRow::at(&calendar, "configuration", index as u64) });
            }
        }
    }
}
