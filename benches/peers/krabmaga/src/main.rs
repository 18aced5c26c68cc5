//! The small firm economy of `SPEC.md` in krABMaga: one agent a firm. An agent whose firm closes becomes the new firm, which is
//! cheaper than to take it out of the schedule and put another in.

use std::any::Any;
use std::time::Instant;

use krabmaga::engine::agent::Agent;
use krabmaga::engine::schedule::Schedule;
use krabmaga::engine::state::State;
use rand::rngs::SmallRng;
use rand::{Rng, SeedableRng};

const SECTORS: usize = 10;
const SPREAD: f64 = 0.1;
const CASH: f64 = 0.5;
const RESEARCH: f64 = 0.05;
const SUCCESS: f64 = 2.0;
const STEP: f64 = 0.01;
const STEP_SPREAD: f64 = 0.03;
const SELECTION: f64 = 0.4;
const CROWDING: f64 = 0.01;
const MARGIN: f64 = 0.2;
const LARGE: f64 = 2.0;
const FIXED: f64 = 0.1;
const TAX: f64 = 0.25;
const SMALL: f64 = 0.5;
const SUBSIDY: f64 = 0.03;
const TINY: f64 = 0.2;
const ENTRANT: f64 = -0.03;
const ENTRANT_SHARE: f64 = 0.4;

#[derive(Clone, Copy)]
struct Firm {
    identity: u64,
    sector: usize,
    productivity: f64,
    share: f64,
    cash: f64,
    research: f64,
}

struct Economy {
    firms: usize,
    firms_in_sector: f64,
    random: SmallRng,
    totals: [f64; SECTORS],
    means: [f64; SECTORS],
    shares: [f64; SECTORS],
    weighted: [f64; SECTORS],
    next_identity: u64,
    exits: u64,
    balance: f64,
}

impl Economy {
    /// Standard normal, by the polar method.
    fn normal(&mut self) -> f64 {
        loop {
            let (x, y) = (self.random.random_range(-1.0..1.0), self.random.random_range(-1.0..1.0f64));
            let square: f64 = x * x + y * y;
            if square < 1.0 && square > 0.0 {
                return x * (-2.0 * square.ln() / square).sqrt();
            }
        }
    }

    fn count(&mut self, firm: &Firm) {
        self.shares[firm.sector] += firm.share;
        self.weighted[firm.sector] += firm.share * firm.productivity;
    }

    fn close_sectors(&mut self) {
        for sector in 0..SECTORS {
            self.totals[sector] = self.shares[sector];
            self.means[sector] = self.weighted[sector] / self.shares[sector];
        }
        self.shares = [0.0; SECTORS];
        self.weighted = [0.0; SECTORS];
    }
}

impl State for Economy {
    fn init(&mut self, schedule: &mut Schedule) {
        for identity in 0..self.firms as u64 {
            let productivity = (SPREAD * self.normal()).exp();
            let sector = identity as usize % SECTORS;
            let firm = Firm { identity, sector, productivity, share: 1.0 / self.firms_in_sector, cash: CASH, research: RESEARCH };
            self.count(&firm);
            schedule.schedule_repeating(Box::new(firm), 0.0, 0);
        }
        self.close_sectors();
    }

    fn as_any(&self) -> &dyn Any {
        self
    }

    fn as_any_mut(&mut self) -> &mut dyn Any {
        self
    }

    fn as_state(&self) -> &dyn State {
        self
    }

    fn as_state_mut(&mut self) -> &mut dyn State {
        self
    }

    fn reset(&mut self) {}

    fn update(&mut self, _step: u64) {}

    fn after_step(&mut self, _schedule: &mut Schedule) {
        self.close_sectors();
    }
}

impl Agent for Firm {
    fn step(&mut self, state: &mut dyn State) {
        let economy = state.as_any_mut().downcast_mut::<Economy>().expect("there is one kind of state");
        if economy.random.random::<f64>() < 1.0 - (-SUCCESS * self.research).exp() {
            self.productivity *= (STEP + STEP_SPREAD * economy.normal()).exp();
        }
        let (mean, n) = (economy.means[self.sector], economy.firms_in_sector);
        let growth = 1.0 + SELECTION * (self.productivity / mean - 1.0) - CROWDING * n * self.share;
        self.share *= growth.max(0.0) / economy.totals[self.sector];
        let sales = n * self.share;
        self.research = RESEARCH * sales.min(LARGE);
        let profit = MARGIN * sales - self.research - FIXED;
        let tax = TAX * profit.max(0.0);
        self.cash += profit - tax;
        economy.balance += tax;
        if sales < SMALL {
            self.cash += SUBSIDY;
            self.research += SUBSIDY;
            economy.balance -= SUBSIDY;
        }
        if self.cash < 0.0 || sales < TINY {
            *self = Firm {
                identity: economy.next_identity,
                sector: self.sector,
                productivity: mean * (ENTRANT + SPREAD * economy.normal()).exp(),
                share: ENTRANT_SHARE / n,
                cash: CASH,
                research: RESEARCH * ENTRANT_SHARE,
            };
            economy.next_identity += 1;
            economy.exits += 1;
        }
        economy.count(self);
    }
}

fn number(name: &str) -> u64 {
    let words: Vec<String> = std::env::args().collect();
    let place = words.iter().position(|word| word == name);
    place.and_then(|place| words.get(place + 1)).and_then(|word| word.parse().ok()).unwrap_or_else(|| {
        eprintln!("krabmaga-firms --firms N --ticks N");
        std::process::exit(1);
    })
}

fn main() {
    let (firms, ticks) = (number("--firms") as usize, number("--ticks"));
    let mut economy = Economy {
        firms,
        firms_in_sector: (firms / SECTORS) as f64,
        random: SmallRng::seed_from_u64(1),
        totals: [0.0; SECTORS],
        means: [0.0; SECTORS],
        shares: [0.0; SECTORS],
        weighted: [0.0; SECTORS],
        next_identity: firms as u64,
        exits: 0,
        balance: 0.0,
    };
    let mut schedule = Schedule::new();
    economy.init(&mut schedule);
    let began = Instant::now();
    for _ in 0..ticks {
        schedule.step(&mut economy);
    }
    let seconds = began.elapsed().as_secs_f64();
    let (mut log_productivity, mut squares, mut last) = (0.0, 0.0, 0);
    for agent in schedule.get_all_events() {
        let firm = agent.downcast_ref::<Firm>().expect("every agent is a firm");
        log_productivity += firm.productivity.ln();
        squares += (firm.share / economy.totals[firm.sector]).powi(2);
        last = last.max(firm.identity);
    }
    assert!(last < economy.next_identity);
    let all = firms as f64 * ticks as f64;
    println!(
        "{{\"peer\": \"krabmaga\", \"version\": \"0.6.2\", \"firms\": {firms}, \"ticks\": {ticks}, \"seconds\": {seconds:?}, \"exit_rate\": {:?}, \"log_productivity\": {:?}, \"budget_balance\": {:?}, \"concentration\": {:?}}}",
        economy.exits as f64 / all,
        log_productivity / firms as f64,
        economy.balance / all,
        squares / SECTORS as f64 * economy.firms_in_sector,
    );
}
