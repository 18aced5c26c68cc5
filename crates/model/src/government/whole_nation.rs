//! The whole-nation programme: all money on one key technology at a time, with milestones; most attempts fail, and teach.

use bevy_ecs::prelude::{Entity, Res, ResMut};
use serde::{Deserialize, Serialize};

use crate::accounts::{Account, Economy, End, FlowKind, Growth, Ledger};
use crate::enterprise::{Attention, Identity, Operation, Pipeline, Plant, Position, Technology, Treasury};
use crate::markets::Sectors;
use crate::observe::{EventRow, Records};
use crate::parameters::{Government, Parameters, Programme, Technology as TechnologyParameters};
use crate::rows::{RowOf, Rows};
use crate::streams::Mechanism;
use crate::technology::{BREAKTHROUGH_SIZE, Funnel, FunnelCell, Kind, POLICY, Returns, base_log_odds, bounded, opportunity};
use crate::think_tank::Services;
use crate::world::{Calendar, Tables};
use tripath_engine::math;

use super::awards::{advised_view, appraisal, merit};
use super::{ProgrammeBudgets, Receipts};

/// Milestones of a key technology: laboratory, pilot, line.
pub const MILESTONES: u8 = 3;

/// An enterprise that works at a key technology.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Member {
    /// The enterprise as an entity: one that is no longer there means that it is gone.
    #[serde(with = "crate::rows::as_bits")]
    pub enterprise: Entity,
    /// Its id.
    pub id: u64,
}

/// The key technology that a whole-nation programme works at.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Mission {
    /// Enterprises that work at it.
    pub members: Vec<Member>,
    /// Milestones passed in this attempt.
    pub milestone: u8,
    /// Years of full effort spent on the next milestone.
    pub progress: f64,
    /// Tick in which the attempt under way began; none between two attempts.
    pub began: Option<u32>,
    /// Tick in which work at the next milestone began.
    pub since: u32,
    /// Spent on the attempt under way.
    pub spent: f64,
    /// Paid for its research in this tick.
    pub paid: f64,
    /// Failed attempts at this technology, each of which teaches.
    pub failures: u32,
    /// Technologies brought home to date.
    pub completed: u32,
}

impl Mission {
    /// What an evaluation finds: technologies brought home and milestones passed in the attempt under way.
    pub fn achieved(&self) -> f64 {
        f64::from(self.completed) + f64::from(self.milestone) / f64::from(MILESTONES)
    }
}

impl Mission {
    /// Ends the attempt under way; what failed attempts taught stays.
    fn end_attempt(&mut self) {
        *self = Self { failures: self.failures, completed: self.completed, paid: self.paid, ..Self::default() };
    }
}

/// Probability that a milestone is passed: `logit p = logit p0 + (logit p_k − mean logit p_k) + a_f (adequacy − ½) + a_L failures + lead`.
///
/// The second milestone is the hardest, as the second stage of a project is: `p_k` are the chances of projects' stages. `adequacy` is that of
/// its money (`money_adequacy`). Failed attempts leave knowledge behind, and able enterprises get further: `lead` in log points of knowledge
/// over the sector's mean.
pub fn milestone_probability(
    government: &Government,
    technology: &TechnologyParameters,
    milestone: u8,
    adequacy: f64,
    failures: u32,
    lead: f64,
) -> f64 {
    let stages = base_log_odds(technology);
    let mean = stages.iter().sum::<f64>() / stages.len() as f64;
    math::logistic(
        math::logit(government.mission_success.clamp(0.001, 0.999)) + stages[usize::from(milestone)] - mean
            + technology.success_adequacy * (adequacy - 0.5)
            + government.mission_learning * f64::from(failures)
            + lead.clamp(-1.0, 1.0),
    )
}

/// Adequacy of the money for a milestone: `clip(½ · years at full effort / years taken, 0, 1)`, one half at full effort, as with projects.
pub fn money_adequacy(planned_years: f64, years_taken: f64) -> f64 {
    (0.5 * math::ratio(planned_years, years_taken, 1.0)).clamp(0.0, 1.0)
}

/// What a year of full effort at a key technology costs: `m ρ D`, a part `m` of the R&D at the world's frontier of suppliers who would serve all
/// home demand `D`. It does not shrink with a home industry that is small yet.
pub fn full_effort(government: &Government, rd_intensity: f64, annual_demand: f64) -> f64 {
    government.mission_effort * rd_intensity * annual_demand
}

/// Quality that members gain with a technology: a part of the gap to foreign suppliers, and a breakthrough's step.
///
/// `g max(gap, 0) + b(3 m o)`, with `m` the mean size of inventions, `o` the sector's opportunity and `b` the [bound](bounded) of every step.
pub fn technology_gain(technology: &TechnologyParameters, gain: f64, gap: f64, opportunity: f64) -> f64 {
    gain * gap.max(0.0) + bounded(BREAKTHROUGH_SIZE * technology.innovation_mean * opportunity, technology.largest_step)
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
    for (at, (programme, mission)) in parameters.programmes.iter().zip(&mut budgets.missions).enumerate() {
        mission.paid = 0.0;
        if mission.began.is_some() && !budgets.states[at].running {
            if let Some(sector) = parameters.sector_index(&programme.value.sector) {
                funnel.cells[sector][POLICY].abandoned[usize::from(mission.milestone)] += 1;
            }
            mission.end_attempt();
        }
    }
    let running = |settings: &Programme, at: usize| settings.instrument == "whole_nation" && budgets.states[at].running;
    if !parameters.programmes.iter().enumerate().any(|(at, programme)| running(&programme.value, at)) {
        return;
    }
    let (entities, attention, operation, position, plant, pipeline, identity, technology, treasury) = enterprises.slices();
    for (at, programme) in parameters.programmes.iter().enumerate() {
        let settings = &programme.value;
        let mission = &mut budgets.missions[at];
        let Some(sector) = parameters.sector_index(&settings.sector) else { continue };
        if settings.instrument != "whole_nation" || !budgets.states[at].running {
            continue;
        }
        mission.members.retain(|member| rows.get(member.enterprise).is_some());
        if mission.members.is_empty() {
            let columns = (entities, attention, operation, plant, pipeline, identity, &*technology, &*treasury);
            let advice = services.advice_to(0, sector);
            mission.members = choose_members(&parameters, &calendar, &sectors, economy.capital_price, advice, settings, sector, columns);
            budgets.states[at].applicants += sectors[sector].count as u64;
            budgets.states[at].awards += mission.members.len() as u64;
        }
        if mission.members.is_empty() {
            continue;
        }
        let members: Vec<usize> = mission.members.iter().filter_map(|member| rows.get(member.enterprise)).collect();
        let stage = usize::from(mission.milestone);
        let cell = &mut funnel.cells[sector][POLICY];
        if mission.began.is_none() {
            (mission.began, mission.since) = (Some(calendar.tick), calendar.tick);
            cell.inventions += 1;
            cell.entered[0] += 1;
        }
        let money = std::mem::take(&mut budgets.pots[at][0]);
        let each = money / members.len() as f64;
        for row in members.iter().copied() {
            ledger.pay(FlowKind::MissionContracts, End::Of(Account::Central), End::Enterprise(&mut treasury[row].cash), each);
            receipts.contract(row, each);
        }
        budgets.states[at].spent += money;
        budgets.money[at][sector] += money;
        returns.programme_cost[sector] += money;
        mission.paid = money;
        mission.spent += money;
        cell.spent[stage] += money;
        let state = &sectors[sector];
        let annual_demand = state.home_demand * state.buyer_price * calendar.ticks_per_year();
        let effort = full_effort(&parameters.government, parameters.sectors[sector].value.rd_intensity, annual_demand);
        mission.progress += math::ratio(money, effort, 0.0);
        let years = f64::from(calendar.tick + 1 - mission.since) * calendar.years_per_tick();
        if mission.progress < 0.999 * settings.award_years || years < parameters.technology.stage_minimum_years {
            continue;
        }
        mission.progress = 0.0;
        mission.since = calendar.tick + 1;
        let mean = members.iter().map(|row| technology[*row].lead(state)).sum::<f64>() / members.len() as f64;
        let adequacy = money_adequacy(settings.award_years, years);
        let probability =
            milestone_probability(&parameters.government, &parameters.technology, mission.milestone, adequacy, mission.failures, mean);
        let mut draws = calendar.seed.draws(Mechanism::Mission, at as u64, calendar.tick);
        let passed = draws.happens(probability);
        let mut event = EventRow {
            sector: Some(tables.sector_names[sector].clone()),
            amount: Some(probability),
            note: Some(if passed { "passed" } else { "failed" }),
            ..EventRow::at(&calendar, "milestone", at as u64)
        };
        if !passed {
            cell.failed[stage] += 1;
            mission.failures += 1;
            mission.end_attempt();
        } else if mission.milestone + 1 < MILESTONES {
            cell.advanced[stage] += 1;
            cell.entered[stage + 1] += 1;
            mission.milestone += 1;
        } else {
            cell.advanced[stage] += 1;
            let p = &parameters.technology;
            let chance = opportunity(parameters.sectors[sector].value.opportunity, state.breakthrough_lift, 1.0);
            let mut share = 0.0;
            let mut gained = 0.0;
            let mut weighted = 0.0;
            for row in members.iter().copied() {
                let behind = sectors[sector].foreign_quality - technology[row].quality;
                let gain = technology_gain(p, parameters.government.mission_gain, behind, chance);
                technology[row].quality += gain;
                technology[row].edges[POLICY] += gain;
                share += position[row].share;
                weighted += position[row].share * gain;
                gained += gain / members.len() as f64;
            }
            let began = mission.began.unwrap_or(calendar.tick);
            convert_mission(cell, gained, f64::from(calendar.tick - began) / calendar.ticks_per_year(), mission.spent);
            // The technology lifts opportunity and independence as any breakthrough does, when research counts those of the tick.
            returns.breakthroughs[sector][POLICY] += gained * math::sqrt(share.clamp(0.0, 1.0));
            growth.moves[sector].steps[POLICY][Kind::Breakthrough as usize][1] += weighted;
            returns.self_sufficiency[sector].advantage[POLICY] += parameters.market.quality_weight * weighted;
            *mission = Mission { completed: mission.completed + 1, paid: mission.paid, ..Mission::default() };
            event.note = Some("key_technology");
            event.amount = Some(gained);
        }
        if calendar.recorded() {
            records.events.push(event);
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

/// Members of a new attempt: the best of the sector by the programme's rule, seen as applicants for a grant are.
#[allow(clippy::too_many_arguments, reason = "a system's data, one by one")]
fn choose_members(
    parameters: &Parameters,
    calendar: &Calendar,
    sectors: &Sectors,
    capital_price: f64,
    advice: f64,
    settings: &Programme,
    sector: usize,
    (entities, attention, operation, plant, pipeline, identity, technology, treasury): Columns<'_>,
) -> Vec<Member> {
    let policy = &parameters.government;
    let state = &sectors[sector];
    let mut ranked: Vec<(f64, usize, u64)> = Vec::new();
    let stream = calendar.seed.stream(Mechanism::Mission, calendar.tick);
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_teach() {
        let government = Government { mission_success: 0.4, mission_learning: 0.35, ..Government::default() };
        // Stages as easy as each other.
        let technology = TechnologyParameters {
            success_pilot: 0.5,
            success_demonstration: 0.5,
            success_line: 0.5,
            success_adequacy: 1.2,
            ..TechnologyParameters::default()
        };
        let of = |milestone, adequacy, failures, lead| milestone_probability(&government, &technology, milestone, adequacy, failures, lead);
        assert!((of(0, 0.5, 0, 0.0) - 0.4).abs() < 1e-9);
        let odds = |p: f64| p / (1.0 - p);
        assert!((odds(of(1, 0.5, 2, 0.0)) / odds(0.4) - math::exp(0.7)).abs() < 1e-9);
        assert!((odds(of(2, 0.25, 0, 0.0)) / odds(0.4) - math::exp(-0.3)).abs() < 1e-9, "want of money");
        assert!(of(0, 0.5, 0, 0.5) > 0.4);
    }

    #[test]
    fn the_second_milestone_is_the_hardest() {
        let (government, technology) = (Government::default(), TechnologyParameters::default());
        let logits = [0, 1, 2].map(|milestone| math::logit(milestone_probability(&government, &technology, milestone, 0.5, 0, 0.0)));
        assert!(logits[1] < logits[0] && logits[0] < logits[2]);
        // In the mean of log-odds stages change nothing.
        assert!((logits.iter().sum::<f64>() / 3.0 - math::logit(government.mission_success)).abs() < 1e-9);
    }

    #[test]
    fn money_by_hand() {
        assert_eq!([money_adequacy(1.5, 1.5), money_adequacy(1.5, 3.0), money_adequacy(1.5, 0.5)], [0.5, 0.25, 1.0]);
        let government = Government { mission_effort: 0.8, ..Government::default() };
        assert!((full_effort(&government, 0.05, 400.0) - 16.0).abs() < 1e-12);
    }

    #[test]
    fn an_attempt_that_ends_leaves_what_it_taught() {
        let mut mission = Mission {
            members: vec![Member { enterprise: Entity::PLACEHOLDER, id: 7 }],
            milestone: 2,
            failures: 3,
            completed: 1,
            spent: 9.0,
            ..Mission::default()
        };
        mission.end_attempt();
        assert_eq!(mission, Mission { failures: 3, completed: 1, ..Mission::default() });
    }

    #[test]
    fn a_gain_by_hand() {
        // Far below the bound a step is what it is; none passes it.
        let technology = TechnologyParameters { innovation_mean: 0.05, largest_step: 1e6, ..TechnologyParameters::default() };
        assert!((technology_gain(&technology, 0.5, 0.8, 1.0) - 0.55).abs() < 1e-6);
        assert!((technology_gain(&technology, 0.5, -0.3, 2.0) - 0.3).abs() < 1e-6);
        assert!(technology_gain(&TechnologyParameters { largest_step: 0.2, ..technology }, 0.5, 0.0, 9.0) <= 0.2);
    }

    #[test]
    fn achievements_count_milestones() {
        assert_eq!(Mission { milestone: 1, completed: 2, ..Mission::default() }.achieved(), 2.0 + 1.0 / 3.0);
    }
}
