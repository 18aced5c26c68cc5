//! When funds leave what they hold: what each holding comes to at the end of a tick, as far as no buyer of a whole enterprise is needed.

use crate::math;
use crate::parallel::map_rows;
use crate::parameters::Parameters;
use crate::random::{Mechanism, Stream};
use crate::world::Calendar;

use super::exits::Books;
use super::fund::{Fund, Stake};
use super::promise::{promise, promises};

/// Price over fundamental value that holders get when a fund must sell to other owners.
const SECONDARY_DISCOUNT: f64 = 0.75;
/// The same for a holding that a fund has given up.
const FORCED_DISCOUNT: f64 = 0.5;

/// How a holding was left.
pub(super) struct Left {
    pub(super) route: &'static str,
    pub(super) amount: f64,
    pub(super) fundamental: f64,
    /// Part of the enterprise that households take over; none where it is gone, or goes as a whole.
    pub(super) share: Option<f64>,
}

/// What becomes of a holding, buyers of whole enterprises apart.
pub(super) struct Fate {
    /// The fund would sell it together with all of the enterprise.
    pub(super) offered: bool,
    /// How it is left, if it is.
    pub(super) left: Option<Left>,
}

/// A holding that is not simply kept, at the first look.
pub(super) struct Seen {
    /// Place among the fund's holdings.
    pub(super) place: u32,
    /// Row of the enterprise.
    pub(super) row: u32,
    pub(super) offered: bool,
    pub(super) leaves: bool,
}

/// What funds look at when they think of leaving.
pub(super) struct Review<'a> {
    parameters: &'a Parameters,
    calendar: &'a Calendar,
    /// Ticks from a listing to the day on which a fund may sell.
    lockup: f64,
    stream: Stream,
}

impl<'a> Review<'a> {
    pub(super) fn new(parameters: &'a Parameters, calendar: &'a Calendar) -> Self {
        let lockup = parameters.capital_market.lockup_years * calendar.ticks_per_year();
        Self { parameters, calendar, lockup, stream: calendar.seed.stream(Mechanism::FundExit, calendar.tick) }
    }

    /// Holdings of a fund that are not simply kept, before anyone has sold.
    pub(super) fn first_look(&self, books: &Books<'_>, fund: &Fund) -> Vec<Seen> {
        let mut found = Vec::new();
        for (place, stake) in fund.stakes.iter().enumerate() {
            let Fate { offered, left } = self.fate(books, fund, stake);
            if offered || left.is_some() {
                found.push(Seen { place: place as u32, row: stake.row, offered, leaves: left.is_some() });
            }
        }
        found
    }

    /// What becomes of a holding as things stand.
    pub(super) fn fate(&self, books: &Books<'_>, fund: &Fund, stake: &Stake) -> Fate {
        let (venture, calendar) = (&self.parameters.venture, self.calendar);
        let (row, per_year) = (stake.row as usize, calendar.ticks_per_year());
        let (who, equity) = (&books.identity[row], &books.equity[row]);
        if who.id != stake.id || equity.fund_share <= 0.0 {
            return Fate { offered: false, left: Some(Left { route: "write_off", amount: 0.0, fundamental: 0.0, share: None }) };
        }
        let share = stake.shares / equity.outstanding;
        let fundamental = share * equity.fundamental;
        let leave = |route, amount| Some(Left { route, amount, fundamental, share: Some(share) });
        if who.listed && f64::from(calendar.tick - who.listing_tick) >= self.lockup {
            return Fate { offered: false, left: leave("listing", share * equity.market_value) };
        }
        let over = fund.id > 0 && fund.age(calendar) >= venture.life_years;
        let held = f64::from(calendar.tick - stake.tick) / per_year;
        let expected = equity.believed().expected(venture.promise_spread);
        let spent = books.treasury[row].capital_money <= 0.06 * books.operation[row].sales * per_year;
        let given_up = !who.listed && held > 1.5 && spent && expected < venture.abandonment;
        let mut draws = self.stream.draws(stake.deal);
        let mut offered = false;
        if !who.listed && !who.queued && (held > 3.0 || given_up) {
            let late = fund.age(calendar) >= venture.life_years - 3.0;
            let hazard = venture.exit_hazard
                * if over || given_up {
                    8.0
                } else if late {
                    3.0
                } else {
                    1.0
                };
            offered = draws.happens(1.0 - math::exp(-hazard * calendar.years_per_tick()));
        }
        // No corporate buyer found: other owners take the stake at a discount, if it is worth anything.
        let last_year = over && fund.age(calendar) >= venture.life_years + 1.0;
        let forced = given_up && held > 2.5 && draws.happens(1.0 - math::exp(-calendar.years_per_tick()));
        if who.listed || !(last_year || forced) {
            return Fate { offered, left: None };
        }
        let amount = fundamental * if given_up { FORCED_DISCOUNT } else { SECONDARY_DISCOUNT };
        let left = if amount < 0.05 * stake.paid { leave("write_off", 0.0) } else { leave("secondary", amount) };
        Fate { offered, left }
    }
}

/// Owners learn of the promise of what they hold, once a year for each.
pub(super) fn watch_holdings(books: &mut Books<'_>, funds: &[Fund], parameters: &Parameters, calendar: &Calendar) {
    let precision = parameters.venture.monitoring;
    if precision <= 0.0 {
        return;
    }
    let due = |stake: &&Stake| (calendar.tick - stake.tick).is_multiple_of(parameters.time.ticks_per_year) && calendar.tick > stake.tick;
    let mut seen: Vec<(u32, u64)> =
        funds.iter().flat_map(|fund| fund.stakes.iter().filter(due).map(|stake| (stake.row, stake.id))).collect();
    seen.sort_unstable();
    seen.dedup();
    let promises = promises(calendar);
    let noises = calendar.seed.stream(Mechanism::Promise, calendar.tick + 1);
    map_rows(
        (&*books.identity, &mut *books.equity),
        &seen,
        |seen| seen.0 as usize,
        |first, (identity, equity), seen| {
            for (row, id) in seen {
                let row = *row as usize - first;
                if identity[row].id == *id {
                    let noise = noises.draws(*id).normal();
                    let signal = promise(&promises, *id) + noise / math::sqrt(precision);
                    let belief = equity[row].believed().updated(signal, precision);
                    equity[row].believe(belief);
                }
            }
        },
    );
}
