//! How the program ends: 0 done, 1 the user's input, 2 ours, 130 interrupted.

use std::io::IsTerminal;
use std::process::ExitCode;

use miette::{MietteHandlerOpts, Report};
use tripath_experiments::branch::BranchError;
use tripath_experiments::configuration::ConfigurationError;
use tripath_experiments::evidence::EvidenceError;
use tripath_experiments::run::RunError;
use tripath_experiments::speed::SpeedError;
use tripath_experiments::stress::StressError;
use tripath_experiments::summary::SummaryError;
use tripath_experiments::sweep::{SubmitError, SweepError};
use tripath_experiments::trace::TraceError;
use tripath_experiments::validation::ValidationError;

use crate::print;

const USERS_INPUT: u8 = 1;
const OURS: u8 = 2;
/// As shells count a process that ended by Ctrl-C.
pub(crate) const INTERRUPTED: u8 = 130;

/// How a command ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Outcome {
    Done,
    Interrupted,
    /// The command did its work, and what it looked at does not pass.
    NotPassed,
}

/// Why a command ended early.
#[derive(Debug)]
pub(crate) struct Failure {
    report: Report,
    code: u8,
}

impl Failure {
    /// What was asked for is not to be had, in one line.
    pub(crate) fn refusal(words: String) -> Self {
        Self { report: miette::miette!("{words}"), code: USERS_INPUT }
    }

    /// A mechanism from outside cannot be part of the model.
    pub(crate) fn of_mechanism(error: &tripath_model::MechanismError) -> Self {
        Self { report: miette::miette!("{error}"), code: USERS_INPUT }
    }
}

impl From<RunError> for Failure {
    fn from(error: RunError) -> Self {
        let code = if error.is_internal() { OURS } else { USERS_INPUT };
        match error {
            RunError::Configuration(error) => error.into(),
            other => Self { report: other.into(), code },
        }
    }
}

impl From<BranchError> for Failure {
    fn from(error: BranchError) -> Self {
        let code = if error.is_internal() { OURS } else { USERS_INPUT };
        match error {
            BranchError::Configuration(error) => error.into(),
            BranchError::Run(error) => error.into(),
            other => Self { report: other.into(), code },
        }
    }
}

impl From<ConfigurationError> for Failure {
    fn from(error: ConfigurationError) -> Self {
        Self { report: error.report(), code: USERS_INPUT }
    }
}

impl From<SummaryError> for Failure {
    fn from(error: SummaryError) -> Self {
        Self { report: error.into(), code: USERS_INPUT }
    }
}

impl From<EvidenceError> for Failure {
    fn from(error: EvidenceError) -> Self {
        let code = if error.is_internal() { OURS } else { USERS_INPUT };
        match error {
            EvidenceError::Configuration(error) => error.into(),
            other => Self { report: other.into(), code },
        }
    }
}

impl From<ValidationError> for Failure {
    fn from(error: ValidationError) -> Self {
        match error {
            ValidationError::Run(error) => error.into(),
            other => Self { report: other.into(), code: USERS_INPUT },
        }
    }
}

impl From<SweepError> for Failure {
    fn from(error: SweepError) -> Self {
        let code = if error.is_internal() { OURS } else { USERS_INPUT };
        match error {
            SweepError::Design(error) => error.into(),
            SweepError::Run(error) => error.into(),
            other => Self { report: other.into(), code },
        }
    }
}

impl From<SubmitError> for Failure {
    fn from(error: SubmitError) -> Self {
        let code = if error.is_internal() { OURS } else { USERS_INPUT };
        match error {
            SubmitError::Sweep(error) => error.into(),
            other => Self { report: other.into(), code },
        }
    }
}

impl From<TraceError> for Failure {
    fn from(error: TraceError) -> Self {
        Self { report: error.into(), code: USERS_INPUT }
    }
}

impl From<StressError> for Failure {
    fn from(error: StressError) -> Self {
        match error {
            StressError::Configuration(error) => error.into(),
            StressError::Run(error) => error.into(),
            other => Self { report: other.into(), code: OURS },
        }
    }
}

impl From<SpeedError> for Failure {
    fn from(error: SpeedError) -> Self {
        match error {
            SpeedError::Run(error) => error.into(),
            other => Self { report: other.into(), code: USERS_INPUT },
        }
    }
}

impl From<std::io::Error> for Failure {
    fn from(error: std::io::Error) -> Self {
        Self { report: miette::miette!("cannot print: {error}"), code: USERS_INPUT }
    }
}

/// Reports are wrapped for terminals; files and pipes get whole lines.
pub(crate) fn install_reports() {
    if !std::io::stderr().is_terminal() {
        // Only one hook is ever installed, so that this cannot fail.
        let _ = miette::set_hook(Box::new(|_| Box::new(MietteHandlerOpts::new().width(1000).build())));
    }
}

/// Reports a failure and gives the exit code.
pub(crate) fn code(result: Result<Outcome, Failure>) -> ExitCode {
    match result {
        Ok(Outcome::Done) => ExitCode::SUCCESS,
        Ok(Outcome::NotPassed) => ExitCode::from(USERS_INPUT),
        Ok(Outcome::Interrupted) => ExitCode::from(INTERRUPTED),
        Err(failure) => {
            print::stderr(&format!("{:?}", failure.report));
            ExitCode::from(failure.code)
        }
    }
}

/// Prints help, the version, or what is wrong with the command line, and gives the exit code.
pub(crate) fn code_of_refusal(refusal: &clap::Error) -> ExitCode {
    // A closed pipe is no reason to complain.
    let _ = refusal.print();
    if refusal.use_stderr() { ExitCode::from(USERS_INPUT) } else { ExitCode::SUCCESS }
}
