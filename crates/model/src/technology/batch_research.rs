//! R&D of a batch of enterprises in passes: what all do is worked out without a branch, then those few whose stage ends, who find something
//! or whose yearly turn it is are gone through one by one.

use crate::enterprise::{Equity, Plant, Register};
use crate::finance::{Candidate, Scene};
use crate::markets::Sectors;
use crate::math;
use crate::parameters::Parameters;
use crate::random::{Mechanism, Stream};
use crate::think_tank::Services;
use crate::vectors::{Places, fetch};
use crate::world::{Calendar, Turns};

use super::batch::{Enterprises, Next};
use super::effort::{Concerned, Effort, Means};
use super::enterprise_research::Work;
use super::project::{Progress, Project, STAGES, base_log_odds};
use super::projects::PLACES;
use super::research::Outcome;
use super::search::{Invention, SearchField, invent, lead_over_others, opportunity, sizes};
use super::self_sufficiency::{cost_shares, edge_kept};
use super::{CAPITAL, OWN, POLICY};

/// Draws of R&D in this tick, and the odds that all stages start from.
pub(super) struct Streams {
    search: Stream,
    pub(super) adoption: Stream,
    pub(super) stages: [Stream; STAGES],
    pub(super) base_log_odds: [f64; STAGES],
}

impl Streams {
    pub(super) fn of(parameters: &Parameters, calendar: &Calendar) -> Self {
        let (seed, tick) = (calendar.seed, calendar.tick);
        let stage = |stage: u32| seed.stream(Mechanism::ProjectStage, tick * STAGES as u32 + stage);
        Self {
            search: seed.stream(Mechanism::Search, tick),
            adoption: seed.stream(Mechanism::Adoption, tick),
            stages: [stage(0), stage(1), stage(2)],
            base_log_odds: base_log_odds(&parameters.technology),
        }
    }
}

/// What a sector's enterprises have in common in R&D.
pub(super) struct SectorTerms {
    /// Normal R&D over sales.
    rd_intensity: f64,
    /// Least sales a year that normal R&D goes by.
    least_sales: f64,
    /// Multiplier on the size of inventions.
    opportunity: f64,
    /// Part of an edge that is left after the tick.
    pub(super) kept: f64,
    /// Shares of labour and of capital in unit cost.
    pub(super) cost_shares: [f64; 2],
}

impl SectorTerms {
    /// Terms of all sectors.
    pub(super) fn of(parameters: &Parameters, sectors: &Sectors, wage: f64, years: f64) -> Vec<Self> {
        let technology = &parameters.technology;
        let of = |(state, sector): (&crate::markets::SectorState, &crate::parameters::Sector)| Self {
            rd_intensity: state.rd_intensity,
            least_sales: technology.small_enterprise_floor * state.mean_sales,
            opportunity: opportunity(
                technology,
                sector.opportunity,
                state.breakthrough_lift + state.laboratory_lift,
                state.foreign_quality - state.quality,
            ),
            kept: edge_kept(technology, sector, years),
            cost_shares: cost_shares(state, wage),
        };
        sectors.iter().zip(parameters.sectors.iter().map(|sector| &sector.value)).map(of).collect()
    }
}

/// What all enterprises look at in R&D.
pub(super) struct Surroundings<'a> {
    pub(super) parameters: &'a Parameters,
    pub(super) calendar: &'a Calendar,
    pub(super) states: &'a Sectors,
    pub(super) terms: Vec<SectorTerms>,
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
        self.gather(enterprises, next, effort);
        let Concerned { turned, ending } = effort.spend(self.parameters, self.calendar, enterprises.projects);
        let reviewing = self.pay(enterprises, next, effort, outcome);
        let count = enterprises.count();
        for at in turned.below(count) {
            self.turn_payers(at, enterprises, effort, outcome);
        }
        // From the last stage to the first, so that a project moves into the room that another has left.
        for stage in (0..STAGES).rev() {
            for at in ending[stage].below(count) {
                self.at_work(at, enterprises, effort, outcome).end_stage(stage);
            }
        }
        self.search(enterprises, effort, outcome);
        self.learn_from_others(reviewing, enterprises);
        self.review(reviewing, enterprises, effort, outcome);
        let mut places = [0; PLACES];
        let exposed = self.expose(enterprises, effort, &mut places);
        self.close(enterprises, next, effort, outcome);
        self.find_candidates(exposed, enterprises, looking);
    }

    /// Brings what all have into the sheet. Those not at work have no sales, no earmarked money and no projects: nothing comes of it.
    fn gather(&self, enterprises: &Enterprises, next: &Next, effort: &mut Effort) {
        let per_year = self.calendar.ticks_per_year();
        let count = enterprises.count();
        let (identity, operation, attention, treasury) = (
            &enterprises.identity[..count],
            &enterprises.operation[..count],
            &enterprises.attention[..count],
            &enterprises.treasury[..count],
        );
        for at in 0..count {
            next.ask_for_projects(at);
            let (who, treasury) = (&identity[at], &treasury[at]);
            let terms = &self.terms[who.sector as usize];
            let means = Means {
                id: who.id,
                rd_intensity: terms.rd_intensity,
                least_sales: terms.least_sales,
                annual_sales: operation[at].sales * per_year,
                annual_value_added: operation[at].value_added * per_year,
                cash: treasury.cash,
                earmarked: [treasury.policy_money, treasury.capital_money],
                attention: attention[at].shares[OWN],
                kept: if who.active() { terms.kept } else { 1.0 },
            };
            effort.take(at, means);
        }
    }

    /// Pays for R&D, and finds those whose yearly turn it is to learn and to review.
    fn pay(&self, enterprises: &mut Enterprises, next: &Next, effort: &Effort, outcome: &mut Outcome) -> Places {
        let mut reviewing = Places::default();
        let count = enterprises.count();
        let identity = &enterprises.identity[..count];
        let (pipeline, treasury) = (&mut enterprises.pipeline[..count], &mut enterprises.treasury[..count]);
        for at in 0..count {
            let money = [effort.money[OWN][at], effort.money[POLICY][at], effort.money[CAPITAL][at]];
            next.read.ask(at);
            pipeline[at].spent = money;
            treasury[at].policy_money -= money[POLICY];
            treasury[at].capital_money -= money[CAPITAL];
            let who = &identity[at];
            let paid = &mut outcome.paid[who.sector as usize];
            for source in 0..3 {
                for stage in 0..STAGES {
                    paid[source][stage] += effort.stages[stage].paid[source][at];
                }
                paid[source][STAGES] += money[source];
            }
            reviewing.add_where(at, who.active() & self.turns.of(who.id));
        }
        reviewing
    }

    /// Counts projects of an enterprise whose main payer is another now.
    fn turn_payers(&self, at: usize, enterprises: &Enterprises, effort: &Effort, outcome: &mut Outcome) {
        let cells = &mut outcome.funnel[enterprises.identity[at].sector as usize];
        for stage in 0..STAGES {
            let [before, now] = effort.stages[stage].payers.map(|payers| payers[at] as usize);
            cells[before].turned[stage] -= 1;
            cells[now].turned[stage] += 1;
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
            terms: &self.terms[index],
            who,
            attention: enterprises.attention[at].shares[OWN],
            share: enterprises.position[at].share,
            effort,
            at,
            technology: &mut enterprises.technology[at],
            projects: enterprises.projects,
            outcome,
        }
    }

    /// Searches, and takes an invention into the laboratory if that is free or holds a lesser one.
    ///
    /// The search money of the tick is the first that was spent on a project: who paid for the search has a part in what comes of it.
    fn search(&self, enterprises: &mut Enterprises, effort: &Effort, outcome: &mut Outcome) {
        let p = &self.parameters.technology;
        let mut places = [0; PLACES];
        let count = enterprises.identity.len();
        let exposed = self.streams.search.exposed(&effort.ids[..count], |at| effort.hazard[at], &mut places);
        let (mut inventions, mut inventors, mut count) = ([Invention::default(); PLACES], [0; PLACES], 0);
        for place in exposed {
            let at = usize::from(*place);
            let mut draws = self.streams.search.draws(effort.ids[at]);
            if !draws.strikes(effort.hazard[at]) {
                continue;
            }
            let index = enterprises.identity[at].sector as usize;
            let cell = &mut outcome.funnel[index][Project { spent: effort.searched(at), ..Project::default() }.main_source()];
            cell.inventions += 1;
            if enterprises.projects.progress[0][at] == Progress::Passed {
                // There is no room, whatever it is.
                cell.shelved += 1;
                continue;
            }
            let (state, technology, share) = (&self.states[index], &enterprises.technology[at], enterprises.position[at].share);
            let field = SearchField {
                productivity_lead: lead_over_others(technology.log_productivity, state.log_productivity, share),
                quality_lead: lead_over_others(technology.quality, state.quality, share),
                world_productivity_lead: technology.log_productivity - state.frontier_productivity,
                world_quality_lead: technology.quality - state.foreign_quality,
                capital_factors: [technology.capital_factor, state.capital_factor],
                share,
                productivity_spread: state.productivity_spread,
                quality_spread: state.quality_spread,
                frontier: state.breakthrough_lift,
                opportunity: self.terms[index].opportunity,
            };
            (inventions[count], inventors[count]) = (invent(p, &field, &mut draws), at);
            count += 1;
        }
        let mut found = [0.0; PLACES];
        sizes(p, &inventions[..count], &mut found[..count]);
        for place in 0..count {
            self.at_work(inventors[place], enterprises, effort, outcome).take_up(inventions[place].kind, found[place]);
        }
    }

    /// Those behind the sector's mean, and those behind the world's frontier, catch up once a year.
    fn learn_from_others(&self, learning: Places, enterprises: &mut Enterprises) {
        let p = &self.parameters.technology;
        let rate = p.diffusion_rate.min(1.0);
        // The mean of adoption is `frontier_diffusion` of the distance a year, whatever the size of a leap.
        let hazard = (p.frontier_diffusion / p.adoption_leap).min(1.0);
        // Logs of productivity, and of the machines that a step of it takes: techniques of abroad come with better ones in place of more.
        let mut logs = [[0.0; 2]; PLACES];
        for (at, logs) in learning.zip(&mut logs) {
            let (who, technology) = (&enterprises.identity[at], &mut enterprises.technology[at]);
            let state = &self.states[who.sector as usize];
            let behind = (state.log_productivity - technology.log_productivity).max(0.0);
            let abroad = (state.frontier_productivity - technology.log_productivity).max(0.0);
            technology.log_productivity += rate * behind;
            if abroad > 0.0 && self.streams.adoption.draws(who.id).happens(hazard) {
                technology.log_productivity += p.adoption_leap * abroad;
            }
            *logs = [technology.log_productivity, p.mechanisation * (rate * behind)];
        }
        math::exp_all(logs[..learning.len()].as_flattened_mut());
        for (at, [productivity, machines]) in learning.zip(logs) {
            let state = &self.states[enterprises.identity[at].sector as usize];
            let technology = &mut enterprises.technology[at];
            technology.productivity = productivity;
            // Better machines bring capital a unit of output back towards its norm.
            technology.capital_factor *= machines;
            technology.quality += rate * (state.quality - technology.quality).max(0.0) + state.quality_from_abroad;
            technology.capital_factor -= rate * (technology.capital_factor - state.capital_factor).max(0.0);
            technology.capital_factor -= p.machine_progress * (technology.capital_factor - 1.0);
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
        for at in 0..count {
            next.written.ask(at);
            let who = &identity[at];
            for edge in &mut technology[at].edges {
                *edge *= effort.kept[at];
            }
            let under_way = &mut outcome.under_way[who.sector as usize];
            for stage in 0..STAGES {
                under_way[(effort.paying[stage][at] & 3) as usize][stage] += 1;
            }
            pipeline[at].expected_edge = effort.expected_edge[at];
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
            (rates[at], exponents[at]) =
                self.scene.greatest_hazard(&identity[at], &attention[at], &operation[at], &technology[at], &treasury[at]);
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
    fn find_candidates(&self, exposed: &[u16], enterprises: &Enterprises, looking: &mut Vec<Candidate>) {
        for place in exposed {
            let at = usize::from(*place);
            let row = enterprises.first + at;
            let (who, attention) = (&enterprises.identity[at], &enterprises.attention[at]);
            let (operation, technology, treasury) = (&enterprises.operation[at], &enterprises.technology[at], &enterprises.treasury[at]);
            let (plant, equity, owners) = (&self.plant[row], &self.equity[row], self.register.of(row));
            looking.extend(self.scene.candidate(row, who, attention, operation, technology, plant, treasury, equity, owners));
        }
    }
}
