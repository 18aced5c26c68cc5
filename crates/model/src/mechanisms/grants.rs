//! Competitive R&D grants: applications, appraisal, awards, and how well they were aimed.

use bevy_ecs::prelude::{Res, ResMut};
use std::cmp::Ordering;
use std::collections::BinaryHeap;

use crate::kinds::FlowKind;
use crate::observe::{EventRow, Records};
use crate::parameters::Parameters;
use crate::rules::grants::{advised_view, appraisal};
use crate::state::accounts::{Account, End, Ledger};
use crate::state::calendar::Calendar;
use crate::state::enterprise::{Rows, Treasury};
use crate::state::government::{Application, GrantApplications, ProgrammeBudgets, Receipts};
use crate::state::returns::Returns;
use crate::state::tables::Tables;
use crate::state::think_tanks::Services;
use tripath_engine::parallel::map_few;

/// An application's place in a pot: the greatest score first, then the least id.
#[derive(Debug, Clone, Copy, PartialEq)]
struct Ranked {
    score: f64,
    id: u64,
    /// Place in the list of applications.
    at: u32,
}

impl Eq for Ranked {}

impl Ord for Ranked {
    fn cmp(&self, other: &Self) -> Ordering {
        self.score.total_cmp(&other.score).then(other.id.cmp(&self.id))
    }
}

impl PartialOrd for Ranked {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

/// Appraises applications, ranks them in each pot, and awards grants until the money is spent.
#[allow(clippy::too_many_arguments, clippy::type_complexity, reason = "a system names all data it touches")]
pub fn award_grants(
    enterprises: Rows<&'static mut Treasury>,
    parameters: Res<Parameters>,
    calendar: Res<Calendar>,
    tables: Res<Tables>,
    services: Res<Services>,
    applications: Res<GrantApplications>,
    mut budgets: ResMut<ProgrammeBudgets>,
    mut returns: ResMut<Returns>,
    mut receipts: ResMut<Receipts>,
    mut ledger: ResMut<Ledger>,
    mut records: ResMut<Records>,
) {
    let policy = &parameters.government;
    let count = parameters.sectors.len();
    let treasury = enterprises.slices();
    let applications = &applications.0;
    let budgets = &mut *budgets;
    let gives = |index: &usize| parameters.programmes[*index].value.instrument == "rd_grant" && budgets.states[*index].running;
    let giving: Vec<usize> = (0..parameters.programmes.len()).filter(gives).collect();
    // Programmes appraise at the same time, then pots choose at the same time: no award depends on another pot. They are paid in order.
    let appraised = map_few(giving, applications.len(), |index| {
        let settings = &parameters.programmes[index].value;
        let only = parameters.sector_index(&settings.sector);
        let local = settings.level == "local";
        // Applicants of a place and sector are few, but all of them stand before the one pot of a programme of the centre.
        let likely = applications.len() / budgets.pots[index].len().max(1);
        let mut by_pot: Vec<Vec<Ranked>> = budgets.pots[index].iter().map(|_| Vec::with_capacity(likely)).collect();
        for (at, a) in applications.iter().enumerate().filter(|(_, a)| only.is_none_or(|s| s == a.sector as usize)) {
            let pot = if local { a.region as usize * count + a.sector as usize } else { 0 };
            let payer = if local { a.region as usize + 1 } else { 0 };
            let (seen, lobbying) = advised_view(&parameters, services.advice_to(payer, a.sector as usize), a.merit, a.noise, a.lobbying);
            let favour = services.favour(payer, a.adviser) * parameters.think_tanks.capture;
            let score = appraisal(settings, seen, a.size, a.distress, lobbying, policy.transparency) + favour;
            by_pot[pot].push(Ranked { score, id: a.id, at: at as u32 });
        }
        by_pot.into_iter().enumerate().map(|(pot, applicants)| (index, pot, applicants)).collect::<Vec<_>>()
    });
    let pots: Vec<(usize, usize, Vec<Ranked>)> = appraised.into_iter().flatten().collect();
    let chosen = map_few(pots, applications.len(), |(index, pot, applicants)| {
        let choice = choose(applications, applicants, budgets.pots[index][pot], parameters.programmes[index].value.award_years);
        (index, pot, choice)
    });
    for (index, pot, Choice { winners, aim }) in chosen {
        let local = parameters.programmes[index].value.level == "local";
        for (at, amount) in winners {
            let application = &applications[at as usize];
            let row = application.row as usize;
            let payer = if local { Account::Local(application.region as usize) } else { Account::Central };
            ledger.pay(FlowKind::RdGrants, End::Of(payer), End::Enterprise(&mut treasury[row].cash), amount);
            treasury[row].policy_money += amount;
            receipts.grant(row, amount);
            budgets.pots[index][pot] -= amount;
            budgets.states[index].spent += amount;
            budgets.money[index][application.sector as usize] += amount;
            returns.programme_cost[application.sector as usize] += amount;
            if calendar.recorded() {
                records.events.push(EventRow {
                    other: Some(index as u64),
                    sector: Some(tables.sector_names[application.sector as usize].clone()),
                    region: Some(tables.region_names[application.region as usize].clone()),
                    amount: Some(amount),
                    ..EventRow::at(&calendar, "award", application.id)
                });
            }
        }
        let state = &mut budgets.states[index];
        state.applicants += aim.applicants;
        state.awards += aim.awards;
        state.type_one += aim.type_one;
        state.type_two += aim.type_two;
        state.worthy += aim.worthy;
    }
}

/// Awards of a pot, the best first, and how well they were aimed.
struct Choice {
    /// Places in the list of applications, and amounts.
    winners: Vec<(u32, f64)>,
    aim: Aim,
}

/// How well a pot's awards were aimed.
#[derive(Debug, Default, PartialEq, Eq)]
struct Aim {
    applicants: u64,
    awards: u64,
    /// Awards to those who would have had none by true merit.
    type_one: u64,
    /// Those who would have had one by true merit and had none.
    type_two: u64,
    /// Awards by which errors are measured.
    worthy: u64,
}

/// Chooses the best applicants until a pot's money is spent.
fn choose(applications: &[Application], applicants: Vec<Ranked>, mut money: f64, award_years: f64) -> Choice {
    let mut merits: Vec<f64> = applicants.iter().map(|ranked| applications[ranked.at as usize].merit).collect();
    let mut winners = Vec::new();
    // A heap gives the best one by one: the order of those whom the money does not reach need not be known.
    let mut ranked = BinaryHeap::from(applicants);
    while money > 0.0
        && let Some(Ranked { at, .. }) = ranked.pop()
    {
        // The last awards are cut to what is left; a fifth of what was asked for is the least.
        let asked = applications[at as usize].amount * award_years;
        let amount = asked.min(money);
        if amount <= 0.0 || amount < 0.2 * asked {
            continue;
        }
        money -= amount;
        winners.push((at, amount));
    }
    let of_winners: Vec<f64> = winners.iter().map(|(at, _)| applications[*at as usize].merit).collect();
    Choice { winners, aim: aim(&mut merits, &of_winners) }
}

/// Errors of targeting: with as many awards as were made, who would have had one by true merit? From merits of all applicants and of the winners.
fn aim(merits: &mut [f64], winners: &[f64]) -> Aim {
    let (applicants, awards) = (merits.len() as u64, winners.len() as u64);
    if winners.is_empty() || winners.len() == merits.len() {
        return Aim { applicants, awards, ..Aim::default() };
    }
    let (_, cutoff, _) = merits.select_nth_unstable_by(winners.len() - 1, |a, b| b.total_cmp(a));
    let cutoff = *cutoff;
    let above = |merits: &[f64]| merits.iter().filter(|merit| **merit >= cutoff).count() as u64;
    Aim { applicants, awards, type_one: awards - above(winners), type_two: above(merits) - above(winners), worthy: awards }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_best_come_first_and_ids_break_ties() {
        let ranked = |score, id| Ranked { score, id, at: id as u32 };
        let mut heap = BinaryHeap::from(vec![ranked(1.0, 4), ranked(2.0, 9), ranked(2.0, 3), ranked(-1.0, 1)]);
        let order: Vec<u64> = std::iter::from_fn(|| heap.pop()).map(|ranked| ranked.id).collect();
        assert_eq!(order, [3, 9, 4, 1]);
    }

    #[test]
    fn errors_by_hand() {
        // Three with merits 3, 1 and 2; those with 1 and 2 were awarded, by true merit those with 3 and 2 would have been.
        let errors = Aim { applicants: 3, awards: 2, type_one: 1, type_two: 1, worthy: 2 };
        assert_eq!(aim(&mut [3.0, 1.0, 2.0], &[1.0, 2.0]), errors);
    }

    use crate::kinds::InstitutionalSector;
    use crate::worked::{by_hand, grant_calls as calls};

    fn applicant(row: u32, region: u16, merit: f64, lobbying: f64, amount: f64) -> Application {
        Application {
            row,
            id: u64::from(row) + 1,
            sector: 0,
            region,
            merit,
            noise: 0.0,
            adviser: None,
            size: 0.0,
            distress: 0.0,
            lobbying,
            amount,
        }
    }

    #[test]
    fn pots_are_given_to_the_best_and_paid_by_who_filled_them() {
        let mut small = calls();
        let rows: Vec<_> = (0..3).map(|_| small.add(crate::state::enterprise::Enterprise::default())).collect();
        // The centre: scores of 1, 3 and 0 + ½ × 3 × 1 = 1.5. Each asks for 1.5 years of 4: the second gets 6, the third the 4 that are left. The south has one applicant.
        small.set::<GrantApplications>().0 =
            vec![applicant(0, 0, 1.0, 0.0, 4.0), applicant(1, 1, 3.0, 0.0, 4.0), applicant(2, 0, 0.0, 1.0, 4.0)];
        small.run(award_grants);
        let cash = |at: usize| small.of::<Treasury>(rows[at]);
        let budgets = small.get::<ProgrammeBudgets>();
        by_hand(&[
            ("the first", cash(0).cash, 0.0),
            ("the second", cash(1).cash, 9.0),
            ("for R&D", cash(1).policy_money, 9.0),
            ("the third", cash(2).cash, 4.0),
            ("pot of the centre", budgets.pots[0][0], 0.0),
            ("of the south", budgets.pots[1][2], 0.0),
            ("spent by the centre", budgets.states[0].spent, 10.0),
            ("by localities", budgets.states[1].spent, 3.0),
            ("to date", budgets.money[0][0], 10.0),
            ("cost of policy", small.get::<Returns>().programme_cost[0], 13.0),
            ("the centre paid", small.get::<Ledger>().government_payments(0, FlowKind::RdGrants), 10.0),
            ("the south paid", small.get::<Ledger>().government_payments(2, FlowKind::RdGrants), 3.0),
            ("the north paid", small.get::<Ledger>().government_payments(1, FlowKind::RdGrants), 0.0),
            ("enterprises got", small.get::<Ledger>().received(FlowKind::RdGrants, InstitutionalSector::Enterprises), 13.0),
        ]);
        // By merit the first would have had one in place of the third.
        let state = budgets.states[0];
        assert_eq!((state.applicants, state.awards, state.type_one, state.type_two, state.worthy), (3, 2, 1, 1, 2));
        assert_eq!((budgets.states[1].applicants, budgets.states[1].awards), (3, 1));
        let mut receipts = small.get::<Receipts>().clone();
        receipts.sort();
        assert_eq!(receipts.from(0).before(9).collect::<Vec<_>>(), [(1, 6.0, 0.0), (1, 3.0, 0.0), (2, 4.0, 0.0)]);
        let events: Vec<_> = small.get::<Records>().events.iter().map(|event| (event.subject, event.other, event.amount)).collect();
        assert_eq!(events, [(2, Some(0), Some(6.0)), (3, Some(0), Some(4.0)), (2, Some(1), Some(3.0))]);
    }

    #[test]
    fn an_adviser_s_favour_counts_with_the_government_that_it_advises() {
        let mut small = calls();
        small.world.resource_mut::<Parameters>().think_tanks.capture = 1.0;
        let rows: Vec<_> = (0..2).map(|_| small.add(crate::state::enterprise::Enterprise::default())).collect();
        let favoured = Application { adviser: Some(0), ..applicant(0, 1, 1.0, 0.0, 9.0) };
        small.set::<GrantApplications>().0 = vec![favoured, applicant(1, 1, 1.2, 0.0, 9.0)];
        {
            // It advises the south alone.
            let mut services = small.set::<Services>();
            (services.governments[2].adviser, services.governments[2].favour) = (Some(0), 0.5);
        }
        small.run(award_grants);
        // The centre gives 10 of the 13.5 asked for to the better one, the south its 3 to the favoured.
        by_hand(&[("favoured", small.of::<Treasury>(rows[0]).cash, 3.0), ("better", small.of::<Treasury>(rows[1]).cash, 10.0)]);
    }
}
