//! tripath: an agent-based simulation of how technological innovation becomes real productivity.
//!
//! The binary `tripath` is [`main`]. A crate of one's own gets every command with mechanisms of its own from [`main_with`]:
//!
//! ```no_run
//! use tripath::prelude::*;
//!
//! /// Enterprises that sell nothing in a tick do no harm.
//! struct Idle;
//!
//! impl Mechanism for Idle {
//!     fn name(&self) -> &'static str {
//!         "idle"
//!     }
//!     fn meaning(&self) -> &'static str {
//!         "Nothing happens before entry"
//!     }
//!     fn declare(&self, mechanism: &mut Declaration) {
//!         mechanism.systems(Place::Before(Phase::Entry), || {});
//!     }
//! }
//!
//! fn main() -> std::process::ExitCode {
//!     tripath::main_with(Model::standard().with(Idle))
//! }
//! ```
//!
//! `docs/extending.md` walks through the examples in `examples/`.

mod arguments;
mod commands;
mod evidence_text;
mod exit;
mod home;
mod interrupt;
mod mechanisms_text;
mod print;
mod progress;
mod speed_text;
mod summary_text;
mod sweep_progress;
mod validation_text;

pub mod prelude;

use std::process::ExitCode;

use tripath_model::Model;

pub use bevy_ecs;
pub use {tripath_engine as engine, tripath_experiments as experiments, tripath_model as model, tripath_outputs as outputs};

/// All commands, of the standard model.
pub fn main() -> ExitCode {
    main_with(Model::standard())
}

/// All commands, of a model with mechanisms of one's own: run, resume, branch, sweep, validate, ablate, replay and the rest. What is wrong
/// with a mechanism is told and ends the program.
pub fn main_with(model: Model) -> ExitCode {
    exit::install_reports();
    if let Some(fault) = model.fault() {
        return exit::code(Err(exit::Failure::of_mechanism(fault)));
    }
    match arguments::parse() {
        Ok(arguments) => exit::code(commands::execute(arguments.command, &home::Home { model })),
        Err(refusal) => exit::code_of_refusal(&refusal),
    }
}
