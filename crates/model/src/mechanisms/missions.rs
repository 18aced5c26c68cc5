//! The whole-nation programme: all money on one key technology at a time, with milestones; most attempts fail, and teach.

use bevy_ecs::prelude::{Entity, Res, ResMut};

use crate::kinds::FlowKind;
use crate::observe::{EventRow, Records};
use crate::parameters::{Parameters, Programme};
use crate::rules::grants::{advised_view, appraisal, merit};
use crate::rules::missions::{full_effort, milestone_probability, money_adequacy, technology_gain};
use crate::rules::search::opportunity;
use crate::sources::POLICY;
use crate::state::accounts::{Account, End, Ledger};
use crate::state::calendar::Calendar;
use crate::state::economy::Economy;
use crate::state::enterprise::{Attention, Identity, Operation, Pipeline, Plant, Position, Rows, Technology, Treasury};
use crate::state::government::{MILESTONES, Member, Mission, ProgrammeBudgets, Receipts};
use crate::state::growth::Growth;
use crate::state::returns::Returns;
use crate::state::sector::Sectors;
use crate::state::tables::Tables;
use crate::state::technology::{Funnel, FunnelCell, Kind};
use crate::state::think_tanks::Services;
use crate::streams::Draw;
use tripath_engine::math;
use tripath_engine::rows::RowOf;

/// Forgets what was paid in the last tick, and ends attempts of programmes that run no more.
fn end_stopped(parameters: &Parameters, budgets: &mut ProgrammeBudgets, funnel: &mut Funnel) {
    for (at, (programme, mission)) in parameters.programmes.iter().zip(&mut budgets.missions).enumerate() {
        mission.paid = 0.0;
        if mission.began.is_some() && !budgets.states[at].running {
            if let Some(sector) = parameters.sector_index(&programme.value.sector) {
                funnel.cells[sector][POLICY].abandoned[usize::from(mission.milestone)] += 1;
            }
            mission.end_attempt();
        }
    }
}

/// What all missions of a tick look at.
struct Scene<'a> {
    parameters: &'a Parameters,
    calendar: &'a Calendar,
    sectors: &'a Sectors,
}

/// Where missions are booked and counted.
struct Books<'a> {
    ledger: &'a mut Ledger,
    receipts: &'a mut Receipts,
    returns: &'a mut Returns,
    growth: &'a mut Growth,
    funnel: &'a mut Funnel,
}

impl Books<'_> {
    /// Pays the programme's money in equal parts to those who work at its technology; returns how much it was.
    fn pay(&mut self, budgets: &mut ProgrammeBudgets, at: usize, sector: usize, members: &[usize], treasury: &mut [Treasury]) -> f64 {
        let money = std::mem::take(&mut budgets.pots[at][0]);
        let each = money / members.len() as f64;
        for row in members.iter().copied() {
            self.ledger.pay(FlowKind::MissionContracts, End::Of(Account::Central), End::Enterprise(&mut treasury[row].cash), each);
            self.receipts.contract(row, each);
        }
        budgets.states[at].spent += money;
        budgets.money[at][sector] += money;
        self.returns.programme_cost[sector] += money;
        let mission = &mut budgets.missions[at];
        mission.paid = money;
        mission.spent += money;
        self.funnel.cells[sector][POLICY].spent[usize::from(mission.milestone)] += money;
        money
    }

    /// Counts a milestone among the stages of policy's projects.
    fn count_milestone(&mut self, sector: usize, stage: usize, passed: bool) {
        let cell = &mut self.funnel.cells[sector][POLICY];
        if !passed {
            cell.failed[stage] += 1;
            return;
        }
        cell.advanced[stage] += 1;
        if stage + 1 < usize::from(MILESTONES) {
            cell.entered[stage + 1] += 1;
        }
    }

    /// Brings a key technology home: all members gain quality by it, and an attempt at the next one may begin. Returns their mean gain.
    fn bring_home(
        &mut self,
        scene: &Scene<'_>,
        mission: &mut Mission,
        sector: usize,
        members: &[usize],
        position: &[Position],
        technology: &mut [Technology],
    ) -> f64 {
        let (parameters, calendar, state) = (scene.parameters, scene.calendar, &scene.sectors[sector]);
        let chance = opportunity(parameters.sectors[sector].value.opportunity, state.breakthrough_lift, 1.0);
        let mut share = 0.0;
        let mut gained = 0.0;
        let mut weighted = 0.0;
        for row in members.iter().copied() {
            let behind = state.foreign_quality - technology[row].quality;
            let gain = technology_gain(&parameters.technology, parameters.government.mission_gain, behind, chance);
            technology[row].quality += gain;
            technology[row].edges[POLICY] += gain;
            share += position[row].share;
            weighted += position[row].share * gain;
            gained += gain / members.len() as f64;
        }
        let began = mission.began.unwrap_or(calendar.tick);
        let years = f64::from(calendar.tick - began) / calendar.ticks_per_year();
        convert_mission(&mut self.funnel.cells[sector][POLICY], gained, years, mission.spent);
        // The technology lifts opportunity and independence as any breakthrough does, when research counts those of the tick.
        self.returns.breakthroughs[sector][POLICY] += gained * math::sqrt(share.clamp(0.0, 1.0));
        self.growth.moves[sector].steps[POLICY][Kind::Breakthrough as usize][1] += weighted;
        self.returns.self_sufficiency[sector].advantage[POLICY] += parameters.market.quality_weight * weighted;
        *mission = Mission { completed: mission.completed + 1, paid: mission.paid, ..Mission::default() };
        gained
    }
}

/// Pays members for the mission's research, and draws milestones that are paid for.
///
/// The money is for this research alone: members spend it in the same tick, and none of it reaches projects of their own.
#[allow(clippy::too_many_arguments, clippy::type_complexity, reason = "a system names all data it touches")]
pub fn run_missions(
    enterprises: Rows<(
        Entity,
        &'static Attention,
        &'static Operation,
        &'static Position,
        &'static Plant,
        &'static Pipeline,
        &'static Identity,
        &'static mut Technology,
        &'static mut Treasury,
    )>,
    parameters: Res<Parameters>,
    calendar: Res<Calendar>,
    tables: Res<Tables>,
    economy: Res<Economy>,
    services: Res<Services>,
    sectors: Res<Sectors>,
    mut budgets: ResMut<ProgrammeBudgets>,
    (mut returns, mut growth): (ResMut<Returns>, ResMut<Growth>),
    rows: RowOf,
    mut funnel: ResMut<Funnel>,
    mut receipts: ResMut<Receipts>,
    mut ledger: ResMut<Ledger>,
    mut records: ResMut<Records>,
) {
    let budgets = &mut *budgets;
    let scene = Scene { parameters: &parameters, calendar: &calendar, sectors: &sectors };
    end_stopped(&parameters, budgets, &mut funnel);
    let running = |settings: &Programme, at: usize| settings.instrument == "whole_nation" && budgets.states[at].running;
    if !parameters.programmes.iter().enumerate().any(|(at, programme)| running(&programme.value, at)) {
        return;
    }
    let (entities, attention, operation, position, plant, pipeline, identity, technology, treasury) = enterprises.slices();
    let mut books = Books { ledger: &mut ledger, receipts: &mut receipts, returns: &mut returns, growth: &mut growth, funnel: &mut funnel };
    for (at, programme) in parameters.programmes.iter().enumerate() {
        let settings = &programme.value;
        let Some(sector) = parameters.sector_index(&settings.sector) else { continue };
        if settings.instrument != "whole_nation" || !budgets.states[at].running {
            continue;
        }
        let mission = &mut budgets.missions[at];
        mission.members.retain(|member| rows.get(member.enterprise).is_some());
        if mission.members.is_empty() {
            let columns = (entities, attention, operation, plant, pipeline, identity, &*technology, &*treasury);
            mission.members = scene.choose_members(economy.capital_price, services.advice_to(0, sector), settings, sector, columns);
            budgets.states[at].applicants += sectors[sector].count as u64;
            budgets.states[at].awards += mission.members.len() as u64;
        }
        if mission.members.is_empty() {
            continue;
        }
        let members: Vec<usize> = mission.members.iter().filter_map(|member| rows.get(member.enterprise)).collect();
        mission.begin(calendar.tick, &mut books.funnel.cells[sector][POLICY]);
        let money = books.pay(budgets, at, sector, &members, treasury);
        let mission = &mut budgets.missions[at];
        let Some(years) = scene.work(mission, settings, sector, money) else { continue };
        let lead = members.iter().map(|row| technology[*row].lead(&sectors[sector])).sum::<f64>() / members.len() as f64;
        let adequacy = money_adequacy(settings.award_years, years);
        let probability =
            milestone_probability(&parameters.government, &parameters.technology, mission.milestone, adequacy, mission.failures, lead);
        let passed = calendar.seed.draws(Draw::Mission, at as u64, calendar.tick).happens(probability);
        let home = passed && mission.milestone + 1 == MILESTONES;
        books.count_milestone(sector, usize::from(mission.milestone), passed);
        let (note, amount) = if home {
            ("key_technology", books.bring_home(&scene, mission, sector, &members, position, technology))
        } else {
            mission.go_on(passed);
            (if passed { "passed" } else { "failed" }, probability)
        };
        if calendar.recorded() {
            records.events.push(EventRow {
                sector: Some(tables.sector_names[sector].clone()),
                amount: Some(amount),
                note: Some(note),
                ..EventRow::at(&calendar, "milestone", at as u64)
            });
        }
    }
    for (programme, mission) in parameters.programmes.iter().zip(&budgets.missions).filter(|(_, mission)| mission.began.is_some()) {
        if let Some(sector) = parameters.sector_index(&programme.value.sector) {
            funnel.cells[sector][POLICY].under_way[usize::from(mission.milestone)] += 1;
        }
    }
}

/// A key technology among conversions: one of policy's, a breakthrough of the members' mean gain.
fn convert_mission(cell: &mut FunnelCell, gained: f64, years: f64, spent: f64) {
    cell.conversions += 1;
    cell.kinds[Kind::Breakthrough as usize] += 1;
    cell.log_points += gained;
    cell.years += years;
    cell.converted_spent += spent;
}

type Columns<'a> =
    (&'a [Entity], &'a [Attention], &'a [Operation], &'a [Plant], &'a [Pipeline], &'a [Identity], &'a [Technology], &'a [Treasury]);

impl Scene<'_> {
    /// Work that money pays for in a tick; years that it took where it is enough for the next milestone, which is then tried.
    fn work(&self, mission: &mut Mission, settings: &Programme, sector: usize, money: f64) -> Option<f64> {
        let (parameters, calendar, state) = (self.parameters, self.calendar, &self.sectors[sector]);
        let annual_demand = state.home_demand * state.buyer_price * calendar.ticks_per_year();
        let effort = full_effort(&parameters.government, parameters.sectors[sector].value.rd_intensity, annual_demand);
        mission.progress += math::ratio(money, effort, 0.0);
        let years = f64::from(calendar.tick + 1 - mission.since) * calendar.years_per_tick();
        if mission.progress < 0.999 * settings.award_years || years < parameters.technology.stage_minimum_years {
            return None;
        }
        mission.progress = 0.0;
        mission.since = calendar.tick + 1;
        Some(years)
    }

    /// Members of a new attempt: the best of the sector by the programme's rule, seen as applicants for a grant are.
    fn choose_members(
        &self,
        capital_price: f64,
        advice: f64,
        settings: &Programme,
        sector: usize,
        (entities, attention, operation, plant, pipeline, identity, technology, treasury): Columns<'_>,
    ) -> Vec<Member> {
        let (parameters, calendar) = (self.parameters, self.calendar);
        let policy = &parameters.government;
        let state = &self.sectors[sector];
        let mut ranked: Vec<(f64, usize, u64)> = Vec::new();
        let stream = calendar.seed.stream(Draw::Mission, calendar.tick);
        for row in 0..identity.len() {
            let who = &identity[row];
            if !who.active() || who.sector as usize != sector {
                continue;
            }
            let lead = technology[row].lead(state);
            let mut draws = stream.draws(who.id);
            let noise = policy.appraisal_noise * draws.normal();
            let (seen, lobbying) =
                advised_view(parameters, advice, merit(pipeline[row].expected_edge, lead), noise, attention[row].shares[POLICY]);
            let annual_sales = operation[row].sales * calendar.ticks_per_year();
            let size = math::ln(math::ratio(annual_sales, state.mean_sales, 1.0).clamp(1e-3, 1e3));
            let distress = math::ratio(treasury[row].debt, plant[row].capital * capital_price, 1.0).clamp(0.0, 2.0);
            let score = appraisal(settings, seen, size, distress, lobbying, policy.transparency);
            ranked.push((score, row, who.id));
        }
        ranked.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.2.cmp(&b.2)));
        ranked.truncate(settings.members as usize);
        ranked.into_iter().map(|(_, row, id)| Member { enterprise: entities[row], id }).collect()
    }
}
