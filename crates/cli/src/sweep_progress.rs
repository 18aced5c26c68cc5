//! How far a sweep has come: a bar on a terminal, plain lines elsewhere.

use std::io::IsTerminal;
use std::sync::{Mutex, PoisonError};
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use tripath_experiments::run::Silent;
use tripath_experiments::sweep::{SweepProgress, Tally};

use crate::print;

/// The bar is drawn anew after this time.
const REDRAW: Duration = Duration::from_millis(100);

/// A plain line comes after this time.
const LINE_EVERY: Duration = Duration::from_secs(15);

/// Progress for whoever reads standard error.
pub(crate) fn choose(quiet: bool) -> Box<dyn SweepProgress> {
    if quiet {
        Box::new(Silent)
    } else if std::io::stderr().is_terminal() {
        Box::new(Watch {
            view: Mutex::new(View { began: Instant::now(), shown: Instant::now(), bar: Some(ProgressBar::hidden()) }),
            every: REDRAW,
        })
    } else {
        Box::new(Watch { view: Mutex::new(View { began: Instant::now(), shown: Instant::now(), bar: None }), every: LINE_EVERY })
    }
}

struct Watch {
    view: Mutex<View>,
    every: Duration,
}

struct View {
    began: Instant,
    shown: Instant,
    bar: Option<ProgressBar>,
}

impl SweepProgress for Watch {
    fn started(&self, tally: &Tally) {
        let mut view = self.view.lock().unwrap_or_else(PoisonError::into_inner);
        view.began = Instant::now();
        view.shown = view.began;
        if view.bar.is_some() {
            let bar = ProgressBar::new(tally.all as u64);
            // The template is a constant that parses; the plain bar would do as well.
            if let Ok(style) = ProgressStyle::with_template("{bar:32} {msg}") {
                bar.set_style(style);
            }
            bar.set_position(tally.done as u64);
            view.bar = Some(bar);
        } else if tally.done > 0 {
            print::stderr(&format!("{} of {} runs are done already\n", tally.done, tally.all));
        }
    }

    fn advanced(&self, tally: &Tally) {
        let mut view = self.view.lock().unwrap_or_else(PoisonError::into_inner);
        if view.shown.elapsed() < self.every {
            return;
        }
        view.shown = Instant::now();
        let words = words(tally, view.began.elapsed().as_secs_f64());
        match &view.bar {
            Some(bar) => {
                bar.set_position(tally.done as u64);
                bar.set_message(words);
            }
            None => print::stderr(&format!("{words}\n")),
        }
    }

    fn ended(&self, _tally: &Tally) {
        if let Some(bar) = &self.view.lock().unwrap_or_else(PoisonError::into_inner).bar {
            bar.finish_and_clear();
        }
    }
}

fn words(tally: &Tally, seconds: f64) -> String {
    let pace = tally.done_now as f64 / seconds.max(1e-3);
    let left = (tally.all - tally.done) as f64 / pace;
    let bound = if tally.fewer_may_do { "at most " } else { "" };
    let failed = if tally.failed > 0 { format!(", {} broken off", tally.failed) } else { String::new() };
    let diverged = if tally.diverged > 0 { format!(", {} diverged", tally.diverged) } else { String::new() };
    let not_finite = if tally.not_finite > 0 { format!(", {} not finite", tally.not_finite) } else { String::new() };
    format!(
        "{} of {bound}{} runs{failed}{diverged}{not_finite}, {} {:.4} on average, {pace:.1} runs/s, {bound}{} left",
        tally.done,
        tally.all,
        tally.metric,
        tally.mean,
        duration(left)
    )
}

fn duration(seconds: f64) -> String {
    let whole = seconds.round().min(1e9) as u64;
    match whole {
        0..120 => format!("{whole} s"),
        120..7200 => format!("{} min", whole / 60),
        _ => format!("{} h {} min", whole / 3600, whole % 3600 / 60),
    }
}
