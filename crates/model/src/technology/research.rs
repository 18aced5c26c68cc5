//! R&D of a tick: money, search, stages, conversion. One pass over all enterprises.

use bevy_ecs::prelude::{Res, ResMut, Single};

use crate::accounts::{Economy, Tally};
use crate::columns::{Column, Slices};
use crate::enterprise::{Attention, Equity, Identity, Operation, Pipeline, Plant, Position, Projects, Register, Technology, Treasury};
use crate::finance::{Candidates, Scene};
use crate::government::ProgrammeBudgets;
use crate::markets::Sectors;
use crate::observe::{EventRow, Records};
use crate::parallel::{Merge, fold, gather, map_chunks};
use crate::parameters::Parameters;
use crate::think_tank::Services;
use crate::world::Calendar;

use super::enterprise_research::{Streams, Work};
use super::funnel::{Funnel, FunnelCell};
use super::project::{Kind, pace};
use super::returns::Returns;
use super::self_sufficiency::{cost_shares, edge_kept};
use super::{OWN, POLICY};

/// What a chunk of enterprises did.
pub(super) struct Outcome {
    pub(super) funnel: Vec<[FunnelCell; 3]>,
    pub(super) spent: Vec<[f64; 3]>,
    pub(super) breakthroughs: Vec<[f64; 3]>,
    /// Competitiveness that conversions gave, log points weighted by market shares, by sector and who paid.
    pub(super) advantages: Vec<[f64; 3]>,
    pub(super) conversions: Vec<Conversion>,
}

pub(super) struct Conversion {
    pub(super) id: u64,
    pub(super) sector: u16,
    pub(super) region: u16,
    pub(super) kind: Kind,
    pub(super) size: f64,
}

impl Merge for Outcome {
    fn merge(&mut self, other: Self) {
        self.funnel.merge(other.funnel);
        self.spent.merge(other.spent);
        self.breakthroughs.merge(other.breakthroughs);
        self.advantages.merge(other.advantages);
        self.conversions.extend(other.conversions);
    }
}

/// R&D money of an enterprise in this tick by source.
///
/// Own: `ρ_s (1 + ε τ) sales`, halved without cash; policy and capital: what is earmarked, spread over its years.
pub fn rd_money(parameters: &Parameters, rd_intensity: f64, annual_sales: f64, treasury: &Treasury, years: f64) -> [f64; 3] {
    let credit = 1.0 + parameters.government.rd_credit_elasticity * parameters.government.rd_credit_rate;
    let own = rd_intensity * credit * annual_sales * years * if treasury.cash > 0.0 { 1.0 } else { 0.5 };
    let spread = |money: f64, over: f64| money.min(treasury.cash.max(0.0)) * (years / over).min(1.0);
    [
        own,
        spread(treasury.policy_money, parameters.technology.earmark_years),
        spread(treasury.capital_money, parameters.venture.round_years),
    ]
}

/// Does the R&D of all enterprises, and asks those at work whether they look for venture money.
#[allow(clippy::too_many_arguments, reason = "a system names all data it touches")]
pub fn advance_technology(
    enterprises: Single<(
        &Column<Identity>,
        &Column<Operation>,
        &Column<Attention>,
        &Column<Position>,
        &Column<Plant>,
        &Column<Equity>,
        &mut Column<Technology>,
        &mut Column<Treasury>,
        &mut Column<Pipeline>,
        &mut Column<Projects>,
        &Register,
    )>,
    parameters: Res<Parameters>,
    calendar: Res<Calendar>,
    services: Res<Services>,
    economy: Res<Economy>,
    programmes: Res<ProgrammeBudgets>,
    mut sectors: ResMut<Sectors>,
    mut funnel: ResMut<Funnel>,
    mut returns: ResMut<Returns>,
    mut tally: ResMut<Tally>,
    mut candidates: ResMut<Candidates>,
    mut records: ResMut<Records>,
) {
    let count = sectors.len();
    let (identity, operation, attention, position, plant, equity, technology, treasury, pipeline, projects, register) =
        enterprises.into_inner().slices();
    let columns = (identity, operation, attention, position, technology, treasury, pipeline, projects);
    let missions = missions_by_sector(&parameters, &programmes);
    let states: &Sectors = &sectors;
    let costs: Vec<[f64; 2]> = states.iter().map(|state| cost_shares(state, economy.wage)).collect();
    let streams = Streams::of(&parameters, &calendar);
    let scene = Scene::new(&parameters, &calendar, states, &economy);
    let parts = map_chunks(columns, |first, (identity, operation, attention, position, technology, treasury, pipeline, projects)| {
        let mut outcome = Outcome {
            funnel: vec![Default::default(); count],
            spent: vec![[0.0; 3]; count],
            breakthroughs: vec![[0.0; 3]; count],
            advantages: vec![[0.0; 3]; count],
            conversions: Vec::new(),
        };
        let mut looking = Vec::new();
        let (entries, owners) = register.page(first);
        for row in 0..identity.len() {
            if !identity[row].active() {
                continue;
            }
            let index = identity[row].sector as usize;
            let mut work = Work {
                parameters: &parameters,
                sector: &parameters.sectors[index].value,
                state: &states[index],
                cost_shares: costs[index],
                calendar: &calendar,
                streams: &streams,
                turn: calendar.turn_of(identity[row].id),
                identity: &identity[row],
                attention: attention[row].shares[OWN],
                pace: pace(&parameters.technology, attention[row].shares[OWN]),
                annual_value_added: operation[row].value_added * calendar.ticks_per_year(),
                share: position[row].share,
                advice: if identity[row].advised { services.client(identity[row].adviser).success[index] } else { 0.0 }
                    + if missions[index].contains(&identity[row].id) { parameters.government.mission_boost } else { 0.0 },
                outcome: &mut outcome,
            };
            work.tick(operation[row].sales, &mut technology[row], &mut treasury[row], &mut pipeline[row], &mut projects[row].0);
            let (who, attention, operation) = (&identity[row], &attention[row], &operation[row]);
            let (technology, treasury) = (&technology[row], &treasury[row]);
            let owners = entries.at(row).map(|place| &owners[place]);
            let row = first + row;
            looking.extend(scene.candidate(row, who, attention, operation, technology, &plant[row], treasury, &equity[row], owners));
        }
        (outcome, looking)
    });
    let (parts, looking): (Vec<_>, Vec<_>) = parts.into_iter().unzip();
    gather(&mut candidates.0, looking);
    let Some(mut outcome) = fold(parts) else { return };
    funnel.cells.merge(outcome.funnel);
    // Research of whole-nation programmes is R&D that policy pays.
    for (index, spent) in mission_research(&parameters, &programmes).into_iter().enumerate() {
        outcome.spent[index][POLICY] += spent;
    }
    returns.breakthroughs.merge(outcome.breakthroughs);
    tally.rd = 0.0;
    tally.rd_public = 0.0;
    for (index, spent) in outcome.spent.iter().enumerate() {
        for source in 0..3 {
            returns.cells[index][source].spent = spent[source];
            tally.rd += spent[source];
        }
        tally.rd_public += spent[POLICY];
        let sector = &parameters.sectors[index].value;
        let state = &mut sectors[index];
        state.rd = spent.iter().sum();
        let technology = &parameters.technology;
        let kept = (1.0 - sector.obsolescence * technology.obsolescence_pace * calendar.years_per_tick()).max(0.0);
        let breakthroughs = returns.breakthroughs[index];
        let news: f64 = breakthroughs.iter().sum();
        state.breakthrough_lift = state.breakthrough_lift * kept + technology.breakthrough_spillover * news;
        for (independence, news) in state.independence.iter_mut().zip(breakthroughs) {
            *independence = *independence * kept + technology.breakthrough_independence * news;
        }
        let kept = edge_kept(technology, sector, calendar.years_per_tick());
        returns.self_sufficiency[index].advance(kept, outcome.advantages[index]);
    }
    if calendar.recorded() {
        for conversion in outcome.conversions {
            records.events.push(EventRow {
                sector: Some(parameters.sectors[conversion.sector as usize].name.as_str().into()),
                region: Some(parameters.regions[conversion.region as usize].name.as_str().into()),
                amount: Some(conversion.size),
                note: Some(conversion.kind.word()),
                ..EventRow::at(&calendar, if conversion.kind == Kind::Breakthrough { "breakthrough" } else { "conversion" }, conversion.id)
            });
        }
    }
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
            members[sector].extend(mission.members.iter().map(|(_, id)| *id));
        }
    }
    members
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::technology::CAPITAL;

    #[test]
    fn own_money_follows_sales_and_the_credit() {
        let mut parameters = Parameters::default();
        parameters.government.rd_credit_rate = 0.1;
        parameters.government.rd_credit_elasticity = 1.0;
        let treasury = Treasury { cash: 10.0, policy_money: 4.0, ..Treasury::default() };
        let money = rd_money(&parameters, 0.05, 100.0, &treasury, 0.25);
        assert!((money[OWN] - 0.05 * 1.1 * 25.0).abs() < 1e-12);
        assert!((money[POLICY] - 1.0).abs() < 1e-12);
        assert_eq!(money[CAPITAL], 0.0);
    }
}
