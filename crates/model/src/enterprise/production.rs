//! Production: output, people, inputs, wages, sales, investment delivered.

use bevy_ecs::prelude::{Query, Res, ResMut};

use crate::accounts::{Account, Economy, End, FlowKind, InstitutionalSector as S, Instrument, Ledger};
use crate::government::ProgrammeBudgets;
use crate::markets::Sectors;
use crate::parallel::{Merge, map_chunks};
use crate::parameters::Parameters;
use crate::world::Calendar;

use super::demand::usable_capacity;
use super::{Identity, Operation, Pipeline, Plant, Position, Status, Technology, TickAccount, Treasury};

/// Persons needed: a variable part with output and an overhead part with normal capacity.
///
/// `L = ((1 − o) y + o u* k) / (A Λ Δ)`, output and capacity in units a tick.
pub fn labour_input(
    output: f64,
    capacity: f64,
    overhead: f64,
    normal_utilisation: f64,
    productivity: f64,
    learning: f64,
    years: f64,
) -> f64 {
    ((1.0 - overhead) * output + overhead * normal_utilisation * capacity) / (productivity * learning * years)
}

/// Makes and sells, pays wages and suppliers, and takes delivery of fixed capital.
#[allow(clippy::too_many_arguments, reason = "a system names all data it touches")]
pub fn produce(
    mut enterprises: Query<(
        &Technology,
        &Pipeline,
        &mut Identity,
        &mut Position,
        &mut Operation,
        &mut Plant,
        &mut Treasury,
        &mut TickAccount,
    )>,
    parameters: Res<Parameters>,
    calendar: Res<Calendar>,
    sectors: Res<Sectors>,
    mut programmes: ResMut<ProgrammeBudgets>,
    mut economy: ResMut<Economy>,
    mut ledger: ResMut<Ledger>,
) {
    let years = calendar.years_per_tick();
    let count = sectors.len();
    let production = &parameters.production;
    let Some((technology, pipeline, mut identity, mut position, mut operation, mut plant, mut treasury, mut account)) =
        crate::slices_mut!(enterprises)
    else {
        return;
    };
    let columns = (
        technology,
        pipeline,
        identity.bypass_change_detection(),
        position.bypass_change_detection(),
        operation.bypass_change_detection(),
        plant.bypass_change_detection(),
        treasury.bypass_change_detection(),
        account.bypass_change_detection(),
    );
    let book: &Ledger = &ledger;
    let economy_now: &Economy = &economy;
    let relief = &programmes.capital_relief;
    let parts = map_chunks(columns, |_, (technology, pipeline, identity, position, operation, plant, treasury, account)| {
        let mut page = book.page();
        let mut employment = 0.0;
        let mut invested = vec![0.0; relief[0].len()];
        for row in 0..identity.len() {
            if !identity[row].exists() {
                continue;
            }
            let index = identity[row].sector as usize;
            let state = &sectors[index];
            let (plant, treasury, operation, account) = (&mut plant[row], &mut treasury[row], &mut operation[row], &mut account[row]);

            let rd: f64 = pipeline[row].spent.iter().sum();
            let mut workers = rd / (economy_now.wage * years);
            if identity[row].active() {
                let capacity = usable_capacity(
                    plant.capital,
                    technology[row].capital_factor,
                    parameters.sectors[index].value.capital_output,
                    state.learning,
                    1.0,
                    years,
                );
                let usable = capacity * state.limit;
                operation.output += (usable - operation.output).max(0.0) * state.spare_fill;
                if state.output > 0.0 {
                    // Those who deliver keep their customers: half-way to the delivered share.
                    let delivered = operation.output / state.output;
                    position[row].share += parameters.market.delivery_weight * (delivered - position[row].share);
                }
                operation.sales = operation.output * position[row].price;
                let intermediate = operation.output * state.intermediate_cost;
                operation.value_added = operation.sales - intermediate;
                workers += labour_input(
                    operation.output,
                    capacity,
                    parameters.labour.overhead_share,
                    production.normal_utilisation,
                    technology[row].productivity,
                    state.learning,
                    years,
                );
                page.pay(FlowKind::Sales, End::Of(Account::Goods), End::Enterprise(&mut treasury.cash), operation.sales);
                page.pay(FlowKind::Intermediate, End::Enterprise(&mut treasury.cash), End::Of(Account::Goods), intermediate);
            }
            operation.employment = workers;
            operation.wages = workers * economy_now.wage * years;
            employment += workers;
            page.pay(FlowKind::Wages, End::Enterprise(&mut treasury.cash), End::Of(Account::Households), operation.wages);

            // Old capital wears out, new capital arrives; both at this tick's price.
            let depreciation = plant.capital * (production.depreciation * years).min(1.0);
            account.investment = plant.planned * economy_now.capital_outlay;
            plant.invested = plant.planned * economy_now.capital_fill;
            page.pay(FlowKind::Investment, End::Enterprise(&mut treasury.cash), End::Of(Account::Goods), account.investment);
            let region = identity[row].region as usize;
            let place = region * count + index;
            invested[place] += account.investment;
            for (level, payer) in [Account::Central, Account::Local(region)].into_iter().enumerate() {
                let subsidy = relief[level][place] * account.investment;
                if subsidy > 0.0 {
                    page.pay(FlowKind::CapitalSubsidies, End::Of(payer), End::Enterprise(&mut treasury.cash), subsidy);
                    account.subsidies += subsidy;
                    identity[row].supported = true;
                }
            }
            let price_change = economy_now.capital_price - economy_now.capital_price_at_close;
            let revalued = plant.capital * price_change - depreciation * economy_now.capital_price
                + (plant.invested * economy_now.capital_price - account.investment);
            page.revalue(Instrument::FixedCapital, S::Enterprises, revalued);
            plant.capital += plant.invested - depreciation;
            plant.planned = 0.0;
            if identity[row].status == Status::Founding && plant.capital > 0.0 {
                identity[row].status = Status::Active;
            }
        }
        (page, employment, invested)
    });
    let mut employment = 0.0;
    programmes.invested.fill(0.0);
    let pages: Vec<_> = parts
        .into_iter()
        .map(|(page, workers, invested)| {
            employment += workers;
            programmes.invested.merge(invested);
            page
        })
        .collect();
    ledger.absorb(pages);
    economy.employment = employment;
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labour_by_hand() {
        // At normal utilisation labour is output over productivity, whatever the overhead share.
        let at_normal = labour_input(8.2, 10.0, 0.2, 0.82, 4.0, 1.0, 1.0);
        assert!((at_normal - 8.2 / 4.0).abs() < 1e-12);
        // Half the output needs more than half the people.
        assert!(labour_input(4.1, 10.0, 0.2, 0.82, 4.0, 1.0, 1.0) > 0.5 * at_normal);
    }
}
