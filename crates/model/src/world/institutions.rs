//! Governments, banks, funds and think tanks at the start, and what households and banks own then.

use bevy_ecs::prelude::World;

use crate::parameters::Parameters;
use crate::rules::banking::payout_target;
use crate::state::accounts::{Account, Ledger};
use crate::state::bank::Bank;
use crate::state::calendar::Calendar;
use crate::state::government::Government;
use crate::state::think_tanks::ThinkTank;
use crate::state::venture::{Fund, mandates};
use crate::streams::Draw;
use tripath_engine::math;

pub(super) fn spawn_governments(world: &mut World, parameters: &Parameters, calendar: &Calendar, ledger: &mut Ledger, output: f64) {
    let period = (parameters.government.plan_years * calendar.ticks_per_year()).max(1.0) as u32;
    let regions = parameters.regions.len() as u32;
    world.spawn(Government { region: None, next_plan: 0 });
    for region in 0..regions {
        // Localities plan at different dates.
        world.spawn(Government { region: Some(region as u16), next_plan: region * period / regions });
    }
    let debt = parameters.government.debt_target * output;
    ledger.debts[0] = 0.75 * debt;
    for (region, place) in parameters.regions.iter().enumerate() {
        ledger.debts[region + 1] = 0.25 * debt * place.value.population_share;
        ledger.endow(Account::Local(region), 0.005 * output * place.value.population_share);
    }
    ledger.endow(Account::Central, 0.005 * output);
}

pub(super) fn fund_count(parameters: &Parameters) -> u32 {
    (parameters.venture.funds_per_thousand * f64::from(parameters.population.enterprises) / 1000.0).round() as u32
}

pub(super) fn spawn_financiers(world: &mut World, parameters: &Parameters, calendar: &Calendar, output: f64) {
    for bank in 0..parameters.banking.banks {
        world.spawn(Bank { index: bank as u16, deposits: 0.0, reserves: 0.0, owed: 0.0 });
    }
    let funds = fund_count(parameters);
    let life = parameters.venture.life_years * calendar.ticks_per_year();
    let size = parameters.venture.supply_share * output * parameters.venture.life_years / f64::from(funds.max(1));
    for place in 0..funds {
        let mut draws = calendar.seed.draws(Draw::Financier, u64::from(place), u32::MAX);
        // Vintages are spread over a life, so that raising goes on every year.
        let vintage = -((life * f64::from(place) / f64::from(funds)) as i32);
        let mut fund = Fund::vacant(place);
        let commitments = size * math::exp(0.5 * draws.normal() - 0.125);
        fund.close(&parameters.venture, u64::from(place) + 1, vintage, commitments, parameters.venture.guidance_share);
        fund.skill = draws.uniform();
        world.spawn(fund);
    }
    // Places of guidance funds wait for their programmes.
    for (order, mandate) in mandates(parameters).into_iter().enumerate() {
        world.spawn(Fund { mandate: Some(mandate), ..Fund::vacant(funds + order as u32) });
    }
}

pub(super) fn spawn_think_tanks(world: &mut World, parameters: &Parameters, calendar: &Calendar, force: f64, ledger: &mut Ledger) -> f64 {
    let settings = &parameters.think_tanks;
    let count = parameters.sectors.len();
    let mut total = 0.0;
    for order in 0..settings.count {
        let mut draws = calendar.seed.draws(Draw::ThinkTank, u64::from(order) + 1, u32::MAX);
        let weights: Vec<f64> = (0..count).map(|_| draws.exponential() + 0.1).collect();
        let sum: f64 = weights.iter().sum();
        let staff = settings.staff / 1000.0 * force / f64::from(settings.count);
        let spread = |mean: f64, draw: f64| (mean + 0.3 * (draw - 0.5)).clamp(0.02, 0.98);
        let mut tank = ThinkTank {
            id: u64::from(order) + 1,
            region: (order as usize % parameters.regions.len()) as u16,
            field: weights.iter().map(|weight| weight / sum).collect(),
            staff,
            quality: spread(settings.quality, draws.uniform()),
            independence: spread(settings.independence, draws.uniform()),
            reputation: 0.5,
            cash: 0.0,
            calls: vec![0.0; count],
            accuracy: 0.5,
            income: [0.0; 4],
            clients: vec![0.0; count],
            earned: [0.0; 2],
        };
        ledger.endow_cash(&mut tank.cash, staff * 0.5);
        total += tank.cash;
        world.spawn(tank);
    }
    total
}

/// Bonds and deposits of households and banks, so that banks begin with their own funds and all books close.
pub(super) fn endow_households_and_banks(parameters: &Parameters, ledger: &mut Ledger, output: f64) {
    let banks = ledger.banks();
    let debt = ledger.total_debt();
    ledger.central_bank_bonds = 0.1 * debt;
    ledger.household_bonds = (parameters.households.bond_share * output).min(0.6 * debt);
    let bank_bonds = debt - ledger.central_bank_bonds - ledger.household_bonds;
    let loans: f64 = (0..banks).map(|bank| ledger.loans(bank)).sum();
    for bank in 0..banks {
        ledger.bank_bonds[bank] = bank_bonds / banks as f64;
    }
    // Banks' balances are what makes their own funds right; households hold the deposits that remain.
    let own_funds = 1.05 * payout_target(&parameters.banking) * loans;
    let balances = own_funds - loans - bank_bonds;
    // All balances sum to 0 and the central bank owes the bonds it holds.
    let endowed = -ledger.balance(Account::CentralBank);
    let households = ledger.central_bank_bonds - endowed - balances;
    ledger.endow(Account::Households, households);
    for bank in 0..banks {
        let own = own_funds * ledger.loans(bank) / loans.max(1e-9);
        ledger.endow(Account::Bank(bank), own - ledger.loans(bank) - ledger.bank_bonds[bank]);
    }
}
