//! Rescue of a failing champion: a soft budget for large enterprises that a government has stood behind, or of sectors that its plan favours.

use crate::kinds::FlowKind;
use crate::parameters::Parameters;
use crate::state::accounts::{Account, End, Ledger};
use crate::state::government::{Plans, ProgrammeBudgets};

/// A failing enterprise that is large for its sector.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Champion {
    /// Row.
    pub row: usize,
    /// Id.
    pub id: u64,
    /// Sector.
    pub sector: usize,
    /// Region.
    pub region: usize,
    /// Persons employed: more go first.
    pub employment: f64,
    /// Money needed.
    pub need: f64,
    /// Counts as supported by public money.
    pub supported: bool,
}

/// A pot for rescues.
#[derive(Debug)]
struct RescuePot<'a> {
    /// Place in the list of programmes.
    programme: usize,
    /// Paid by localities.
    local: bool,
    /// Sector; all if none.
    only: Option<usize>,
    /// Plans of all governments.
    plans: &'a Plans,
    /// Money.
    money: &'a mut [f64],
}

impl RescuePot<'_> {
    /// Who pays: the locality's place, or the first.
    fn payer(&self, champion: &Champion) -> usize {
        if self.local { champion.region } else { 0 }
    }

    /// Whether it is meant for this one: the name of the government that pays is on it, by money or by the plan for its sector.
    fn has_motive(&self, champion: &Champion) -> bool {
        let government = if self.local { champion.region + 1 } else { 0 };
        self.only.is_none_or(|only| only == champion.sector) && (champion.supported || self.plans.favours(government, champion.sector))
    }
}

/// Who is rescued by which programme: in order of jobs, while a pot has all that is needed.
fn rescued_by(mut champions: Vec<Champion>, pots: &mut [RescuePot<'_>]) -> Vec<(Champion, usize)> {
    champions.sort_unstable_by(|a, b| b.employment.total_cmp(&a.employment).then(a.id.cmp(&b.id)));
    let mut chosen = Vec::new();
    for champion in champions {
        for pot in pots.iter_mut().filter(|pot| pot.has_motive(&champion)) {
            let at = pot.payer(&champion);
            if pot.money[at] >= champion.need {
                pot.money[at] -= champion.need;
                chosen.push((champion, pot.programme));
                break;
            }
        }
    }
    chosen
}

/// Which failing champions governments rescue, and by which programme.
pub fn choose_rescues(
    parameters: &Parameters,
    plans: &Plans,
    programmes: &mut ProgrammeBudgets,
    champions: Vec<Champion>,
) -> Vec<(Champion, usize)> {
    if champions.is_empty() {
        return Vec::new();
    }
    let mut pots: Vec<RescuePot<'_>> = parameters
        .programmes
        .iter()
        .enumerate()
        .zip(&mut programmes.pots)
        .filter(|((_, programme), _)| programme.value.instrument == "rescue")
        .map(|((index, programme), money)| RescuePot {
            programme: index,
            local: programme.value.level == "local",
            only: parameters.sector_index(&programme.value.sector),
            plans,
            money,
        })
        .collect();
    for pot in &pots {
        programmes.states[pot.programme].applicants += champions.iter().filter(|champion| pot.has_motive(champion)).count() as u64;
    }
    rescued_by(champions, &mut pots)
}

/// Pays a rescue.
pub fn pay_rescue(ledger: &mut Ledger, local: bool, champion: &Champion, cash: &mut f64) {
    let payer = if local { Account::Local(champion.region) } else { Account::Central };
    ledger.pay(FlowKind::EnterpriseRescues, End::Of(payer), End::Enterprise(cash), champion.need);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn support_or_an_even_share_is_a_motive() {
        let make = |sector, supported| Champion { row: 0, id: 1, sector, region: 0, employment: 1.0, need: 1.0, supported };
        let plans = Plans { central: vec![0.1, 0.5, 0.4], ..Plans::even(3, 1) };
        let pot = |plans| RescuePot { programme: 0, local: false, only: None, plans, money: &mut [] };
        assert!(
            pot(&plans).has_motive(&make(0, true)) && pot(&plans).has_motive(&make(1, false)) && !pot(&plans).has_motive(&make(0, false))
        );
        // An even share is enough.
        assert!(pot(&Plans::even(4, 1)).has_motive(&make(0, false)));
    }

    #[test]
    fn jobs_come_first_and_pots_end() {
        let make = |id, employment, need| Champion { row: id as usize, id, sector: 0, region: 0, employment, need, supported: true };
        let mut money = [10.0];
        let plans = Plans::even(2, 1);
        let mut pots = [RescuePot { programme: 4, local: false, only: None, plans: &plans, money: &mut money }];
        let chosen = rescued_by(vec![make(1, 5.0, 4.0), make(2, 50.0, 8.0), make(3, 1.0, 2.0)], &mut pots);
        assert_eq!(chosen.iter().map(|(champion, programme)| (champion.id, *programme)).collect::<Vec<_>>(), [(2, 4), (3, 4)]);
        assert_eq!(money, [0.0]);
    }

    #[test]
    fn a_locality_stands_by_the_sectors_of_its_plan() {
        let make = |id, region, sector| Champion { row: id as usize, id, sector, region, employment: 1.0, need: 1.0, supported: false };
        let mut money = [9.0, 9.0];
        let plans = Plans { shares: vec![vec![0.8, 0.2], vec![0.4, 0.6]], ..Plans::even(2, 2) };
        let mut pots = [RescuePot { programme: 0, local: true, only: None, plans: &plans, money: &mut money }];
        let chosen = rescued_by(vec![make(1, 0, 0), make(2, 0, 1), make(3, 1, 0), make(4, 1, 1)], &mut pots);
        assert_eq!(chosen.iter().map(|(champion, _)| champion.id).collect::<Vec<_>>(), [1, 4]);
        assert_eq!(money, [8.0, 8.0]);
    }
}
