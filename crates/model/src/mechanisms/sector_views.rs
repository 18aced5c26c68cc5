//! What the enterprises of a sector have in common, worked out once before R&D and the market.

use bevy_ecs::prelude::{Res, ResMut};

use crate::parameters::Parameters;
use crate::rules::sector_view::SectorViews;
use crate::state::calendar::Calendar;
use crate::state::economy::Economy;
use crate::state::government::ProgrammeBudgets;
use crate::state::sector::Sectors;
use crate::state::tables::Tables;

/// Reads off what R&D and prices go by.
pub fn view_sectors(
    parameters: Res<Parameters>,
    calendar: Res<Calendar>,
    tables: Res<Tables>,
    economy: Res<Economy>,
    programmes: Res<ProgrammeBudgets>,
    sectors: Res<Sectors>,
    mut views: ResMut<SectorViews>,
) {
    views.before_market(&parameters, &tables, &economy, &programmes, &sectors, calendar.years_per_tick());
}
