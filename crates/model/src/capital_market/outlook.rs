//! The look ahead at the end of a tick, in one pass over all enterprises: what each plans to invest, what investors think it is worth, and
//! whether it applies for a listing.

use bevy_ecs::prelude::{Res, ResMut, Single};

use crate::accounts::Economy;
use crate::columns::{Column, Slices};
use crate::enterprise::{
    Attention, Distressed, Equity, Identity, Operation, Outlook, Pipeline, Plant, Position, Prospects, Register, Technology, Treasury,
    Wanting,
};
use crate::government::{Plans, ProgrammeBudgets};
use crate::markets::Sectors;
use crate::parallel::{batches, gather, map_chunks};
use crate::parameters::Parameters;
use crate::world::Calendar;

use super::board::{Applicant, Applicants, Exchange, Listed};
use super::listing::Window;
use super::valuation::Appraiser;

/// Plans investment, values equity, and takes applications for listings.
#[allow(clippy::too_many_arguments, reason = "a system names all data it touches")]
pub fn look_ahead(
    enterprises: Single<(
        &mut Column<Identity>,
        &Column<Technology>,
        &Column<Position>,
        &Column<Operation>,
        &Column<Treasury>,
        &Column<Pipeline>,
        &Column<Attention>,
        &mut Column<Plant>,
        &mut Column<Equity>,
        &Register,
    )>,
    parameters: Res<Parameters>,
    calendar: Res<Calendar>,
    sectors: Res<Sectors>,
    plans: Res<Plans>,
    programmes: Res<ProgrammeBudgets>,
    economy: Res<Economy>,
    exchange: Res<Exchange>,
    mut wanting: ResMut<Wanting>,
    mut distressed: ResMut<Distressed>,
    mut applicants: ResMut<Applicants>,
    mut listed: ResMut<Listed>,
) {
    let (identity, technology, position, operation, treasury, pipeline, attention, plant, equity, register) =
        enterprises.into_inner().slices();
    let wanting = wanting.open(identity.len());
    let columns = (identity, technology, position, operation, treasury, pipeline, plant, equity, wanting);
    let prospects = Prospects::new(&parameters, &calendar, &sectors, economy.capital_price);
    let outlook = Outlook::new(&parameters, &calendar, &sectors, &plans, &programmes, &economy);
    let appraiser = Appraiser::new(&parameters, &calendar, &sectors, &economy);
    let window = Window::new(&parameters, &calendar, &sectors, &exchange);
    let found = map_chunks(columns, |first, (identity, technology, position, operation, treasury, pipeline, plant, equity, wanting)| {
        let (mut found, mut traded, mut ailing) = (Vec::new(), Vec::new(), Vec::new());
        let (entries, owners) = register.page(first);
        for batch in batches(identity.len()) {
            let growth = appraiser.growth(&identity[batch.clone()], &position[batch.clone()]);
            for (row, growth) in batch.zip(growth) {
                let who = &mut identity[row];
                if !who.exists() {
                    wanting[row] = 0;
                    continue;
                }
                let (operation, treasury, pipeline, plant, equity) =
                    (&operation[row], &treasury[row], &pipeline[row], &mut plant[row], &mut equity[row]);
                if who.active() {
                    outlook.plan(who, &technology[row], &position[row], treasury, plant);
                }
                let fund_share = entries.at(row).map_or(0.0, |place| owners[place].fund_share);
                appraiser.value(who, growth, operation, plant, treasury, pipeline, equity, fund_share);
                wanting[row] = Wanting::entry(who);
                if who.active() && prospects.of(who, &position[row], plant, treasury).is_some() {
                    ailing.push((first + row) as u32);
                }
                if who.listed && who.active() {
                    traded.push((first + row) as u32);
                }
                if who.active()
                    && let Some(board) = window.application(who, operation, treasury, equity, pipeline, &attention[first + row])
                {
                    found.push(Applicant { row: (first + row) as u32, id: who.id, board });
                }
            }
        }
        (found, (traded, ailing))
    });
    let (found, (traded, ailing)): (Vec<_>, (Vec<_>, Vec<_>)) = found.into_iter().unzip();
    distressed.begin(ailing);
    gather(&mut applicants.0, found);
    gather(&mut listed.0, traded);
}
