//! The end of a tick: stocks are measured from the agents and held against the books.

use bevy_ecs::prelude::{Query, Res, ResMut, Resource, Single};

use super::identities::{Breach, TOLERANCE, check_identities};
use super::{Economy, InstitutionalSector as S, Instrument, Ledger, MicroStocks, StockTable, stock_transactions};
use crate::columns::{Column, Slices};
use crate::enterprise::{Census, Equity, Identity, Register};
use crate::finance::Fund;
use crate::parallel::map_items;
use crate::think_tank::ThinkTank;

/// Outcome of the last check.
#[derive(Debug, Clone, Default, PartialEq, Resource)]
pub struct BookCheck {
    /// A breach beyond tolerance, if there was one.
    pub breach: Option<Breach>,
}

/// Stocks that agents carry: of enterprises from their census, of funds and think tanks one by one.
fn measure_micro_stocks(
    census: &Census,
    identity: &[Identity],
    equity: &[Equity],
    register: &Register,
    funds: &Query<&Fund>,
    think_tanks: &Query<&ThinkTank>,
) -> MicroStocks {
    let mut sum = census.stocks;
    let funds: Vec<&Fund> = funds.iter().collect();
    let marks = map_items(&funds, |fund| {
        if fund.public_share > 0.0 { fund.stakes.iter().map(|stake| stake.mark(identity, equity, register)).sum::<f64>() } else { 0.0 }
    });
    for (fund, marks) in funds.into_iter().zip(marks) {
        sum.fund_cash += fund.cash;
        if fund.public_share > 0.0 {
            let units = fund.public_share * (fund.cash + marks);
            match fund.mandate.and_then(|mandate| mandate.region) {
                Some(_) => sum.local_fund_units += units,
                None => sum.public_fund_units += units,
            }
        }
    }
    sum.think_tank_cash = think_tanks.iter().map(|tank| tank.cash).sum();
    sum
}

/// Measures all balance sheets and checks every identity of the tick.
#[allow(clippy::too_many_arguments, reason = "a system names all data it touches")]
pub fn close_books(
    enterprises: Single<(&Column<Identity>, &Column<Equity>, &Register)>,
    funds: Query<&Fund>,
    think_tanks: Query<&ThinkTank>,
    census: Res<Census>,
    mut ledger: ResMut<Ledger>,
    mut opening: ResMut<StockTable>,
    mut economy: ResMut<Economy>,
    mut check: ResMut<BookCheck>,
) {
    let (identity, equity, register) = enterprises.into_inner().slices();
    let micro = measure_micro_stocks(&census, identity, equity, register, &funds, &think_tanks);
    let closing = StockTable::measure(&ledger, &micro);
    // Fund units are worth what the funds hold: their revaluation follows from the funds' own books.
    for sector in [S::Households, S::CentralGovernment, S::LocalGovernments, S::Funds] {
        let change = closing.get(Instrument::FundUnits, sector) - opening.get(Instrument::FundUnits, sector);
        let booked = stock_transactions(&ledger, Instrument::FundUnits, sector);
        ledger.book().revalue(Instrument::FundUnits, sector, change - booked);
    }
    let breach = check_identities(&opening, &closing, &ledger);
    economy.residual = breach.residual;
    economy.capital_price_at_close = economy.capital_price;
    check.breach = (breach.residual > TOLERANCE).then_some(breach);
    *opening = closing;
}
