//! What a government does with a programme once its patience ends.

use crate::parameters::Government;
use crate::state::government::Opening;
use tripath_engine::math;

/// Return on a unit of a programme's money over a period of judgement, by sector in proportion to money paid:
/// `Σ_s [r_s/R_s (T_s + B_s) + m_s/C_s (S_s + ½ Y ΔX_s)] / Σ_s m_s`.
///
/// `m` the programme's money and `r` its part earmarked for R&D, `C` and `R` those of all policy; `T` taxes on quasi-rents that policy
/// paid for, `B` breakthroughs, `S` self-sufficiency gained, `ΔX` how far the yearly taxes of the sector outgrew output over the `Y`
/// years. What R&D brought is R&D money's alone; the rest is everybody's who paid. For guidance funds `m` and `r` are the capital called from
/// governments and `T` what they gained by it. Nothing to judge (`None`) where nothing was paid.
pub fn programme_return(opening: &Opening, now: &Opening, years: f64) -> Option<f64> {
    let growth = math::ratio(now.output, opening.output, 1.0);
    let (mut benefit, mut paid) = (0.0, 0.0);
    for (before, after) in opening.sectors.iter().zip(&now.sectors) {
        let money = after.money - before.money;
        let of_money = math::ratio(money, after.cost - before.cost, 0.0).min(1.0);
        let of_research = math::ratio(after.research - before.research, after.all_research - before.all_research, 0.0).min(1.0);
        let outgrown = after.sector_taxes - before.sector_taxes * growth;
        benefit += of_research * (after.rents - before.rents) + of_money * (after.secured - before.secured + 0.5 * years * outgrown);
        paid += money;
    }
    (paid > 0.0).then(|| benefit / paid)
}

/// What an evaluation leads to.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Decision {
    /// Goes on as it is.
    Continue,
    /// The budget becomes this multiple of the planned one.
    Scale(f64),
    /// Ends at once.
    Stop,
}

/// Decides on a return as it is seen: below `evaluation_stop` the programme ends (rule `stop`) or shrinks (rule `scale`), above
/// `evaluation_scale` it grows; budgets move by `evaluation_step` between half and twice what was planned.
pub fn decide(government: &Government, rule: &str, seen: f64, scale: f64) -> Decision {
    let step = 1.0 + government.evaluation_step;
    match rule {
        "stop" if seen < government.evaluation_stop => Decision::Stop,
        "stop" | "scale" if seen > government.evaluation_scale => Decision::Scale((scale * step).min(2.0)),
        "scale" if seen < government.evaluation_stop => Decision::Scale((scale / step).max(0.5)),
        _ => Decision::Continue,
    }
}

/// Part of a programme that is left after its end: all of it falls away at once where it has no time to fade.
pub fn fading(years_since_end: f64, phase_out_years: f64) -> f64 {
    if phase_out_years <= 0.0 { 0.0 } else { (1.0 - years_since_end / phase_out_years).clamp(0.0, 1.0) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::government::Standing;

    #[test]
    fn a_return_by_hand() {
        let sector = Standing { money: 5.0, research: 5.0, cost: 10.0, all_research: 8.0, rents: 1.0, secured: 0.0, sector_taxes: 20.0 };
        let opening = Opening { tick: 0, output: 100.0, sectors: vec![sector, sector], ..Opening::default() };
        // First sector: 10 of a cost of 20, all in R&D, half of R&D's 20; rents 4, secured 2, taxes 25 against 22 over half of four years: 6.
        let first = Standing { money: 15.0, research: 15.0, cost: 30.0, all_research: 28.0, rents: 5.0, secured: 2.0, sector_taxes: 25.0 };
        // Second sector: nothing paid, whatever came of it is others'.
        let second = Standing { cost: 90.0, rents: 50.0, secured: 50.0, ..sector };
        let now = Opening { tick: 16, output: 110.0, sectors: vec![first, second], ..Opening::default() };
        assert!((programme_return(&opening, &now, 4.0).unwrap() - (0.5 * 4.0 + 0.5 * 8.0) / 10.0).abs() < 1e-12);
        // A subsidy of the same money has no part in what R&D brought.
        let subsidy = |standing: &Standing| Standing { research: 0.0, ..*standing };
        let of_subsidy = |opening: &Opening| Opening { sectors: opening.sectors.iter().map(subsidy).collect(), ..opening.clone() };
        assert!((programme_return(&of_subsidy(&opening), &of_subsidy(&now), 4.0).unwrap() - 0.4).abs() < 1e-12);
        assert_eq!(programme_return(&opening, &opening, 4.0), None);
    }

    #[test]
    fn rules_decide() {
        let government = Government { evaluation_stop: 0.2, evaluation_scale: 1.0, evaluation_step: 0.5, ..Government::default() };
        assert_eq!(decide(&government, "stop", 0.1, 1.0), Decision::Stop);
        assert_eq!(decide(&government, "scale", 0.1, 1.5), Decision::Scale(1.0));
        assert_eq!(decide(&government, "scale", 1.1, 1.0), Decision::Scale(1.5));
        assert_eq!(decide(&government, "stop", 1.1, 1.9), Decision::Scale(2.0));
        assert_eq!(decide(&government, "stop", 0.5, 1.0), Decision::Continue);
        assert_eq!(decide(&government, "keep", 0.1, 1.0), Decision::Continue);
    }

    #[test]
    fn a_cliff_or_a_slope() {
        assert_eq!(fading(0.25, 0.0), 0.0);
        assert_eq!(fading(1.0, 4.0), 0.75);
        assert_eq!(fading(9.0, 4.0), 0.0);
    }
}
