//! Public research laboratories: how far their work raises what can be found.

/// Lift of a sector's opportunity that a laboratory tends to: `e x / (1 + x)`, `x` its spending over the R&D of the sector's enterprises.
pub fn laboratory_lift(effect: f64, ratio: f64) -> f64 {
    effect * ratio / (1.0 + ratio)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_lift_by_hand() {
        assert_eq!(laboratory_lift(1.0, 0.0), 0.0);
        assert_eq!(laboratory_lift(0.6, 0.5), 0.6 * 0.5 / 1.5);
    }
}
