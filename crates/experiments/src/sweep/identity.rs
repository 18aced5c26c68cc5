//! What names a run: the digest of its resolved configuration, seed and model version.

use tripath_outputs::{Program, sha256_hex};

use super::Design;
use crate::configuration::{Configuration, ConfigurationError};

/// Hexadecimal digits of a name. Among a million runs two of one name are expected once in ten million sweeps.
const DIGITS: usize = 16;

/// One run of a design.
#[derive(Debug, Clone)]
pub struct RunSpec {
    /// Point, from 0.
    pub point: usize,
    /// Replicate, from 0.
    pub replicate: u32,
    /// Its configuration, seed included.
    pub configuration: Configuration,
    /// Its name.
    pub run_id: String,
}

/// Name of a run.
pub fn run_id(configuration: &Configuration, program: &Program) -> String {
    let text = format!("{}\n{}\n{}\n", configuration.digest(), configuration.seed, program.words());
    let mut digits = sha256_hex(text.as_bytes());
    digits.truncate(DIGITS);
    // No reader of tables takes a word for a number: some digests are nothing but decimal digits, or a number with an exponent.
    format!("r{digits}")
}

impl RunSpec {
    /// A run of a design.
    ///
    /// # Errors
    /// The values of the point break a rule.
    pub fn of(design: &Design, program: &Program, point: usize, replicate: u32) -> Result<Self, ConfigurationError> {
        let mut configuration = design.configuration(point)?;
        configuration.seed = design.replicates.seed(point, replicate);
        let run_id = run_id(&configuration, program);
        Ok(Self { point, replicate, configuration, run_id })
    }
}
