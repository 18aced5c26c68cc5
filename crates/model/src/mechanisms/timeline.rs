//! The timeline: parameters are set, programmes start and stop, demand is shocked, imports are embargoed.

use bevy_ecs::prelude::{Res, ResMut};

use crate::observe::{EventRow, Records};
use crate::parameters::{Event, Parameters};
use crate::state::accounts::Ledger;
use crate::state::calendar::Calendar;
use crate::state::economy::Tally;
use crate::state::government::ProgrammeBudgets;
use crate::state::returns::Returns;
use crate::state::shocks::Shocks;
use crate::state::tables::Tables;
use crate::state::technology::Funnel;

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
