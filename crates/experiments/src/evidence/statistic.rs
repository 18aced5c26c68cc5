//! A named number that the tables of a run show.

use super::Observed;

/// How a number is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// In percent.
    Percent,
    /// As it is.
    Number,
}

/// A named number of a run.
#[derive(Debug, Clone, Copy)]
pub struct Statistic {
    /// Name in CSV and JSON.
    pub name: &'static str,
    /// How it is shown.
    pub form: Form,
    /// What it is, from which tables.
    pub meaning: &'static str,
    /// The number; not a number where the tables do not show it.
    pub measure: fn(&Observed<'_>) -> f64,
}

impl Statistic {
    /// Unit of the shown text.
    pub fn unit(&self) -> &'static str {
        if self.form == Form::Percent { "%" } else { "" }
    }
}
