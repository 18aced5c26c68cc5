//! R&D grants: the merit of an applicant, and how a government appraises it.

use crate::parameters::{Parameters, Programme};
use tripath_engine::math;

/// Appraised score by a programme's rule: merit seen through noise, size, distress, and lobbying where appraisal can be reached.
///
/// `score = a_m (merit + noise) + a_s ln(sales / mean) + a_d debt/capital + (1 − transparency) · 3 · lobbying`
pub fn appraisal(rule: &Programme, seen_merit: f64, size: f64, distress: f64, lobbying: f64, transparency: f64) -> f64 {
    rule.merit_weight * seen_merit + rule.size_weight * size + rule.distress_weight * distress + (1.0 - transparency) * 3.0 * lobbying
}

/// Merit and lobbying as they look to a government with advice of a precision: `merit + noise/√(1 + d a)`, `lobbying/(1 + d a)`.
///
/// Programme design: better rules of selection let merit count for more, and leave less for lobbying to reach.
pub(crate) fn advised_view(parameters: &Parameters, advice: f64, merit: f64, noise: f64, lobbying: f64) -> (f64, f64) {
    let precision = 1.0 + parameters.think_tanks.design_precision * advice;
    (merit + noise / math::sqrt(precision), lobbying / precision)
}

/// True merit of a grant in standard units: expected edge of projects under way and lead in knowledge.
pub fn merit(expected_edge: f64, lead: f64) -> f64 {
    expected_edge / 0.03 + lead
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lobbying_counts_where_appraisal_is_opaque() {
        let rule = Programme::default();
        assert_eq!(appraisal(&rule, 1.0, 2.0, 3.0, 0.5, 1.0), 1.0);
        assert_eq!(appraisal(&rule, 1.2, 2.0, 3.0, 0.5, 0.0), 2.7);
        let champions = Programme { merit_weight: 0.0, size_weight: 1.0, distress_weight: 2.0, ..rule };
        assert_eq!(appraisal(&champions, 1.2, 2.0, 0.5, 0.5, 1.0), 3.0);
    }

    #[test]
    fn advice_lets_merit_count() {
        let mut parameters = Parameters::default();
        parameters.think_tanks.design_precision = 3.0;
        let (seen, lobbying) = advised_view(&parameters, 1.0, 1.0, 0.5, 0.4);
        assert!((seen - 1.25).abs() < 1e-12 && (lobbying - 0.1).abs() < 1e-12);
    }
}
