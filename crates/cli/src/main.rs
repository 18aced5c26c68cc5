//! The binary `tripath`.

use std::process::ExitCode;

fn main() -> ExitCode {
    tripath::main()
}
