//! A named number that the tables of a run show, and the range that it must keep.

use super::Observed;

/// How a number is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// In percent.
    Percent,
    /// To two or three decimals.
    Ratio,
    /// Whole.
    Count,
    /// With an exponent.
    Scientific,
}

/// A range that a number must keep; a missing number keeps none.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Gate {
    /// From one bound to the other, both included.
    Between(f64, f64),
    /// Greater than.
    Above(f64),
    /// Smaller than.
    Below(f64),
    /// Nought.
    Zero,
}

impl Gate {
    /// Whether a value passes.
    pub fn holds(self, value: f64) -> bool {
        match self {
            Gate::Between(low, high) => value >= low && value <= high,
            Gate::Above(bound) => value > bound,
            Gate::Below(bound) => value < bound,
            Gate::Zero => value == 0.0,
        }
    }
}

/// A named number of a run.
#[derive(Debug, Clone, Copy)]
pub struct Statistic {
    /// Name in CSV and JSON.
    pub name: &'static str,
    /// Head of its column where there is little room.
    pub head: &'static str,
    /// How it is shown.
    pub form: Form,
    /// What it is, from which tables.
    pub meaning: &'static str,
    /// Range that it must keep.
    pub gate: Option<Gate>,
    /// The number; not a number where the tables do not show it.
    pub measure: fn(&Observed<'_>) -> f64,
}

impl Statistic {
    /// Whether a value passes, where there is a gate.
    pub fn passes(&self, value: f64) -> bool {
        self.gate.is_none_or(|gate| gate.holds(value))
    }

    /// A value as text.
    pub fn show(&self, value: f64) -> String {
        if value.is_nan() {
            return "–".to_owned();
        }
        match self.form {
            Form::Percent => format!("{:.2}", value * 100.0),
            Form::Ratio => format!("{value:.3}"),
            Form::Count => format!("{value:.1}"),
            Form::Scientific => format!("{value:.1e}"),
        }
    }

    /// The gate as text, in the unit of [`Statistic::show`].
    pub fn show_gate(&self) -> String {
        let bound = |value: f64| match self.form {
            Form::Percent => format!("{:.0}", value * 100.0),
            Form::Ratio | Form::Count => format!("{value}"),
            Form::Scientific => format!("{value:.0e}"),
        };
        match self.gate {
            None => String::new(),
            Some(Gate::Between(low, high)) => format!("{}…{}", bound(low), bound(high)),
            Some(Gate::Above(low)) => format!("> {}", bound(low)),
            Some(Gate::Below(high)) => format!("< {}", bound(high)),
            Some(Gate::Zero) => "0".to_owned(),
        }
    }

    /// Unit of the shown text.
    pub fn unit(&self) -> &'static str {
        if self.form == Form::Percent { "%" } else { "" }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_number_passes_no_gate() {
        for gate in [Gate::Between(-1.0, 1.0), Gate::Above(-1.0), Gate::Below(1.0), Gate::Zero] {
            assert!(gate.holds(0.0) && !gate.holds(f64::NAN));
        }
        assert!(!Gate::Above(0.0).holds(0.0) && Gate::Between(0.0, 1.0).holds(1.0));
    }
}
