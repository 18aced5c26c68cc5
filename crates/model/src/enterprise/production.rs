//! Production: output, people, inputs, wages, sales, investment delivered.

use crate::accounts::{Account, Batch, Economy, FlowKind, InstitutionalSector as S, Instrument, Ledger};
use crate::government::ProgrammeBudgets;
use crate::markets::Sectors;
use crate::parallel::Merge;
use crate::parameters::Parameters;

use super::demand::usable_capacity;
use super::{Identity, Operation, Plant, Position, Status, Technology, TickAccount, Treasury};

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

/// What all enterprises meet when they produce.
pub(super) struct Works<'a> {
    pub(super) parameters: &'a Parameters,
    pub(super) sectors: &'a Sectors,
    pub(super) programmes: &'a ProgrammeBudgets,
    pub(super) economy: &'a Economy,
    pub(super) years: f64,
}

/// What a chunk of enterprises made, paid and took delivery of.
pub(super) struct Made {
    sales: Batch,
    intermediate: Batch,
    wages: Batch,
    investment: Batch,
    /// Capital subsidies of the central government and of localities.
    subsidies: [Batch; 2],
    /// Change of fixed capital that is no payment.
    revalued: f64,
    /// Persons employed.
    pub(super) employment: f64,
    /// Fixed capital formation by `[region × sectors + sector]`.
    pub(super) invested: Vec<f64>,
}

impl Made {
    pub(super) fn nothing(regions: usize, sectors: usize) -> Self {
        Self {
            sales: Batch::received(FlowKind::Sales, 1, |_| Account::Goods),
            intermediate: Batch::paid(FlowKind::Intermediate, 1, |_| Account::Goods),
            wages: Batch::paid(FlowKind::Wages, 1, |_| Account::Households),
            investment: Batch::paid(FlowKind::Investment, 1, |_| Account::Goods),
            subsidies: [
                Batch::received(FlowKind::CapitalSubsidies, 1, |_| Account::Central),
                Batch::received(FlowKind::CapitalSubsidies, regions, Account::Local),
            ],
            revalued: 0.0,
            employment: 0.0,
            invested: vec![0.0; regions * sectors],
        }
    }

    pub(super) fn book(&self, ledger: &mut Ledger) {
        for batch in [&self.sales, &self.intermediate, &self.wages, &self.investment].into_iter().chain(&self.subsidies) {
            batch.book(ledger);
        }
        ledger.book().revalue(Instrument::FixedCapital, S::Enterprises, self.revalued);
    }
}

impl Merge for Made {
    fn merge(&mut self, other: Self) {
        self.sales.merge(other.sales);
        self.intermediate.merge(other.intermediate);
        self.wages.merge(other.wages);
        self.investment.merge(other.investment);
        let [central, local] = other.subsidies;
        self.subsidies[0].merge(central);
        self.subsidies[1].merge(local);
        self.revalued += other.revalued;
        self.employment += other.employment;
        self.invested.merge(other.invested);
    }
}

impl Works<'_> {
    /// An enterprise makes and sells, pays wages and suppliers, and takes delivery of fixed capital. Returns the subsidies that it got on that capital.
    #[allow(clippy::too_many_arguments, reason = "an enterprise's components, one by one")]
    #[inline]
    pub(super) fn produce(
        &self,
        technology: &Technology,
        rd: f64,
        identity: &mut Identity,
        position: &mut Position,
        operation: &mut Operation,
        plant: &mut Plant,
        treasury: &mut Treasury,
        account: &mut TickAccount,
        made: &mut Made,
    ) -> f64 {
        let (years, economy) = (self.years, self.economy);
        let production = &self.parameters.production;
        let index = identity.sector as usize;
        let state = &self.sectors[index];
        let mut workers = rd / (economy.wage * years);
        if identity.active() {
            let capital_output = self.parameters.sectors[index].value.capital_output;
            let capacity = usable_capacity(plant.capital, technology.capital_factor, capital_output, state.learning, 1.0, years);
            let usable = capacity * state.limit;
            operation.output += (usable - operation.output).max(0.0) * state.spare_fill;
            if state.output > 0.0 {
                // Those who deliver keep their customers: part of the way to the delivered share.
                let delivered = operation.output / state.output;
                position.share += self.parameters.market.delivery_weight * (delivered - position.share);
            }
            operation.sales = operation.output * position.price;
            let intermediate = operation.output * state.intermediate_cost;
            operation.value_added = operation.sales - intermediate;
            workers += labour_input(
                operation.output,
                capacity,
                self.parameters.labour.overhead_share,
                production.normal_utilisation,
                technology.productivity,
                state.learning,
                years,
            );
            made.sales.receive(0, &mut treasury.cash, operation.sales);
            made.intermediate.pay(0, &mut treasury.cash, intermediate);
        }
        account.last_employment = operation.employment;
        operation.employment = workers;
        operation.wages = workers * economy.wage * years;
        made.employment += workers;
        made.wages.pay(0, &mut treasury.cash, operation.wages);

        // Old capital wears out, new capital arrives; both at this tick's price.
        let depreciation = plant.capital * (production.depreciation * years).min(1.0);
        account.investment = plant.planned * economy.capital_outlay;
        let invested = plant.planned * economy.capital_fill;
        made.investment.pay(0, &mut treasury.cash, account.investment);
        let region = identity.region as usize;
        let place = region * self.sectors.len() + index;
        made.invested[place] += account.investment;
        let mut subsidies = 0.0;
        for (level, payer) in [0, region].into_iter().enumerate() {
            let subsidy = self.programmes.capital_relief[level][place] * account.investment;
            if subsidy > 0.0 {
                made.subsidies[level].receive(payer, &mut treasury.cash, subsidy);
                subsidies += subsidy;
            }
        }
        account.subsidies += subsidies;
        let price_change = economy.capital_price - economy.capital_price_at_close;
        made.revalued +=
            plant.capital * price_change - depreciation * economy.capital_price + (invested * economy.capital_price - account.investment);
        plant.capital += invested - depreciation;
        plant.planned = 0.0;
        if identity.status == Status::Founding && plant.capital > 0.0 {
            identity.status = Status::Active;
        }
        subsidies
    }
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
