//! The end of a tick: stocks are measured from the agents and held against the books.

use bevy_ecs::prelude::{Query, ResMut, Resource};

use super::identities::{Breach, TOLERANCE, check_identities};
use super::{Economy, InstitutionalSector as S, Instrument, Ledger, MicroStocks, StockTable, stock_transactions};
use crate::enterprise::{Equity, Identity, Plant, Treasury};
use crate::finance::Fund;
use crate::parallel::{fold, map_chunks};
use crate::think_tank::ThinkTank;

/// Outcome of the last check.
#[derive(Debug, Clone, Default, PartialEq, Resource)]
pub struct BookCheck {
    /// A breach beyond tolerance, if there was one.
    pub breach: Option<Breach>,
}

/// Sums the stocks that agents carry.
pub fn measure_micro_stocks(
    capital_price: f64,
    enterprises: &Query<(&Identity, &Plant, &Treasury, &Equity)>,
    funds: &Query<&Fund>,
    think_tanks: &Query<&ThinkTank>,
) -> MicroStocks {
    let mut sum = MicroStocks::default();
    if let Some((identity, plant, treasury, equity)) = crate::slices!(enterprises) {
        let parts = map_chunks((identity, plant, treasury, equity), |_, (identity, plant, treasury, equity)| {
            let mut sum = MicroStocks::default();
            for row in 0..identity.len() {
                if !identity[row].exists() {
                    continue;
                }
                sum.enterprise_cash += treasury[row].cash;
                sum.enterprise_debt += treasury[row].debt;
                sum.fixed_capital += plant[row].capital * capital_price;
                let by_funds = equity[row].fund_share * equity[row].market_value;
                let by_households = (1.0 - equity[row].fund_share) * equity[row].market_value;
                if identity[row].listed {
                    sum.listed_funds += by_funds;
                    sum.listed_households += by_households;
                } else {
                    sum.unlisted_funds += by_funds;
                    sum.unlisted_households += by_households;
                }
            }
            sum
        });
        sum = fold(parts).unwrap_or_default();
    }
    let holdings = crate::slices!(enterprises).map(|(identity, _, _, equity)| (identity, equity));
    for fund in funds {
        sum.fund_cash += fund.cash;
        if fund.public_share > 0.0 {
            let marks: f64 = holdings.map_or(0.0, |(identity, equity)| fund.stakes.iter().map(|stake| stake.mark(identity, equity)).sum());
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
pub fn close_books(
    enterprises: Query<(&Identity, &Plant, &Treasury, &Equity)>,
    funds: Query<&Fund>,
    think_tanks: Query<&ThinkTank>,
    mut ledger: ResMut<Ledger>,
    mut opening: ResMut<StockTable>,
    mut economy: ResMut<Economy>,
    mut check: ResMut<BookCheck>,
) {
    let micro = measure_micro_stocks(economy.capital_price, &enterprises, &funds, &think_tanks);
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
