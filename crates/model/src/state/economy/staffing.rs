//! How far those at work suffice for what is asked of them.

use serde::{Deserialize, Serialize};

use tripath_engine::math;

/// How far the people there are go round, for what enterprises ask for; 1 where there is no shortage.
#[derive(Debug, Clone, Copy, PartialEq, Serialize, Deserialize)]
pub struct Staffing {
    /// Part of the output asked for that can be made.
    pub output: f64,
    /// Part of overhead staff that is there.
    pub overhead: f64,
    /// Researchers that a unit of R&D money pays for, over those at the common wage: where they are short they are paid more.
    pub research: f64,
}

impl Default for Staffing {
    fn default() -> Self {
        Self { output: 1.0, overhead: 1.0, research: 1.0 }
    }
}

impl Staffing {
    /// Rations people: what varies with output gives way first, `λ = (most − overhead − researchers) / variable`; then researchers, of whom the
    /// same money pays fewer (Goolsbee 1998); then overhead staff. Employment is `most` wherever people are short.
    pub fn of(most: f64, overhead: f64, researchers: f64, variable: f64) -> Self {
        let part = |there: f64, wanted: f64| if wanted <= there { 1.0 } else { math::ratio(there, wanted, 0.0).clamp(0.0, 1.0) };
        let after_overhead = (most - overhead).max(0.0);
        Self {
            output: part((after_overhead - researchers).max(0.0), variable),
            overhead: part(most, overhead),
            research: part(after_overhead, researchers),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn people_are_rationed_by_what_varies() {
        assert_eq!(Staffing::of(100.0, 15.0, 5.0, 80.0), Staffing::default());
        // 100 people, 20 of them staff: 80 make four fifths of what 100 would.
        assert_eq!(Staffing::of(100.0, 15.0, 5.0, 100.0), Staffing { output: 0.8, ..Staffing::default() });
        // Ten researchers for twenty asked for, and nobody makes anything.
        assert_eq!(Staffing::of(25.0, 15.0, 20.0, 100.0), Staffing { output: 0.0, overhead: 1.0, research: 0.5 });
        assert_eq!(Staffing::of(10.0, 20.0, 5.0, 100.0), Staffing { output: 0.0, overhead: 0.5, research: 0.0 });
    }
}
