//! What can be wrong with a configuration.

use miette::{Diagnostic, LabeledSpan, SourceCode};

use super::document::Place;

/// Why a configuration cannot be used.
#[derive(Debug, Clone, PartialEq, thiserror::Error)]
pub enum Reason {
    /// A file cannot be read.
    #[error("cannot read `{path}`: {why}")]
    Unreadable {
        /// The file.
        path: String,
        /// What the system or the reader says.
        why: String,
    },
    /// No preset of that name.
    #[error("there is no preset `{0}`")]
    UnknownPreset(String),
    /// A configuration extends itself.
    #[error("a configuration cannot extend itself: {}", .0.join(" → "))]
    Cycle(Vec<String>),
    /// Not TOML.
    #[error("invalid TOML: {0}")]
    InvalidToml(String),
    /// An override is no `path.to.key=value`.
    #[error("an override is written path.to.key=value, but: {0}")]
    InvalidOverride(String),
    /// No parameter of that name.
    #[error("unknown key `{0}`")]
    UnknownKey(String),
    /// A name that cannot be used in tables and paths.
    #[error("`{0}` is not a name: letters, digits, - and _ are allowed")]
    InvalidName(String),
    /// A value of another type.
    #[error("`{path}` takes {expected}, but is {found}")]
    WrongType {
        /// The key.
        path: String,
        /// What it takes.
        expected: String,
        /// What it was given.
        found: String,
    },
    /// A value that is not allowed.
    #[error("`{path}` is {value}; allowed is {allowed}")]
    NotAllowed {
        /// The key.
        path: String,
        /// The value with its unit.
        value: String,
        /// The allowed values with their unit.
        allowed: String,
    },
    /// A rule across fields is broken.
    #[error("`{path}` {message}")]
    Rule {
        /// The key, or a pattern of keys.
        path: String,
        /// What is wrong, after the key.
        message: String,
    },
    /// Something else that a table of a design says is wrong, in a whole sentence.
    #[error("{0}")]
    Other(String),
    /// A driver's data cannot be used.
    #[error("driver `{driver}`: {message}")]
    Driver {
        /// The driver.
        driver: String,
        /// What is wrong.
        message: String,
    },
}

/// A reason, where it was found, and how it may be mended.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{reason}")]
pub struct Problem {
    /// What is wrong.
    pub reason: Reason,
    /// Where; none where a whole source is missing.
    pub place: Option<Place>,
    /// How to mend it.
    pub hint: Option<String>,
}

impl Problem {
    /// A problem at a place.
    pub fn at(place: Place, reason: Reason) -> Self {
        Self { reason, place: Some(place), hint: None }
    }

    /// A problem of no place.
    pub fn nowhere(reason: Reason) -> Self {
        Self { reason, place: None, hint: None }
    }

    /// With a hint, if there is one.
    pub fn hint(mut self, hint: Option<String>) -> Self {
        self.hint = hint;
        self
    }

    /// One line: file:line:column, reason and hint.
    pub fn line(&self) -> String {
        let place = self.place.as_ref().map_or(String::new(), |place| format!("{place}: "));
        let hint = self.hint.as_ref().map_or(String::new(), |hint| format!(" ({hint})"));
        format!("{place}{}{hint}", self.reason)
    }
}

impl Diagnostic for Problem {
    fn help<'a>(&'a self) -> Option<Box<dyn std::fmt::Display + 'a>> {
        self.hint.as_ref().map(|hint| Box::new(hint) as Box<dyn std::fmt::Display>)
    }

    fn source_code(&self) -> Option<&dyn SourceCode> {
        self.place.as_ref().map(|place| place.document().source() as &dyn SourceCode)
    }

    fn labels(&self) -> Option<Box<dyn Iterator<Item = LabeledSpan> + '_>> {
        let span = self.place.as_ref()?.span();
        Some(Box::new(std::iter::once(LabeledSpan::new(Some("here".to_owned()), span.start, span.len()))))
    }
}

/// At most so many problems are reported at once.
const REPORTED_PROBLEMS: usize = 20;

/// All that was found wrong with a configuration.
#[derive(Debug, Clone, thiserror::Error)]
#[error("{}", self.lines().join("\n"))]
pub struct ConfigurationError {
    problems: Vec<Problem>,
    unreported: usize,
}

impl ConfigurationError {
    /// From at least one problem; those beyond the first 20 are only counted.
    pub(crate) fn new(mut problems: Vec<Problem>) -> Self {
        let unreported = problems.len().saturating_sub(REPORTED_PROBLEMS);
        problems.truncate(REPORTED_PROBLEMS);
        Self { problems, unreported }
    }

    /// The problems, in the order found.
    pub fn problems(&self) -> &[Problem] {
        &self.problems
    }

    /// One line a problem: file:line:column, reason and hint.
    pub fn lines(&self) -> Vec<String> {
        let mut lines: Vec<String> = self.problems.iter().map(Problem::line).collect();
        if self.unreported > 0 {
            lines.push(format!("and {} more", self.unreported));
        }
        lines
    }

    /// Both errors as one.
    pub fn and(mut self, other: Self) -> Self {
        self.problems.extend(other.problems);
        self.unreported += other.unreported;
        self
    }

    /// For a terminal: every problem with the lines around it.
    pub fn report(mut self) -> miette::Report {
        if self.problems.len() == 1 {
            return miette::Report::new(self.problems.remove(0));
        }
        miette::Report::new(Several { count: self.problems.len() + self.unreported, error: self })
    }
}

impl Diagnostic for ConfigurationError {
    fn related<'a>(&'a self) -> Option<Box<dyn Iterator<Item = &'a dyn Diagnostic> + 'a>> {
        Some(Box::new(self.problems.iter().map(|problem| problem as &dyn Diagnostic)))
    }
}

/// A report's head line over several problems.
#[derive(Debug, thiserror::Error)]
#[error("the configuration has {count} problems")]
struct Several {
    count: usize,
    error: ConfigurationError,
}

impl Diagnostic for Several {
    fn related<'a>(&'a self) -> Option<Box<dyn Iterator<Item = &'a dyn Diagnostic> + 'a>> {
        self.error.related()
    }
}
