//! Rows of the paths of return, governments and programmes.

use crate::kinds::FlowKind;
use crate::observe::*;
use crate::sources::SOURCES;
use crate::state::growth::GROWTH_CHANNELS;
use crate::state::sector::Sectors;
use crate::state::technology::Kind;
use tripath_engine::math;

use super::Seen;

impl Seen<'_, '_> {
    pub(super) fn growth(&self, records: &mut Records) {
        let mut tell = |sector: Option<usize>, channel, payer, growth| {
            records.growth.push(GrowthRow {
                tick: self.tick(),
                year: self.year(),
                sector: sector.map(|index| self.tables.sector_names[index].clone()),
                channel,
                payer,
                growth,
            });
        };
        for (index, sector) in self.growth.sectors.iter().enumerate() {
            // What saves capital is no part of output per person.
            for kind in Kind::ALL.into_iter().filter(|kind| *kind != Kind::Scale) {
                for (source, word) in SOURCES.into_iter().enumerate() {
                    tell(Some(index), kind.word(), Some(word), sector.projects[source][kind as usize]);
                }
            }
            for (channel, growth) in GROWTH_CHANNELS.into_iter().zip(sector.others) {
                tell(Some(index), channel, None, growth);
            }
        }
        tell(None, "other", None, self.growth.other());
    }

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
                    adoptions: funnel.adoptions,
                    inventions_shelved: funnel.shelved,
                    pilot_entered: funnel.entered[0],
                    pilot_joined: funnel.joined[0],
                    pilot_turned: funnel.turned[0],
                    pilot_advanced: funnel.advanced[0],
                    pilot_failed: funnel.failed[0],
                    pilot_abandoned: funnel.abandoned[0],
                    pilot_lost: funnel.lost[0],
                    pilot_under_way: funnel.under_way[0],
                    pilot_spent: funnel.spent[0],
                    demonstration_entered: funnel.entered[1],
                    demonstration_joined: funnel.joined[1],
                    demonstration_turned: funnel.turned[1],
                    demonstration_advanced: funnel.advanced[1],
                    demonstration_failed: funnel.failed[1],
                    demonstration_abandoned: funnel.abandoned[1],
                    demonstration_lost: funnel.lost[1],
                    demonstration_under_way: funnel.under_way[1],
                    demonstration_spent: funnel.spent[1],
                    line_entered: funnel.entered[2],
                    line_joined: funnel.joined[2],
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
                    adopted_process_count: funnel.kinds[4],
                    adopted_product_count: funnel.kinds[5],
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
            self.ledger.kinds().filter(|kind| !listed.contains(kind) && !bonds.contains(kind)).collect()
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
}
