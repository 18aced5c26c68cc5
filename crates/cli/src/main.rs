//! The binary `tripath`: parse, call, print.

mod arguments;
mod commands;
mod evidence_text;
mod exit;
mod interrupt;
mod print;
mod progress;
mod speed_text;
mod summary_text;
mod sweep_progress;
mod validation_text;

use std::process::ExitCode;

fn main() -> ExitCode {
    exit::install_reports();
    match arguments::parse() {
        Ok(arguments) => exit::code(commands::execute(arguments.command)),
        Err(refusal) => exit::code_of_refusal(&refusal),
    }
}
