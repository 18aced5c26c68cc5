//! How far a run has come: a bar on a terminal, plain lines elsewhere.

use std::io::IsTerminal;
use std::time::{Duration, Instant};

use indicatif::{ProgressBar, ProgressStyle};
use tripath_experiments::run::{Progress, Silent};
use tripath_model::Clock;

use crate::print;

/// The bar is drawn anew after this time.
const REDRAW: Duration = Duration::from_millis(100);

/// Plain lines come after this many years.
const YEARS_A_LINE: f64 = 10.0;

/// Progress for whoever reads standard error.
pub(crate) fn choose(quiet: bool) -> Box<dyn Progress> {
    if quiet {
        Box::new(Silent)
    } else if std::io::stderr().is_terminal() {
        Box::new(Bar { pace: None, bar: ProgressBar::hidden(), drawn: Instant::now() })
    } else {
        Box::new(Lines { pace: None, next_year: 0.0 })
    }
}

/// Where and when the session began.
#[derive(Clone, Copy)]
struct Pace {
    began: Instant,
    first: Clock,
    ticks_per_year: f64,
}

impl Pace {
    fn start(clock: Clock, ticks_per_year: u32) -> Self {
        Self { began: Instant::now(), first: clock, ticks_per_year: f64::from(ticks_per_year) }
    }

    fn words(self, clock: Clock) -> String {
        let seconds = self.began.elapsed().as_secs_f64().max(1e-3);
        let speed = f64::from(clock.done - self.first.done) / self.ticks_per_year / seconds;
        let left = f64::from(clock.total - clock.done) / self.ticks_per_year;
        let left = if speed > 0.0 { format!("{:.0} s left", left / speed) } else { "beginning".to_owned() };
        format!("{}, {speed:.1} years/s, {left}", self.place(clock))
    }

    /// Years recorded, below 0 in the burn-in.
    fn year(self, clock: Clock) -> f64 {
        (f64::from(clock.done) - f64::from(clock.burn_in)) / self.ticks_per_year
    }

    fn place(self, clock: Clock) -> String {
        let year = self.year(clock);
        if year < 0.0 {
            format!("burn-in, {:.0} years before the first", -year)
        } else {
            format!("year {:.0} of {:.0}", year.floor(), f64::from(clock.total - clock.burn_in) / self.ticks_per_year)
        }
    }
}

struct Bar {
    pace: Option<Pace>,
    bar: ProgressBar,
    drawn: Instant,
}

impl Progress for Bar {
    fn started(&mut self, clock: Clock, ticks_per_year: u32) {
        self.pace = Some(Pace::start(clock, ticks_per_year));
        self.bar = ProgressBar::new(u64::from(clock.total));
        // The template is a constant that parses; the plain bar would do as well.
        if let Ok(style) = ProgressStyle::with_template("{bar:32} {msg}") {
            self.bar.set_style(style);
        }
    }

    fn advanced(&mut self, clock: Clock) {
        if self.drawn.elapsed() >= REDRAW {
            self.drawn = Instant::now();
            self.bar.set_position(u64::from(clock.done));
            self.bar.set_message(self.pace.map_or_else(String::new, |pace| pace.words(clock)));
        }
    }

    fn ended(&mut self, _clock: Clock) {
        self.bar.finish_and_clear();
    }
}

struct Lines {
    pace: Option<Pace>,
    next_year: f64,
}

impl Progress for Lines {
    fn started(&mut self, clock: Clock, ticks_per_year: u32) {
        let pace = Pace::start(clock, ticks_per_year);
        self.next_year = (pace.year(clock) / YEARS_A_LINE).floor() * YEARS_A_LINE + YEARS_A_LINE;
        self.pace = Some(pace);
    }

    fn advanced(&mut self, clock: Clock) {
        if let Some(pace) = self.pace.filter(|pace| pace.year(clock) >= self.next_year) {
            self.next_year += YEARS_A_LINE;
            print::stderr(&format!("{}\n", pace.words(clock)));
        }
    }

    fn ended(&mut self, _clock: Clock) {}
}
