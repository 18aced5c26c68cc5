//! The small firm economy of `SPEC.md`: as tripath is built, and over plain vectors, firm by firm and pass by pass, with the same bits.

mod arrays;
mod batched;
mod block;
mod ecs;
mod plain;
mod rules;

use std::process::ExitCode;
use std::time::Instant;

use rules::Totals;

/// What a run is asked for.
struct Asked {
    peer: String,
    firms: usize,
    ticks: u32,
    threads: usize,
    seed: u64,
}

const USAGE: &str = "peers engine|plain|batched|same --firms N --ticks N [--threads N] [--seed N]";

fn asked() -> Result<Asked, String> {
    let mut words = std::env::args().skip(1);
    let mut asked = Asked { peer: words.next().ok_or(USAGE)?, firms: 0, ticks: 0, threads: 1, seed: 1 };
    while let Some(name) = words.next() {
        let value = words.next().ok_or(USAGE)?;
        let number = value.parse::<u64>().map_err(|error| format!("{name} {value}: {error}"))?;
        match name.as_str() {
            "--firms" => asked.firms = number as usize,
            "--ticks" => asked.ticks = number as u32,
            "--threads" => asked.threads = number as usize,
            "--seed" => asked.seed = number,
            _ => return Err(USAGE.to_owned()),
        }
    }
    if asked.firms == 0 || !asked.firms.is_multiple_of(rules::SECTORS) || asked.ticks == 0 { Err(USAGE.to_owned()) } else { Ok(asked) }
}

fn told(asked: &Asked, seconds: f64, totals: &Totals) -> String {
    let all = asked.firms as f64 * f64::from(asked.ticks);
    format!(
        "{{\"peer\": \"{}\", \"version\": \"{}\", \"firms\": {}, \"ticks\": {}, \"seconds\": {seconds:?}, \"exit_rate\": {:?}, \"log_productivity\": {:?}, \"budget_balance\": {:?}, \"concentration\": {:?}}}",
        asked.peer,
        env!("CARGO_PKG_VERSION"),
        asked.firms,
        asked.ticks,
        totals.exits as f64 / all,
        totals.log_productivity / asked.firms as f64,
        totals.balance / all,
        totals.concentration,
    )
}

/// A form of the program.
trait Form {
    fn tick(&mut self, tick: u32);
    fn totals(&mut self) -> Totals;
    /// Every number of every firm.
    fn bits(&mut self) -> Vec<[u64; 5]>;
}

struct Run {
    seconds: f64,
    totals: Totals,
    bits: Vec<[u64; 5]>,
}

fn timed(mut economy: impl Form, ticks: u32) -> Run {
    let began = Instant::now();
    for tick in 0..ticks {
        economy.tick(tick);
    }
    Run { seconds: began.elapsed().as_secs_f64(), totals: economy.totals(), bits: economy.bits() }
}

fn main() -> ExitCode {
    let asked = match asked() {
        Ok(asked) => asked,
        Err(message) => {
            eprintln!("{message}");
            return ExitCode::FAILURE;
        }
    };
    let pool = match rayon::ThreadPoolBuilder::new().num_threads(asked.threads).build() {
        Ok(pool) => pool,
        Err(error) => {
            eprintln!("{error}");
            return ExitCode::FAILURE;
        }
    };
    let engine = || pool.install(|| timed(ecs::Economy::new(asked.firms, asked.seed), asked.ticks));
    let plain = || timed(plain::Economy::new(asked.firms, asked.seed), asked.ticks);
    let batched = || timed(batched::Economy::new(asked.firms, asked.seed), asked.ticks);
    let Run { seconds, totals, .. } = match asked.peer.as_str() {
        "engine" => engine(),
        "plain" => plain(),
        "batched" => batched(),
        "same" => {
            let (engine, plain, batched) = (engine(), plain(), batched());
            for (name, other) in [("plain", plain), ("batched", batched)] {
                if engine.bits != other.bits || engine.totals != other.totals {
                    eprintln!("engine and {name} differ");
                    return ExitCode::FAILURE;
                }
            }
            engine
        }
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::FAILURE;
        }
    };
    println!("{}", told(&asked, seconds, &totals));
    ExitCode::SUCCESS
}
