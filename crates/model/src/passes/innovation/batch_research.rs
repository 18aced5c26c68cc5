//! R&D of a batch of enterprises in passes: what all do is worked out without a branch, then those few whose stage ends, who find something
//! or whose yearly turn it is are gone through one by one.

use crate::parameters::Parameters;
use crate::rules::money::adapted_effort;
use crate::rules::projects::{base_log_odds, expected_costs};
use crate::rules::search::{Gaps, SearchField, invent, lead_over_others, scale_lead};
use crate::sources::{CAPITAL, OWN, POLICY};
use crate::state::calendar::{Calendar, Turns};
use crate::state::decisions::Door;
use crate::state::enterprise::{EfficiencyStep, Equity, Plant, Register, Technology};
use crate::state::sector::{SectorState, Sectors};
use crate::state::technology::{Block, PLACES, Project, STAGES};
use crate::state::think_tanks::Services;
use crate::state::venture::{Candidate, ProjectsInView};
use crate::streams::Draw;
use tripath_engine::math;
use tripath_engine::random::Stream;
use tripath_engine::vectors::{Places, fetch};

use super::batch::{Enterprises, Next};
use super::candidate::Scene;
use super::effort::{Concerned, Effort, Setting};
use super::enterprise_research::Work;
use super::outcome::Outcome;

/// Draws of R&D in this tick, the odds that all stages start from, and how efficiency moves.
pub(super) struct Streams {
    search: Stream,
    efficiency: Stream,
    efficiency_step: EfficiencyStep,
    pub(super) adoption: Stream,
    pub(super) stages: [Stream; STAGES],
    pub(super) base_log_odds: [f64; STAGES],
}

impl Streams {
    pub(super) fn of(parameters: &Parameters, calendar: &Calendar) -> Self {
        let (seed, tick) = (calendar.seed, calendar.tick);
        let stage = |stage: u32| seed.stream(Draw::ProjectStage, tick * STAGES as u32 + stage);
        Self {
            search: seed.stream(Draw::Search, tick),
            efficiency: seed.stream(Draw::Efficiency, tick),
            efficiency_step: EfficiencyStep::of(&parameters.production),
            adoption: seed.stream(Draw::Adoption, tick),
            stages: [stage(0), stage(1), stage(2)],
            base_log_odds: base_log_odds(&parameters.technology),
        }
    }
}

/// What all enterprises look at in R&D.
pub(super) struct Surroundings<'a> {
    pub(super) parameters: &'a Parameters,
    pub(super) calendar: &'a Calendar,
    pub(super) states: &'a Sectors,
    pub(super) setting: Setting<'a>,
    pub(super) services: &'a Services,
    /// Ids of the members of whole-nation programmes, by sector.
    pub(super) missions: Vec<Vec<u64>>,
    pub(super) streams: Streams,
    pub(super) turns: Turns,
    /// Plants, equity and owners of all enterprises, by row: few are asked for theirs.
    pub(super) plant: &'a [Plant],
    pub(super) equity: &'a [Equity],
    pub(super) register: &'a Register,
    pub(super) scene: Scene<'a>,
    /// What mechanisms from outside make of own R&D.
    pub(super) rd_share: &'a Door,
}

impl Surroundings<'_> {
    /// R&D of a batch of enterprises, and which of them look for venture money.
    pub(super) fn advance(
        &self,
        enterprises: &mut Enterprises,
        next: &Next,
        effort: &mut Effort,
        outcome: &mut Outcome,
        looking: &mut Vec<Candidate>,
    ) {
        let Enterprises { identity, operation, attention, technology, treasury, pipeline, .. } = &*enterprises;
        let columns = (*identity, *operation, *attention, &**technology, &**treasury, &**pipeline);
        let rows = effort.gather(columns, &self.setting, |at| next.ask_for_projects(at));
        self.rd_share.through_all(enterprises.first, &mut effort.rd_share[..rows]);
        let Concerned { turned, ending } = effort.spend(self.parameters, self.calendar, enterprises.projects);
        let reviewing = self.pay(enterprises, next, effort, outcome);
        let count = enterprises.count();
        for at in turned.below(count) {
            self.turn_payers(at, enterprises, effort, outcome);
        }
        // From the last stage to the first, so that no project passes two in a tick.
        for stage in (0..STAGES).rev() {
            for at in ending[stage].below(count) {
                self.at_work(at, enterprises, effort, outcome).end_stage(stage);
            }
        }
        self.search(enterprises, effort, outcome);
        self.look_at_others(enterprises, effort, outcome);
        self.run_better_or_worse(reviewing, enterprises);
        self.learn_from_others(reviewing, enterprises, outcome);
        self.adapt_effort(reviewing, enterprises, effort);
        self.review(reviewing, enterprises, effort, outcome);
        self.close(enterprises, next, effort, outcome);
        // After the close: what projects promise is known then.
        let mut places = [0; PLACES];
        let exposed = self.expose(enterprises, effort, &mut places);
        self.find_candidates(exposed, enterprises, effort, looking);
    }

    /// Pays for R&D, and finds those whose yearly turn it is to learn and to review.
    fn pay(&self, enterprises: &mut Enterprises, next: &Next, effort: &Effort, outcome: &mut Outcome) -> Places {
        let mut reviewing = Places::default();
        let count = enterprises.count();
        let (identity, operation) = (&enterprises.identity[..count], &enterprises.operation[..count]);
        let (technology, position) = (&enterprises.technology[..count], &enterprises.position[..count]);
        let treasury = &mut enterprises.treasury[..count];
        for at in 0..count {
            let money = [effort.money[OWN][at], effort.money[POLICY][at], effort.money[CAPITAL][at]];
            next.read.ask(at);
            treasury[at].policy_money -= money[POLICY];
            treasury[at].capital_money -= money[CAPITAL];
            let who = &identity[at];
            let paid = &mut outcome.paid[who.sector as usize];
            for source in 0..3 {
                for stage in 0..STAGES {
                    paid[source][stage] += effort.paid[stage][source][at];
                }
                paid[source][STAGES] += money[source];
            }
            // Nobody has worked yet at an enterprise that goes to work in this tick: there is nothing by which to review it.
            let newcomer = who.active() & (operation[at].employment == 0.0);
            reviewing.add_where(at, who.active() & self.turns.of(who.id) & !newcomer);
            if newcomer {
                let (technology, share) = (&technology[at], position[at].share);
                outcome.moves[who.sector as usize].entered.add(share, technology.log_productivity, technology.quality);
            }
        }
        reviewing
    }

    /// Counts projects of an enterprise whose main payer is another now.
    fn turn_payers(&self, at: usize, enterprises: &Enterprises, effort: &Effort, outcome: &mut Outcome) {
        let cells = &mut outcome.funnel[enterprises.identity[at].sector as usize];
        for stage in 0..STAGES {
            let [before, now] = effort.payers[stage].map(|payers| payers[at] as usize);
            let count = i64::from(enterprises.projects.stages[stage].count[at]);
            cells[before].turned[stage] -= count;
            cells[now].turned[stage] += count;
        }
    }

    /// One enterprise of a batch, with what it needs in its laboratory.
    #[inline]
    fn at_work<'w>(&'w self, at: usize, enterprises: &'w mut Enterprises, effort: &'w Effort, outcome: &'w mut Outcome) -> Work<'w> {
        let who = &enterprises.identity[at];
        let index = who.sector as usize;
        Work {
            surroundings: self,
            index,
            state: &self.states[index],
            sector: &self.setting.sectors[index],
            who,
            attended: effort.attended[OWN][at],
            share: enterprises.position[at].share,
            effort,
            at,
            technology: &mut enterprises.technology[at],
            projects: enterprises.projects,
            outcome,
        }
    }

    /// Searches, and takes what is found into the laboratory if the funnel has room for it.
    ///
    /// The search money of the tick is the first that was spent on a project: who paid for the search has a part in what comes of it.
    fn search(&self, enterprises: &mut Enterprises, effort: &Effort, outcome: &mut Outcome) {
        let p = &self.parameters.technology;
        let mut places = [0; PLACES];
        let count = enterprises.identity.len();
        let exposed = self.streams.search.exposed(&effort.ids[..count], |at| effort.hazard[at], &mut places);
        for place in exposed {
            let at = usize::from(*place);
            let mut draws = self.streams.search.draws(effort.ids[at]);
            let found = draws.poisson(effort.hazard[at]);
            if found == 0 {
                continue;
            }
            let index = enterprises.identity[at].sector as usize;
            let (state, technology, share) = (&self.states[index], &enterprises.technology[at], enterprises.position[at].share);
            let field = SearchField { leads: leads(technology, state, share), opportunity: self.setting.sectors[index].opportunity };
            let mut money = effort.searched(at);
            for _ in 0..found {
                let (kind, size, load) = invent(p, &field, &mut draws);
                let idea = Project { spent: money, ..Project::of(kind, size, load, self.calendar.tick) };
                outcome.funnel[index][idea.main_source()].inventions += 1;
                if self.at_work(at, enterprises, effort, outcome).take_up(0, idea) {
                    // Paid for once.
                    money = [0.0; 3];
                }
            }
        }
    }

    /// Looks for a technique to take over, and does if the funnel has room for it.
    fn look_at_others(&self, enterprises: &mut Enterprises, effort: &Effort, outcome: &mut Outcome) {
        let p = &self.parameters.technology;
        let mut places = [0; PLACES];
        let count = enterprises.identity.len();
        let exposed = self.streams.adoption.exposed(&effort.ids[..count], |at| effort.adoption[at], &mut places);
        for place in exposed {
            let at = usize::from(*place);
            let mut draws = self.streams.adoption.draws(effort.ids[at]);
            let found = draws.poisson(effort.adoption[at]);
            let index = enterprises.identity[at].sector as usize;
            let gaps = Gaps::of(&enterprises.technology[at], &self.states[index]);
            for _ in 0..found {
                let (kind, size, load) = gaps.adopt(p, &mut draws);
                if size > 0.0 {
                    let idea = Project::of(kind, size, load, self.calendar.tick);
                    outcome.funnel[index][idea.main_source()].adoptions += 1;
                    self.at_work(at, enterprises, effort, outcome).take_up(STAGES - 1, idea);
                }
            }
        }
    }

    /// Once a year an enterprise turns out to be run better or worse than before. Its productivity is worked out when it has learned, too.
    fn run_better_or_worse(&self, turning: Places, enterprises: &mut Enterprises) {
        for at in turning {
            let who = &enterprises.identity[at];
            let draw = self.streams.efficiency.draws(who.id).normal();
            let relative_size = enterprises.position[at].share * self.states[who.sector as usize].count;
            let technology = &mut enterprises.technology[at];
            technology.efficiency = self.streams.efficiency_step.next(technology.efficiency, relative_size, draw);
        }
    }

    /// People who change jobs carry what they know: once a year those behind close a part of the gap to the sector's mean, for nothing, in proportion to the
    /// R&D with which they can take it in.
    fn learn_from_others(&self, learning: Places, enterprises: &mut Enterprises, outcome: &mut Outcome) {
        let p = &self.parameters.technology;
        // Logs of productivity, and of the machines that a step of it takes.
        let mut logs = [[0.0; 2]; PLACES];
        for (at, logs) in learning.zip(&mut logs) {
            let (who, technology) = (&enterprises.identity[at], &mut enterprises.technology[at]);
            let state = &self.states[who.sector as usize];
            let step = self.diffusion(enterprises.pipeline[at].effort) * (state.log_productivity - technology.log_productivity).max(0.0);
            technology.log_productivity += step;
            outcome.moves[who.sector as usize].diffused[0] += enterprises.position[at].share * step;
            *logs = [technology.log_productivity + technology.efficiency, p.mechanisation * step];
        }
        math::exp_all(logs[..learning.len()].as_flattened_mut());
        for (at, [productivity, machines]) in learning.zip(logs) {
            let state = &self.states[enterprises.identity[at].sector as usize];
            let rate = self.diffusion(enterprises.pipeline[at].effort);
            let technology = &mut enterprises.technology[at];
            technology.productivity = productivity;
            technology.capital_factor *= machines;
            let better = rate * (state.quality - technology.quality).max(0.0);
            technology.quality += better;
            outcome.moves[enterprises.identity[at].sector as usize].diffused[1] += enterprises.position[at].share * better;
            technology.capital_factor -= rate * (technology.capital_factor - state.capital_factor).max(0.0);
            // Better machines bring capital a unit of output back towards its norm.
            technology.capital_factor -= p.machine_progress * (technology.capital_factor - 1.0);
        }
    }

    /// Part of the gap to the sector's mean that is closed for nothing in a year.
    fn diffusion(&self, effort: f64) -> f64 {
        (self.parameters.technology.diffusion_rate * effort.min(1.0)).min(1.0)
    }

    /// Once a year an enterprise spends more on R&D where its own edges paid more than R&D has to, and less where they did not; it goes by what it
    /// sees of its sector, too.
    fn adapt_effort(&self, adapting: Places, enterprises: &mut Enterprises, effort: &Effort) {
        let p = &self.parameters.technology;
        if p.rd_adaptation <= 0.0 {
            return;
        }
        for at in adapting {
            let sector = &self.setting.sectors[enterprises.identity[at].sector as usize];
            let rents = effort.annual_value_added[at].max(0.0) * (1.0 - math::exp(-enterprises.technology[at].edges[OWN]));
            let spent = effort.money[OWN][at] * self.calendar.ticks_per_year();
            let own = math::ratio(rents, spent, sector.payoff);
            let seen = own + p.rd_peer_weight * (sector.payoff - own);
            let pipeline = &mut enterprises.pipeline[at];
            pipeline.effort = adapted_effort(p.rd_adaptation, pipeline.effort, seen / sector.required_payoff);
        }
    }

    /// Once a year projects that are not worth what they still cost are given up.
    fn review(&self, reviewing: Places, enterprises: &mut Enterprises, effort: &mut Effort, outcome: &mut Outcome) {
        let hopeless = effort.find_hopeless(&self.parameters.technology, enterprises.projects);
        for stage in 0..STAGES {
            for at in hopeless[stage].among(reviewing) {
                self.at_work(at, enterprises, effort, outcome).abandon(stage);
            }
        }
    }

    /// What is on the line grows stale, and what is not yet there as well; what is under way is counted.
    fn close(&self, enterprises: &mut Enterprises, next: &Next, effort: &mut Effort, outcome: &mut Outcome) {
        effort.close(enterprises.projects);
        let count = enterprises.count();
        let identity = &enterprises.identity[..count];
        let (technology, pipeline) = (&mut enterprises.technology[..count], &mut enterprises.pipeline[..count]);
        let projects: &Block = enterprises.projects;
        for at in 0..count {
            next.written.ask(at);
            let who = &identity[at];
            for edge in &mut technology[at].edges {
                *edge *= effort.kept[at];
            }
            let under_way = &mut outcome.under_way[who.sector as usize];
            for stage in 0..STAGES {
                under_way[(effort.paying[stage][at] & 3) as usize][stage] += u64::from(projects.stages[stage].count[at]);
            }
            effort.write_row(at, (&mut pipeline[at],));
        }
    }

    /// Finds whom their first draw does not spare from a look at venture money, and asks memory for their equity and plants: few are looked at.
    fn expose<'p>(&self, enterprises: &Enterprises, effort: &Effort, places: &'p mut [u16]) -> &'p [u16] {
        let (mut rates, mut exponents) = ([0.0; PLACES], [0.0; PLACES]);
        let count = enterprises.count();
        let (identity, attention, operation) =
            (&enterprises.identity[..count], &enterprises.attention[..count], &enterprises.operation[..count]);
        let (technology, treasury) = (&enterprises.technology[..count], &enterprises.treasury[..count]);
        for at in 0..count {
            (rates[at], exponents[at]) = self.scene.greatest_hazard(
                &identity[at],
                &attention[at],
                &operation[at],
                &technology[at],
                effort.expected_edge[at],
                &treasury[at],
            );
        }
        let exposed = self.scene.exposed(&effort.ids[..count], &rates[..count], &exponents[..count], places);
        for place in exposed {
            let row = enterprises.first + usize::from(*place);
            fetch(&self.equity[row]);
            fetch(&self.plant[row]);
        }
        exposed
    }

    /// Asks the exposed whether they look for venture money.
    fn find_candidates(&self, exposed: &[u16], enterprises: &Enterprises, effort: &Effort, looking: &mut Vec<Candidate>) {
        for place in exposed {
            let at = usize::from(*place);
            let row = enterprises.first + at;
            let (who, attention) = (&enterprises.identity[at], &enterprises.attention[at]);
            let (operation, technology, treasury) = (&enterprises.operation[at], &enterprises.technology[at], &enterprises.treasury[at]);
            let (plant, equity, owners) = (&self.plant[row], &self.equity[row], self.register.of(row));
            let p = &self.parameters.technology;
            let projects = ProjectsInView {
                expected_edge: effort.expected_edge[at],
                cost: effort.backlog(p, &expected_costs(p), self.calendar.years_per_tick(), enterprises.projects, at).cost,
            };
            looking.extend(self.scene.candidate(row, who, attention, operation, technology, projects, plant, treasury, equity, owners));
        }
    }
}

/// Leads of an enterprise over the mean of the others in its sector: log productivity, log quality, log of saved capital.
pub(super) fn leads(technology: &Technology, state: &SectorState, share: f64) -> [f64; 3] {
    [
        lead_over_others(technology.log_productivity, state.log_productivity, share),
        lead_over_others(technology.quality, state.quality, share),
        scale_lead(technology.capital_factor, state.capital_factor, share),
    ]
}
