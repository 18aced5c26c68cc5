//! The end of an enterprise's tick: equity is valued, and every change of value is booked.

use bevy_ecs::prelude::{Query, Res, ResMut};

use crate::accounts::{Economy, InstitutionalSector as S, Instrument, Ledger, Tally};
use crate::parallel::{Merge, fold, map_chunks};

use super::{Equity, Identity, Operation, Plant, TickAccount, Treasury};

struct Jobs {
    created: f64,
    destroyed: f64,
}

impl Merge for Jobs {
    fn merge(&mut self, other: Self) {
        self.created += other.created;
        self.destroyed += other.destroyed;
    }
}

/// Values unlisted equity, books revaluations of all equity, and counts jobs gained and lost.
pub fn close_tick(
    mut enterprises: Query<(&Identity, &Operation, &Plant, &Treasury, &TickAccount, &mut Equity)>,
    economy: Res<Economy>,
    mut ledger: ResMut<Ledger>,
    mut tally: ResMut<Tally>,
) {
    let Some((identity, operation, plant, treasury, account, mut equity)) = crate::slices_mut!(enterprises) else { return };
    let book: &Ledger = &ledger;
    let parts = map_chunks(
        (identity, operation, plant, treasury, account, equity.bypass_change_detection()),
        |_, (identity, operation, plant, treasury, account, equity)| {
            let mut page = book.page();
            let mut jobs = Jobs { created: 0.0, destroyed: 0.0 };
            for row in 0..identity.len() {
                if !identity[row].exists() {
                    continue;
                }
                let equity = &mut equity[row];
                let listed = identity[row].listed;
                if !listed && equity.fund_share <= 0.0 {
                    // Without a round or a listing, equity is worth its books.
                    equity.market_value = (treasury[row].cash + plant[row].capital * economy.capital_price - treasury[row].debt).max(0.0);
                }
                let now_funds = equity.fund_share * equity.market_value;
                let now_households = (1.0 - equity.fund_share) * equity.market_value;
                let holders = [
                    (S::Funds, now_funds, equity.funds_at_close, equity.bought_by_funds),
                    (S::Households, now_households, equity.households_at_close, equity.bought_by_households),
                ];
                for (sector, now, before, bought) in holders {
                    let class = if listed { Instrument::Listed } else { Instrument::Unlisted };
                    let gain = now - before - bought;
                    page.revalue(class, sector, gain);
                    page.revalue(class, S::Enterprises, -gain);
                    // Payments are counted as unlisted; what is listed now, or was, moves between the two.
                    let moved = match (equity.listed_at_close, listed) {
                        (false, true) => before + bought,
                        (true, true) => bought,
                        (true, false) => -before,
                        (false, false) => 0.0,
                    };
                    page.reclassify_equity(sector, moved);
                    page.reclassify_equity(S::Enterprises, -moved);
                }
                equity.funds_at_close = now_funds;
                equity.households_at_close = now_households;
                equity.bought_by_funds = 0.0;
                equity.bought_by_households = 0.0;
                equity.listed_at_close = listed;
                let change = operation[row].employment - account[row].last_employment;
                if change > 0.0 {
                    jobs.created += change;
                } else {
                    jobs.destroyed -= change;
                }
            }
            (page, jobs)
        },
    );
    let (pages, jobs): (Vec<_>, Vec<_>) = parts.into_iter().unzip();
    ledger.absorb(pages);
    if let Some(jobs) = fold(jobs) {
        tally.job_creation += jobs.created;
        tally.job_destruction += jobs.destroyed;
    }
}
