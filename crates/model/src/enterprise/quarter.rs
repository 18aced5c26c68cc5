//! An enterprise's tick from production to dividends: two steps that touch the same data, done in one pass over all enterprises.

use bevy_ecs::prelude::{Res, ResMut, Single};

use crate::accounts::{Economy, Ledger, Tally};
use crate::columns::{Column, Slices};
use crate::finance::Rates;
use crate::government::{GovernmentAccounts, ProgrammeBudgets, Receipts};
use crate::markets::Sectors;
use crate::math;
use crate::observe::RecordPlan;
use crate::parallel::{Merge, batches, fold, map_chunks};
use crate::parameters::Parameters;
use crate::technology::{OWN, Returns, edge_parts};
use crate::think_tank::{ClientFees, Services};
use crate::world::Calendar;

use super::production::{Made, Works};
use super::settlement::{Dues, Settled};
use super::{Experience, Identity, Operation, Pipeline, Plant, Position, Register, Technology, TickAccount, Treasury, YearAccounts};

struct Done(Made, Settled);

impl Merge for Done {
    fn merge(&mut self, other: Self) {
        self.0.merge(other.0);
        self.1.merge(other.1);
    }
}

/// Makes and sells, pays wages and suppliers, takes delivery of fixed capital, then pays taxes, interest, repayments and dividends.
#[allow(clippy::too_many_arguments, reason = "a system names all data it touches")]
pub fn produce_and_settle(
    enterprises: Single<(
        &Column<Technology>,
        &Column<Pipeline>,
        &mut Column<Identity>,
        &mut Column<Position>,
        &mut Column<Operation>,
        &mut Column<Plant>,
        &mut Column<Treasury>,
        &mut Column<TickAccount>,
        &mut Column<Experience>,
        &mut Register,
    )>,
    parameters: Res<Parameters>,
    calendar: Res<Calendar>,
    rates: Res<Rates>,
    services: Res<Services>,
    mut receipts: ResMut<Receipts>,
    mut client_fees: ResMut<ClientFees>,
    mut programmes: ResMut<ProgrammeBudgets>,
    mut sectors: ResMut<Sectors>,
    mut economy: ResMut<Economy>,
    mut ledger: ResMut<Ledger>,
    mut governments: ResMut<GovernmentAccounts>,
    mut tally: ResMut<Tally>,
    mut returns: ResMut<Returns>,
    plan: Res<RecordPlan>,
    mut of_year: ResMut<YearAccounts>,
) {
    let (technology, pipeline, identity, position, operation, plant, treasury, account, experience, register) =
        enterprises.into_inner().slices();
    let register = register.pages(identity.len());
    let interest = plan.keeps_panel().then(|| of_year.open_interest(identity.len()));
    let columns = (technology, pipeline, identity, position, operation, plant, treasury, account, experience, register, interest);
    receipts.sort();
    let years = calendar.years_per_tick();
    let smooth = math::smoothing(calendar.ticks_per_year(), 2.0);
    let support_weight = math::smoothing(calendar.ticks_per_year(), parameters.government.support_years);
    let (regions, banks, count, tanks) = (ledger.regions(), ledger.banks(), sectors.len(), services.tanks.len());
    let works = Works { parameters: &parameters, sectors: &sectors, programmes: &programmes, economy: &economy, years };
    let dues = Dues { parameters: &parameters, economy: &economy, rates: &rates, programmes: &programmes, years, smooth, support_weight };
    let parts = map_chunks(columns, |first, columns| {
        let (technology, pipeline, identity, position, operation, plant, treasury, account, experience, pages, mut interest) = columns;
        let (entries, owners) = pages.entries();
        let mut received = receipts.from(first);
        let mut done = Done(Made::nothing(regions, count), Settled::nothing(regions, banks, count, tanks));
        for batch in batches(identity.len()) {
            let parts = edge_parts(&technology[batch.clone()]);
            for (row, edge_parts) in batch.zip(parts) {
                if !identity[row].exists() {
                    continue;
                }
                let rd = &pipeline[row].spent;
                let (who, technology, plant) = (&mut identity[row], &technology[row], &mut plant[row]);
                let (operation, treasury, account) = (&mut operation[row], &mut treasury[row], &mut account[row]);
                (account.subsidies, account.contract) = received.of(first + row);
                // The whole of a contract is pay of researchers.
                let rd_spent = rd.iter().sum::<f64>() + account.contract;
                let unsought =
                    works.produce(technology, rd_spent, who, &mut position[row], operation, plant, treasury, account, &mut done.0);
                let paid = dues.settle(
                    who,
                    edge_parts,
                    rd[OWN],
                    plant,
                    operation,
                    treasury,
                    account,
                    unsought,
                    &mut experience[row],
                    entries.at(row).map(|place| &mut owners[place]),
                    &mut done.1,
                );
                if let Some(interest) = &mut interest {
                    interest[row] = paid;
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
