//! Income of think tanks: each is paid by those who chose it; people are paid from it.

use bevy_ecs::prelude::{Query, Res, ResMut};

use crate::kinds::{FlowKind, InstitutionalSector as S};
use crate::rules::advice::appeal;
use crate::state::accounts::{Account, End, Ledger};
use crate::state::calendar::Calendar;
use crate::state::economy::Economy;
use crate::state::think_tanks::{ClientFees, ThinkTank};
use tripath_engine::math;

/// Divides the tick's income, pays wages, lets staff follow income, and remembers whose clients pay.
pub fn pay_think_tanks(
    mut think_tanks: Query<&mut ThinkTank>,
    calendar: Res<Calendar>,
    economy: Res<Economy>,
    fees: Res<ClientFees>,
    mut ledger: ResMut<Ledger>,
) {
    let years = calendar.years_per_tick();
    let total: f64 = think_tanks.iter().map(|tank| appeal(tank.reputation, tank.staff, 1.0)).sum();
    if total <= 0.0 {
        return;
    }
    let commissions = ledger.received(FlowKind::Commissions, S::ThinkTanks);
    let pool = ledger.balance(Account::ThinkTanks);
    let mut all = 0.0;
    for mut tank in &mut think_tanks {
        let part = appeal(tank.reputation, tank.staff, 1.0) / total;
        let first = (tank.id as usize - 1) * tank.field.len();
        let clients: f64 = fees.0.get(first..first + tank.field.len()).map_or(0.0, |fees| fees.iter().sum());
        let [contracts, subscriptions] = tank.earned;
        tank.income = [contracts, clients, subscriptions, commissions * part];
        all += tank.income.iter().sum::<f64>();
    }
    let speed = math::smoothing(calendar.ticks_per_year(), 2.0);
    for mut tank in &mut think_tanks {
        let income: f64 = tank.income.iter().sum();
        // All of the pool, to the last rounding.
        let paid = pool * math::ratio(income, all, 0.0);
        ledger.pay(FlowKind::ThinkTankShares, End::Of(Account::ThinkTanks), End::ThinkTank(&mut tank.cash), paid);
        // Wages of last tick's staff, as far as the cash reaches.
        let wages = (tank.staff * economy.wage * years).min(tank.cash.max(0.0));
        ledger.pay(FlowKind::Wages, End::ThinkTank(&mut tank.cash), End::Of(Account::Households), wages);
        let affordable = income / (economy.wage * years) + 0.1 * tank.cash / economy.wage;
        tank.staff += speed * (affordable - tank.staff);
        let first = (tank.id as usize - 1) * tank.field.len();
        for sector in 0..tank.field.len() {
            let fee = fees.0.get(first + sector).copied().unwrap_or(0.0);
            let part = math::ratio(fee, income, 0.0);
            let gap = part - tank.clients[sector];
            tank.clients[sector] += speed * gap;
        }
    }
}
