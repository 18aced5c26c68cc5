//! `tripath sweep bench`: what the machinery of sweeps costs on this machine.

use std::fmt::Write;
use std::thread::available_parallelism;

use tripath_experiments::speed::Measured;
use tripath_experiments::sweep::{Figures, figures};

use crate::exit::{Failure, Outcome};
use crate::home::Home;
use crate::print;

#[derive(Debug, clap::Args)]
pub(crate) struct Arguments {
    /// Most worlds run at once; as many as the machine has cores if not given
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..=1024))]
    threads: Option<u16>,
    /// Print the measurements as one JSON object
    #[arg(long)]
    json: bool,
}

pub(crate) fn execute(arguments: &Arguments, home: &Home) -> Result<Outcome, Failure> {
    let most = arguments.threads.map_or_else(|| available_parallelism().map_or(1, usize::from), usize::from);
    let threads = if most > 1 { vec![1, most] } else { vec![1] };
    let figures = figures(&threads, &home.program(), &mut |what| print::stderr(&format!("measuring {what}\n")))?;
    if arguments.json {
        print::json(&figures)?;
    } else {
        print::stdout(&words(&figures))?;
    }
    Ok(Outcome::Done)
}

fn words(figures: &Figures) -> String {
    let spread = |measured: &Measured, factor: f64, digits: usize| {
        let [median, least, greatest] = [measured.median, measured.least, measured.greatest].map(|value| value * factor);
        format!("{median:.digits$} ({least:.digits$} to {greatest:.digits$})")
    };
    let mut text = format!("Worlds of {} enterprises and {} years; median, least and greatest\n", figures.enterprises, figures.years);
    let _ = writeln!(text, "  a bare run, seconds on one core          {}", spread(&figures.bare_seconds, 1.0, 3));
    let _ = writeln!(text, "  overhead of the sweep, % of core time    {}", spread(&figures.overhead, 100.0, 2));
    for (threads, measured) in &figures.speed_up {
        let _ = writeln!(text, "  speed-up on {threads} threads, by the clock     {}", spread(measured, 1.0, 2));
    }
    for (threads, measured) in &figures.speed_up_of_cores {
        let _ = writeln!(text, "  speed-up on {threads} threads, by core time     {}", spread(measured, 1.0, 2));
    }
    let _ = writeln!(text, "{} tiny runs, {:.0} a second", figures.tiny_runs, figures.tiny_runs_per_second);
    if let Some((early, late)) = figures.resident_bytes {
        let megabytes = |bytes: u64| bytes as f64 / 1e6;
        let _ = writeln!(text, "  resident memory after a tenth of them    {:.1} MB", megabytes(early));
        let _ = writeln!(text, "  and after all                            {:.1} MB", megabytes(late));
    }
    text
}
