//! What a statistic should be: targets by regime, units, and readings held against them.

/// Which targets hold: some facts differ between economies.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize)]
#[serde(rename_all = "kebab-case")]
pub enum Regime {
    /// A US-like economy.
    UsLike,
    /// A China-like economy.
    ChinaLike,
    /// An India-like economy: it catches up, and little else is asked of it.
    IndiaLike,
    /// Neither.
    Neither,
}

impl Regime {
    /// The word in tables.
    pub fn word(self) -> &'static str {
        match self {
            Self::UsLike => "us-like",
            Self::ChinaLike => "china-like",
            Self::IndiaLike => "india-like",
            Self::Neither => "neither",
        }
    }
}

/// What a statistic should be.
#[derive(Debug, Clone, Copy, PartialEq)]
pub enum Target {
    /// From one bound to the other, both included.
    Between(f64, f64),
    /// At least.
    AtLeast(f64),
    /// At most.
    AtMost(f64),
    /// Greater than.
    Above(f64),
    /// Smaller than.
    Below(f64),
    /// A rule that the measure itself applies.
    Rule(&'static str),
    /// Reported for the reader, and not judged.
    ReportedOnly,
    /// It does not apply to this regime.
    NotApplicable,
}

impl Target {
    /// Whether anything is held against it.
    pub fn judges(self) -> bool {
        !matches!(self, Self::ReportedOnly | Self::NotApplicable)
    }

    /// Whether a reading is in target; nothing where it is not judged.
    pub fn holds(self, reading: &Reading) -> Option<bool> {
        let value = reading.value;
        if reading.lacks.is_some() {
            return None;
        }
        match self {
            Self::Between(low, high) => Some(value >= low && value <= high),
            Self::AtLeast(low) => Some(value >= low),
            Self::AtMost(high) => Some(value <= high),
            Self::Above(low) => Some(value > low),
            Self::Below(high) => Some(value < high),
            Self::Rule(_) => Some(reading.holds == Some(true)),
            Self::ReportedOnly | Self::NotApplicable => None,
        }
    }
}

/// Targets of the regimes.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Targets {
    /// Of a US-like economy.
    pub us_like: Target,
    /// Of a China-like economy.
    pub china_like: Target,
    /// Of an India-like economy.
    pub india_like: Target,
    /// Of any other.
    pub neither: Target,
}

impl Targets {
    /// The same for all.
    pub const fn all(target: Target) -> Self {
        Self { us_like: target, china_like: target, india_like: target, neither: target }
    }

    /// Different ones; an India-like economy is held to what holds for any other.
    pub const fn by_regime(us_like: Target, china_like: Target, neither: Target) -> Self {
        Self { us_like, china_like, india_like: neither, neither }
    }

    /// The same with a target of its own for an India-like economy.
    pub const fn in_india(self, target: Target) -> Self {
        Self { india_like: target, ..self }
    }

    /// The target of a regime.
    pub fn of(&self, regime: Regime) -> Target {
        match regime {
            Regime::UsLike => self.us_like,
            Regime::ChinaLike => self.china_like,
            Regime::IndiaLike => self.india_like,
            Regime::Neither => self.neither,
        }
    }
}

/// How a number is shown.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Unit {
    /// Pure number.
    One,
    /// In percent.
    Percent,
    /// Years.
    Years,
    /// With an exponent.
    Scientific,
}

impl Unit {
    /// A value as text; a dash where there is none.
    pub fn show(self, value: f64) -> String {
        match self {
            _ if !value.is_finite() => "–".to_owned(),
            Self::One if value.abs() >= 1000.0 => format!("{value:.0}"),
            Self::One => format!("{value:.3}"),
            Self::Percent => format!("{:.2} %", value * 100.0),
            Self::Years => format!("{value:.1} y"),
            Self::Scientific => format!("{value:.1e}"),
        }
    }

    fn bound(self, value: f64) -> String {
        match self {
            Self::Percent => format!("{}", (value * 1e6).round() / 1e4),
            Self::Scientific => format!("{value:.0e}"),
            Self::One | Self::Years => format!("{value}"),
        }
    }

    /// A target as text.
    pub fn show_target(self, target: Target) -> String {
        let unit = match self {
            Self::Percent => " %",
            Self::Years => " years",
            Self::One | Self::Scientific => "",
        };
        match target {
            Target::Between(low, high) if low < 0.0 => format!("{} to {}{unit}", self.bound(low), self.bound(high)),
            Target::Between(low, high) => format!("{}–{}{unit}", self.bound(low), self.bound(high)),
            Target::AtLeast(low) => format!("≥ {}{unit}", self.bound(low)),
            Target::AtMost(high) => format!("≤ {}{unit}", self.bound(high)),
            Target::Above(low) => format!("> {}{unit}", self.bound(low)),
            Target::Below(high) => format!("< {}{unit}", self.bound(high)),
            Target::Rule(words) => words.to_owned(),
            Target::ReportedOnly => "reported only".to_owned(),
            Target::NotApplicable => "not applicable".to_owned(),
        }
    }
}

/// A value of a statistic in one run.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Reading {
    /// The value; not a number where the run does not show it.
    pub value: f64,
    /// Whether the rule of the measure holds, for [`Target::Rule`].
    pub holds: Option<bool>,
    /// Which other run it needs, where that was not given: then it is not judged.
    pub lacks: Option<&'static str>,
}

impl Reading {
    /// A value of which the measure itself says whether it is in target.
    pub fn ruled(value: f64, holds: bool) -> Self {
        Self { value, holds: Some(holds), lacks: None }
    }

    /// What cannot be read without another run.
    pub fn lacking(counterpart: &'static str) -> Self {
        Self { value: f64::NAN, holds: None, lacks: Some(counterpart) }
    }
}

impl From<f64> for Reading {
    fn from(value: f64) -> Self {
        Self { value, holds: None, lacks: None }
    }
}
