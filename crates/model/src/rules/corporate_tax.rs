//! Corporate income tax.

use crate::parameters::Government;

/// Rules of the corporate income tax.
#[derive(Debug, Clone, Copy)]
pub struct CorporateTax {
    rate: f64,
    high_tech_rate: f64,
    loss_carry_forward: bool,
}

impl CorporateTax {
    /// Rules in force.
    pub fn of(government: &Government) -> Self {
        let rate = government.corporate_tax_rate;
        Self { rate, high_tech_rate: government.high_tech_tax_rate.min(rate), loss_carry_forward: government.loss_carry_forward }
    }
}

/// Corporate income tax before credits, and losses left to carry forward.
///
/// Losses of earlier years reduce taxable profit; a loss of this tick adds to them.
#[inline(always)]
pub fn corporate_tax(rules: CorporateTax, taxable: f64, losses: f64, high_tech: bool) -> (f64, f64) {
    let used = losses.min(taxable);
    let rate = if high_tech { rules.high_tech_rate } else { rules.rate };
    let carried = if rules.loss_carry_forward { losses - taxable } else { 0.0 };
    if taxable <= 0.0 { (0.0, carried) } else { (rate * (taxable - used), losses - used) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tax_by_hand() {
        let government =
            Government { corporate_tax_rate: 0.25, high_tech_tax_rate: 0.15, loss_carry_forward: true, ..Government::default() };
        assert_eq!(corporate_tax(CorporateTax::of(&government), 100.0, 0.0, false), (25.0, 0.0));
        assert_eq!(corporate_tax(CorporateTax::of(&government), 100.0, 40.0, true), (9.0, 0.0));
        assert_eq!(corporate_tax(CorporateTax::of(&government), -30.0, 10.0, false), (0.0, 40.0));
        let strict = Government { loss_carry_forward: false, ..government };
        assert_eq!(corporate_tax(CorporateTax::of(&strict), -30.0, 0.0, false), (0.0, 0.0));
    }
}
