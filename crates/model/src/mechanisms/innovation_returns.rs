//! The returns table: who paid, and what came of it.

use bevy_ecs::prelude::{Query, Res, ResMut};

use crate::kinds::{FlowKind, InstitutionalSector as S};
use crate::parameters::Parameters;
use crate::rules::returns::strategic_return;
use crate::rules::self_sufficiency::share_slope;
use crate::sources::{CAPITAL, OWN, POLICY};
use crate::state::accounts::Ledger;
use crate::state::calendar::Calendar;
use crate::state::census::Census;
use crate::state::economy::Economy;
use crate::state::enterprise::{Equity, Register, Rows};
use crate::state::government::ProgrammeBudgets;
use crate::state::returns::Returns;
use crate::state::sector::Sectors;
use crate::state::venture::{Fund, Marks, Stake};
use tripath_engine::math;
use tripath_engine::parallel::{Merge, map_scattered};
use tripath_engine::rows::RowOf;
use tripath_engine::vectors::fetch;

/// What funds hold, at marks: of each that `wanted` says, and governments' part of all by sector.
fn mark_holdings(
    funds: &[&Fund],
    wanted: impl Fn(&Fund) -> bool + Sync + Send,
    (ahead, mark): (impl Fn(&Stake) + Sync + Send, impl Fn(&Stake) -> f64 + Sync + Send),
    count: usize,
) -> (Vec<f64>, Vec<f64>) {
    let ask = |fund: &&Fund| {
        if wanted(fund) {
            fund.stakes.iter().for_each(&ahead);
        }
    };
    let marks = map_scattered(funds, ask, |fund| {
        let mut public = vec![0.0; count];
        if !wanted(fund) {
            return (0.0, public);
        }
        let marks = fund.stakes.iter().map(|stake| {
            let mark = mark(stake);
            public[stake.sector as usize] += fund.public_share * mark;
            mark
        });
        (math::total(marks), public)
    });
    let mut sums = vec![0.0; count];
    let marks = marks.into_iter().map(|(marks, public)| {
        sums.merge(public);
        marks
    });
    (marks.collect(), sums)
}

/// Completes the returns of the tick: quasi-rents are there from the settlement, attention and holdings from the census.
#[allow(clippy::too_many_arguments, reason = "a system names all data it touches")]
pub fn record_returns(
    enterprises: Rows<&'static Equity>,
    rows: RowOf,
    register: Res<Register>,
    funds: Query<&Fund>,
    parameters: Res<Parameters>,
    calendar: Res<Calendar>,
    ledger: Res<Ledger>,
    economy: Res<Economy>,
    mut programmes: ResMut<ProgrammeBudgets>,
    census: Res<Census>,
    mut sectors: ResMut<Sectors>,
    mut returns: ResMut<Returns>,
    mut marks: ResMut<Marks>,
) {
    let tax_share = {
        let taxes = ledger.received(FlowKind::Vat, S::CentralGovernment)
            + ledger.received(FlowKind::Vat, S::LocalGovernments)
            + ledger.received(FlowKind::CorporateTax, S::CentralGovernment)
            + ledger.received(FlowKind::CorporateTax, S::LocalGovernments);
        math::ratio(taxes, economy.output, 0.0).clamp(0.0, 1.0)
    };
    let equity = enterprises.slices();
    // Tables show the marks of all funds, balance sheets need those of funds with governments among their partners.
    let wanted = |fund: &Fund| fund.public_share > 0.0 || calendar.recorded();
    let ahead = |stake: &Stake| {
        let Some(row) = rows.get(stake.enterprise) else { return };
        fetch(&equity[row]);
        register.fetch(row);
    };
    let mark = |stake: &Stake| stake.mark(rows, equity, &register);
    let (marked, public_holdings) = mark_holdings(&funds.iter().collect::<Vec<_>>(), wanted, (ahead, mark), sectors.len());
    marks.0 = marked;
    let per_year = calendar.ticks_per_year();
    let pace = math::smoothing(per_year, parameters.trade.adjustment_years);
    for (index, sector) in sectors.iter_mut().enumerate() {
        let of_own = &returns.cells[index][OWN];
        let payoff = math::ratio(of_own.industrial, of_own.spent, sector.rd_payoff);
        sector.rd_payoff += math::smoothing(per_year, 1.0) * (payoff - sector.rd_payoff);
        let strategic_value = parameters.sectors[index].value.strategic_value;
        for source in 0..3 {
            let cell = &mut returns.cells[index][source];
            cell.fiscal = cell.industrial * tax_share;
            sector.attention[source] = math::ratio(census.attention[index][source], sector.count, 0.0);
        }
        let cost = returns.programme_cost[index]
            + sector.subsidies
            + sector.procured
            + programmes.interest_relief(index) * programmes.interest_paid[index]
            + programmes.capital_cost(index)
            + programmes.credits[index];
        let policy_tax = returns.cells[index][POLICY].fiscal;
        // Capital called is a cost, what comes of it a gain: marks, and what was sold.
        let of_funds = returns.funds.close(index, census.holdings[index], public_holdings[index]);
        returns.cells[index][CAPITAL].capital_fundamental = of_funds.fundamental;
        returns.cells[index][CAPITAL].capital_premium = of_funds.premium;
        returns.policy_to_date[index].0 += cost + of_funds.called;
        returns.policy_to_date[index].1 += policy_tax + of_funds.public_gain;
        returns.public_funds_to_date[index].0 += of_funds.called;
        returns.public_funds_to_date[index].1 += of_funds.public_gain;
        returns.cells[index][POLICY].fiscal += of_funds.public_gain - cost - of_funds.called;
        // A share gained is a level, so it is worth a year's demand, however long a tick is.
        let annual_demand = sector.home_demand * sector.buyer_price * per_year;
        let slope = share_slope(parameters.trade.elasticity, sector.home_share);
        let standing = returns.self_sufficiency[index].standing(&parameters.market, sector);
        let gained = returns.self_sufficiency[index].gained(standing, slope, pace, sector.procured_home_share);
        let breakthroughs = returns.breakthroughs[index];
        for source in 0..3 {
            returns.cells[index][source].strategic =
                strategic_return(&parameters.technology, strategic_value * annual_demand, gained[source], breakthroughs[source]);
        }
        returns.strategic_to_date[index] += returns.cells[index][POLICY].strategic;
        returns.breakthroughs_to_date[index] +=
            strategic_return(&parameters.technology, strategic_value * annual_demand, 0.0, breakthroughs[POLICY]);
    }
    programmes.count_subsidies(&parameters, &sectors);
}
