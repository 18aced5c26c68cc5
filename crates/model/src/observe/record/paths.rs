//! Rows of the paths of return, governments, programmes and enterprises.

use std::collections::BTreeMap;

use crate::accounts::FlowKind;
use crate::enterprise::{Identity, Status};
use crate::markets::Sectors;
use crate::math;
use crate::observe::*;
use crate::technology::SOURCES;

use super::Seen;

impl Seen<'_, '_> {
    pub(super) fn returns(&self, sectors: &Sectors, records: &mut Records) {
        for (index, name) in self.tables.sector_names.iter().enumerate() {
            for (source, word) in SOURCES.iter().enumerate() {
                let cell = &self.returns.cells[index][source];
                records.returns.push(ReturnRow {
                    tick: self.tick(),
                    year: self.year(),
                    sector: name.clone(),
                    source: word,
                    spent: cell.spent,
                    industrial_return: cell.industrial,
                    fiscal_return: cell.fiscal,
                    strategic_return: cell.strategic,
                    capital_return_fundamental: cell.capital_fundamental,
                    capital_return_premium: cell.capital_premium,
                    attention_share: sectors[index].attention[source],
                });
                let funnel = &self.funnel.cells[index][source];
                records.funnel.push(FunnelRow {
                    tick: self.tick(),
                    year: self.year(),
                    sector: name.clone(),
                    source: word,
                    inventions: funnel.inventions,
                    inventions_shelved: funnel.shelved,
                    pilot_entered: funnel.entered[0],
                    pilot_turned: funnel.turned[0],
                    pilot_advanced: funnel.advanced[0],
                    pilot_failed: funnel.failed[0],
                    pilot_abandoned: funnel.abandoned[0],
                    pilot_lost: funnel.lost[0],
                    pilot_under_way: funnel.under_way[0],
                    pilot_spent: funnel.spent[0],
                    demonstration_entered: funnel.entered[1],
                    demonstration_turned: funnel.turned[1],
                    demonstration_advanced: funnel.advanced[1],
                    demonstration_failed: funnel.failed[1],
                    demonstration_abandoned: funnel.abandoned[1],
                    demonstration_lost: funnel.lost[1],
                    demonstration_under_way: funnel.under_way[1],
                    demonstration_spent: funnel.spent[1],
                    line_entered: funnel.entered[2],
                    line_turned: funnel.turned[2],
                    line_advanced: funnel.advanced[2],
                    line_failed: funnel.failed[2],
                    line_abandoned: funnel.abandoned[2],
                    line_lost: funnel.lost[2],
                    line_under_way: funnel.under_way[2],
                    line_spent: funnel.spent[2],
                    conversions: funnel.conversions,
                    log_points: funnel.log_points,
                    conversion_years: funnel.years,
                    process_count: funnel.kinds[0],
                    product_count: funnel.kinds[1],
                    scale_count: funnel.kinds[2],
                    breakthrough_count: funnel.kinds[3],
                    converted_spent: funnel.converted_spent,
                    cost_per_log_point: (funnel.log_points > 0.0).then(|| funnel.converted_spent / funnel.log_points),
                    conversion_time_years: (funnel.conversions > 0).then(|| funnel.years / funnel.conversions as f64),
                    pilot_survival: funnel.survival(0),
                    demonstration_survival: funnel.survival(1),
                    line_survival: funnel.survival(2),
                });
            }
        }
    }

    pub(super) fn governments(&self, records: &mut Records) {
        let bonds = [FlowKind::BondIssues, FlowKind::BondRedemptions, FlowKind::BondTrades];
        let listed_receipts = [FlowKind::Vat, FlowKind::CorporateTax, FlowKind::PersonalTax, FlowKind::StampDuty, FlowKind::Transfers];
        let listed_payments = [
            FlowKind::GovernmentPurchases,
            FlowKind::Benefits,
            FlowKind::RdGrants,
            FlowKind::OutputSubsidies,
            FlowKind::InterestSubsidies,
            FlowKind::CapitalSubsidies,
            FlowKind::Procurement,
            FlowKind::MissionContracts,
            FlowKind::PublicResearch,
            FlowKind::EnterpriseRescues,
            FlowKind::BondInterest,
            FlowKind::Transfers,
        ];
        let others = |listed: &[FlowKind]| -> Vec<FlowKind> {
            FlowKind::ALL.iter().copied().filter(|kind| !listed.contains(kind) && !bonds.contains(kind)).collect()
        };
        let (other_receipts, other_payments) = (others(&listed_receipts), others(&listed_payments));
        for index in 0..=self.tables.region_names.len() {
            let received = |kind| self.ledger.government_receipts(index, kind);
            let paid = |kind| self.ledger.government_payments(index, kind);
            let supported = &self.accounts.tax_of_supported;
            records.governments.push(GovernmentRow {
                tick: self.tick(),
                year: self.year(),
                government: if index == 0 { "central".into() } else { self.tables.region_names[index - 1].clone() },
                vat: received(FlowKind::Vat),
                corporate_tax: received(FlowKind::CorporateTax),
                personal_tax: received(FlowKind::PersonalTax),
                stamp_duty: received(FlowKind::StampDuty),
                transfers_received: received(FlowKind::Transfers),
                other_receipts: math::total(other_receipts.iter().map(|kind| received(*kind))),
                purchases: paid(FlowKind::GovernmentPurchases),
                benefits: paid(FlowKind::Benefits),
                grants: paid(FlowKind::RdGrants),
                subsidies: paid(FlowKind::OutputSubsidies) + paid(FlowKind::InterestSubsidies),
                capital_subsidies: paid(FlowKind::CapitalSubsidies),
                procurement: paid(FlowKind::Procurement),
                missions: paid(FlowKind::MissionContracts),
                public_research: paid(FlowKind::PublicResearch),
                rescues: paid(FlowKind::EnterpriseRescues),
                interest: paid(FlowKind::BondInterest),
                transfers_paid: paid(FlowKind::Transfers),
                other_spending: math::total(other_payments.iter().map(|kind| paid(*kind))),
                deficit: self.accounts.deficits[index],
                debt: self.ledger.debts[index],
                tax_of_supported: if index == 0 { math::total(supported.iter().copied()) } else { supported[index - 1] },
            });
        }
    }

    pub(super) fn programmes(&self, sectors: &Sectors, records: &mut Records) {
        for (index, programme) in self.parameters.programmes.iter().enumerate() {
            let state = &self.programmes.states[index];
            let only = self.parameters.sector_index(&programme.value.sector);
            let covered = |s: &usize| only.is_none_or(|o| o == *s);
            let mut spent = self.programmes.spent(index, &programme.value, only, sectors);
            let mandates = self.funds.iter().filter_map(|fund| fund.mandate.filter(|mandate| mandate.programme as usize == index));
            spent += math::total(mandates.map(|mandate| mandate.called));
            let reached: f64 = (0..sectors.len()).filter(covered).map(|s| sectors[s].count).sum();
            records.programmes.push(ProgrammeRow {
                tick: self.tick(),
                year: self.year(),
                programme: programme.name.as_str().into(),
                instrument: programme.value.instrument.as_str().into(),
                sector: only.map(|sector| self.tables.sector_names[sector].clone()),
                budget: state.budget,
                spent,
                applicant_count: state.applicants,
                award_count: if state.rate > 0.0 { reached as u64 } else { state.awards },
                type_one_error: (state.awards > 0).then(|| state.type_one as f64 / state.awards as f64),
                type_two_error: (state.worthy > 0).then(|| state.type_two as f64 / state.worthy as f64),
                evaluation: self.programmes.memories[index].evaluation,
                budget_factor: self.programmes.memories[index].scale,
                status: if state.waiting {
                    "waiting"
                } else if !state.running {
                    "stopped"
                } else if state.fading {
                    "ending"
                } else if state.cut {
                    "cut"
                } else {
                    "running"
                },
            });
        }
    }

    pub(super) fn enterprises(&self, records: &mut Records) {
        let sample = &self.plan.enterprises;
        if !self.plan.keeps("enterprises") || !(self.tick() + 1).is_multiple_of(sample.every_ticks.max(1)) {
            return;
        }
        if sample.fraction <= 0.0 {
            records.enterprises.clear();
            return;
        }
        let (identity, technology, position, operation, plant, treasury, pipeline, attention, _, equity, account, projects, register) =
            *self.enterprises;
        let wanted = |list: &[String], name: &str| list.is_empty() || list.iter().any(|entry| entry == name);
        let kept = |row: &usize| {
            let who = &identity[*row];
            who.exists()
                && sample.holds_id(who.id)
                && wanted(&sample.sectors, &self.tables.sector_names[who.sector as usize])
                && wanted(&sample.regions, &self.tables.region_names[who.region as usize])
                && wanted(&sample.stages, stage(who, register.fund_share(*row)))
        };
        // Rows of a table may be used again; ids tell who is who and give an order that does not depend on them.
        let mut order: Vec<(u64, usize)> = (0..identity.len()).filter(kept).map(|row| (identity[row].id, row)).collect();
        order.sort_unstable_by_key(|(id, _)| *id);
        // Part of each enterprise that funds hold for governments among their limited partners.
        let mut public: BTreeMap<u32, f64> = BTreeMap::new();
        for fund in self.funds.iter().filter(|fund| fund.public_share > 0.0) {
            for stake in fund.stakes.iter().filter(|stake| identity[stake.row as usize].id == stake.id) {
                let Some(owners) = register.of(stake.row as usize) else { continue };
                let held = stake.part(owners) * fund.public_share;
                *public.entry(stake.row).or_insert(0.0) += held;
            }
        }
        let rows = &mut records.enterprises;
        rows.clear();
        rows.reserve(order.len());
        for (_, row) in order {
            let who = &identity[row];
            let capital = plant[row].capital * self.economy.capital_price;
            let year = self.years.of(row);
            let (fund_share, float_share) = register.of(row).map_or((0.0, 0.0), |owners| (owners.fund_share, owners.float_share));
            rows.push(EnterpriseRow {
                tick: self.tick(),
                year: self.year(),
                enterprise: who.id,
                sector: self.tables.sector_names[who.sector as usize].clone(),
                region: self.tables.region_names[who.region as usize].clone(),
                birth_year: self.calendar.year_of(who.born),
                stage: stage(who, fund_share),
                fund_share,
                government_share: public.get(&(row as u32)).copied().unwrap_or(0.0),
                float_share,
                sales: operation[row].sales,
                value_added: operation[row].value_added,
                employment: operation[row].employment,
                capital,
                investment: account[row].investment,
                productivity: technology[row].productivity,
                price: position[row].price,
                quality: technology[row].quality,
                markup: position[row].markup,
                market_share: position[row].share,
                rd: math::total(pipeline[row].spent) + account[row].contract,
                project_pilot: projects.exists(row, 0),
                project_demonstration: projects.exists(row, 1),
                project_line: projects.exists(row, 2),
                edge_own: technology[row].edges[0],
                edge_policy: technology[row].edges[1],
                edge_capital: technology[row].edges[2],
                attention_industrial: attention[row].shares[0],
                attention_policy: attention[row].shares[1],
                attention_capital: attention[row].shares[2],
                cash: treasury[row].cash,
                debt: treasury[row].debt,
                equity: treasury[row].cash + capital - treasury[row].debt,
                profit: operation[row].profit,
                interest: self.years.interest(row),
                taxes: account[row].taxes,
                subsidies: account[row].subsidies,
                sales_annual: year.sales,
                value_added_annual: year.value_added,
                investment_annual: year.investment,
                profit_annual: year.profit,
                subsidies_annual: year.subsidies,
                market_value: equity[row].market_value,
                fundamental_value: equity[row].fundamental,
                listed_board: who.listed.then(|| self.tables.board_names[who.board as usize].clone()),
                supported: who.supported(&self.parameters.government),
                advised: who.advised,
            });
        }
    }
}

/// Stage of an enterprise's life in tables.
fn stage(who: &Identity, fund_share: f64) -> &'static str {
    if who.status == Status::Founding {
        "founding"
    } else if who.listed {
        "listed"
    } else if fund_share > 0.0 {
        "venture_backed"
    } else {
        "private"
    }
}
