//! Returns to R&D by who paid: quasi-rents of edges, and what is strategic.

use crate::parameters;
use tripath_engine::{math, vectors};

/// Puts the parts of value added that edges bring into `parts`: `1 − exp(−edge)`, nothing below a millionth.
#[inline]
pub fn edge_parts(edges: &[f64], parts: &mut [f64]) {
    for (part, edge) in parts.iter_mut().zip(edges) {
        *part = -edge;
    }
    math::exp_all(parts);
    vectors::widest(
        #[inline(always)]
        || {
            for (part, edge) in parts.iter_mut().zip(edges) {
                *part = if *edge > 1e-6 { 1.0 - *part } else { 0.0 };
            }
        },
    );
}

/// Quasi-rents of each source: value added times the parts that its edges bring ([`edge_parts`]).
#[inline(always)]
pub fn quasi_rents(value_added: f64, parts: [f64; 3]) -> [f64; 3] {
    let value_added = value_added.max(0.0);
    [value_added * parts[0], value_added * parts[1], value_added * parts[2]]
}

/// Strategic return of a source: home share gained, and breakthroughs (log points times √share) at their shadow value, both times the
/// strategic value of a year's home demand.
pub fn strategic_return(technology: &parameters::Technology, valued_demand: f64, gained: f64, breakthroughs: f64) -> f64 {
    // What is worth nothing loses nothing either.
    if valued_demand > 0.0 { (gained + technology.breakthrough_shadow_value * breakthroughs) * valued_demand } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quasi_rents_by_hand() {
        let mut parts = [0.0; 3];
        edge_parts(&[0.0, 0.1, 1e-7], &mut parts);
        let rents = quasi_rents(100.0, parts);
        assert_eq!([rents[0], rents[2]], [0.0; 2]);
        assert!((rents[1] - 100.0 * (1.0 - math::exp(-0.1))).abs() < 1e-9);
        assert_eq!(quasi_rents(-5.0, [0.5; 3]), [0.0; 3]);
    }

    #[test]
    fn a_strategic_return_by_hand() {
        let technology = parameters::Technology { breakthrough_shadow_value: 0.1, ..parameters::Technology::default() };
        // A strategic value of 3, a year's demand of 200: two points of home share, and half a log point of breakthroughs.
        assert!((strategic_return(&technology, 3.0 * 200.0, 0.02, 0.5) - (12.0 + 30.0)).abs() < 1e-9);
    }
}
