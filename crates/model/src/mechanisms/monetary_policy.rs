//! Monetary policy: the central bank sets its rate, and loans and deposits follow.

use bevy_ecs::prelude::{Res, ResMut};

use crate::parameters::Parameters;
use crate::rules::banking::usual_loan_rate;
use crate::rules::monetary_policy::{learn_neutral, taylor_rule};
use crate::state::accounts::Ledger;
use crate::state::bank::Rates;
use crate::state::calendar::Calendar;
use crate::state::economy::Economy;
use tripath_engine::math;

/// Sets the rates of the tick.
pub fn set_rates(
    parameters: Res<Parameters>,
    calendar: Res<Calendar>,
    ledger: Res<Ledger>,
    mut economy: ResMut<Economy>,
    mut rates: ResMut<Rates>,
) {
    let loans: f64 = (0..ledger.banks()).map(|bank| ledger.loans(bank)).sum();
    let lost = economy.loans_lost * calendar.ticks_per_year();
    let expected = math::ratio(lost, loans, 0.0).min(0.2);
    let expected_loss = rates.expected_loss + math::smoothing(calendar.ticks_per_year(), 3.0) * (expected - rates.expected_loss);
    let (banking, natural, years) = (&parameters.banking, parameters.labour.natural_unemployment, calendar.years_per_tick());
    let (inflation, unemployment) = (economy.inflation, economy.unemployment);
    // At the floor the rate is not what the bank wants it to be, and unemployment says nothing of what is neutral.
    if economy.shadow_rate > banking.shadow_floor || unemployment < natural {
        economy.neutral_rate = learn_neutral(banking, economy.neutral_rate, inflation, unemployment, natural, years);
    }
    let aim = taylor_rule(banking, economy.neutral_rate, inflation, unemployment, natural);
    // Central banks move in steps: half of the gap a year.
    let step = 1.0 - math::exp(-0.7 * years);
    economy.shadow_rate = (economy.shadow_rate + step * (aim - economy.shadow_rate)).clamp(banking.shadow_floor, HIGHEST_RATE);
    economy.effective_rate = (economy.shadow_rate + banking.policy_shift).max(banking.shadow_floor);
    economy.policy_rate = economy.effective_rate.max(0.0);
    let new_loan = usual_loan_rate(&parameters, economy.effective_rate, expected_loss);
    economy.loan_rate += math::smoothing(calendar.ticks_per_year(), parameters.investment.cost_years) * (new_loan - economy.loan_rate);
    let new_bond = (economy.policy_rate + banking.bond_spread).max(0.0);
    *rates = Rates {
        policy: economy.policy_rate,
        deposit: (economy.policy_rate - banking.deposit_margin).max(0.0),
        // Bonds run for years: the mean coupon follows the rate on new ones.
        bond: rates.bond + math::smoothing(calendar.ticks_per_year(), banking.bond_years) * (new_bond - rates.bond),
        expected_loss,
    };
}

/// Rate above which no central bank goes, whatever its rule says.
const HIGHEST_RATE: f64 = 1.0;
