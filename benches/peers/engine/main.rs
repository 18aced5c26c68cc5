//! The small firm economy of `SPEC.md`: as tripath is built, and over plain vectors with the same bits.

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

const USAGE: &str = "peers engine|plain|same --firms N --ticks N [--threads N] [--seed N]";

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
    let engine = || {
        pool.install(|| {
            let mut economy = ecs::Economy::new(asked.firms, asked.seed);
            let began = Instant::now();
            for tick in 0..asked.ticks {
                economy.tick(tick);
            }
            (began.elapsed().as_secs_f64(), economy.totals(), economy.bits())
        })
    };
    let plain = || {
        let mut economy = plain::Economy::new(asked.firms, asked.seed);
        let began = Instant::now();
        for tick in 0..asked.ticks {
            economy.tick(tick);
        }
        (began.elapsed().as_secs_f64(), economy.totals(), economy.bits())
    };
    let (seconds, totals, _) = match asked.peer.as_str() {
        "engine" => engine(),
        "plain" => plain(),
        "same" => {
            let (one, other) = (engine(), plain());
            if one.2 != other.2 || one.1 != other.1 {
                eprintln!("engine and plain arrays differ");
                return ExitCode::FAILURE;
            }
            one
        }
        _ => {
            eprintln!("{USAGE}");
            return ExitCode::FAILURE;
        }
    };
    println!("{}", told(&asked, seconds, &totals));
    ExitCode::SUCCESS
}
