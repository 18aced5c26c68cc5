//! Income of think tanks: what came in together is divided by reputation; people are paid from it.

use bevy_ecs::prelude::{Query, Res, ResMut};

use crate::accounts::{Account, Economy, End, FlowKind, InstitutionalSector as S, Ledger};
use crate::math;
use crate::world::Calendar;

use super::ThinkTank;

/// Weight of a think tank among clients: reputation, and staff with falling returns, or one would end up with all.
fn weight(tank: &ThinkTank) -> f64 {
    math::sqrt(tank.staff.max(0.1)) * (0.2 + tank.reputation)
}

/// Divides the tick's income, pays wages, and lets staff follow income.
pub fn pay_think_tanks(mut think_tanks: Query<&mut ThinkTank>, calendar: Res<Calendar>, economy: Res<Economy>, mut ledger: ResMut<Ledger>) {
    let years = calendar.years_per_tick();
    let total: f64 = think_tanks.iter().map(weight).sum();
    if total <= 0.0 {
        return;
    }
    let contracts = ledger.flow(FlowKind::ThinkTankContracts, S::CentralGovernment, S::ThinkTanks)
        + ledger.flow(FlowKind::ThinkTankContracts, S::LocalGovernments, S::ThinkTanks);
    let clients = ledger.flow(FlowKind::ThinkTankContracts, S::Enterprises, S::ThinkTanks);
    let subscriptions = ledger.flow(FlowKind::ThinkTankContracts, S::Funds, S::ThinkTanks);
    let commissions = ledger.received(FlowKind::Commissions, S::ThinkTanks);
    let pool = ledger.balance(Account::ThinkTanks);
    let speed = math::smoothing(calendar.ticks_per_year(), 2.0);
    for mut tank in &mut think_tanks {
        let part = weight(&tank) / total;
        tank.income = [contracts * part, clients * part, subscriptions * part, commissions * part];
        ledger.pay(FlowKind::ThinkTankShares, End::Of(Account::ThinkTanks), End::ThinkTank(&mut tank.cash), pool * part);
        // Wages of last tick's staff, as far as the cash reaches.
        let wages = (tank.staff * economy.wage * years).min(tank.cash.max(0.0));
        ledger.pay(FlowKind::Wages, End::ThinkTank(&mut tank.cash), End::Of(Account::Households), wages);
        let affordable = tank.income.iter().sum::<f64>() / (economy.wage * years) + 0.1 * tank.cash / economy.wage;
        tank.staff += speed * (affordable - tank.staff);
    }
}
