//! The quarter of a batch of enterprises, field by field.
//!
//! All enterprises make, sell and settle by the same arithmetic. The fields of a batch stand beside each other, so that the processor's
//! vectors take eight enterprises at a time; what does not apply is computed and not chosen. A row without an enterprise is blank: it pays
//! nothing, and nothing is written back to it.

use crate::government::ProgrammeBudgets;
use crate::markets::{SectorState, Sectors};
use crate::parameters::Parameters;
use tripath_engine::vectors::Soon;

use super::{Experience, Identity, Operation, Pipeline, Plant, Position, Status, Technology, TickAccount, Treasury};

/// Enterprises whose quarter is worked out side by side: few enough that all fields of them, and what they have, stay in the innermost cache.
pub(super) const PLACES: usize = 32;

/// A field of a batch of enterprises.
pub(super) type Field = [f64; PLACES];

/// What a sector's enterprises have in common when they produce and settle.
#[derive(Clone, Copy)]
pub(super) struct SectorTerms {
    capital_output: f64,
    learning: f64,
    supplied: f64,
    makeshift: f64,
    spare_fill: f64,
    output: f64,
    intermediate_cost: f64,
    interest_relief: f64,
}

impl SectorTerms {
    /// Terms of all sectors.
    pub(super) fn of(parameters: &Parameters, sectors: &Sectors, programmes: &ProgrammeBudgets) -> Vec<Self> {
        let of = |(index, state): (usize, &SectorState)| Self {
            capital_output: parameters.sectors[index].value.capital_output,
            learning: state.learning,
            supplied: state.supplied,
            makeshift: state.makeshift,
            spare_fill: state.spare_fill,
            output: state.output,
            intermediate_cost: state.intermediate_cost,
            interest_relief: programmes.interest_relief(index),
        };
        sectors.iter().enumerate().map(of).collect()
    }
}

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

macro_rules! sheet {
    ($($(#[$meaning:meta])* $field:ident),+ $(,)?) => {
        /// A batch of enterprises from production to dividends.
        pub(super) struct Sheet {
            /// Sectors.
            pub(super) sectors: [u16; PLACES],
            /// Regions.
            pub(super) regions: [u16; PLACES],
            /// Banks.
            pub(super) banks: [u16; PLACES],
            /// 1 where an enterprise is at work: before its capital is delivered, and after.
            pub(super) producing: [u64; PLACES],
            pub(super) active: [u64; PLACES],
            /// Clients of think tanks come first.
            clients: [Client; PLACES],
            client_count: usize,
            /// 1 where it is listed.
            pub(super) listed: [u64; PLACES],
            /// 1 where funds are among its owners.
            pub(super) backed: [u64; PLACES],
            /// Live edges by source of funding, and the parts of value added that they bring.
            pub(super) edges: [Field; 3],
            pub(super) rents: [Field; 3],
            /// Payoffs of the paths of return.
            pub(super) payoffs: [Field; 3],
            $($(#[$meaning])* pub(super) $field: Field,)+
        }

        impl Sheet {
            /// Blank.
            pub(super) fn new() -> Self {
                let (nowhere, no, nothing) = ([0; PLACES], [0; PLACES], [0.0; PLACES]);
                Self {
                    sectors: nowhere,
                    regions: nowhere,
                    banks: nowhere,
                    producing: no,
                    active: no,
                    clients: [Client::default(); PLACES],
                    client_count: 0,
                    listed: no,
                    backed: no,
                    edges: [nothing; 3],
                    rents: [nothing; 3],
                    payoffs: [nothing; 3],
                    $($field: nothing,)+
                }
            }
        }
    };
}

sheet! {
    /// Terms of the sector.
    capital_output, learning, supplied, makeshift, spare_fill, sector_output, intermediate_cost, interest_relief,
    /// Technology.
    productivity, capital_factor,
    /// Position.
    share, price,
    /// R&D without contracts, and that of own money.
    rd, own_rd,
    /// Plant.
    capital, planned, backlog,
    /// Money.
    cash, debt, losses, earnings, policy_money, capital_money,
    /// Public money over sales, averaged.
    support,
    /// Grants and subsidies, credits included; those on fixed capital; contracts.
    subsidies, capital_subsidies, contract,
    /// Operation.
    output, sales, intermediate, value_added, employment, wages, profit,
    /// Spent on fixed capital, change of its value that is no payment, and subsidies of the central government and the locality.
    investment, revalued, central_subsidy, local_subsidy,
    /// Fixed capital at this tick's price.
    capital_value,
    /// Taxes by kind, local and central part.
    local_vat, central_vat, local_corporate, central_corporate,
    /// All taxes, those of enterprises that the state supports, and credits.
    taxes, supported_tax, credit,
    /// Interest paid, earned, and what of it is subsidised.
    interest, earned, relief,
    /// Fee to a think tank.
    fee,
    /// Money kept for costs.
    buffer,
    /// Repaid as agreed, and under the covenant.
    repaid, repaid_early,
    /// Paid to owners in all, as dividends, and by buybacks.
    payout, dividend, buyback,
}

/// A client of a think tank: its place in the batch, and that of the think tank.
#[derive(Clone, Copy, Default)]
pub(super) struct Client {
    pub(super) at: u16,
    pub(super) adviser: u16,
}

impl Sheet {
    /// Clients of think tanks.
    #[inline(always)]
    pub(super) fn clients(&self) -> &[Client] {
        &self.clients[..self.client_count.min(PLACES)]
    }

    /// Takes in a batch of enterprises.
    #[inline(always)]
    pub(super) fn gather(&mut self, rows: &Batch, terms: &[SectorTerms], next: &Soon<5>) {
        let Batch { technology, pipeline, identity, position, operation, plant, treasury, .. } = rows;
        let count = identity.len().min(PLACES);
        self.client_count = 0;
        let (technology, pipeline, position) = (&technology[..count], &pipeline[..count], &position[..count]);
        let (operation, plant, treasury) = (&operation[..count], &plant[..count], &treasury[..count]);
        for at in 0..count {
            next.ask(at);
            let who = &identity[at];
            self.take_identity(at, who);
            self.take_terms(at, &terms[who.sector as usize]);
            let (technology, spent, treasury) = (&technology[at], &pipeline[at].spent, &treasury[at]);
            self.productivity[at] = technology.productivity;
            self.capital_factor[at] = technology.capital_factor;
            for source in 0..3 {
                self.edges[source][at] = technology.edges[source];
            }
            self.rd[at] = spent[0] + spent[1] + spent[2];
            self.own_rd[at] = spent[0];
            self.share[at] = position[at].share;
            self.price[at] = position[at].price;
            self.output[at] = operation[at].output;
            self.capital[at] = plant[at].capital;
            self.planned[at] = plant[at].planned;
            self.backlog[at] = plant[at].backlog;
            self.take_treasury(at, treasury);
        }
        for at in count..PLACES {
            self.blank(at);
        }
        self.subsidies = [0.0; PLACES];
        self.contract = [0.0; PLACES];
        self.backed = [0; PLACES];
    }

    #[inline(always)]
    fn take_identity(&mut self, at: usize, who: &Identity) {
        self.sectors[at] = who.sector;
        self.regions[at] = who.region;
        self.banks[at] = who.bank;
        self.producing[at] = u64::from(who.active());
        // Without a branch: a place that is not kept is written over.
        self.clients[self.client_count % PLACES] = Client { at: at as u16, adviser: who.adviser };
        self.client_count += usize::from(who.advised);
        self.listed[at] = u64::from(who.listed);
        self.support[at] = who.support;
    }

    #[inline(always)]
    fn take_terms(&mut self, at: usize, terms: &SectorTerms) {
        self.capital_output[at] = terms.capital_output;
        self.learning[at] = terms.learning;
        self.supplied[at] = terms.supplied;
        self.makeshift[at] = terms.makeshift;
        self.spare_fill[at] = terms.spare_fill;
        self.sector_output[at] = terms.output;
        self.intermediate_cost[at] = terms.intermediate_cost;
        self.interest_relief[at] = terms.interest_relief;
    }

    #[inline(always)]
    fn take_treasury(&mut self, at: usize, treasury: &Treasury) {
        self.cash[at] = treasury.cash;
        self.debt[at] = treasury.debt;
        self.losses[at] = treasury.losses;
        self.earnings[at] = treasury.earnings;
        self.policy_money[at] = treasury.policy_money;
        self.capital_money[at] = treasury.capital_money;
    }

    /// No enterprise: nothing is made, held or owed.
    #[cold]
    fn blank(&mut self, at: usize) {
        self.take_identity(at, &Identity::default());
        let (nothing, one) = (0.0, 1.0);
        self.take_terms(
            at,
            &SectorTerms {
                capital_output: one,
                learning: one,
                supplied: nothing,
                makeshift: nothing,
                spare_fill: nothing,
                output: nothing,
                intermediate_cost: nothing,
                interest_relief: nothing,
            },
        );
        (self.productivity[at], self.capital_factor[at]) = (one, one);
        for source in 0..3 {
            self.edges[source][at] = nothing;
        }
        for field in [&mut self.rd, &mut self.own_rd, &mut self.share, &mut self.price, &mut self.output] {
            field[at] = nothing;
        }
        for field in [&mut self.capital, &mut self.planned, &mut self.backlog] {
            field[at] = nothing;
        }
        self.take_treasury(at, &Treasury::default());
    }

    /// Writes back what became of a batch of enterprises.
    #[inline(always)]
    pub(super) fn scatter(&self, rows: &mut Batch, next: &Soon<4>) {
        let Batch { identity, position, operation, plant, treasury, account, experience, .. } = rows;
        let count = identity.len().min(PLACES);
        let (position, operation, plant) = (&mut position[..count], &mut operation[..count], &mut plant[..count]);
        let (treasury, account, experience) = (&mut treasury[..count], &mut account[..count], &mut experience[..count]);
        for at in 0..count {
            next.ask(at);
            let who = &mut identity[at];
            if self.active[at] != 0 {
                who.status = Status::Active;
            }
            who.support = self.support[at];
            position[at].share = self.share[at];
            account[at] = TickAccount {
                taxes: self.taxes[at],
                subsidies: self.subsidies[at],
                contract: self.contract[at],
                investment: self.investment[at],
                last_employment: operation[at].employment,
            };
            operation[at] = Operation {
                output: self.output[at],
                sales: self.sales[at],
                value_added: self.value_added[at],
                employment: self.employment[at],
                wages: self.wages[at],
                profit: self.profit[at],
            };
            plant[at] = Plant { capital: self.capital[at], planned: 0.0, backlog: self.backlog[at] };
            treasury[at] = Treasury {
                cash: self.cash[at],
                debt: self.debt[at],
                losses: self.losses[at],
                earnings: self.earnings[at],
                policy_money: self.policy_money[at],
                capital_money: self.capital_money[at],
            };
            let experience = &mut experience[at];
            for path in 0..3 {
                experience.payoff[path] += self.payoffs[path][at];
            }
            experience.sales += self.sales[at];
        }
    }
}
