//! Public research laboratories: paid researchers whose work raises what a sector's enterprises can find.

use crate::kinds::FlowKind;
use crate::parameters::Parameters;
use crate::rules::laboratory::laboratory_lift;
use crate::state::accounts::{Account, End, Ledger};
use crate::state::sector::Sectors;
use tripath_engine::math;

/// Pays researchers of a programme out of its budget; a programme without a sector divides it by R&D. Returns what each sector got.
pub fn pay_laboratory(ledger: &mut Ledger, sectors: &Sectors, only: Option<usize>, budget: f64) -> Vec<f64> {
    if budget <= 0.0 {
        return vec![0.0; sectors.len()];
    }
    ledger.pay(FlowKind::PublicResearch, End::Of(Account::Central), End::Of(Account::Households), budget);
    let all: f64 = sectors.iter().map(|state| state.rd).sum();
    let even = 1.0 / sectors.len() as f64;
    let part = |s: usize| only.map_or(math::ratio(sectors[s].rd, all, even), |o| f64::from(u8::from(o == s)));
    (0..sectors.len()).map(|s| budget * part(s)).collect()
}

/// Moves each sector's lift towards what its laboratories' spending tends to; it fades alike where spending ends.
pub fn advance_laboratories(parameters: &Parameters, sectors: &mut Sectors, spent: &[f64], ticks_per_year: f64) {
    let smooth = math::smoothing(ticks_per_year, parameters.technology.laboratory_lag_years);
    for (state, spent) in sectors.iter_mut().zip(spent) {
        let ratio = if state.rd > 0.0 { spent / state.rd } else { 0.0 };
        state.laboratory_lift += smooth * (laboratory_lift(parameters.technology.laboratory_effect, ratio) - state.laboratory_lift);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::sector::SectorState;

    #[test]
    fn a_lift_comes_late_and_goes() {
        let parameters = Parameters::default();
        let mut sectors = Sectors(vec![SectorState { rd: 10.0, ..SectorState::default() }]);
        advance_laboratories(&parameters, &mut sectors, &[5.0], 4.0);
        let first = sectors[0].laboratory_lift;
        assert!(first > 0.0 && first < 0.1 * parameters.technology.laboratory_effect);
        for _ in 0..400 {
            advance_laboratories(&parameters, &mut sectors, &[5.0], 4.0);
        }
        assert!((sectors[0].laboratory_lift - laboratory_lift(parameters.technology.laboratory_effect, 0.5)).abs() < 1e-6);
        advance_laboratories(&parameters, &mut sectors, &[0.0], 4.0);
        assert!(sectors[0].laboratory_lift < laboratory_lift(parameters.technology.laboratory_effect, 0.5));
    }
}
