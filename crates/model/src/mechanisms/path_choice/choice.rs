//! The yearly choice among the paths of return, and what enterprises learn of how the paths paid.

use bevy_ecs::prelude::{Res, ResMut};

use crate::parameters::Parameters;
use crate::state::calendar::Calendar;
use crate::state::decisions::Decisions;
use crate::state::economy::Economy;
use crate::state::enterprise::{Attention, Experience, Identity, Operation, Pipeline, Plant, Rows, Technology, Treasury};
use crate::state::government::{Application, GrantApplications, ProgrammeBudgets};
use crate::state::sector::{SectorState, Sectors};
use crate::state::think_tanks::Services;
use crate::streams::Draw;
use tripath_engine::math;
use tripath_engine::parallel::{BATCH, Merge, batches, fold, gather, map_chunks};
use tripath_engine::random::Draws;
use tripath_engine::vectors::{Ahead, Places, fetch};

use super::call::Call;
use super::turn::{Turn, Turning};

struct Payoffs(Vec<([f64; 3], f64)>);

impl Merge for Payoffs {
    fn merge(&mut self, other: Self) {
        for (mine, theirs) in self.0.iter_mut().zip(other.0) {
            for path in 0..3 {
                mine.0[path] += theirs.0[path];
            }
            mine.1 += theirs.1;
        }
    }
}

/// What all enterprises have, as applicants for grants show it.
struct Means<'a> {
    operation: &'a [Operation],
    technology: &'a [Technology],
    pipeline: &'a [Pipeline],
    plant: &'a [Plant],
    treasury: &'a [Treasury],
}

impl Means<'_> {
    /// Asks memory for what the enterprise in a row has.
    #[inline(always)]
    fn fetch(&self, row: usize) {
        fetch(&self.operation[row]);
        fetch(&self.technology[row]);
        fetch(&self.pipeline[row]);
        fetch(&self.plant[row]);
        fetch(&self.treasury[row]);
    }

    /// The application of the enterprise in a row.
    #[inline(always)]
    fn application(&self, call: &Call, draws: Draws, row: usize, who: &Identity, attention: &Attention) -> Application {
        let (operation, technology, pipeline) = (&self.operation[row], &self.technology[row], &self.pipeline[row]);
        call.application(draws, row, who, attention, operation, technology, pipeline, &self.plant[row], &self.treasury[row])
    }
}

/// Names the clients of think tanks, lets those whose yearly turn it is choose their paths,
/// and takes applications for grants.
#[allow(clippy::too_many_arguments, reason = "a system names all data it touches")]
pub fn choose_paths(
    enterprises: Rows<(
        &'static Operation,
        &'static Technology,
        &'static Pipeline,
        &'static Plant,
        &'static Treasury,
        &'static mut Identity,
        &'static mut Attention,
        &'static mut Experience,
    )>,
    parameters: Res<Parameters>,
    calendar: Res<Calendar>,
    services: Res<Services>,
    economy: Res<Economy>,
    budgets: Res<ProgrammeBudgets>,
    decisions: Res<Decisions>,
    mut sectors: ResMut<Sectors>,
    mut applications: ResMut<GrantApplications>,
) {
    let count = sectors.len();
    let (operation, technology, pipeline, plant, treasury, identity, attention, experience) = enterprises.slices();
    let means = Means { operation, technology, pipeline, plant, treasury };
    let states: &Sectors = &sectors;
    let turn = Turn {
        parameters: &parameters,
        services: &services,
        sectors: states,
        stream: calendar.seed.stream(Draw::PathChoice, calendar.tick),
        memory: 1.0 - math::exp(-1.0 / parameters.path_choice.memory_years),
    };
    let turns = calendar.turns();
    let call = Call::open(&parameters, &calendar, states, &services, &economy, &budgets);
    let parts = map_chunks((identity, attention, experience), |first, (identity, attention, experience)| {
        let mut sums = vec![([0.0; 3], 0.0); count];
        let mut applied = Vec::new();
        let mut turning = Turning::new();
        let (mut ids, mut hazards, mut places) = ([0; BATCH], [0.0; BATCH], [0; BATCH]);
        // What applicants have stands far apart: it is asked for when they are found, and read when the next batch has had its turn.
        let (mut asked, mut found) = (Vec::with_capacity(BATCH), Vec::with_capacity(BATCH));
        let mut apply = |call: &Call, (at, draws), identity: &[Identity], attention: &[Attention]| {
            let row: usize = first + at;
            applied.push(means.application(call, draws, row, &identity[at], &attention[at]));
        };
        for batch in batches(identity.len()) {
            let begin = batch.start;
            let mut their_turn = Places::default();
            let next = (&*identity, &*attention).soon(batch.end);
            for (at, who) in identity[batch.clone()].iter().enumerate() {
                next.ask(at);
                their_turn.add_where(at, who.active() & turns.of(who.id));
            }
            for at in their_turn {
                fetch(&experience[begin + at]);
                fetch(&pipeline[first + begin + at]);
                fetch(&treasury[first + begin + at]);
            }
            if let Some(call) = &call {
                asked.drain(..).for_each(|asked| apply(call, asked, identity, attention));
            }
            let (identity, attention, experience) = (&mut identity[batch.clone()], &mut attention[batch.clone()], &mut experience[batch]);
            let rows = first + begin..first + begin + identity.len();
            let read = (&pipeline[rows.clone()], &treasury[rows]);
            turning.take(&turn, their_turn, read, identity, attention, experience, &mut sums);
            let Some(call) = &call else { continue };
            for (((who, attention), id), hazard) in identity.iter().zip(&*attention).zip(&mut ids).zip(&mut hazards) {
                *id = who.id;
                *hazard = call.hazard(who.advised, attention);
            }
            decisions.application.through_all(first + begin, &mut hazards[..identity.len()]);
            for at in call.exposed(&ids[..identity.len()], &hazards, &mut places) {
                let at = usize::from(*at);
                let who = &identity[at];
                if who.active()
                    && let Some(draws) = call.applies(who.id, hazards[at])
                {
                    let row = first + begin + at;
                    means.fetch(row);
                    found.push((begin + at, draws));
                }
            }
            std::mem::swap(&mut asked, &mut found);
        }
        if let Some(call) = &call {
            asked.into_iter().for_each(|asked| apply(call, asked, identity, attention));
        }
        (Payoffs(sums), applied)
    });
    let (parts, applied): (Vec<_>, Vec<_>) = parts.into_iter().unzip();
    gather(&mut applications.0, applied);
    let Some(Payoffs(sums)) = fold(parts) else { return };
    let smooth = math::smoothing(calendar.ticks_per_year(), 1.0);
    for (state, (payoffs, reporting)) in sectors.iter_mut().zip(sums) {
        if reporting > 0.0 {
            learn(state, payoffs, reporting, smooth);
        }
    }
}

/// What peers tell each other about the paths: the mean of what they paid those who report, averaged over a year.
fn learn(state: &mut SectorState, mut payoffs: [f64; 3], reporting: f64, smooth: f64) {
    // Those who report in a tick are a part of the year's enterprises, as those who went public in it are.
    payoffs[2] += std::mem::take(&mut state.listing_gains);
    for path in 0..3 {
        state.path_payoffs[path] += smooth * (payoffs[path] / reporting - state.path_payoffs[path]);
    }
}
