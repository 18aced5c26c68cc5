//! R&D of a tick: money, search, stages, conversion, for all enterprises batch by batch.

use bevy_ecs::prelude::{Res, ResMut};

use crate::observe::{EventRow, Records};
use crate::parameters::{Parameters, Sector, Technology as TechnologyParameters};
use crate::rules::search::opportunities_used;
use crate::rules::sector_view::SectorViews;
use crate::rules::self_sufficiency::edge_kept;
use crate::sources::{OWN, POLICY};
use crate::state::calendar::Calendar;
use crate::state::decisions::Decisions;
use crate::state::economy::{Economy, Tally};
use crate::state::enterprise::{Attention, Equity, Identity, Operation, Pipeline, Plant, Position, Register, Rows, Technology, Treasury};
use crate::state::government::ProgrammeBudgets;
use crate::state::growth::Growth;
use crate::state::returns::Returns;
use crate::state::sector::{SectorState, Sectors};
use crate::state::technology::{Funnel, Kind, PLACES, Projects, STAGES};
use crate::state::think_tanks::Services;
use crate::state::venture::Candidates;
use tripath_engine::math;
use tripath_engine::parallel::{Columns, Merge, fold, gather, map_chunks};

use super::batch::{Enterprises, Next};
use super::batch_research::{Streams, Surroundings};
use super::candidate::Scene;
use super::effort::{Effort, NO_PAYER, Setting};
use super::outcome::{Conversion, Outcome};

/// Does the R&D of all enterprises, and asks those at work whether they look for venture money.
#[allow(clippy::too_many_arguments, reason = "a system names all data it touches")]
pub fn advance_technology(
    enterprises: Rows<(
        &'static Identity,
        &'static Operation,
        &'static Attention,
        &'static Position,
        &'static Plant,
        &'static Equity,
        &'static mut Technology,
        &'static mut Treasury,
        &'static mut Pipeline,
    )>,
    mut projects: ResMut<Projects>,
    register: Res<Register>,
    parameters: Res<Parameters>,
    calendar: Res<Calendar>,
    services: Res<Services>,
    economy: Res<Economy>,
    programmes: Res<ProgrammeBudgets>,
    decisions: Res<Decisions>,
    views: Res<SectorViews>,
    mut sectors: ResMut<Sectors>,
    mut funnel: ResMut<Funnel>,
    (mut returns, mut growth): (ResMut<Returns>, ResMut<Growth>),
    mut tally: ResMut<Tally>,
    mut candidates: ResMut<Candidates>,
    mut records: ResMut<Records>,
) {
    let count = sectors.len();
    let (identity, operation, attention, position, plant, equity, technology, treasury, pipeline) = enterprises.slices();
    let columns = (identity, operation, attention, position, technology, treasury, pipeline, projects.all());
    let states: &Sectors = &sectors;
    let surroundings = Surroundings {
        parameters: &parameters,
        calendar: &calendar,
        states,
        setting: Setting {
            sectors: &views,
            states,
            half_attention: parameters.path_choice.half_attention,
            per_year: calendar.ticks_per_year(),
        },
        services: &services,
        missions: missions_by_sector(&parameters, &programmes),
        streams: Streams::of(&parameters, &calendar),
        turns: calendar.turns(),
        plant,
        equity,
        register: &register,
        scene: Scene::new(&parameters, &calendar, states, &economy),
        rd_share: &decisions.rd_share,
    };
    let parts = map_chunks(columns, |mut first, mut rest| {
        let mut outcome = Outcome::nothing(count);
        let mut looking = Vec::new();
        let mut effort = Effort::new();
        while rest.rows() > 0 {
            let rows = rest.rows().min(PLACES);
            let (batch, next) = rest.cut(rows);
            if let Some(mut enterprises) = Enterprises::new(first, batch) {
                surroundings.advance(&mut enterprises, &Next::of(&next), &mut effort, &mut outcome, &mut looking);
            }
            first += rows;
            rest = next;
        }
        (outcome, looking)
    });
    let (parts, looking): (Vec<_>, Vec<_>) = parts.into_iter().unzip();
    gather(&mut candidates.0, looking);
    let Some(outcome) = fold(parts) else { return };
    funnel.cells.merge(outcome.funnel);
    count_projects(&mut funnel, &outcome.paid, &outcome.under_way);
    let spent = spent_by_sector(&outcome.paid, mission_research(&parameters, &programmes));
    for (sector, moves) in growth.moves.iter_mut().zip(outcome.moves) {
        sector.steps.merge(moves.steps);
        sector.diffused.merge(moves.diffused);
        sector.entered.merge(moves.entered);
    }
    returns.breakthroughs.merge(outcome.breakthroughs);
    tally.rd = 0.0;
    tally.rd_public = 0.0;
    for (index, spent) in spent.iter().enumerate() {
        for source in 0..3 {
            returns.cells[index][source].spent = spent[source];
            tally.rd += spent[source];
        }
        tally.rd_public += spent[POLICY];
        let (sector, years) = (&parameters.sectors[index].value, calendar.years_per_tick());
        let breakthroughs = returns.breakthroughs[index];
        move_sector(&parameters.technology, sector, &mut sectors[index], spent, breakthroughs, outcome.innovated[index], years);
        returns.self_sufficiency[index].advance(edge_kept(&parameters.technology, sector, years), outcome.advantages[index]);
    }
    if calendar.recorded() {
        outcome.conversions.iter().for_each(|conversion| record_conversion(&parameters, &calendar, conversion, &mut records));
    }
}

/// Counts in the funnel what was spent on each stage and what is under way there.
fn count_projects(funnel: &mut Funnel, paid: &[[[f64; STAGES + 1]; 3]], under_way: &[[[u64; STAGES]; NO_PAYER as usize + 1]]) {
    for ((cells, paid), under_way) in funnel.cells.iter_mut().zip(paid).zip(under_way) {
        for (source, cell) in cells.iter_mut().enumerate() {
            for stage in 0..STAGES {
                cell.spent[stage] += paid[source][stage];
                cell.under_way[stage] += under_way[source][stage];
            }
        }
    }
}

/// Paid for R&D in all, by sector and source: research of whole-nation programmes is R&D that policy pays.
fn spent_by_sector(paid: &[[[f64; STAGES + 1]; 3]], missions: Vec<f64>) -> Vec<[f64; 3]> {
    let mut spent: Vec<[f64; 3]> = paid.iter().map(|paid| paid.map(|of_source| of_source[STAGES])).collect();
    for (spent, mission) in spent.iter_mut().zip(missions) {
        spent[POLICY] += mission;
    }
    spent
}

/// Moves what a sector's R&D leaves to it: effort over its norm, the lift and the independence that breakthroughs bring and that fade at the pace of
/// obsolescence, `x ← x max(1 − δ π Δ, 0) + b n` with `n` the breakthroughs of the tick, and opportunities used.
fn move_sector(
    technology: &TechnologyParameters,
    sector: &Sector,
    state: &mut SectorState,
    spent: &[f64; 3],
    breakthroughs: [f64; 3],
    innovated: f64,
    years: f64,
) {
    state.rd = spent.iter().sum();
    state.rd_effort = math::ratio(spent[OWN], state.rd_intensity * state.sales, 1.0);
    let kept = (1.0 - sector.obsolescence * technology.obsolescence_pace * years).max(0.0);
    let news: f64 = breakthroughs.iter().sum();
    state.breakthrough_lift = state.breakthrough_lift * kept + technology.breakthrough_spillover * news;
    for (independence, news) in state.independence.iter_mut().zip(breakthroughs) {
        *independence = *independence * kept + technology.breakthrough_independence * news;
    }
    state.opportunities_used = opportunities_used(technology, state.opportunities_used, innovated, years);
}

/// Records a project that has come to use.
fn record_conversion(parameters: &Parameters, calendar: &Calendar, conversion: &Conversion, records: &mut Records) {
    let event = if conversion.kind == Kind::Breakthrough { "breakthrough" } else { "conversion" };
    records.events.push(EventRow {
        sector: Some(parameters.sectors[conversion.sector as usize].name.as_str().into()),
        region: Some(parameters.regions[conversion.region as usize].name.as_str().into()),
        amount: Some(conversion.size),
        note: Some(conversion.kind.word()),
        ..EventRow::at(calendar, event, conversion.id)
    });
}

/// Paid for research of whole-nation programmes in this tick, by sector.
fn mission_research(parameters: &Parameters, programmes: &ProgrammeBudgets) -> Vec<f64> {
    let mut paid = vec![0.0; parameters.sectors.len()];
    for (programme, mission) in parameters.programmes.iter().zip(&programmes.missions) {
        if let Some(sector) = parameters.sector_index(&programme.value.sector) {
            paid[sector] += mission.paid;
        }
    }
    paid
}

/// Ids of the members of whole-nation programmes, by sector.
fn missions_by_sector(parameters: &Parameters, programmes: &ProgrammeBudgets) -> Vec<Vec<u64>> {
    let mut members = vec![Vec::new(); parameters.sectors.len()];
    for (programme, mission) in parameters.programmes.iter().zip(&programmes.missions) {
        if let Some(sector) = parameters.sector_index(&programme.value.sector) {
            members[sector].extend(mission.members.iter().map(|member| member.id));
        }
    }
    members
}
