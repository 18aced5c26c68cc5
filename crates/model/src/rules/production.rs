//! Production: capacity, and the labour that output takes.

/// Capacity of a tick: `K Λ Δ / (v κ)`.
#[inline(always)]
pub fn capacity(capital: f64, capital_factor: f64, capital_output: f64, learning: f64, years: f64) -> f64 {
    capital * learning * years / (capital_output * capital_factor)
}

/// Persons needed: a variable part with output and an overhead part with normal capacity.
///
/// `L = ((1 − o) y + o u* k) / (A Λ Δ)`, output and capacity in units a tick.
#[inline(always)]
pub fn labour_input(
    output: f64,
    capacity: f64,
    overhead: f64,
    normal_utilisation: f64,
    productivity: f64,
    learning: f64,
    years: f64,
) -> f64 {
    ((1.0 - overhead) * output + overhead * normal_utilisation * capacity) / (productivity * learning * years)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labour_by_hand() {
        // At normal utilisation labour is output over productivity, whatever the overhead share.
        let at_normal = labour_input(8.2, 10.0, 0.2, 0.82, 4.0, 1.0, 1.0);
        assert!((at_normal - 8.2 / 4.0).abs() < 1e-12);
        // Half the output needs more than half the people.
        assert!(labour_input(4.1, 10.0, 0.2, 0.82, 4.0, 1.0, 1.0) > 0.5 * at_normal);
    }
}
