//! The quarter of a batch of enterprises, field by field.
//!
//! All enterprises make, sell and settle by the same arithmetic. The fields of a batch stand beside each other, so that the processor's
//! vectors take eight enterprises at a time; what does not apply is computed and not chosen. A row without an enterprise is blank: it pays
//! nothing, and nothing is written back to it.

use crate::rules::sector_view::SectorView;
use crate::state::enterprise::{Experience, Identity, Operation, Pipeline, Plant, Position, Status, Technology, TickAccount, Treasury};
use tripath_engine::batch;
use tripath_engine::vectors::{Places, Soon};

/// Enterprises whose quarter is worked out side by side: few enough that all fields of them, and what they have, stay in the innermost cache.
pub(super) const PLACES: usize = 32;

/// Enterprises of a batch: slices of equal length.
pub(super) struct Batch<'a> {
    pub(super) technology: &'a [Technology],
    pub(super) pipeline: &'a [Pipeline],
    pub(super) identity: &'a mut [Identity],
    pub(super) position: &'a mut [Position],
    pub(super) operation: &'a mut [Operation],
    pub(super) plant: &'a mut [Plant],
    pub(super) treasury: &'a mut [Treasury],
    pub(super) account: &'a mut [TickAccount],
    pub(super) experience: &'a mut [Experience],
}

batch! {
    /// A batch of enterprises from production to dividends.
    pub(super) struct Sheet[PLACES] {
        pub(super) sectors: u16 = who.sector,
        pub(super) regions: u16 = who.region,
        pub(super) banks: u16 = who.bank,
        /// 1 where an enterprise is at work: before its capital is delivered, and after.
        pub(super) producing: u64 = u64::from(who.active()),
        pub(super) active: u64,
        /// 1 where it is a client of a think tank, and of which.
        advised: u64 = u64::from(who.advised),
        pub(super) advisers: u16 = who.adviser,
        /// 1 where it is listed.
        pub(super) listed: u64 = u64::from(who.listed),
        /// 1 where funds are among its owners.
        pub(super) backed: u64 = 0,
        /// Live edges by source of funding, and the parts of value added that they bring.
        pub(super) edges: [f64; 3] = technology.edges,
        pub(super) rents: [f64; 3],
        /// Payoffs of the paths of return.
        pub(super) payoffs: [f64; 3],
        // Of the sector.
        pub(super) capital_output: f64 = sector.capital_output,
        pub(super) learning: f64 = sector.learning,
        pub(super) supplied: f64 = sector.supplied,
        pub(super) makeshift: f64 = sector.makeshift,
        pub(super) spare_fill: f64 = sector.spare_fill,
        pub(super) sector_output: f64 = sector.output,
        pub(super) intermediate_cost: f64 = sector.intermediate_cost,
        pub(super) interest_relief: f64 = sector.interest_relief,
        pub(super) productivity: f64 = technology.productivity,
        pub(super) capital_factor: f64 = technology.capital_factor,
        pub(super) share: f64 = position.share => position.share,
        pub(super) price: f64 = position.price,
        /// R&D without contracts, and that of own money.
        pub(super) rd: f64 = pipeline.spent[0] + pipeline.spent[1] + pipeline.spent[2],
        pub(super) own_rd: f64 = pipeline.spent[0],
        pub(super) capital: f64 = plant.capital => plant.capital,
        pub(super) planned: f64 = plant.planned,
        pub(super) backlog: f64 = plant.backlog => plant.backlog,
        pub(super) cash: f64 = treasury.cash => treasury.cash,
        pub(super) debt: f64 = treasury.debt => treasury.debt,
        pub(super) losses: f64 = treasury.losses => treasury.losses,
        pub(super) earnings: f64 = treasury.earnings => treasury.earnings,
        pub(super) policy_money: f64 = treasury.policy_money => treasury.policy_money,
        pub(super) capital_money: f64 = treasury.capital_money => treasury.capital_money,
        /// Public money over sales, averaged.
        pub(super) support: f64 = who.support => who.support,
        /// Grants and subsidies, credits included; those on fixed capital; contracts.
        pub(super) subsidies: f64 = 0.0 => account.subsidies,
        pub(super) capital_subsidies: f64,
        pub(super) contract: f64 = 0.0 => account.contract,
        pub(super) output: f64 = operation.output => operation.output,
        pub(super) sales: f64 => operation.sales,
        pub(super) intermediate: f64,
        pub(super) value_added: f64 => operation.value_added,
        pub(super) employment: f64 => operation.employment,
        pub(super) wages: f64 => operation.wages,
        pub(super) profit: f64 => operation.profit,
        /// Spent on fixed capital, change of its value that is no payment, and subsidies of the central government and the locality.
        pub(super) investment: f64 => account.investment,
        pub(super) revalued: f64,
        pub(super) central_subsidy: f64,
        pub(super) local_subsidy: f64,
        /// Fixed capital at this tick's price.
        pub(super) capital_value: f64,
        /// Taxes by kind, local and central part.
        pub(super) local_vat: f64,
        pub(super) central_vat: f64,
        pub(super) local_corporate: f64,
        pub(super) central_corporate: f64,
        /// All taxes, those of enterprises that the state supports, and credits.
        pub(super) taxes: f64 => account.taxes,
        pub(super) supported_tax: f64,
        pub(super) credit: f64,
        /// Interest paid, earned, and what of it is subsidised.
        pub(super) interest: f64,
        pub(super) earned: f64,
        pub(super) relief: f64,
        /// Fee to a think tank.
        pub(super) fee: f64,
        /// Money kept for costs.
        pub(super) buffer: f64,
        /// Repaid as agreed, and under the covenant.
        pub(super) repaid: f64,
        pub(super) repaid_early: f64,
        /// Paid to owners in all, as dividends, and by buybacks.
        pub(super) payout: f64,
        pub(super) dividend: f64,
        pub(super) buyback: f64,
    }
    gather(
        who: Identity, technology: Technology, pipeline: Pipeline, position: Position, operation: Operation, plant: Plant, treasury: Treasury;
        sectors: &[SectorView]
    ) {
        let sector = &sectors[usize::from(who.sector)];
    }
    write(who: Identity, position: Position, operation: Operation, plant: Plant, treasury: Treasury, account: TickAccount)
}

impl Sheet {
    /// Places of the clients of think tanks.
    #[inline(always)]
    pub(super) fn clients(&self) -> Places {
        Places::marked(&self.advised)
    }

    /// Takes in a batch of enterprises; where there are fewer than places, the others make, hold and owe nothing.
    #[inline(always)]
    pub(super) fn take(&mut self, rows: &Batch, sectors: &[SectorView], next: &Soon<5>) {
        let Batch { technology, pipeline, identity, position, operation, plant, treasury, .. } = rows;
        let columns = (&**identity, *technology, *pipeline, &**position, &**operation, &**plant, &**treasury);
        let count = self.gather(columns, sectors, |at| next.ask(at));
        for at in count..PLACES {
            self.blank(at);
        }
    }

    /// No enterprise: nothing is made, held or owed, and nothing is divided by.
    #[cold]
    fn blank(&mut self, at: usize) {
        let technology = Technology { productivity: 1.0, capital_factor: 1.0, ..Technology::default() };
        let sector = SectorView { capital_output: 1.0, learning: 1.0, ..SectorView::default() };
        let rest = (&Pipeline::default(), &Position::default(), &Operation::default(), &Plant::default(), &Treasury::default());
        let (pipeline, position, operation, plant, treasury) = rest;
        self.gather_row(at, (&Identity::default(), &technology, pipeline, position, operation, plant, treasury), &[sector]);
    }

    /// Writes back what became of a batch of enterprises.
    #[inline(always)]
    pub(super) fn tell(&self, rows: &mut Batch, next: &Soon<4>) {
        let Batch { identity, position, operation, plant, treasury, account, experience, .. } = rows;
        let count = identity.len().min(PLACES);
        let (identity, position, operation, plant) =
            (&mut identity[..count], &mut position[..count], &mut operation[..count], &mut plant[..count]);
        let (treasury, account, experience) = (&mut treasury[..count], &mut account[..count], &mut experience[..count]);
        for at in 0..count {
            next.ask(at);
            account[at].last_employment = operation[at].employment;
            plant[at].planned = 0.0;
            let columns = (&mut identity[at], &mut position[at], &mut operation[at], &mut plant[at], &mut treasury[at], &mut account[at]);
            self.write_row(at, columns);
            if self.active[at] != 0 {
                identity[at].status = Status::Active;
            }
            let experience = &mut experience[at];
            for path in 0..3 {
                experience.payoff[path] += self.payoffs[path][at];
            }
            experience.sales += self.sales[at];
        }
    }
}
