//! Rows of the panel of enterprises.

use std::collections::BTreeMap;

use crate::observe::*;
use crate::state::enterprise::{ClosedEnterprise, Identity, Operation, Status, TickAccount};
use tripath_engine::math;

use super::Seen;

/// Stage of an enterprise that has closed.
const CLOSED: &str = "closed";

/// Where a row of the panel comes from.
enum Place<'a> {
    /// A row of the table of enterprises.
    Row(usize),
    /// An enterprise that has closed.
    Closed(&'a ClosedEnterprise),
}

impl Seen<'_, '_> {
    pub(super) fn enterprises(&self, records: &mut Records) {
        let sample = &self.plan.enterprises;
        if !self.plan.keeps("enterprises") || !sample.takes(self.tick()) {
            return;
        }
        if sample.fraction <= 0.0 {
            records.enterprises.clear();
            return;
        }
        let (identity, technology, position, operation, plant, treasury, pipeline, attention, _, equity, account) = self.enterprises.read();
        let (projects, register) = (&*self.projects, &*self.register);
        let wanted = |list: &[String], name: &str| list.is_empty() || list.iter().any(|entry| entry == name);
        let kept = |who: &Identity, stage: &str| {
            sample.holds_id(who.id)
                && wanted(&sample.sectors, &self.tables.sector_names[who.sector as usize])
                && wanted(&sample.regions, &self.tables.region_names[who.region as usize])
                && wanted(&sample.stages, stage)
        };
        let here = |row: &usize| kept(&identity[*row], stage(&identity[*row], register.fund_share(*row)));
        // The order of ids does not depend on rows, which change when an enterprise leaves.
        let mut order: Vec<(u64, Place<'_>)> = (0..identity.len()).filter(here).map(|row| (identity[row].id, Place::Row(row))).collect();
        let closed = self.years.closed().iter().filter(|closed| kept(&closed.who, CLOSED));
        order.extend(closed.map(|closed| (closed.who.id, Place::Closed(closed))));
        order.sort_unstable_by_key(|(id, _)| *id);
        // Part of each enterprise that funds hold for governments among their limited partners.
        let mut public: BTreeMap<usize, f64> = BTreeMap::new();
        for fund in self.funds.iter().filter(|fund| fund.public_share > 0.0) {
            for stake in &fund.stakes {
                let Some(row) = self.rows.get(stake.enterprise) else { continue };
                let Some(owners) = register.of(row) else { continue };
                let held = stake.part(owners) * fund.public_share;
                *public.entry(row).or_insert(0.0) += held;
            }
        }
        let rows = &mut records.enterprises;
        rows.clear();
        rows.reserve(order.len());
        for (_, place) in order {
            let row = match place {
                Place::Row(row) => row,
                Place::Closed(closed) => {
                    rows.push(self.closed_row(closed));
                    continue;
                }
            };
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
                government_share: public.get(&row).copied().unwrap_or(0.0),
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
                project_pilot: projects.count(row, 0),
                project_demonstration: projects.count(row, 1),
                project_line: projects.count(row, 2),
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

    /// The last row of an enterprise: its flows of the year, those of the tick if it closed in it, what it knew and charged last, and no stocks.
    fn closed_row(&self, closed: &ClosedEnterprise) -> EnterpriseRow {
        let ClosedEnterprise { who, technology, position, attention, year, .. } = closed;
        let now = closed.tick == self.calendar.tick;
        let (operation, account) = if now { (closed.operation, closed.account) } else { (Operation::default(), TickAccount::default()) };
        let in_tick = |amount: f64| if now { amount } else { 0.0 };
        EnterpriseRow {
            tick: self.tick(),
            year: self.year(),
            enterprise: who.id,
            sector: self.tables.sector_names[who.sector as usize].clone(),
            region: self.tables.region_names[who.region as usize].clone(),
            birth_year: self.calendar.year_of(who.born),
            stage: CLOSED,
            fund_share: 0.0,
            government_share: 0.0,
            float_share: 0.0,
            sales: operation.sales,
            value_added: operation.value_added,
            employment: 0.0,
            capital: 0.0,
            investment: account.investment,
            productivity: technology.productivity,
            price: position.price,
            quality: technology.quality,
            markup: position.markup,
            market_share: 0.0,
            rd: in_tick(closed.rd),
            project_pilot: 0,
            project_demonstration: 0,
            project_line: 0,
            edge_own: technology.edges[0],
            edge_policy: technology.edges[1],
            edge_capital: technology.edges[2],
            attention_industrial: attention.shares[0],
            attention_policy: attention.shares[1],
            attention_capital: attention.shares[2],
            cash: 0.0,
            debt: 0.0,
            equity: 0.0,
            profit: operation.profit,
            interest: in_tick(closed.interest),
            taxes: account.taxes,
            subsidies: account.subsidies,
            sales_annual: year.sales,
            value_added_annual: year.value_added,
            investment_annual: year.investment,
            profit_annual: year.profit,
            subsidies_annual: year.subsidies,
            market_value: 0.0,
            fundamental_value: 0.0,
            listed_board: None,
            supported: who.supported(&self.parameters.government),
            advised: who.advised,
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
