//! What few enterprises do in their laboratories in a tick: stages that end, conversions, inventions taken up, the yearly review.

use crate::enterprise::{Identity, Technology};
use crate::markets::SectorState;
use crate::math;

use super::batch_research::{SectorTerms, Surroundings};
use super::convert;
use super::effort::{DUE, Effort, LATE};
use super::funnel::FunnelCell;
use super::project::{Grounds, Kind, Progress, Project, STAGES, knowledge, success_log_odds};
use super::projects::Block;
use super::research::{Conversion, Outcome};
use super::search::{lead_over_others, scale_lead};
use super::self_sufficiency::competitive_gain;

/// One enterprise in its laboratory.
pub(super) struct Work<'a> {
    pub(super) surroundings: &'a Surroundings<'a>,
    /// Sector.
    pub(super) index: usize,
    pub(super) state: &'a SectorState,
    pub(super) terms: &'a SectorTerms,
    pub(super) who: &'a Identity,
    /// Attention to the industrial path.
    pub(super) attention: f64,
    pub(super) share: f64,
    /// R&D of its batch, and its place there.
    pub(super) effort: &'a Effort,
    pub(super) at: usize,
    pub(super) technology: &'a mut Technology,
    pub(super) projects: &'a mut Block,
    pub(super) outcome: &'a mut Outcome,
}

impl Work<'_> {
    /// Ends a stage that is paid for or that got no further, and moves on a project that has passed it.
    pub(super) fn end_stage(&mut self, stage: usize) {
        let ends = self.effort.stages[stage].ends[self.at];
        if ends == LATE {
            self.abandon(stage);
            return;
        }
        if ends == DUE {
            let log_odds = self.log_odds(stage);
            let project = self.projects.of(stage, self.at);
            if !self.surroundings.streams.stages[stage].draws(self.who.id).happens_at(log_odds) {
                self.cell(&project).failed[stage] += 1;
                self.projects.take(stage, self.at);
                return;
            }
            self.cell(&project).advanced[stage] += 1;
            self.projects.progress[stage][self.at] = Progress::Passed;
        }
        self.move_on(stage);
    }

    /// Log-odds that the project of a stage passes it.
    fn log_odds(&self, stage: usize) -> f64 {
        let surroundings = self.surroundings;
        let (p, calendar) = (&surroundings.parameters.technology, surroundings.calendar);
        let project = self.projects.of(stage, self.at);
        let elapsed = f64::from(project.ticks_in_stage(calendar.tick)) / calendar.ticks_per_year();
        let cost = self.effort.stages[stage].cost[self.at];
        let nominal = math::ratio(cost, self.effort.normal_rd[self.at] * (1.0 - p.search_share), elapsed);
        let client = if self.who.advised { surroundings.services.client(self.who.adviser).success[self.index] } else { 0.0 };
        let member = surroundings.missions[self.index].contains(&self.who.id);
        let grounds = Grounds {
            adequacy: (0.5 * nominal / elapsed.max(1e-6)).clamp(0.0, 1.0),
            attention: self.attention,
            advice: client + if member { surroundings.parameters.government.mission_boost } else { 0.0 },
            outside_share: project.outside_share(),
            knowledge: self.knowledge(project.kind),
        };
        success_log_odds(p, surroundings.streams.base_log_odds[stage], stage, &grounds)
    }

    /// Knowledge that a project of the enterprise builds on.
    fn knowledge(&self, kind: Kind) -> f64 {
        let (technology, state, share) = (&self.technology, self.state, self.share);
        let productivity_lead = lead_over_others(technology.log_productivity, state.log_productivity, share);
        let quality_lead = lead_over_others(technology.quality, state.quality, share);
        let scale_lead = || scale_lead(technology.capital_factor, state.capital_factor, share);
        knowledge(kind, productivity_lead, quality_lead, scale_lead, state.laboratory_lift)
    }

    fn cell(&mut self, project: &Project) -> &mut FunnelCell {
        &mut self.outcome.funnel[self.index][project.main_source()]
    }

    pub(super) fn abandon(&mut self, stage: usize) {
        let project = self.projects.take(stage, self.at);
        self.cell(&project).abandoned[stage] += 1;
    }

    fn move_on(&mut self, stage: usize) {
        let (parameters, calendar) = (self.surroundings.parameters, self.surroundings.calendar);
        let tick = calendar.tick;
        if stage + 1 < STAGES {
            if !self.projects.exists(stage + 1, self.at) {
                let project = self.projects.take(stage, self.at);
                self.projects.put(stage + 1, self.at, project.in_next_stage(tick));
                self.cell(&project).entered[stage + 1] += 1;
            }
            return;
        }
        let project = self.projects.take(stage, self.at);
        convert(self.technology, &project, parameters.technology.mechanisation);
        let years = f64::from(tick - project.invented) / calendar.ticks_per_year();
        let cell = self.cell(&project);
        cell.conversions += 1;
        cell.log_points += project.size;
        cell.years += years;
        cell.kinds[project.kind as usize] += 1;
        cell.converted_spent += project.spent.iter().sum::<f64>();
        let mechanisation = parameters.technology.mechanisation;
        let gain = self.share * competitive_gain(&parameters.market, mechanisation, self.terms.cost_shares, project.kind, project.size);
        for (sum, share) in self.outcome.advantages[self.index].iter_mut().zip(project.source_shares()) {
            *sum += gain * share;
        }
        if project.kind == Kind::Breakthrough {
            let news = project.size * math::sqrt(self.share);
            for (sum, share) in self.outcome.breakthroughs[self.index].iter_mut().zip(project.source_shares()) {
                *sum += news * share;
            }
        }
        self.outcome.conversions.push(Conversion {
            id: self.who.id,
            sector: self.who.sector,
            region: self.who.region,
            kind: project.kind,
            size: project.size,
        });
    }

    /// Takes an invention into the laboratory if that is free or holds a lesser one.
    pub(super) fn take_up(&mut self, kind: Kind, size: f64) {
        let project = Project {
            progress: Progress::Running,
            kind,
            invented: self.surroundings.calendar.tick,
            size,
            spent: self.effort.searched(self.at),
            ..Project::default()
        };
        if self.projects.exists(0, self.at) {
            if self.projects.stages[0].size[self.at] >= size {
                self.cell(&project).shelved += 1;
                return;
            }
            self.abandon(0);
        }
        self.projects.put(0, self.at, project);
        self.cell(&project).entered[0] += 1;
    }
}
