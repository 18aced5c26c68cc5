//! The end of a tick: stocks are measured from the agents and held against the books.

use bevy_ecs::prelude::{Query, Res, ResMut};

use crate::kinds::{InstitutionalSector as S, Instrument};
use crate::rules::identities::{check_identities, stock_transactions};
use crate::state::accounts::{BookCheck, Ledger, MicroStocks, StockTable, TOLERANCE};
use crate::state::census::Census;
use crate::state::economy::Economy;
use crate::state::think_tanks::ThinkTank;
use crate::state::venture::{Fund, Marks};
use tripath_engine::math;

/// Stocks that agents carry: of enterprises from their census, of funds and think tanks one by one.
fn measure_micro_stocks(census: &Census, marks: &Marks, funds: &Query<&Fund>, think_tanks: &Query<&ThinkTank>) -> MicroStocks {
    let mut sum = census.stocks;
    for (fund, marks) in funds.iter().zip(&marks.0) {
        sum.fund_cash += fund.cash;
        if fund.public_share > 0.0 {
            let units = fund.public_share * (fund.cash + marks);
            match fund.mandate.and_then(|mandate| mandate.region) {
                Some(_) => sum.local_fund_units += units,
                None => sum.public_fund_units += units,
            }
        }
    }
    sum.think_tank_cash = math::total(think_tanks.iter().map(|tank| tank.cash));
    sum
}

/// Measures all balance sheets and checks every identity of the tick.
#[allow(clippy::too_many_arguments, reason = "a system names all data it touches")]
pub fn close_books(
    funds: Query<&Fund>,
    think_tanks: Query<&ThinkTank>,
    census: Res<Census>,
    marks: Res<Marks>,
    mut ledger: ResMut<Ledger>,
    mut opening: ResMut<StockTable>,
    mut economy: ResMut<Economy>,
    mut check: ResMut<BookCheck>,
) {
    let micro = measure_micro_stocks(&census, &marks, &funds, &think_tanks);
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
