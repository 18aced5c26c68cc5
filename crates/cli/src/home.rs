//! What a program is: its model, and its name in manifests.

use tripath_experiments::run::SessionOptions;
use tripath_model::Model;
use tripath_outputs::Program;

/// What all commands of a program share.
#[derive(Debug)]
pub(crate) struct Home {
    /// The model of all its runs.
    pub(crate) model: Model,
}

impl Home {
    /// This program, for manifests: checkpoints of one with other mechanisms are refused.
    pub(crate) fn program(&self) -> Program {
        let own = self.model.from_outside().map(|mechanism| mechanism.name());
        let name = std::iter::once("tripath").chain(own).collect::<Vec<_>>().join("+");
        Program { name, version: env!("CARGO_PKG_VERSION").to_owned(), commit: env!("TRIPATH_COMMIT").to_owned() }
    }

    /// How a run works.
    pub(crate) fn session(&self, threads: usize, checkpoint_every_years: u32) -> SessionOptions {
        SessionOptions { threads, checkpoint_every_years, program: self.program(), model: self.model.clone() }
    }
}
