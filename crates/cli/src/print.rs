//! Printing that a closed pipe does not break.

use std::io::{self, Write};

use serde::Serialize;

/// Prints to standard output. A reader that has gone, such as `head`, has seen enough.
pub(crate) fn stdout(text: &str) -> io::Result<()> {
    let mut out = io::stdout().lock();
    match out.write_all(text.as_bytes()).and_then(|()| out.flush()) {
        Err(error) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
        outcome => outcome,
    }
}

/// Prints one JSON object to standard output.
pub(crate) fn json(value: &impl Serialize) -> io::Result<()> {
    stdout(&format!("{}\n", serde_json::to_string_pretty(value)?))
}

/// Prints to standard error; where nobody can read it, there is nobody to tell.
pub(crate) fn stderr(text: &str) {
    let mut err = io::stderr().lock();
    let _ = err.write_all(text.as_bytes()).and_then(|()| err.flush());
}
