//! The last step of a tick: state becomes rows.

mod economy;
mod finance;
mod panel;
mod paths;

use bevy_ecs::prelude::{Query, Res, ResMut};
use bevy_ecs::system::SystemParam;

use crate::observe::*;
use crate::parameters::Parameters;
use crate::state::accounts::{Ledger, StockTable};
use crate::state::bank::Bank;
use crate::state::calendar::Calendar;
use crate::state::census::Census;
use crate::state::economy::{Economy, Group, Tally};
use crate::state::enterprise::{Columns, Register, Rows, YearAccounts};
use crate::state::exchange::{Boards, Exchange};
use crate::state::government::{GovernmentAccounts, Plans, ProgrammeBudgets};
use crate::state::growth::Growth;
use crate::state::returns::Returns;
use crate::state::sector::Sectors;
use crate::state::tables::Tables;
use crate::state::technology::{Funnel, Projects};
use crate::state::think_tanks::ThinkTank;
use crate::state::venture::{Fund, Marks};
use tripath_engine::parallel::Merge;
use tripath_engine::rows::RowOf;

/// All that is read for recording.
#[derive(SystemParam)]
pub struct Seen<'w, 's> {
    parameters: Res<'w, Parameters>,
    calendar: Res<'w, Calendar>,
    tables: Res<'w, Tables>,
    plan: Res<'w, RecordPlan>,
    economy: Res<'w, Economy>,
    ledger: Res<'w, Ledger>,
    stocks: Res<'w, StockTable>,
    tally: Res<'w, Tally>,
    growth: Res<'w, Growth>,
    census: Res<'w, Census>,
    returns: Res<'w, Returns>,
    funnel: Res<'w, Funnel>,
    plans: Res<'w, Plans>,
    accounts: Res<'w, GovernmentAccounts>,
    programmes: Res<'w, ProgrammeBudgets>,
    exchange: Res<'w, Exchange>,
    boards: Boards<'w, 's>,
    years: Res<'w, YearAccounts>,
    marks: Res<'w, Marks>,
    enterprises: Rows<'w, 's, Columns>,
    rows: RowOf<'w>,
    projects: Res<'w, Projects>,
    register: Res<'w, Register>,
    banks: Query<'w, 's, &'static Bank>,
    funds: Query<'w, 's, &'static Fund>,
    think_tanks: Query<'w, 's, &'static ThinkTank>,
}

/// Records the tick in every table that is kept, then forgets the sectors' counts of the tick.
pub fn record(seen: Seen, mut sectors: ResMut<Sectors>, mut records: ResMut<Records>) {
    if seen.calendar.recorded() {
        let keeps = |table| seen.plan.keeps(table);
        if ["macro", "sectors", "regions"].into_iter().any(keeps) {
            let (by_sector, by_region) = seen.groups();
            seen.macro_economy(&by_sector, &mut records);
            seen.sectors(&sectors, &by_sector, &mut records);
            seen.regions(&by_region, &mut records);
        }
        if keeps("returns") || keeps("funnel") {
            seen.returns(&sectors, &mut records);
        }
        if keeps("growth") && seen.calendar.year_ends() {
            seen.growth(&mut records);
        }
        if keeps("governments") {
            seen.governments(&mut records);
        }
        if keeps("programmes") {
            seen.programmes(&sectors, &mut records);
        }
        if keeps("banks") || keeps("funds") {
            seen.financiers(&mut records);
        }
        if keeps("boards") {
            seen.boards(&mut records);
        }
        if keeps("think_tanks") {
            seen.think_tanks(&mut records);
        }
        seen.enterprises(&mut records);
        seen.accounts(&mut records);
        for (number, row) in records.events.iter_mut().enumerate() {
            row.number = number as u64;
        }
        records.forget_tables_not_kept(&seen.plan);
    } else {
        records.forget_own_tables();
    }
    for state in sectors.iter_mut() {
        state.entries = 0;
        state.exits = 0;
    }
}

impl Seen<'_, '_> {
    fn tick(&self) -> u32 {
        self.calendar.recorded_tick()
    }

    fn year(&self) -> f64 {
        self.calendar.year()
    }

    /// What enterprises did, by sector and by region; those that closed in this tick count for what they did in it.
    fn groups(&self) -> (Vec<Group>, Vec<Group>) {
        let (mut by_sector, mut by_region) = (self.tally.closed_by_sector.clone(), self.tally.closed_by_region.clone());
        by_sector.merge(self.census.by_sector());
        by_region.merge(self.census.by_region());
        (by_sector, by_region)
    }
}
