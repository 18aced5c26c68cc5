//! Applications for grants: which programmes an enterprise may apply to, and how good its case is.

use crate::parameters::{Named, Parameters, Programme};
use crate::rules::attention::attended;
use crate::rules::grants::merit;
use crate::rules::search::research_norm;
use crate::sources::POLICY;
use crate::state::calendar::Calendar;
use crate::state::economy::Economy;
use crate::state::enterprise::{Attention, Identity, Operation, Pipeline, Plant, Technology, Treasury};
use crate::state::government::{Application, ProgrammeBudgets, ProgrammeState};
use crate::state::sector::Sectors;
use crate::state::think_tanks::Services;
use crate::streams::Draw;
use tripath_engine::math;
use tripath_engine::random::{Draws, Stream};

/// What enterprises look at when they think of an application.
pub struct Call<'a> {
    parameters: &'a Parameters,
    sectors: &'a Sectors,
    services: &'a Services,
    capital_price: f64,
    per_year: f64,
    /// Hazard of an application in a tick at one third of attention to the policy path, without help.
    rate: f64,
    /// What help of a think tank multiplies them by: without it, and with it.
    help: [f64; 2],
    stream: Stream,
}

impl<'a> Call<'a> {
    /// The call of this tick; `None` where no programme gives grants.
    pub fn open(
        parameters: &'a Parameters,
        calendar: &Calendar,
        sectors: &'a Sectors,
        services: &'a Services,
        economy: &Economy,
        budgets: &ProgrammeBudgets,
    ) -> Option<Self> {
        let gives = |(programme, state): (&Named<Programme>, &ProgrammeState)| programme.value.instrument == "rd_grant" && state.running;
        parameters.programmes.iter().zip(&budgets.states).any(gives).then(|| Self {
            parameters,
            sectors,
            services,
            capital_price: economy.capital_price,
            per_year: calendar.ticks_per_year(),
            rate: parameters.government.application_rate * calendar.years_per_tick(),
            help: [1.0, 1.0 + services.support],
            stream: calendar.seed.stream(Draw::Application, calendar.tick),
        })
    }

    /// Hazard of an application in the tick: the usual one by what is attended to on the policy path, and more with a think tank's help.
    #[inline]
    pub fn hazard(&self, advised: bool, attention: &Attention) -> f64 {
        self.rate * attended(self.parameters.path_choice.half_attention, attention.shares[POLICY]) * self.help[usize::from(advised)]
    }

    /// Places of the enterprises that their hazards may strike ([`Stream::exposed`]): nobody else applies.
    pub fn exposed<'p>(&self, ids: &[u64], hazards: &[f64], places: &'p mut [u16]) -> &'p [u16] {
        self.stream.exposed(
            ids,
            #[inline(always)]
            |at| hazards[at],
            places,
        )
    }

    /// Whether an enterprise makes an application: the draws that it goes on with, if it does.
    #[inline]
    pub fn applies(&self, id: u64, hazard: f64) -> Option<Draws> {
        let mut draws = self.stream.draws(id);
        draws.strikes(hazard).then_some(draws)
    }

    /// Application of an enterprise that makes one.
    #[allow(clippy::too_many_arguments, reason = "an enterprise's components, one by one")]
    #[inline]
    pub fn application(
        &self,
        mut draws: Draws,
        row: usize,
        who: &Identity,
        attention: &Attention,
        operation: &Operation,
        technology: &Technology,
        pipeline: &Pipeline,
        plant: &Plant,
        treasury: &Treasury,
    ) -> Application {
        let (parameters, services) = (self.parameters, self.services);
        let policy = &parameters.government;
        let e_policy = attention.shares[POLICY];
        let index = who.sector as usize;
        let state = &self.sectors[index];
        let lead = technology.lead(state);
        // Clients of honest think tanks are seen for what they are; clients of the others lobby better.
        let honesty = if who.advised { services.client(who.adviser).honesty } else { 0.0 };
        let noise = policy.appraisal_noise * (1.0 - 0.6 * honesty) * draws.normal();
        let lobbying = e_policy + if who.advised { services.support * (1.0 - honesty) } else { 0.0 };
        let annual_sales = operation.sales * self.per_year;
        let least_sales = parameters.technology.small_enterprise_floor * state.typical_sales();
        Application {
            row: row as u32,
            id: who.id,
            sector: who.sector,
            region: who.region,
            merit: merit(pipeline.expected_edge, lead),
            noise,
            adviser: who.advised.then_some(who.adviser),
            size: math::ln(math::ratio(annual_sales, state.mean_sales, 1.0).clamp(1e-3, 1e3)),
            distress: math::ratio(treasury.debt, plant.capital * self.capital_price, 1.0).clamp(0.0, 2.0),
            lobbying,
            amount: research_norm(&parameters.technology, annual_sales, least_sales),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::state::sector::SectorState;
    use crate::worked::{by_hand, grant_calls as calls};

    #[test]
    fn an_application_by_hand() {
        let small = {
            let mut small = calls();
            small.set::<Sectors>()[0] = SectorState {
                quality: 0.1,
                log_productivity: 1.0,
                mean_sales: 10.0,
                typical_share: 0.5,
                count: 2.0,
                ..SectorState::default()
            };
            let mut services = small.set::<Services>();
            services.support = 0.5;
            services.tanks = vec![crate::state::think_tanks::ClientService { honesty: 0.4, ..Default::default() }];
            small.set::<Economy>().capital_price = 2.0;
            small
        };
        let (calendar, budgets) = (*small.get::<Calendar>(), small.get::<ProgrammeBudgets>());
        let call = Call::open(
            small.get::<Parameters>(),
            &calendar,
            small.get::<Sectors>(),
            small.get::<Services>(),
            small.get::<Economy>(),
            budgets,
        )
        .expect("programmes give grants");
        // A fifth a quarter at one third of attention, half more with help: 1.3 × 0.2 / 0.3 of it at a fifth.
        let attention = Attention { shares: [0.5, 0.2, 0.3] };
        by_hand(&[
            ("hazard", call.hazard(false, &attention), 0.2 * 1.3 * 0.2 / 0.3),
            ("with help", call.hazard(true, &attention), 0.3 * 1.3 * 0.2 / 0.3),
        ]);
        let draws = calendar.seed.draws(Draw::Application, 1, 0);
        let who = Identity { id: 7, sector: 0, region: 1, advised: true, adviser: 0, ..Identity::default() };
        let found = call.application(
            draws,
            5,
            &who,
            &attention,
            &Operation { sales: 4.0, ..Operation::default() },
            &Technology { quality: 0.3, log_productivity: 1.2, ..Technology::default() },
            &Pipeline { expected_edge: 0.06, ..Pipeline::default() },
            &Plant { capital: 10.0, ..Plant::default() },
            &Treasury { debt: 5.0, ..Treasury::default() },
        );
        // Merit: 0.06 / 0.03 and a lead of 0.2 + 0.2. Sales of 16 a year over a mean of 10. Lobbying: 0.2, and half of what is not honest.
        by_hand(&[
            ("merit", found.merit, 2.4),
            ("noise", found.noise, 0.0),
            ("size", found.size, math::ln(1.6)),
            ("distress", found.distress, 0.25),
            ("lobbying", found.lobbying, 0.2 + 0.5 * 0.6),
            ("amount", found.amount, 0.02 * 16.0),
        ]);
        assert_eq!((found.row, found.id, found.sector, found.region, found.adviser), (5, 7, 0, 1, Some(0)));
        assert!(call.applies(7, 0.0).is_none() && call.applies(7, 1e9).is_some());
        let mut quiet = budgets.clone();
        quiet.states.iter_mut().for_each(|state| state.running = false);
        let (parameters, sectors) = (small.get::<Parameters>(), small.get::<Sectors>());
        assert!(Call::open(parameters, &calendar, sectors, small.get::<Services>(), small.get::<Economy>(), &quiet).is_none());
    }
}
