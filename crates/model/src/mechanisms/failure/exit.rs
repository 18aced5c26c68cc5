//! Exit: who fails, gives up, is bridged, reorganised or rescued at the end of a tick.

use bevy_ecs::prelude::{Res, ResMut};

use crate::observe::Records;
use crate::parameters::Parameters;
use crate::rules::banking::room;
use crate::rules::failure::{Closure, again, rescue_need, without_loan};
use crate::state::accounts::Ledger;
use crate::state::calendar::Calendar;
use crate::state::economy::{Economy, Group, Tally};
use crate::state::enterprise::{
    Attention, Closing, Closures, Distressed, Equity, Identity, Operation, Pipeline, Plant, Position, Register, Rows, Technology,
    TickAccount, Treasury, Wanting, YearAccounts,
};
use crate::state::government::{Plans, ProgrammeBudgets};
use crate::state::growth::Growth;
use crate::state::ids::Registry;
use crate::state::returns::Returns;
use crate::state::sector::Sectors;
use crate::state::tables::Tables;
use crate::state::technology::{Funnel, Projects};
use crate::streams::Draw;
use tripath_engine::math;
use tripath_engine::parallel::map_items;

use super::bridging::{Bridge, refused};
use super::prospects::Prospects;
use super::rescue::{Champion, choose_rescues};
use super::winding_up::{Books, Ready, UsedCapital};

/// What all that fail in a tick have in common.
pub(super) struct Terms<'a> {
    pub(super) parameters: &'a Parameters,
    pub(super) calendar: &'a Calendar,
    pub(super) tables: &'a Tables,
    /// Price of a unit of fixed capital.
    pub(super) price: f64,
    /// Tick from which on a second failure is the last.
    pub(super) since: u32,
}

impl<'a> Terms<'a> {
    fn new(parameters: &'a Parameters, calendar: &'a Calendar, tables: &'a Tables, price: f64) -> Self {
        let since = (f64::from(calendar.tick) - parameters.population.second_failure_years * calendar.ticks_per_year()).max(0.0) as u32;
        Self { parameters, calendar, tables, price, since }
    }
}

/// All enterprises, as failure finds and leaves them.
pub(super) struct Table<'a> {
    pub(super) identity: &'a mut [Identity],
    pub(super) plant: &'a mut [Plant],
    pub(super) treasury: &'a mut [Treasury],
    pub(super) equity: &'a mut [Equity],
    pub(super) account: &'a mut [TickAccount],
    pub(super) position: &'a [Position],
    pub(super) operation: &'a [Operation],
    pub(super) pipeline: &'a [Pipeline],
    pub(super) technology: &'a [Technology],
    pub(super) attention: &'a [Attention],
    pub(super) register: &'a mut Register,
}

impl Table<'_> {
    /// Those of some rows that cannot or will not go on. All others went on when they looked ahead, and nothing has changed for them.
    fn in_distress(&self, prospects: &Prospects<'_>, rows: &[u32]) -> Vec<(usize, Closure)> {
        let of = |row: usize| {
            let who = &self.identity[row];
            who.active().then(|| prospects.of(who, &self.position[row], &self.plant[row], &self.treasury[row]))?
        };
        let found = map_items(rows, |row| of(*row as usize).map(|closure| (*row as usize, closure)));
        let found: Vec<(usize, Closure)> = found.into_iter().flatten().collect();
        debug_assert_eq!(
            found.len(),
            (0..self.identity.len()).filter(|row| of(*row).is_some()).count(),
            "an enterprise whose books have changed since it looked ahead was not looked at again"
        );
        found
    }

    /// Bridging loans that are asked for.
    fn bridges(&self, price: f64, found: &[(usize, Closure)]) -> Vec<Bridge> {
        let asking = |(at, (row, closure)): (usize, &(usize, Closure))| {
            let (who, money) = (&self.identity[*row], &self.treasury[*row]);
            (*closure == Closure::Bridged).then(|| Bridge {
                at,
                bank: who.bank as usize,
                id: who.id,
                need: -money.cash,
                leverage: math::ratio(money.debt - money.cash, self.plant[*row].capital * price, 1.0),
            })
        };
        found.iter().enumerate().filter_map(asking).collect()
    }

    /// Those that would end and are large enough for a government to look at, unless they were kept going already.
    fn champions(&self, terms: &Terms<'_>, sectors: &Sectors, registry: &Registry, found: &[(usize, Closure)]) -> Vec<Champion> {
        let government = &terms.parameters.government;
        found
            .iter()
            .filter(|(row, _)| !registry.was_kept_going(self.identity[*row].id, terms.since))
            .filter(|(row, closure)| {
                let relative = self.position[*row].share * sectors[self.identity[*row].sector as usize].count;
                let ends = matches!(closure, Closure::Failed | Closure::Reorganised);
                ends && relative >= government.rescue_size
            })
            .map(|(row, _)| Champion {
                row: *row,
                id: self.identity[*row].id,
                sector: self.identity[*row].sector as usize,
                region: self.identity[*row].region as usize,
                employment: self.operation[*row].employment,
                need: rescue_need(self.treasury[*row].cash, self.treasury[*row].debt, self.plant[*row].capital * terms.price),
                supported: self.identity[*row].supported(government),
            })
            .collect()
    }

    /// What is needed of those that close. In big worlds most of the time goes to memory that stands anywhere: it is read before the first
    /// closes, and what is left behind is cleared after.
    fn make_ready(&self, projects: &Projects, found: &[(usize, Closure)]) -> Vec<(usize, Closure, Option<Ready>)> {
        map_items(found, |(row, closure)| {
            let (row, closure) = (*row, *closure);
            let ready = matches!(closure, Closure::Failed | Closure::GaveUp).then(|| Ready {
                did: Group::of(&self.operation[row], &self.pipeline[row], &self.account[row]),
                projects: projects.payers(row),
            });
            (row, closure, ready)
        })
    }

    /// Components of an enterprise that closes.
    pub(super) fn closing(&self, row: usize) -> Closing<'_> {
        Closing {
            who: &self.identity[row],
            technology: &self.technology[row],
            position: &self.position[row],
            attention: &self.attention[row],
            operation: &self.operation[row],
            pipeline: &self.pipeline[row],
            account: &self.account[row],
        }
    }
}

/// Finds those that cannot or will not go on, and deals with them one by one.
#[allow(clippy::too_many_arguments, clippy::type_complexity, reason = "a system names all data it touches")]
pub fn fail_and_exit(
    enterprises: Rows<(
        &'static mut Identity,
        &'static mut Plant,
        &'static mut Treasury,
        &'static mut Equity,
        &'static mut TickAccount,
        &'static Position,
        &'static Operation,
        &'static Pipeline,
        &'static Technology,
        &'static Attention,
    )>,
    (projects, mut register): (Res<Projects>, ResMut<Register>),
    parameters: Res<Parameters>,
    calendar: Res<Calendar>,
    tables: Res<Tables>,
    economy: Res<Economy>,
    (wanting, mut distressed): (Res<Wanting>, ResMut<Distressed>),
    (plans, mut programmes): (Res<Plans>, ResMut<ProgrammeBudgets>),
    (mut returns, mut funnel): (ResMut<Returns>, ResMut<Funnel>),
    mut registry: ResMut<Registry>,
    mut sectors: ResMut<Sectors>,
    mut ledger: ResMut<Ledger>,
    (mut tally, mut years, mut growth, mut closures): (ResMut<Tally>, ResMut<YearAccounts>, ResMut<Growth>, ResMut<Closures>),
    mut records: ResMut<Records>,
) {
    let (identity, plant, treasury, equity, account, position, operation, pipeline, technology, attention) = enterprises.slices();
    let register = &mut *register;
    let mut table = Table { identity, plant, treasury, equity, account, position, operation, pipeline, technology, attention, register };
    let terms = Terms::new(&parameters, &calendar, &tables, economy.capital_price);
    let mut found = table.in_distress(&Prospects::new(&parameters, &calendar, &sectors, terms.price), distressed.rows());
    for Bridge { at, bank, need, .. } in refused(table.bridges(terms.price, &found), |bank| room(&parameters.banking, &ledger, bank)) {
        tally.banks[bank].refused += need;
        let (row, closure) = &mut found[at];
        *closure = without_loan(&parameters, table.position[*row].share);
    }
    for (row, closure) in &mut found {
        if registry.was_kept_going(table.identity[*row].id, terms.since) {
            *closure = again(*closure);
        }
    }
    let champions = table.champions(&terms, &sectors, &registry, &found);
    let rescued = choose_rescues(&parameters, &plans, &mut programmes, champions);
    let mut books = Books {
        ledger: &mut ledger,
        registry: &mut registry,
        programmes: &mut programmes,
        returns: &mut returns,
        funnel: &mut funnel,
        sectors: &mut sectors,
        tally: &mut tally,
        years: &mut years,
        growth: &mut growth,
        closures: &mut closures,
        records: &mut records,
    };
    for (champion, programme) in &rescued {
        books.rescue(&terms, &mut table, champion, *programme);
    }
    let stream = calendar.seed.stream(Draw::Liquidation, calendar.tick);
    let market = UsedCapital { wanting: &wanting, stream, unit: terms.price * parameters.population.used_capital_price };
    for (row, closure, ready) in table.make_ready(&projects, &found) {
        if rescued.iter().any(|(champion, _)| champion.row == row) {
            continue;
        }
        let lost = match (closure, ready) {
            (Closure::Bridged, _) => {
                books.bridge(table.identity[row].bank as usize, &mut table.treasury[row]);
                continue;
            }
            (Closure::Reorganised, _) => books.reorganise(&terms, &mut table, row),
            (Closure::Failed | Closure::GaveUp, Some(ready)) => books.wind_up(&terms, &mut table, row, ready, &market),
            (Closure::Failed | Closure::GaveUp, None) => continue,
        };
        books.count(&terms, &mut table.identity[row], row, closure, lost);
    }
}
