//! When funds leave what they hold: what each holding comes to at the end of a tick, and what goes to which market.

use crate::kinds::FlowKind;
use crate::observe::{DealRow, Records};
use crate::parameters::Parameters;
use crate::rules::deals::round_name;
use crate::rules::promise::{promise, promises, promises_little};
use crate::state::accounts::{Account, End, Ledger};
use crate::state::calendar::Calendar;
use crate::state::enterprise::Owners;
use crate::state::ids::Registry;
use crate::state::returns::Returns;
use crate::state::tables::Tables;
use crate::state::venture::{Fund, Stake};
use crate::streams::Draw;
use tripath_engine::math;
use tripath_engine::parallel::map_rows;
use tripath_engine::random::Stream;
use tripath_engine::vectors::fetch;

use super::exits::Books;

/// How many times more often than others a holding is put up for a corporate sale that its fund must or wants to be rid of.
const URGENCY: f64 = 8.0;
/// Years after the end of a fund's life at which owners are asked for what is left.
const WIND_UP: f64 = 1.0;

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
    /// The enterprise.
    pub(super) id: u64,
    pub(super) offered: bool,
    pub(super) leaves: bool,
}

/// What funds look at when they think of leaving.
pub(super) struct Review<'a> {
    parameters: &'a Parameters,
    calendar: &'a Calendar,
    /// Ticks from a listing to the day on which a fund may sell.
    lockup: f64,
    /// Draws of corporate sales and of the secondary market.
    exits: Stream,
    secondary: Stream,
}

impl<'a> Review<'a> {
    pub(super) fn new(parameters: &'a Parameters, calendar: &'a Calendar) -> Self {
        let lockup = parameters.capital_market.lockup_years * calendar.ticks_per_year();
        let stream = |mechanism| calendar.seed.stream(mechanism, calendar.tick);
        let (exits, secondary) = (stream(Draw::FundExit), stream(Draw::SecondarySale));
        Self { parameters, calendar, lockup, exits, secondary }
    }

    /// Asks memory for what a look at the holdings of a fund will need.
    pub(super) fn fetch(&self, books: &Books<'_>, fund: &Fund) {
        for row in fund.stakes.iter().filter_map(|stake| books.rows.get(stake.enterprise)) {
            fetch(&books.identity[row]);
            fetch(&books.equity[row]);
            fetch(&books.treasury[row]);
            fetch(&books.operation[row]);
            books.register.fetch(row);
        }
    }

    /// Holdings of a fund that are not simply kept, before anyone has sold.
    pub(super) fn first_look(&self, books: &Books<'_>, fund: &Fund) -> Vec<Seen> {
        let mut found = Vec::new();
        for (place, stake) in fund.stakes.iter().enumerate() {
            let Fate { offered, left } = self.fate(books, fund, stake);
            if offered || left.is_some() {
                found.push(Seen { place: place as u32, id: stake.id, offered, leaves: left.is_some() });
            }
        }
        found
    }

    /// What becomes of a holding as things stand.
    pub(super) fn fate(&self, books: &Books<'_>, fund: &Fund, stake: &Stake) -> Fate {
        let (venture, calendar) = (&self.parameters.venture, self.calendar);
        let per_year = calendar.ticks_per_year();
        let held = |owners: &&Owners| owners.fund_share > 0.0 && stake.part(owners) > 0.0;
        let found = books.rows.get(stake.enterprise).and_then(|row| Some((row, books.register.of(row).filter(held)?)));
        let Some((row, owners)) = found else {
            return Fate { offered: false, left: Some(Left { route: "write_off", amount: 0.0, fundamental: 0.0, share: None }) };
        };
        let (who, equity) = (&books.identity[row], &books.equity[row]);
        let share = stake.part(owners);
        let fundamental = share * equity.fundamental;
        let leave = |route, amount| Some(Left { route, amount, fundamental, share: Some(share) });
        if who.listed && f64::from(calendar.tick - who.listing_tick) >= self.lockup {
            return Fate { offered: false, left: leave("listing", share * equity.market_value) };
        }
        if who.listed || who.queued {
            return Fate { offered: false, left: None };
        }
        let held = f64::from(calendar.tick - stake.tick) / per_year;
        let given_up = self.given_up(books, row, stake);
        let mut offered = false;
        if held > 3.0 || given_up {
            let age = fund.age(calendar);
            let over = fund.id > 0 && age >= venture.life_years;
            let late = age >= venture.life_years - 3.0;
            let hazard = venture.exit_hazard
                * if over || given_up {
                    URGENCY
                } else if late {
                    3.0
                } else {
                    1.0
                };
            offered = self.exits.draws(stake.deal).strikes(hazard * calendar.years_per_tick());
        }
        Fate { offered, left: None }
    }

    /// Whether a fund has given up a holding that it could not sell on the exchange: the money is used, and little is expected of more.
    fn given_up(&self, books: &Books<'_>, row: usize, stake: &Stake) -> bool {
        let (venture, per_year) = (&self.parameters.venture, self.calendar.ticks_per_year());
        let held = f64::from(self.calendar.tick - stake.tick) / per_year;
        let spent = || books.treasury[row].round_is_used(books.operation[row].sales * per_year);
        // Last, for it takes an exponential.
        let hopeless = || promises_little(venture, books.register.believed(row).expected(venture.promise_spread));
        !books.identity[row].listed && held > 1.5 && spent() && hopeless()
    }

    /// How a holding is put up on the secondary market at the end of the tick, if it is: always once the fund's life is over,
    /// and about once a year where it has given the holding up. Of enterprises for sale the part `sale_rate` is sold.
    pub(super) fn put_up(&self, books: &Books<'_>, fund: &Fund, stake: &Stake, sale_rate: f64) -> Option<PutUp> {
        let (venture, calendar) = (&self.parameters.venture, self.calendar);
        let row = books.rows.get(stake.enterprise)?;
        let who = &books.identity[row];
        if who.closed() || who.listed {
            return None;
        }
        let past = fund.age(calendar) - venture.life_years;
        let held = f64::from(calendar.tick - stake.tick) / calendar.ticks_per_year();
        let tries = || {
            let mut draws = self.secondary.draws(stake.deal);
            held > 2.5 && self.given_up(books, row, stake) && draws.strikes(calendar.years_per_tick())
        };
        let urgent = past < WIND_UP && tries();
        (past >= 0.0 || urgent).then(|| PutUp {
            hazard: URGENCY * venture.exit_hazard * sale_rate,
            years: (WIND_UP - past).max(0.0),
            owners: past >= WIND_UP || urgent,
        })
    }
}

/// How a holding is put up on the secondary market.
#[derive(Debug, Clone, Copy)]
pub(super) struct PutUp {
    /// Corporate sales a year that the seller may still wait for.
    pub(super) hazard: f64,
    /// Years until the fund is wound up.
    pub(super) years: f64,
    /// Owners are asked if no fund buys.
    pub(super) owners: bool,
}

/// A fund sells shares to households, on the exchange or off it.
pub(super) fn sell_to_households(
    ledger: &mut Ledger,
    fund: &mut Fund,
    owners: &mut Owners,
    share: f64,
    amount: f64,
    stamp_duty: f64,
    listed: bool,
) {
    ledger.pay(FlowKind::SecondarySales, End::Of(Account::Households), End::Fund(&mut fund.cash), amount);
    ledger.pay(FlowKind::StampDuty, End::Of(Account::Households), End::Of(Account::Central), amount * stamp_duty);
    owners.bought_by_funds -= amount;
    owners.bought_by_households += amount;
    owners.fund_share = (owners.fund_share - share).max(0.0);
    if owners.fund_share < 1e-9 {
        owners.fund_share = 0.0;
    }
    if listed {
        owners.float_share += share;
    }
}

/// Books and records the end of a holding, or of a part of one.
#[allow(clippy::too_many_arguments, reason = "books the end of a holding in three places")]
pub(super) fn record_exit(
    calendar: &Calendar,
    tables: &Tables,
    registry: &mut Registry,
    returns: &mut Returns,
    records: &mut Records,
    fund: &Fund,
    stake: &Stake,
    left: &Left,
) {
    returns.funds.sell(fund, stake.sector as usize, left.amount, left.fundamental);
    let deal = registry.deal();
    if !calendar.recorded() {
        return;
    }
    let kind = if stake.bought { "resale" } else { "exit" };
    records.deals.push(DealRow {
        deal,
        route: Some(left.route),
        multiple: Some(math::ratio(left.amount, stake.paid, 0.0)),
        years_held: Some(f64::from(calendar.tick - stake.tick) / calendar.ticks_per_year()),
        ..of_stake(calendar, tables, fund, stake, kind, left.amount, left.fundamental)
    });
}

/// Row of a deal about a stake that is there already: an amount for what is worth `fundamental`.
pub(super) fn of_stake(
    calendar: &Calendar,
    tables: &Tables,
    fund: &Fund,
    stake: &Stake,
    kind: &'static str,
    amount: f64,
    fundamental: f64,
) -> DealRow {
    DealRow {
        tick: calendar.recorded_tick(),
        year: calendar.year(),
        deal: stake.deal,
        kind,
        round: round_name(stake.round),
        enterprise: stake.id,
        sector: tables.sector_names[stake.sector as usize].clone(),
        region: tables.region_names[stake.region as usize].clone(),
        fund: fund.id,
        amount,
        pre_money: None,
        fundamental,
        premium: math::ratio(amount, fundamental, 1.0) - 1.0,
        route: None,
        multiple: None,
        years_held: None,
        supported: stake.supported,
        matched: stake.matched,
    }
}

/// Owners learn of the promise of what they hold, once a year for each.
pub(super) fn watch_holdings(books: &mut Books<'_>, funds: &[Fund], parameters: &Parameters, calendar: &Calendar) {
    let precision = parameters.venture.monitoring;
    if precision <= 0.0 {
        return;
    }
    let due = |stake: &&Stake| (calendar.tick - stake.tick).is_multiple_of(parameters.time.ticks_per_year) && calendar.tick > stake.tick;
    let place = |stake: &Stake| Some((books.rows.get(stake.enterprise)?, stake.id));
    let mut seen: Vec<(usize, u64)> = funds.iter().flat_map(|fund| fund.stakes.iter().filter(due).filter_map(place)).collect();
    seen.sort_unstable();
    seen.dedup();
    let promises = promises(calendar);
    let noises = calendar.seed.stream(Draw::Promise, calendar.tick + 1);
    map_rows(
        (&*books.identity, books.register.pages(books.identity.len())),
        &seen,
        |seen| seen.0,
        |first, (_, pages), seen| {
            let (entries, owners) = pages.entries();
            for (row, id) in seen {
                if let Some(place) = entries.at(row - first) {
                    let noise = noises.draws(*id).normal();
                    let signal = promise(&promises, *id) + noise / math::sqrt(precision);
                    let belief = owners[place].believed().updated(signal, precision);
                    owners[place].believe(belief);
                }
            }
        },
    );
}
