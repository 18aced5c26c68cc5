//! Batch scripts, as a user would write them.

use std::fmt::Write;
use std::path::Path;

use super::{SubmitOptions, SubmitReport, TASKS_FILE};

/// What the scripts of a submission share.
pub(super) struct Job<'a> {
    /// Folder of the submission.
    pub(super) here: &'a Path,
    /// Folder of the sweep.
    pub(super) sweep: &'a Path,
    /// Name of the design.
    pub(super) name: &'a str,
    pub(super) options: &'a SubmitOptions,
    pub(super) report: &'a SubmitReport,
}

impl Job<'_> {
    /// An array of so many tasks, the first of which is at a line of the list of tasks.
    pub(super) fn array(&self, first: usize, count: usize) -> String {
        let SubmitOptions { cpus, notice, at_once, .. } = self.options;
        let at_once = at_once.map_or(String::new(), |most| format!("%{most}"));
        let mut head = self.head("", "%A_%a");
        let _ = writeln!(head, "#SBATCH --array=0-{}{at_once}", count - 1);
        let _ = writeln!(head, "#SBATCH --cpus-per-task={cpus}");
        let _ = writeln!(head, "#SBATCH --mem={}M", self.report.memory);
        let _ = writeln!(head, "#SBATCH --time={}", self.report.time);
        if *notice > 0 {
            let _ = writeln!(head, "# Told to stop before its time is up, a task ends the ticks at work and leaves checkpoints.");
            let _ = writeln!(head, "#SBATCH --signal=B:USR1@{notice}");
        }
        let _ = writeln!(head, "# A task whose node fails is started again, and goes on where it stopped.");
        let _ = writeln!(head, "#SBATCH --requeue");
        head.push_str(&self.own_options());
        format!(
            "{head}\nset -eu\ntask=$(sed -n \"$((SLURM_ARRAY_TASK_ID + {}))p\" {})\n\
             # In place of the shell, so that signals reach the program.\n\
             exec {} sweep chunk {} --stride \"$task\"\n",
            first + 1,
            quoted(&self.here.join(TASKS_FILE)),
            quoted(&self.options.binary),
            quoted(self.sweep),
        )
    }

    /// The job that puts the results together once all tasks have ended.
    pub(super) fn merge(&self) -> String {
        let mut head = self.head("-merge", "merge-%j");
        let _ = writeln!(head, "#SBATCH --cpus-per-task=1");
        let _ = writeln!(head, "#SBATCH --mem={}M", self.report.memory.max(512));
        let _ = writeln!(head, "#SBATCH --time={}", self.report.time.max(10));
        let _ = writeln!(head, "#SBATCH --requeue");
        head.push_str(&self.own_options());
        let (binary, sweep) = (quoted(&self.options.binary), quoted(self.sweep));
        format!("{head}\nset -eu\n{binary} sweep status {sweep}\nexec {binary} sweep merge {sweep}\n")
    }

    fn head(&self, suffix: &str, log: &str) -> String {
        // A percent sign in a path would be a pattern of Slurm's.
        let logs = self.here.display().to_string().replace('%', "%%");
        let mut text = "#!/bin/bash\n".to_owned();
        let _ = writeln!(text, "# {} runs of the sweep {}. Written by tripath sweep submit.", self.report.runs, self.name);
        let _ = writeln!(text, "#SBATCH --job-name=tripath-{}{suffix}", self.name);
        let _ = writeln!(text, "#SBATCH --output=\"{logs}/{log}.log\"");
        let _ = writeln!(text, "#SBATCH --open-mode=append");
        text
    }

    fn own_options(&self) -> String {
        self.options.sbatch.iter().map(|option| format!("#SBATCH {option}\n")).collect()
    }
}

/// A path as a word of a shell.
fn quoted(path: &Path) -> String {
    format!("'{}'", path.display().to_string().replace('\'', r"'\''"))
}
