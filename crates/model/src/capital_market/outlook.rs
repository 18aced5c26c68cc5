//! The look ahead at the end of a tick, in one pass over all enterprises: what each plans to invest, what investors think it is worth, and
//! whether it applies for a listing.

use bevy_ecs::prelude::{Query, Res, ResMut};

use crate::accounts::Economy;
use crate::enterprise::{Attention, Equity, Identity, Operation, Outlook, Pipeline, Plant, Position, Technology, Treasury};
use crate::government::{Plans, ProgrammeBudgets};
use crate::markets::Sectors;
use crate::parallel::{batches, gather, map_chunks};
use crate::parameters::Parameters;
use crate::world::Calendar;

use super::board::{Applicant, Applicants, Exchange};
use super::listing::Window;
use super::valuation::Appraiser;

/// Plans investment, values equity, and takes applications for listings.
#[allow(clippy::too_many_arguments, reason = "a system names all data it touches")]
pub fn look_ahead(
    mut enterprises: Query<(&Identity, &Technology, &Position, &Operation, &Treasury, &Pipeline, &Attention, &mut Plant, &mut Equity)>,
    parameters: Res<Parameters>,
    calendar: Res<Calendar>,
    sectors: Res<Sectors>,
    plans: Res<Plans>,
    programmes: Res<ProgrammeBudgets>,
    economy: Res<Economy>,
    exchange: Res<Exchange>,
    mut applicants: ResMut<Applicants>,
) {
    let Some((identity, technology, position, operation, treasury, pipeline, attention, mut plant, mut equity)) =
        crate::slices_mut!(enterprises)
    else {
        return;
    };
    let columns = (
        identity,
        technology,
        position,
        operation,
        treasury,
        pipeline,
        attention,
        plant.bypass_change_detection(),
        equity.bypass_change_detection(),
    );
    let outlook = Outlook::new(&parameters, &calendar, &sectors, &plans, &programmes, &economy);
    let appraiser = Appraiser::new(&parameters, &calendar, &sectors, &economy);
    let window = Window::new(&parameters, &calendar, &sectors, &exchange);
    let found = map_chunks(columns, |first, (identity, technology, position, operation, treasury, pipeline, attention, plant, equity)| {
        let mut found = Vec::new();
        for batch in batches(identity.len()) {
            let growth = appraiser.growth(&identity[batch.clone()], &position[batch.clone()]);
            for (row, growth) in batch.zip(growth) {
                let who = &identity[row];
                if !who.exists() {
                    continue;
                }
                let (operation, treasury, pipeline, plant, equity) =
                    (&operation[row], &treasury[row], &pipeline[row], &mut plant[row], &mut equity[row]);
                if who.active() {
                    outlook.plan(who, &technology[row], &position[row], treasury, plant);
                }
                appraiser.value(who, growth, operation, plant, treasury, pipeline, equity);
                if who.active()
                    && let Some(board) = window.application(who, operation, treasury, equity, pipeline, plant, &attention[row])
                {
                    found.push(Applicant { row: (first + row) as u32, id: who.id, board });
                }
            }
        }
        found
    });
    gather(&mut applicants.0, found);
}
