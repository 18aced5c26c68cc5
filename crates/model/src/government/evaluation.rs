//! What a government remembers of a programme, and what it does with it once its patience ends.

use serde::{Deserialize, Serialize};

use crate::math;
use crate::parameters::Government;

/// What a government remembers of a programme from tick to tick.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct ProgrammeMemory {
    /// Ran in the last tick, fading ones not counted.
    pub running: bool,
    /// Stopped by an evaluation.
    pub given_up: bool,
    /// Tick at which it last ended.
    pub ended: Option<u32>,
    /// Budget over the planned one.
    pub scale: f64,
    /// Result of the last evaluation.
    pub evaluation: Option<f64>,
    /// Since when it is judged.
    pub since: Opening,
}

impl Default for ProgrammeMemory {
    fn default() -> Self {
        Self { running: false, given_up: false, ended: None, scale: 1.0, evaluation: None, since: Opening::default() }
    }
}

/// Where the sectors of a programme stood when a period of judgement began.
#[derive(Debug, Clone, Copy, Default, PartialEq, Serialize, Deserialize)]
pub struct Opening {
    /// Tick.
    pub tick: u32,
    /// Cost of all policy in the sectors to date.
    pub cost: f64,
    /// Taxes on quasi-rents from policy money to date.
    pub taxes: f64,
    /// Strategic return to date.
    pub strategic: f64,
    /// Taxes of the sectors a year.
    pub sector_taxes: f64,
    /// Output of the economy a year.
    pub output: f64,
    /// Key technologies brought home to date, with milestones of the attempt under way.
    pub achieved: f64,
    /// The same without milestones.
    pub completed: f64,
}

/// Return on a unit of public money over a period of judgement: `(T + S + ½ Y ΔX) / C`.
///
/// `T` taxes on quasi-rents that policy paid for and gains of governments' units of funds, `S` the strategic return, `ΔX` how far the yearly taxes of the programme's sectors
/// outgrew output over the `Y` years, `C` the cost of all policy in these sectors, capital called among it. Sectors are judged, not programmes: nobody can
/// tell apart what two programmes did to one sector.
pub fn programme_return(opening: &Opening, now: &Opening, years: f64) -> f64 {
    let growth = math::ratio(now.output, opening.output, 1.0);
    let outgrown = now.sector_taxes - opening.sector_taxes * growth;
    let benefit = (now.taxes - opening.taxes) + (now.strategic - opening.strategic) + 0.5 * years * outgrown;
    math::ratio(benefit, now.cost - opening.cost, 0.0)
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

    #[test]
    fn a_return_by_hand() {
        let opening = Opening { tick: 0, cost: 10.0, taxes: 1.0, strategic: 0.0, sector_taxes: 20.0, output: 100.0, ..Opening::default() };
        let now = Opening { tick: 16, cost: 30.0, taxes: 5.0, strategic: 2.0, sector_taxes: 25.0, output: 110.0, ..Opening::default() };
        // Taxes 4, strategic 2, sector taxes 25 against 22 over half of four years: 6; cost 20.
        assert!((programme_return(&opening, &now, 4.0) - 0.6).abs() < 1e-12);
        assert_eq!(programme_return(&opening, &opening, 4.0), 0.0);
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
