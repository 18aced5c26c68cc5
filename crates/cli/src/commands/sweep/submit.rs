//! `tripath sweep submit`: a design as job arrays of a cluster.

use std::fmt::Write;

use tripath_experiments::sweep::{Located, SubmitOptions, SubmitReport, SweepFolder, submit};

use super::options::Which;
use crate::exit::{Failure, Outcome};
use crate::home::Home;
use crate::print;

const RULES: &str = "\
Nothing is asked of the cluster but this program and a folder that all nodes share. Each task is `tripath sweep chunk`, which does only what \
is not done; a task that fails with its node is started again and goes on; what is left after walltime kills or failures is sent by --missing. \
A last job puts the results together. How the sweep stands tells `tripath sweep status`, from its own files.";

#[derive(Debug, clap::Args)]
#[command(after_help = RULES)]
pub(crate) struct Arguments {
    #[command(flatten)]
    which: Which,
    /// What schedules the tasks
    #[arg(long, value_enum)]
    engine: Engine,
    /// Write the scripts, and submit nothing
    #[arg(long)]
    dry_run: bool,
    /// Send only what is not done
    #[arg(long)]
    missing: bool,
    /// Minutes that a task should take; a short pilot run tells how many runs that is
    #[arg(long, value_name = "MINUTES", default_value_t = 20.0, allow_hyphen_values = true)]
    minutes: f64,
    /// Number of tasks, in place of --minutes
    #[arg(long, value_name = "N")]
    tasks: Option<usize>,
    /// Cores of a task, each with a world of its own
    #[arg(long, value_name = "N", default_value_t = 1)]
    cpus: usize,
    /// Memory of a task in MB; measured by the pilot if not given
    #[arg(long, value_name = "MB")]
    mem: Option<u64>,
    /// Limit of a task's time in minutes; three times what it should take, and ten at least, if not given
    #[arg(long, value_name = "MINUTES")]
    time: Option<u64>,
    /// Seconds before that limit at which a task stops safely; 0 for none
    #[arg(long, value_name = "SECONDS", default_value_t = 120)]
    notice: u32,
    /// Most tasks at once
    #[arg(long, value_name = "N")]
    at_once: Option<usize>,
    /// Most tasks in an array; MaxArraySize of the cluster if not given
    #[arg(long, value_name = "N")]
    array_size: Option<usize>,
    /// An option for sbatch, such as --sbatch=--partition=long; repeatable
    #[arg(long, value_name = "OPTION", allow_hyphen_values = true)]
    sbatch: Vec<String>,
    /// Print one JSON document
    #[arg(long)]
    json: bool,
}

#[derive(Debug, Clone, Copy, clap::ValueEnum)]
enum Engine {
    /// Job arrays of Slurm
    Slurm,
}

pub(crate) fn execute(arguments: &Arguments, home: &Home) -> Result<Outcome, Failure> {
    let Engine::Slurm = arguments.engine;
    let Located { design, folder } = arguments.which.locate(home)?;
    design.check_points()?;
    let folder = SweepFolder::claim(&folder, &design, &home.program())?;
    let options = SubmitOptions {
        binary: std::env::current_exe()?,
        program: home.program(),
        dry_run: arguments.dry_run,
        missing: arguments.missing,
        tasks: arguments.tasks,
        minutes: arguments.minutes,
        cpus: arguments.cpus,
        memory: arguments.mem,
        time: arguments.time,
        notice: arguments.notice,
        at_once: arguments.at_once,
        array_size: arguments.array_size,
        sbatch: arguments.sbatch.clone(),
    };
    let report = submit(&folder, &design, &options)?;
    if arguments.json {
        print::json(&report)?;
    } else {
        print::stdout(&words(&folder, &report, arguments.dry_run))?;
    }
    Ok(Outcome::Done)
}

fn words(folder: &SweepFolder, report: &SubmitReport, dry_run: bool) -> String {
    let sweep = folder.path().display();
    let Some(here) = &report.folder else {
        return format!("nothing is missing in {sweep}; tripath sweep merge {sweep} puts it together\n");
    };
    let minutes = report.task_minutes.map_or(String::new(), |minutes| format!(", about {minutes:.1} minutes each"));
    let mut text =
        format!("{} runs in {} tasks{minutes}; {} MB and at most {} minutes each\n", report.runs, report.tasks, report.memory, report.time);
    if dry_run {
        let _ = writeln!(text, "nothing was submitted; the scripts are in {}:", here.display());
        for script in &report.scripts {
            let _ = writeln!(text, "  sbatch {}", script.display());
        }
        let _ = writeln!(text, "  sbatch --dependency=afterany:JOBS {}", here.join("merge.sh").display());
    } else {
        let jobs: Vec<String> = report.jobs.iter().map(u64::to_string).collect();
        let _ = writeln!(text, "submitted as {}; the last puts the results together. Logs are in {}", jobs.join(", "), here.display());
        let _ = writeln!(text, "  tripath sweep status {sweep}                            how it stands");
        let _ = writeln!(text, "  tripath sweep submit {sweep} --engine slurm --missing   sends what is left once these jobs have ended");
    }
    text
}
