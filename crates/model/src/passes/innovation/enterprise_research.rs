//! What few enterprises do in their laboratories in a tick: stages that end, conversions, inventions taken up, the yearly review.

use crate::rules::conversion::convert;
use crate::rules::projects::{Grounds, expected_costs, knowledge, odds_left, success_log_odds};
use crate::rules::sector_view::SectorView;
use crate::rules::self_sufficiency::competitive_gain;
use crate::state::enterprise::{Identity, Technology};
use crate::state::sector::SectorState;
use crate::state::technology::{Block, FunnelCell, Kind, Project, STAGES};
use tripath_engine::math;

use super::batch_research::{Surroundings, leads};
use super::effort::{Effort, LATE};
use super::outcome::{Conversion, Outcome};

/// One enterprise in its laboratory.
pub(super) struct Work<'a> {
    pub(super) surroundings: &'a Surroundings<'a>,
    /// Sector.
    pub(super) index: usize,
    pub(super) state: &'a SectorState,
    pub(super) sector: &'a SectorView,
    pub(super) who: &'a Identity,
    /// What is attended to in the laboratory, over that at one third of attention.
    pub(super) attended: f64,
    pub(super) share: f64,
    /// R&D of its batch, and its place there.
    pub(super) effort: &'a Effort,
    pub(super) at: usize,
    pub(super) technology: &'a mut Technology,
    pub(super) projects: &'a mut Block,
    pub(super) outcome: &'a mut Outcome,
}

impl Work<'_> {
    /// Ends a stage that is paid for or that got no further.
    pub(super) fn end_stage(&mut self, stage: usize) {
        if self.effort.ends[stage][self.at] == LATE {
            self.abandon(stage);
            return;
        }
        let log_odds = self.log_odds(stage);
        let project = self.projects.take(stage, self.at);
        let count = project.count();
        if !self.surroundings.streams.stages[stage].draws(self.who.id).happens_at(log_odds) {
            self.cell(&project).failed[stage] += count;
            return;
        }
        self.cell(&project).advanced[stage] += count;
        if stage + 1 < STAGES {
            self.enter(stage + 1, project.in_next_stage(self.surroundings.calendar.tick));
        } else {
            self.convert(&project);
        }
    }

    /// Log-odds that the project of a stage passes it.
    fn log_odds(&self, stage: usize) -> f64 {
        let surroundings = self.surroundings;
        let (p, calendar) = (&surroundings.parameters.technology, surroundings.calendar);
        let project = self.projects.of(stage, self.at);
        let elapsed = f64::from(project.ticks_in_stage(calendar.tick)) / calendar.ticks_per_year();
        let cost = self.effort.cost[stage][self.at];
        let nominal = math::ratio(cost, self.effort.norm[self.at] * (1.0 - p.search_norm), elapsed);
        let client = if self.who.advised { surroundings.services.client(self.who.adviser).success[self.index] } else { 0.0 };
        let member = surroundings.missions[self.index].contains(&self.who.id);
        let grounds = Grounds {
            adequacy: (0.5 * nominal / elapsed.max(1e-6)).clamp(0.0, 1.0),
            attended: self.attended,
            advice: client + if member { surroundings.parameters.government.mission_boost } else { 0.0 },
            outside_share: project.outside_share(),
            knowledge: knowledge(&project.mix, leads(self.technology, self.state, self.share), self.state.laboratory_lift),
        };
        success_log_odds(p, surroundings.streams.base_log_odds[stage], stage, &grounds)
    }

    fn cell(&mut self, project: &Project) -> &mut FunnelCell {
        &mut self.outcome.funnel[self.index][project.main_source()]
    }

    pub(super) fn abandon(&mut self, stage: usize) {
        let project = self.projects.take(stage, self.at);
        self.cell(&project).abandoned[stage] += project.count();
    }

    /// A project enters a stage, where it joins what is there.
    fn enter(&mut self, stage: usize, project: Project) {
        let count = project.count();
        self.cell(&project).entered[stage] += count;
        let before = self.projects.of(stage, self.at);
        let bundle = before.joined(&project);
        self.projects.put(stage, self.at, bundle);
        if before.exists() {
            let cells = &mut self.outcome.funnel[self.index];
            cells[project.main_source()].joined[stage] += count;
            // The bundle has one main payer: what had another is counted with it from now on.
            for part in [before, project] {
                cells[part.main_source()].turned[stage] -= part.count() as i64;
                cells[bundle.main_source()].turned[stage] += part.count() as i64;
            }
        }
    }

    fn convert(&mut self, project: &Project) {
        let (parameters, calendar) = (self.surroundings.parameters, self.surroundings.calendar);
        let mechanisation = parameters.technology.mechanisation;
        let raised = convert(&parameters.technology, self.technology, project);
        let shares = project.source_shares();
        let count = project.count();
        let years = (f64::from(calendar.tick) - f64::from(project.invented)) / calendar.ticks_per_year();
        let cell = self.cell(project);
        cell.conversions += count;
        cell.log_points += project.size;
        cell.years += years * count as f64;
        for (kinds, ideas) in cell.kinds.iter_mut().zip(project.ideas) {
            *kinds += u64::from(ideas);
        }
        cell.converted_spent += project.spent.iter().sum::<f64>();
        let steps = &mut self.outcome.moves[self.index].steps;
        for kind in Kind::ALL {
            let gain = competitive_gain(&parameters.market, mechanisation, self.sector.cost_shares, kind) * project.part(kind);
            for (source, share) in shares.into_iter().enumerate() {
                let weight = self.share * share;
                self.outcome.advantages[self.index][source] += weight * gain;
                steps[source][kind as usize][0] += weight * raised[kind as usize][0];
                steps[source][kind as usize][1] += weight * raised[kind as usize][1];
            }
            if !kind.adopted() {
                self.outcome.innovated[self.index] += self.share * project.part(kind);
            }
        }
        let breakthrough = project.part(Kind::Breakthrough);
        for (sum, share) in self.outcome.breakthroughs[self.index].iter_mut().zip(shares) {
            *sum += breakthrough * math::sqrt(self.share) * share;
        }
        self.outcome.conversions.push(Conversion {
            id: self.who.id,
            sector: self.who.sector,
            region: self.who.region,
            kind: if project.ideas[Kind::Breakthrough as usize] > 0 { Kind::Breakthrough } else { project.main_kind() },
            size: project.size,
        });
    }

    /// Takes an idea into a stage if the funnel has room for it, else it is put aside. Whether it was taken.
    pub(super) fn take_up(&mut self, stage: usize, idea: Project) -> bool {
        let p = &self.surroundings.parameters.technology;
        let years = self.surroundings.calendar.years_per_tick();
        let costs = expected_costs(p);
        let backlog = self.effort.backlog(p, &costs, years, self.projects, self.at);
        let edge = idea.size * odds_left(p)[stage];
        let cost = self.effort.expected_cost(&costs, stage, idea.load, self.at);
        let taken = backlog.admits(edge, cost, p.bundle_years);
        if taken {
            self.enter(stage, idea);
        } else {
            self.cell(&idea).shelved += 1;
        }
        taken
    }
}
