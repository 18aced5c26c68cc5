//! Rescue of a failing champion: a soft budget for large enterprises that a government has stood behind.

use crate::accounts::{Account, End, FlowKind, Ledger};

/// Money that keeps an enterprise going: its overdraft, and debt beyond what its capital can carry.
///
/// `−cash + max(0, debt − 0.8 capital)`
pub fn rescue_need(cash: f64, debt: f64, capital_value: f64) -> f64 {
    (-cash).max(0.0) + (debt - 0.8 * capital_value).max(0.0)
}

/// Whether a government has a motive: it supports the enterprise, which is large for its sector.
pub fn has_motive(supported: bool, relative_size: f64, least: f64) -> bool {
    supported && relative_size >= least
}

/// A failing champion.
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
}

/// A pot for rescues.
#[derive(Debug)]
pub struct RescuePot<'a> {
    /// Place in the list of programmes.
    pub programme: usize,
    /// Paid by localities.
    pub local: bool,
    /// Sector; all if none.
    pub only: Option<usize>,
    /// Money.
    pub money: &'a mut [f64],
}

/// Who is rescued by which programme: in order of jobs, while a pot has all that is needed.
pub fn choose_rescues(mut champions: Vec<Champion>, pots: &mut [RescuePot<'_>]) -> Vec<(Champion, usize)> {
    champions.sort_unstable_by(|a, b| b.employment.total_cmp(&a.employment).then(a.id.cmp(&b.id)));
    let mut chosen = Vec::new();
    for champion in champions {
        for pot in pots.iter_mut().filter(|pot| pot.only.is_none_or(|only| only == champion.sector)) {
            let at = if pot.local { champion.region } else { 0 };
            if pot.money[at] >= champion.need {
                pot.money[at] -= champion.need;
                chosen.push((champion, pot.programme));
                break;
            }
        }
    }
    chosen
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
    fn needs_by_hand() {
        assert_eq!(rescue_need(-3.0, 50.0, 100.0), 3.0);
        assert_eq!(rescue_need(-3.0, 90.0, 100.0), 13.0);
        assert!(has_motive(true, 5.0, 3.0) && !has_motive(false, 5.0, 3.0) && !has_motive(true, 2.0, 3.0));
    }

    #[test]
    fn jobs_come_first_and_pots_end() {
        let make = |id, employment, need| Champion { row: id as usize, id, sector: 0, region: 0, employment, need };
        let mut money = [10.0];
        let mut pots = [RescuePot { programme: 4, local: false, only: None, money: &mut money }];
        let chosen = choose_rescues(vec![make(1, 5.0, 4.0), make(2, 50.0, 8.0), make(3, 1.0, 2.0)], &mut pots);
        assert_eq!(chosen.iter().map(|(champion, programme)| (champion.id, *programme)).collect::<Vec<_>>(), [(2, 4), (3, 4)]);
        assert_eq!(money, [0.0]);
    }
}
