//! Rows of the economy, its sectors, regions and accounts.

use crate::kinds::{FlowKind, InstitutionalSector as S, Instrument};
use crate::observe::*;
use crate::rules::identities::stock_transactions;
use crate::rules::search::research_cost;
use crate::state::accounts::Account;
use crate::state::economy::Group;
use crate::state::sector::Sectors;
use tripath_engine::math;

use super::Seen;

impl Seen<'_, '_> {
    pub(super) fn macro_economy(&self, by_sector: &[Group], records: &mut Records) {
        let (ledger, economy) = (&self.ledger, &self.economy);
        let wages = ledger.paid(FlowKind::Wages, S::Enterprises);
        let subsidies = ledger.paid(FlowKind::OutputSubsidies, S::CentralGovernment);
        let indirect = ledger.paid(FlowKind::Vat, S::Enterprises);
        let revenue: f64 =
            ledger.taxes().map(|tax| ledger.received(tax, S::CentralGovernment) + ledger.received(tax, S::LocalGovernments)).sum();
        let output = economy.output;
        let loans = 0.0 - self.stocks.get(Instrument::Loans, S::Enterprises);
        let interest: f64 = self.tally.banks.iter().map(|bank| bank.interest).sum();
        let lost: f64 = self.tally.banks.iter().map(|bank| bank.defaults).sum();
        // Interest is charged before repayments and losses of the tick: on the loans at its end and on what went in it.
        let charged = loans + ledger.received(FlowKind::Repayments, S::Banks) + lost;
        records.macro_economy.push(MacroRow {
            tick: self.tick(),
            year: self.year(),
            output_nominal: output,
            output_real: economy.real_output,
            output_real_adjusted: economy.adjusted_output,
            consumption: ledger.paid(FlowKind::Consumption, S::Households),
            investment: ledger.paid(FlowKind::Investment, S::Enterprises),
            government_purchases: ledger.paid(FlowKind::GovernmentPurchases, S::CentralGovernment)
                + ledger.paid(FlowKind::GovernmentPurchases, S::LocalGovernments)
                + ledger.paid(FlowKind::Procurement, S::CentralGovernment),
            exports: ledger.paid(FlowKind::Exports, S::RestOfWorld),
            imports: ledger.received(FlowKind::Imports, S::RestOfWorld),
            output_price_index: math::ratio(economy.output, economy.real_output, 1.0),
            consumer_price_index: economy.consumer_price,
            consumer_price_index_adjusted: economy.adjusted_consumer_price,
            inflation_rate: economy.inflation,
            employment: economy.employment,
            labour_force: economy.labour_force,
            unemployment_rate: economy.unemployment,
            wage: economy.wage,
            wage_share: math::ratio(wages, output - indirect + subsidies, 0.0),
            productivity: math::ratio(economy.real_output * self.calendar.ticks_per_year(), economy.employment, 0.0),
            productivity_adjusted: math::ratio(economy.adjusted_output * self.calendar.ticks_per_year(), economy.employment, 0.0),
            capital_stock: math::ratio(self.stocks.get(Instrument::FixedCapital, S::Enterprises), economy.capital_price_at_close, 0.0),
            total_factor_productivity: self.growth.total_factor_productivity,
            rd: self.tally.rd,
            rd_public_share: math::ratio(self.tally.rd_public, self.tally.rd, 0.0),
            enterprise_debt: loans,
            central_government_debt: ledger.debts[0],
            local_government_debt: math::total(ledger.debts[1..].iter().copied()),
            net_foreign_assets: 0.0 - ledger.balance(Account::RestOfWorld),
            household_wealth: ledger.balance(Account::Households) + ledger.household_bonds,
            policy_rate: economy.policy_rate,
            loan_rate: (charged > 0.0).then(|| interest * self.calendar.ticks_per_year() / charged),
            loan_losses: lost,
            exchange_rate: economy.exchange_rate,
            government_revenue: revenue,
            enterprise_count: by_sector.iter().map(|group| group.count).sum(),
            entry_count: self.tally.entries,
            exit_count: self.tally.exits,
            default_count: self.tally.defaults,
            listed_count: self.boards.read().iter().map(|board| board.listed).sum(),
            job_creation: self.tally.job_creation,
            job_destruction: self.tally.job_destruction,
            ledger_residual: economy.residual,
        });
    }

    pub(super) fn sectors(&self, sectors: &Sectors, by_sector: &[Group], records: &mut Records) {
        for (index, state) in sectors.iter().enumerate() {
            let group = &by_sector[index];
            records.sectors.push(SectorRow {
                tick: self.tick(),
                year: self.year(),
                sector: self.tables.sector_names[index].clone(),
                output: state.output,
                sales: state.sales,
                value_added: group.output,
                price: state.price,
                foreign_price: state.foreign_price * self.economy.exchange_rate,
                quality: state.quality,
                foreign_quality: state.foreign_quality,
                productivity: math::ratio(1.0, state.labour_need, 0.0),
                frontier_productivity: math::exp(state.frontier_productivity),
                frontier_distance: state.distance(),
                capital_factor: state.capital_factor,
                research_cost: research_cost(
                    &self.parameters.technology,
                    state.opportunities_used,
                    self.parameters.sectors[index].value.opportunity,
                ),
                rd_effort: state.rd_effort,
                rd_payoff: state.rd_payoff,
                capacity: state.capacity,
                utilisation: math::ratio(state.output, state.capacity, 0.0),
                home_share: state.delivered_home_share,
                world_share: state.world_share,
                exports: state.exports,
                imports: state.imports,
                investment: group.investment,
                employment: group.employment,
                enterprise_count: group.count,
                entry_count: state.entries,
                exit_count: state.exits,
                hhi: group.shares_square,
                rd: group.rd,
                unit_cost: state.unit_cost,
                profit_share: math::ratio(group.profit, state.sales, 0.0),
                cumulative_output: state.cumulative_output,
                world_experience: state.world_experience,
                consumption_share: self.economy.consumption_shares[index],
                need_served: state.need_served,
                learning_factor: state.learning,
                subsidies: group.subsidies + state.subsidies,
                taxes: group.taxes,
                promotion_share: state.promotion / sectors.len() as f64,
            });
        }
    }

    pub(super) fn regions(&self, by_region: &[Group], records: &mut Records) {
        for (region, group) in by_region.iter().enumerate() {
            let plan = &self.plans.shares[region];
            let best = (0..plan.len()).max_by(|a, b| plan[*a].total_cmp(&plan[*b])).unwrap_or(0);
            let spent: f64 = self
                .ledger
                .kinds()
                .filter(|kind| !matches!(*kind, FlowKind::BondRedemptions | FlowKind::BondTrades))
                .map(|kind| self.ledger.government_payments(region + 1, kind))
                .sum();
            records.regions.push(RegionRow {
                tick: self.tick(),
                year: self.year(),
                region: self.tables.region_names[region].clone(),
                output: group.output,
                employment: group.employment,
                enterprise_count: group.count,
                entry_count: self.tally.entries_by_region[region],
                budget: spent,
                debt: self.ledger.debts[region + 1],
                promoted_sector: self.tables.sector_names[best].clone(),
                promotion_hhi: math::total(plan.iter().map(|share| share * share)),
            });
        }
    }

    pub(super) fn accounts(&self, records: &mut Records) {
        let (tick, year) = (self.tick(), self.year());
        if self.plan.keeps("flows") {
            for kind in self.ledger.kinds() {
                for payer in S::ALL {
                    for (payee, amount) in S::ALL.iter().zip(self.ledger.paid_to_each(kind, *payer)) {
                        if *amount != 0.0 {
                            let amount = *amount;
                            let (kind, class, payer, payee) = (kind.word(), kind.class().word(), payer.word(), payee.word());
                            records.flows.push(FlowRow { tick, year, kind, class, payer, payee, amount });
                        }
                    }
                }
            }
        }
        if self.plan.keeps("balance_sheets") {
            for sector in S::ALL {
                for instrument in Instrument::ALL {
                    let amount = self.stocks.get(*instrument, *sector);
                    let transactions = stock_transactions(&self.ledger, *instrument, *sector);
                    let revaluation = self.ledger.other_change(*instrument, *sector);
                    if amount != 0.0 || transactions != 0.0 || revaluation != 0.0 {
                        records.balance_sheets.push(BalanceSheetRow {
                            tick,
                            year,
                            institutional_sector: sector.word(),
                            instrument: instrument.word(),
                            amount,
                            transactions,
                            revaluation,
                        });
                    }
                }
            }
        }
    }
}
