//! The few commands of Slurm that are needed.

use std::path::Path;
use std::process::Command;

use super::SubmitError;

/// Slurm's own default, where it cannot be asked.
const DEFAULT_ARRAY_SIZE: usize = 1001;

fn run(program: &'static str, arguments: &[String]) -> Result<String, SubmitError> {
    let output = Command::new(program).args(arguments).output().map_err(|source| SubmitError::NoSlurm { command: program, source })?;
    if output.status.success() {
        return Ok(String::from_utf8_lossy(&output.stdout).into_owned());
    }
    let said = String::from_utf8_lossy(&output.stderr).split_whitespace().collect::<Vec<_>>().join(" ");
    let command = [program.to_owned()].into_iter().chain(arguments.iter().cloned()).collect::<Vec<_>>().join(" ");
    Err(SubmitError::Refused {
        command,
        said,
        hint: "see the message of Slurm; --sbatch passes options to it, such as --sbatch=--partition=long".to_owned(),
    })
}

/// Greatest number of tasks in an array: the greatest index is one below `MaxArraySize`.
pub(super) fn array_size(guess: bool) -> Result<usize, SubmitError> {
    match run("scontrol", &["show".to_owned(), "config".to_owned()]) {
        Ok(text) => Ok(array_size_in(&text).unwrap_or(DEFAULT_ARRAY_SIZE).max(1)),
        Err(_) if guess => Ok(DEFAULT_ARRAY_SIZE),
        Err(error) => Err(error),
    }
}

fn array_size_in(configuration: &str) -> Option<usize> {
    let line = configuration.lines().find(|line| line.trim_start().starts_with("MaxArraySize"))?;
    line.split_once('=')?.1.trim().parse().ok()
}

/// Submits a script and gives the number of its job.
pub(super) fn submit(script: &Path, options: &[String], already: &[u64]) -> Result<u64, SubmitError> {
    let arguments: Vec<String> =
        ["--parsable".to_owned()].into_iter().chain(options.iter().cloned()).chain([script.display().to_string()]).collect();
    let hint = || match already {
        [] => "nothing was submitted".to_owned(),
        jobs => format!(
            "these jobs were submitted: {}; take them back with scancel, or let them run and send the rest with --missing",
            jobs.iter().map(u64::to_string).collect::<Vec<_>>().join(", ")
        ),
    };
    let answer = run("sbatch", &arguments).map_err(|error| match error {
        SubmitError::Refused { command, said, hint: general } => {
            SubmitError::Refused { command, said, hint: format!("{}; {general}", hint()) }
        }
        other => other,
    })?;
    // A cluster's name may follow.
    answer.trim().split(';').next().and_then(|number| number.parse().ok()).ok_or_else(|| SubmitError::Refused {
        command: format!("sbatch {}", arguments.join(" ")),
        said: format!("it answered `{}`, which is no number of a job", answer.trim()),
        hint: hint(),
    })
}

/// Jobs of this user that wait or run; an array counts by its first number.
pub(super) fn queued() -> Result<Vec<u64>, SubmitError> {
    let arguments = ["--me", "--noheader", "--format=%F"].map(str::to_owned);
    Ok(run("squeue", &arguments)?.lines().filter_map(|line| line.trim().parse().ok()).collect())
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_array_size_is_read_from_what_scontrol_prints() {
        let text = "KillWait                = 30 sec\nMaxArraySize            = 501\nMaxDBDMsgs = 20024\n";
        assert_eq!(super::array_size_in(text), Some(501));
        assert_eq!(super::array_size_in("nothing"), None);
    }
}
