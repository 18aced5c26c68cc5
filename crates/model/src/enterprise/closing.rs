//! The end of an enterprise's tick: equity is valued, and every change of value is booked.

use bevy_ecs::prelude::{Query, Res, ResMut};

use crate::accounts::{Economy, InstitutionalSector as S, Instrument, Ledger, Tally};
use crate::markets::Sectors;
use crate::math;
use crate::parallel::{Merge, fold, map_chunks};
use crate::parameters::Parameters;
use crate::technology::CAPITAL;
use crate::world::Calendar;

use super::attention::founders_gain;
use super::{Attention, Equity, Identity, Operation, Plant, TickAccount, Treasury};

struct Jobs {
    created: f64,
    destroyed: f64,
    /// Gains of founders by going public over annual sales, by sector.
    listing_gains: Vec<f64>,
}

impl Merge for Jobs {
    fn merge(&mut self, other: Self) {
        self.created += other.created;
        self.destroyed += other.destroyed;
        for (mine, theirs) in self.listing_gains.iter_mut().zip(other.listing_gains) {
            *mine += theirs;
        }
    }
}

/// Values unlisted equity, books revaluations of all equity, adds the tick to the year, and counts jobs gained and lost.
pub fn close_tick(
    mut enterprises: Query<(&Identity, &Operation, &Plant, &Treasury, &mut TickAccount, &mut Attention, &mut Equity)>,
    parameters: Res<Parameters>,
    calendar: Res<Calendar>,
    economy: Res<Economy>,
    mut sectors: ResMut<Sectors>,
    mut ledger: ResMut<Ledger>,
    mut tally: ResMut<Tally>,
) {
    let Some((identity, operation, plant, treasury, mut account, mut attention, mut equity)) = crate::slices_mut!(enterprises) else {
        return;
    };
    let book: &Ledger = &ledger;
    let count = sectors.len();
    let parts = map_chunks(
        (
            identity,
            operation,
            plant,
            treasury,
            account.bypass_change_detection(),
            attention.bypass_change_detection(),
            equity.bypass_change_detection(),
        ),
        |_, (identity, operation, plant, treasury, account, attention, equity)| {
            let mut page = book.page();
            let mut jobs = Jobs { created: 0.0, destroyed: 0.0, listing_gains: vec![0.0; count] };
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
                let raised = equity.bought_by_funds + equity.bought_by_households;
                if raised > 0.0 && identity[row].born < calendar.tick as i32 {
                    let founders = 1.0 - equity.fund_share - equity.float_share;
                    let going_public = listed && !equity.listed_at_close;
                    let new = if going_public { equity.float_share } else { math::ratio(raised, equity.market_value, 0.0) };
                    // A round's price is a bargain over what the enterprise is worth, its promise included: it is no gain over value.
                    let worth = if listed { equity.fundamental } else { equity.market_value };
                    let gain = founders_gain(
                        founders.max(0.0),
                        new,
                        equity.market_value,
                        worth - raised,
                        raised,
                        parameters.path_choice.liquidity_value,
                    );
                    // Nobody goes public twice: peers learn from it, the enterprise itself has nothing more to gain there.
                    if going_public {
                        let annual_sales = operation[row].sales * calendar.ticks_per_year();
                        jobs.listing_gains[identity[row].sector as usize] += math::ratio(gain, annual_sales, 0.0).clamp(-2.0, 2.0);
                    } else {
                        attention[row].payoff[CAPITAL] += gain;
                    }
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
                let account = &mut account[row];
                account.year.add(&operation[row], account.investment, account.subsidies);
                let change = operation[row].employment - account.last_employment;
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
        for (state, gain) in sectors.iter_mut().zip(jobs.listing_gains) {
            state.listing_gains = gain;
        }
    }
}
