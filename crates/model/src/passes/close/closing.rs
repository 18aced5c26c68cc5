//! The end of an enterprise's tick: equity is valued, every change of value is booked, and what all have is summed.

use bevy_ecs::prelude::{Res, ResMut};
use std::ops::Range;

use crate::observe::RecordPlan;
use crate::parameters::Parameters;
use crate::rules::attention::{attended, founders_gain};
use crate::rules::share_price::MISPRICING_MEMORY;
use crate::sources::CAPITAL;
use crate::state::accounts::Ledger;
use crate::state::calendar::Calendar;
use crate::state::census::Census;
use crate::state::economy::{Economy, Tally};
use crate::state::enterprise::{
    Attention, Equity, Experience, Identity, Operation, Owners, Pipeline, Plant, Position, Register, Rows, TickAccount, Treasury,
    YearAccount, YearAccounts,
};
use crate::state::sector::Sectors;
use crate::state::think_tanks::Services;
use tripath_engine::math;
use tripath_engine::parallel::{BATCH, batches, fold, map_chunks};
use tripath_engine::vectors::{Ahead, Soon};

use super::closed::Closed;
use super::count::Count;

/// Values unlisted equity, books revaluations of all equity, adds the tick to the year, counts jobs gained and lost, and takes the census.
#[allow(clippy::too_many_arguments, reason = "a system names all data it touches")]
pub fn close_tick(
    enterprises: Rows<(
        &'static Identity,
        &'static Position,
        &'static Operation,
        &'static Plant,
        &'static Treasury,
        &'static Pipeline,
        &'static TickAccount,
        &'static Attention,
        &'static mut Experience,
        &'static mut Equity,
    )>,
    mut register: ResMut<Register>,
    parameters: Res<Parameters>,
    calendar: Res<Calendar>,
    economy: Res<Economy>,
    mut sectors: ResMut<Sectors>,
    services: Res<Services>,
    plan: Res<RecordPlan>,
    mut years: ResMut<YearAccounts>,
    mut ledger: ResMut<Ledger>,
    mut tally: ResMut<Tally>,
    mut census: ResMut<Census>,
) {
    let (identity, position, operation, plant, treasury, pipeline, account, attention, experience, equity) = enterprises.slices();
    let (count, regions, banks, tanks) = (sectors.len(), ledger.regions(), ledger.banks(), services.tanks.len());
    years.forget_closed(&calendar, &plan.enterprises);
    let years = plan.keeps_panel().then(|| years.open(identity.len()));
    let register = register.pages(identity.len());
    let columns = (identity, position, operation, plant, treasury, pipeline, account, attention, experience, equity, register, years);
    let price = economy.capital_price;
    let terms = Terms::new(&parameters, &calendar);
    let parts = map_chunks(columns, |_, columns| {
        let (identity, position, operation, plant, treasury, pipeline, account, attention, experience, equity, pages, years) = columns;
        let (entries, owners) = pages.entries();
        if let Some(years) = years {
            add_to_year(&calendar, operation, account, years);
        }
        let mut census = Census::new(count, regions, banks, tanks);
        let mut counted = census.take();
        let mut closed = Closed::nothing(count);
        // Equal lengths are known to the compiler here, which then checks no bounds.
        let rows = identity.len();
        let (position, operation, plant, treasury) = (&position[..rows], &operation[..rows], &plant[..rows], &treasury[..rows]);
        let (pipeline, account, attention, equity) = (&pipeline[..rows], &account[..rows], &attention[..rows], &mut equity[..rows]);
        let (mut jobs_created, mut jobs_destroyed) = (0.0, 0.0);
        let mut fund_shares = [0.0; BATCH];
        for batch in batches(rows) {
            let begin = batch.start;
            let valued = (identity, plant, treasury, &*equity, operation, account).soon(begin + BATCH);
            let counted_next = (position, pipeline, attention).soon(begin + BATCH);
            for at in 0..batch.len() {
                valued.ask(at);
                let row = begin + at;
                let (who, equity) = (&identity[row], &mut equity[row]);
                let owners = entries.at(row).map(|place| &mut owners[place]);
                let fund_share = owners.as_ref().map_or(0.0, |owners| owners.fund_share);
                fund_shares[at] = fund_share;
                let before = equity.market_value;
                if !who.listed && fund_share <= 0.0 {
                    // Without a round or a listing, equity is worth its books.
                    equity.market_value = (treasury[row].cash + plant[row].capital * price - treasury[row].debt).max(0.0);
                }
                if let Some(owners) = owners {
                    terms.count_owners(&mut closed, who, equity, owners, (&operation[row], &attention[row]), &mut experience[row]);
                } else {
                    // Founders are households: they had all of it at the last close, or have paid it in since.
                    closed.gains[0][1] += equity.market_value - before;
                }
                // Without a branch: nobody can foretell who hires.
                let change = operation[row].employment - account[row].last_employment;
                let hires = change > 0.0;
                jobs_created += if hires { change } else { 0.0 };
                jobs_destroyed -= if hires { 0.0 } else { change };
            }
            // Apart from the above: a loop that looks at everything has no room for it.
            let columns = (identity, position, operation, plant, treasury, pipeline, attention, &*equity, account);
            count_batch(&mut counted, price, batch, columns, &fund_shares, &counted_next);
        }
        (closed.jobs_created, closed.jobs_destroyed) = (jobs_created, jobs_destroyed);
        counted.end();
        closed.census = census;
        closed
    });
    let Some(closed) = fold(parts) else { return };
    closed.book(&mut ledger);
    tally.job_creation += closed.jobs_created;
    tally.job_destruction += closed.jobs_destroyed;
    for (state, gain) in sectors.iter_mut().zip(closed.listing_gains) {
        state.listing_gains = gain;
    }
    *census = closed.census;
}

/// Columns that the census looks at.
type Looked<'a> = (
    &'a [Identity],
    &'a [Position],
    &'a [Operation],
    &'a [Plant],
    &'a [Treasury],
    &'a [Pipeline],
    &'a [Attention],
    &'a [Equity],
    &'a [TickAccount],
);

/// Takes the census of a batch of rows, funds' shares of which are known.
#[inline(always)]
fn count_batch(
    counted: &mut Count<'_>,
    price: f64,
    batch: Range<usize>,
    (identity, position, operation, plant, treasury, pipeline, attention, equity, account): Looked<'_>,
    fund_shares: &[f64; BATCH],
    next: &Soon<3>,
) {
    for at in 0..batch.len() {
        next.ask(at);
        let row = batch.start + at;
        counted.add(
            price,
            &identity[row],
            &position[row],
            &operation[row],
            &plant[row],
            &treasury[row],
            &pipeline[row],
            &attention[row],
            &equity[row],
            fund_shares[at],
            &account[row],
        );
    }
}

/// What gains of owners are counted by.
struct Terms<'a> {
    parameters: &'a Parameters,
    calendar: &'a Calendar,
    /// Part of a log premium over value that is left when founders may sell.
    lasting: f64,
}

impl<'a> Terms<'a> {
    fn new(parameters: &'a Parameters, calendar: &'a Calendar) -> Self {
        let lasting = math::pow(MISPRICING_MEMORY, parameters.capital_market.founder_lockup_years);
        Self { parameters, calendar, lasting }
    }

    /// Counts what owners of an enterprise that has others than founders gained, and tells founders what selling equity paid.
    #[inline(always)]
    fn count_owners(
        &self,
        closed: &mut Closed,
        who: &Identity,
        equity: &Equity,
        owners: &mut Owners,
        (operation, attention): (&Operation, &Attention),
        experience: &mut Experience,
    ) {
        if owners.bought_by_funds + owners.bought_by_households > 0.0 && who.born < self.calendar.tick as i32 {
            let gain = gain_of_founders(equity, owners, who.listed, self.lasting, self.parameters.path_choice.liquidity_value);
            // Nobody goes public twice: peers learn from it, the enterprise itself has nothing more to gain there.
            if who.listed && !owners.listed_at_close {
                let annual_sales = operation.sales * self.calendar.ticks_per_year();
                let worth = attended(self.parameters.path_choice.half_attention, attention.shares[CAPITAL]);
                closed.listing_gains[who.sector as usize] += math::ratio(gain, annual_sales, 0.0).clamp(-2.0, 2.0) / worth;
            } else {
                experience.payoff[CAPITAL] += gain;
            }
        }
        closed.revalue(equity, owners, who.listed);
    }
}

/// Adds the tick to the year of each.
fn add_to_year(calendar: &Calendar, operation: &[Operation], account: &[TickAccount], years: &mut [YearAccount]) {
    for ((year, operation), account) in years.iter_mut().zip(operation).zip(account) {
        if calendar.year_begins() {
            *year = YearAccount::default();
        }
        year.add(operation, account.investment, account.subsidies);
    }
}

/// What founders gained by the equity sold in this tick.
///
/// A round's price is a bargain over what the enterprise is worth, its promise included: it is no gain over value. Who goes public counts on
/// the price at which founders may sell, when the lock-up ends: of the log premium over value the part `lasting` is left by then. In a
/// later issue founders gain what new owners pay above value.
fn gain_of_founders(equity: &Equity, owners: &Owners, listed: bool, lasting: f64, liquidity: f64) -> f64 {
    let raised = owners.bought_by_funds + owners.bought_by_households;
    let founders = (1.0 - owners.fund_share - owners.float_share).max(0.0);
    let worth = if listed { equity.fundamental } else { equity.market_value };
    let (new, price) = if listed && !owners.listed_at_close {
        let premium = math::ratio(equity.market_value, worth, 1.0);
        (owners.float_share, worth * math::pow(premium, lasting))
    } else {
        (math::ratio(raised, equity.market_value, 0.0), worth)
    };
    founders_gain(founders, new, price, worth - raised, raised, liquidity)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn founders_count_on_what_they_can_sell_for() {
        // 20 raised for a fifth of an enterprise that is then worth 100 and priced at 400.
        let equity = Equity { fundamental: 100.0, market_value: 400.0 };
        let listing = Owners { bought_by_households: 20.0, float_share: 0.2, ..Owners::default() };
        // At once founders could sell at the price: 0.8 x 400 - 80. After a lock-up that leaves half of the log premium: 0.8 x 200 - 80.
        assert!((gain_of_founders(&equity, &listing, true, 1.0, 0.0) - 240.0).abs() < 1e-9);
        assert!((gain_of_founders(&equity, &listing, true, 0.5, 0.0) - 80.0).abs() < 1e-9);
        // The same sum in a later issue, for a twentieth: the 80 before were worth 80 / 0.95 to all, 0.8 / 0.95 of it theirs.
        let issue = Owners { listed_at_close: true, ..listing };
        assert!((gain_of_founders(&equity, &issue, true, 1.0, 0.0) - (0.8 * 100.0 - 0.8 / 0.95 * 80.0)).abs() < 1e-9);
        // A round is no gain but for having the money.
        let round = Owners { bought_by_households: 0.0, bought_by_funds: 20.0, float_share: 0.0, fund_share: 0.05, ..listing };
        assert!((gain_of_founders(&equity, &round, false, 1.0, 0.25) - 5.0).abs() < 1e-9);
    }
}
