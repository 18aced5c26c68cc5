//! An enterprise's tick from production to dividends: two steps that touch the same data, done in one pass over all enterprises.

use bevy_ecs::prelude::{Res, ResMut};

use crate::observe::RecordPlan;
use crate::parameters::Parameters;
use crate::rules::returns::edge_parts;
use crate::rules::sector_view::SectorViews;
use crate::state::accounts::Ledger;
use crate::state::bank::Rates;
use crate::state::calendar::Calendar;
use crate::state::decisions::Decisions;
use crate::state::economy::{Economy, Tally};
use crate::state::enterprise::{
    Experience, Identity, Operation, Owners, Pipeline, Plant, Position, Register, Rows, Technology, TickAccount, Treasury, YearAccounts,
};
use crate::state::government::{GovernmentAccounts, ProgrammeBudgets, Receipts};
use crate::state::returns::Returns;
use crate::state::sector::Sectors;
use crate::state::think_tanks::{ClientFees, Services};
use tripath_engine::parallel::{Merge, fold, map_chunks};
use tripath_engine::vectors::Ahead;
use tripath_engine::{math, vectors};

use super::production::{CapitalRelief, Made, Works};
use super::settled::Settled;
use super::settlement::Dues;
use super::sheet::{Batch, PLACES, Sheet};

struct Done(Made, Settled);

impl Merge for Done {
    fn merge(&mut self, other: Self) {
        self.0.merge(other.0);
        self.1.merge(other.1);
    }
}

/// Enters what governments paid to rows of a batch that begins at row `begin`: rows, subsidies, payments for contracts.
#[inline(always)]
fn receive(sheet: &mut Sheet, received: impl Iterator<Item = (usize, f64, f64)>, begin: usize) {
    for (row, amount, contract) in received {
        sheet.subsidies[row - begin] += amount;
        sheet.contract[row - begin] += contract;
    }
}

/// Notes who of a batch has funds among its owners; it begins at place `begin` of the register's page.
#[inline(always)]
fn note_backing(sheet: &mut Sheet, owned: &[u16], owners: &[Owners], begin: usize) {
    for (row, owners) in owned.iter().zip(owners) {
        sheet.backed[usize::from(*row) - begin] = u64::from(owners.fund_share > 0.0);
    }
}

/// Tells owners of a batch what they were paid, and what of it bought their shares back.
#[inline(always)]
fn pay_out(sheet: &Sheet, owned: &[u16], owners: &mut [Owners], begin: usize) {
    for (row, owners) in owned.iter().zip(owners) {
        let at = usize::from(*row) - begin;
        owners.bought_by_households -= sheet.buyback[at];
        owners.dividends = sheet.payout[at];
    }
}

/// Makes and sells, pays wages and suppliers, takes delivery of fixed capital, then pays taxes, interest, repayments and dividends.
#[allow(clippy::too_many_arguments, reason = "a system names all data it touches")]
pub fn produce_and_settle(
    enterprises: Rows<(
        &'static Technology,
        &'static Pipeline,
        &'static mut Identity,
        &'static mut Position,
        &'static mut Operation,
        &'static mut Plant,
        &'static mut Treasury,
        &'static mut TickAccount,
        &'static mut Experience,
    )>,
    mut register: ResMut<Register>,
    parameters: Res<Parameters>,
    calendar: Res<Calendar>,
    rates: Res<Rates>,
    services: Res<Services>,
    mut receipts: ResMut<Receipts>,
    mut client_fees: ResMut<ClientFees>,
    mut programmes: ResMut<ProgrammeBudgets>,
    (mut sectors, mut views): (ResMut<Sectors>, ResMut<SectorViews>),
    mut economy: ResMut<Economy>,
    mut ledger: ResMut<Ledger>,
    mut governments: ResMut<GovernmentAccounts>,
    mut tally: ResMut<Tally>,
    mut returns: ResMut<Returns>,
    (plan, decisions, mut of_year): (Res<RecordPlan>, Res<Decisions>, ResMut<YearAccounts>),
) {
    let (technology, pipeline, identity, position, operation, plant, treasury, account, experience) = enterprises.slices();
    let register = register.pages(identity.len());
    let interest = plan.keeps_panel().then(|| of_year.open_interest(identity.len()));
    let columns = (technology, pipeline, identity, position, operation, plant, treasury, account, experience, register, interest);
    receipts.sort();
    let years = calendar.years_per_tick();
    let smooth = math::smoothing(calendar.ticks_per_year(), 2.0);
    let support_weight = math::smoothing(calendar.ticks_per_year(), parameters.government.support_years);
    let (regions, banks, count, tanks) = (ledger.regions(), ledger.banks(), sectors.len(), services.tanks.len());
    let works = Works::new(&parameters, &economy, years);
    let dues = Dues::new(&parameters, &economy, &rates, years, smooth, support_weight);
    let views = views.after_sales(&sectors);
    let relief = CapitalRelief::of(&programmes, count);
    let parts = map_chunks(columns, |first, columns| {
        let (technology, pipeline, identity, position, operation, plant, treasury, account, experience, pages, mut interest) = columns;
        let (mut owned, mut owners) = pages.in_order();
        let mut received = receipts.from(first);
        let mut done = Done(Made::nothing(regions, count), Settled::nothing(regions, banks, count, tanks));
        let mut sheet = Sheet::new();
        for start in (0..identity.len()).step_by(PLACES) {
            let range = start..identity.len().min(start + PLACES);
            let read = (technology, pipeline, &*identity, &*position, &*operation).soon(range.end);
            let written = (&*plant, &*treasury, &*account, &*experience).soon(range.end);
            let mut rows = Batch {
                technology: &technology[range.clone()],
                pipeline: &pipeline[range.clone()],
                identity: &mut identity[range.clone()],
                position: &mut position[range.clone()],
                operation: &mut operation[range.clone()],
                plant: &mut plant[range.clone()],
                treasury: &mut treasury[range.clone()],
                account: &mut account[range.clone()],
                experience: &mut experience[range.clone()],
            };
            sheet.take(&rows, views, &read);
            receive(&mut sheet, received.before(first + range.end), first + range.start);
            // Entries of the register for these rows.
            let entries = owned.iter().take_while(|row| usize::from(**row) < range.end).count();
            let (owned_here, owners_here);
            (owned_here, owned) = owned.split_at(entries);
            (owners_here, owners) = owners.split_at_mut(entries);
            note_backing(&mut sheet, owned_here, owners_here, range.start);
            let Done(made, settled) = &mut done;
            edge_parts(sheet.edges.as_flattened(), sheet.rents.as_flattened_mut());
            vectors::widest(
                #[inline(always)]
                || {
                    works.produce(&relief, &mut sheet, made);
                    dues.settle(&mut sheet, settled, &decisions.payout, first + range.start);
                },
            );
            sheet.tell(&mut rows, &written);
            pay_out(&sheet, owned_here, owners_here, range.start);
            if let Some(interest) = &mut interest {
                for (noted, paid) in interest[range].iter_mut().zip(&sheet.interest) {
                    *noted = *paid;
                }
            }
        }
        done
    });
    let Some(Done(made, settled)) = fold(parts) else { return };
    receipts.clear();
    made.book(&mut ledger);
    settled.book(&mut ledger);
    economy.employment = made.employment;
    programmes.invested = made.invested;
    settled.tell(years, smooth, &mut client_fees, &mut programmes, &mut governments, &mut tally, &mut returns, &mut sectors);
}
