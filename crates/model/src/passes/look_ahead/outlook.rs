//! The look ahead at the end of a tick, in one pass over all enterprises: what each plans to invest, what investors think it is worth, and
//! whether it applies for a listing.

use bevy_ecs::prelude::{Res, ResMut};

use crate::parameters::Parameters;
use crate::rules::failure::Footing;
use crate::rules::sector_view::SectorViews;
use crate::state::calendar::Calendar;
use crate::state::decisions::Decisions;
use crate::state::economy::Economy;
use crate::state::enterprise::{
    Attention, Distressed, Equity, Identity, Operation, Pipeline, Plant, Position, Register, Rows, Technology, Treasury, Wanting,
};
use crate::state::exchange::{Applicant, Applicants, Boards, Traded};
use crate::state::government::{Plans, ProgrammeBudgets};
use crate::state::sector::Sectors;
use tripath_engine::math;
use tripath_engine::parallel::{BATCH, batches, gather, map_chunks};
use tripath_engine::vectors::Ahead;

use super::appraiser::Appraiser;
use super::foresight::{Foresight, View};
use super::plans::Outlook;
use super::window::Window;

/// Plans investment, values equity, and takes applications for listings.
#[allow(clippy::too_many_arguments, reason = "a system names all data it touches")]
pub fn look_ahead(
    enterprises: Rows<(
        &'static mut Identity,
        &'static Technology,
        &'static Position,
        &'static Operation,
        &'static Treasury,
        &'static Pipeline,
        &'static Attention,
        &'static mut Plant,
        &'static mut Equity,
    )>,
    register: Res<Register>,
    parameters: Res<Parameters>,
    calendar: Res<Calendar>,
    sectors: Res<Sectors>,
    mut views: ResMut<SectorViews>,
    plans: Res<Plans>,
    programmes: Res<ProgrammeBudgets>,
    economy: Res<Economy>,
    boards: Boards,
    decisions: Res<Decisions>,
    mut wanting: ResMut<Wanting>,
    mut distressed: ResMut<Distressed>,
    mut applicants: ResMut<Applicants>,
    mut traded_now: ResMut<Traded>,
) {
    let (identity, technology, position, operation, treasury, pipeline, attention, plant, equity) = enterprises.slices();
    let columns = (identity, technology, position, operation, treasury, pipeline, attention, plant, equity);
    let view = View {
        market: &parameters.market,
        sectors: views.after_settlement(&sectors),
        outlook: Outlook::new(&parameters, &calendar, &sectors, &plans, &programmes, &economy),
        appraiser: Appraiser::new(&parameters, &calendar, &economy),
        footing: Footing::new(&parameters),
        window: Window::new(&parameters, &calendar, &sectors, boards.slices()),
        tick: calendar.tick,
        per_year: calendar.ticks_per_year(),
    };
    // Marks of venture-backed enterprises follow value slowly.
    let mark_speed = math::smoothing(calendar.ticks_per_year(), 2.0);
    let found = map_chunks(columns, |first, (identity, technology, position, operation, treasury, pipeline, attention, plant, equity)| {
        let mut foresight = Foresight::new();
        let (mut found, mut traded, mut ailing, mut builders) = (Vec::new(), Vec::new(), Vec::new(), Vec::new());
        let mut owned = register.entries(first).peekable();
        for batch in batches(identity.len()) {
            let next = (technology, position, operation, treasury, pipeline).soon(batch.end);
            let next_written = (&*identity, attention, &*plant, &*equity).soon(batch.end);
            let (identity, plant, equity) = (&mut identity[batch.clone()], &mut plant[batch.clone()], &mut equity[batch.clone()]);
            let enterprises = (
                &*identity,
                &technology[batch.clone()],
                &position[batch.clone()],
                &operation[batch.clone()],
                &treasury[batch.clone()],
                &pipeline[batch.clone()],
                &attention[batch.clone()],
                &*plant,
            );
            foresight.look(&view, enterprises, &next);
            let begin = first + batch.start;
            decisions.investment.through_all(begin, &mut foresight.planned[..batch.len()]);
            decisions.listing.through_all(begin, &mut foresight.listing_hazard[..batch.len()]);
            let concerned = foresight.tell(identity, plant, equity, &next_written);
            traded.extend(concerned.traded.map(|at| (begin + at) as u32));
            ailing.extend(concerned.ailing.map(|at| (begin + at) as u32));
            builders.extend(concerned.wanting.map(|at| (identity[at].sector, (begin + at) as u32)));
            while let Some((row, owners)) = owned.next_if(|(row, _)| *row < batch.end) {
                let (who, equity) = (&identity[row - batch.start], &mut equity[row - batch.start]);
                if !who.listed && owners.fund_share > 0.0 {
                    equity.market_value += mark_speed * (equity.fundamental - equity.market_value);
                }
            }
            let mut places = [0; BATCH];
            for at in view.window.exposed(&foresight.ids[..batch.len()], &foresight.listing_hazard, &mut places) {
                let at = usize::from(*at);
                let row = batch.start + at;
                let who = &identity[at];
                if who.active()
                    && let Some(board) =
                        view.window.application(who, &operation[row], &treasury[row], &equity[at], &pipeline[row], &attention[row])
                {
                    found.push(Applicant { row: (first + row) as u32, board });
                }
            }
        }
        ((found, traded), (ailing, builders))
    });
    let ((found, traded), (ailing, builders)): ((Vec<_>, Vec<_>), (Vec<_>, Vec<_>)) = found.into_iter().unzip();
    distressed.begin(ailing);
    wanting.begin(sectors.len(), builders);
    gather(&mut applicants.0, found);
    gather(&mut traded_now.0, traded);
}
