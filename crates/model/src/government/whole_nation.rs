//! The whole-nation programme: all money on one key technology at a time, with milestones; most attempts fail, and teach.

use bevy_ecs::prelude::{Query, Res, ResMut};
use serde::{Deserialize, Serialize};

use crate::accounts::{Account, Economy, End, FlowKind, Ledger};
use crate::enterprise::{Attention, Identity, Operation, Position, Technology, TickAccount, Treasury};
use crate::markets::Sectors;
use crate::math;
use crate::observe::{EventRow, Records};
use crate::parameters::{Government, Parameters, Programme};
use crate::random::Mechanism;
use crate::technology::{POLICY, Returns, opportunity};
use crate::world::{Calendar, Tables};

use super::ProgrammeBudgets;
use super::awards::appraisal;

/// Milestones of a key technology: laboratory, pilot, line.
pub const MILESTONES: u8 = 3;

/// The key technology that a whole-nation programme works at.
#[derive(Debug, Clone, Default, PartialEq, Serialize, Deserialize)]
pub struct Mission {
    /// Enterprises that work at it: row and id.
    pub members: Vec<(u32, u64)>,
    /// Milestones passed in this attempt.
    pub milestone: u8,
    /// Years of the planned budget spent on the next milestone.
    pub progress: f64,
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

/// Probability that a milestone is passed: `logit p = logit p0 + a_L failures + lead`.
///
/// Failed attempts leave knowledge behind, and able enterprises get further: `lead` in log points of knowledge over the sector's mean.
pub fn milestone_probability(government: &Government, failures: u32, lead: f64) -> f64 {
    math::logistic(
        math::logit(government.mission_success.clamp(0.001, 0.999))
            + government.mission_learning * f64::from(failures)
            + lead.clamp(-1.0, 1.0),
    )
}

/// Quality that members gain with a technology: a part of the gap to foreign suppliers, and a breakthrough's step.
///
/// `g max(gap, 0) + 3 m o`, with `m` the mean size of inventions and `o` the sector's opportunity.
pub fn technology_gain(gain: f64, gap: f64, mean_size: f64, opportunity: f64) -> f64 {
    gain * gap.max(0.0) + 3.0 * mean_size * opportunity
}

/// Divides the programmes' money among their members, and draws milestones that are paid for.
#[allow(clippy::too_many_arguments, clippy::type_complexity, reason = "a system names all data it touches")]
pub fn run_missions(
    mut enterprises: Query<(&Attention, &Operation, &Position, &mut Identity, &mut Technology, &mut Treasury, &mut TickAccount)>,
    parameters: Res<Parameters>,
    calendar: Res<Calendar>,
    tables: Res<Tables>,
    economy: Res<Economy>,
    mut sectors: ResMut<Sectors>,
    mut budgets: ResMut<ProgrammeBudgets>,
    mut returns: ResMut<Returns>,
    mut ledger: ResMut<Ledger>,
    mut records: ResMut<Records>,
) {
    let budgets = &mut *budgets;
    let running = |settings: &Programme, at: usize| settings.instrument == "whole_nation" && budgets.states[at].running;
    if !parameters.programmes.iter().enumerate().any(|(at, programme)| running(&programme.value, at)) {
        for mission in &mut budgets.missions {
            mission.members.clear();
        }
        return;
    }
    let Some((attention, operation, position, mut identity, mut technology, mut treasury, mut account)) = crate::slices_mut!(enterprises)
    else {
        return;
    };
    let (identity, technology) = (identity.bypass_change_detection(), technology.bypass_change_detection());
    let (treasury, account) = (treasury.bypass_change_detection(), account.bypass_change_detection());
    for (at, programme) in parameters.programmes.iter().enumerate() {
        let settings = &programme.value;
        let mission = &mut budgets.missions[at];
        let Some(sector) = parameters.sector_index(&settings.sector) else { continue };
        if settings.instrument != "whole_nation" || !budgets.states[at].running {
            mission.members.clear();
            continue;
        }
        mission.members.retain(|(row, id)| identity[*row as usize].id == *id);
        if mission.members.is_empty() {
            let columns = (attention, operation, &*identity, &*technology, &*treasury);
            mission.members = choose_members(&parameters, &calendar, &sectors, settings, sector, columns);
            budgets.states[at].applicants += sectors[sector].count as u64;
            budgets.states[at].awards += mission.members.len() as u64;
        }
        if mission.members.is_empty() {
            continue;
        }
        let money = std::mem::take(&mut budgets.pots[at][0]);
        let each = money / mission.members.len() as f64;
        for (row, _) in &mission.members {
            let row = *row as usize;
            ledger.pay(FlowKind::MissionContracts, End::Of(Account::Central), End::Enterprise(&mut treasury[row].cash), each);
            treasury[row].policy_money += each;
            account[row].subsidies += each;
            identity[row].supported = true;
        }
        budgets.states[at].spent += money;
        returns.programme_cost[sector] += money;
        let planned = settings.budget_share * economy.annual_output;
        mission.progress += math::ratio(money, planned, 0.0);
        if mission.progress < settings.award_years {
            continue;
        }
        mission.progress = 0.0;
        let state = &sectors[sector];
        let mean = mission.members.iter().map(|(row, _)| technology[*row as usize].lead(state)).sum::<f64>() / mission.members.len() as f64;
        let probability = milestone_probability(&parameters.government, mission.failures, mean);
        let mut draws = calendar.seed.draws(Mechanism::Mission, at as u64, calendar.tick);
        let passed = draws.happens(probability);
        let mut event = EventRow {
            sector: Some(tables.sector_names[sector].clone()),
            amount: Some(probability),
            note: Some(if passed { "passed" } else { "failed" }),
            ..EventRow::at(&calendar, "milestone", at as u64)
        };
        if !passed {
            mission.failures += 1;
            mission.milestone = 0;
            mission.members.clear();
        } else if mission.milestone + 1 < MILESTONES {
            mission.milestone += 1;
        } else {
            let p = &parameters.technology;
            let gap = state.foreign_quality - state.quality;
            let chance = opportunity(p, parameters.sectors[sector].value.opportunity, state.breakthrough_lift, gap);
            let mut share = 0.0;
            let mut gained = 0.0;
            for (row, _) in &mission.members {
                let row = *row as usize;
                let behind = sectors[sector].foreign_quality - technology[row].quality;
                let gain = technology_gain(parameters.government.mission_gain, behind, p.innovation_mean, chance);
                technology[row].quality += gain;
                technology[row].edges[POLICY] += gain;
                share += position[row].share;
                gained += gain / mission.members.len() as f64;
            }
            sectors[sector].breakthrough_lift += p.breakthrough_spillover * gained * math::sqrt(share.clamp(0.0, 1.0));
            *mission = Mission { completed: mission.completed + 1, ..Mission::default() };
            event.note = Some("key_technology");
            event.amount = Some(gained);
        }
        if calendar.recorded() {
            records.events.push(event);
        }
    }
}

type Columns<'a> = (&'a [Attention], &'a [Operation], &'a [Identity], &'a [Technology], &'a [Treasury]);

/// Members of a new attempt: the best of the sector by the programme's rule.
fn choose_members(
    parameters: &Parameters,
    calendar: &Calendar,
    sectors: &Sectors,
    settings: &Programme,
    sector: usize,
    (attention, operation, identity, technology, treasury): Columns<'_>,
) -> Vec<(u32, u64)> {
    let policy = &parameters.government;
    let state = &sectors[sector];
    let mut ranked: Vec<(f64, u32, u64)> = Vec::new();
    let stream = calendar.seed.stream(Mechanism::Mission, calendar.tick);
    for row in 0..identity.len() {
        let who = &identity[row];
        if !who.active() || who.sector as usize != sector {
            continue;
        }
        let lead = technology[row].lead(state);
        let mut draws = stream.draws(who.id);
        let seen = lead + policy.appraisal_noise * 0.3 * draws.normal();
        let annual_sales = operation[row].sales * calendar.ticks_per_year();
        let size = math::ln(math::ratio(annual_sales, state.mean_sales, 1.0).clamp(1e-3, 1e3));
        let distress = math::ratio(treasury[row].debt, annual_sales, 0.0).clamp(0.0, 2.0);
        let score = appraisal(settings, seen, size, distress, attention[row].shares[POLICY], policy.transparency);
        ranked.push((score, row as u32, who.id));
    }
    ranked.sort_unstable_by(|a, b| b.0.total_cmp(&a.0).then(a.2.cmp(&b.2)));
    ranked.truncate(settings.members as usize);
    ranked.into_iter().map(|(_, row, id)| (row, id)).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn failures_teach() {
        let government = Government { mission_success: 0.4, mission_learning: 0.35, ..Government::default() };
        assert!((milestone_probability(&government, 0, 0.0) - 0.4).abs() < 1e-9);
        let odds = |p: f64| p / (1.0 - p);
        let taught = milestone_probability(&government, 2, 0.0);
        assert!((odds(taught) / odds(0.4) - math::exp(0.7)).abs() < 1e-9);
        assert!(milestone_probability(&government, 0, 0.5) > 0.4);
    }

    #[test]
    fn a_gain_by_hand() {
        assert!((technology_gain(0.5, 0.8, 0.05, 1.0) - 0.55).abs() < 1e-12);
        assert!((technology_gain(0.5, -0.3, 0.05, 2.0) - 0.3).abs() < 1e-12);
    }

    #[test]
    fn achievements_count_milestones() {
        assert_eq!(Mission { milestone: 1, completed: 2, ..Mission::default() }.achieved(), 2.0 + 1.0 / 3.0);
    }
}
