//! Enterprises that are there at the start.

use crate::parameters::Parameters;
use crate::rules::investment::desired_capital;
use crate::state::accounts::Ledger;
use crate::state::enterprise::{
    Attention, Enterprise, Equity, Identity, Operation, Pipeline, Plant, Position, Status, Technology, Treasury,
};
use crate::state::ids::stable_id;
use crate::state::tables::Tables;
use crate::streams::Draw;
use tripath_engine::math;
use tripath_engine::random::{Draws, Seed, Stream};

use super::first_quantities::{Start, initial_edge};

/// Enterprises of a sector at the start: sizes from a heavy-tailed draw, knowledge around the sector's mean. They are made one by one, in
/// the order of their ids, so that a big world stands in memory once.
pub(super) struct Founders<'a> {
    parameters: &'a Parameters,
    start: &'a Start,
    sector: usize,
    stream: Stream,
    /// Sum of the sizes of all.
    sizes: f64,
    /// Weights of the regions.
    pull: Vec<f64>,
}

impl<'a> Founders<'a> {
    pub(super) fn new(parameters: &'a Parameters, tables: &Tables, start: &'a Start, seed: Seed, sector: usize, number: u32) -> Self {
        let stream = seed.stream(Draw::Endowment, 0);
        let sizes = (0..number).map(|order| Self::size(&mut stream.draws(stable_id(None, sector, order)))).sum();
        let regions = parameters.regions.iter().enumerate();
        let pull = regions
            .map(|(region, place)| place.value.population_share * place.value.pull * tables.specialisation[region][sector])
            .collect();
        Self { parameters, start, sector, stream, sizes, pull }
    }

    /// Pareto with the slope of the sizes of enterprises (Axtell 2001: 1.06), cut at a thousand times the least.
    fn size(draws: &mut Draws) -> f64 {
        math::pow(1.0 - 0.9993 * draws.uniform(), -1.0 / 1.06)
    }

    /// The enterprise with a number in the sector.
    pub(super) fn enterprise(&self, order: u32, ledger: &mut Ledger) -> Enterprise {
        let Self { parameters, start, sector: s, .. } = *self;
        let (settings, choice) = (&parameters.sectors[s].value, &parameters.path_choice);
        let years = parameters.years_per_tick();
        let id = stable_id(None, s, order);
        let mut draws = self.stream.draws(id);
        let share = Self::size(&mut draws) / self.sizes;
        let log_productivity = math::ln(start.productivity[s]) + 0.2 * draws.normal();
        let efficiency = parameters.production.efficiency_spread * draws.normal();
        let quality = 0.1 * draws.normal();
        let age = 30.0 * draws.uniform();
        let region = draws.weighted(&self.pull).unwrap_or(0);
        let bank = draws.below(ledger.banks());

        let output = share * start.output[s];
        let capital = desired_capital(settings.capital_output, 1.0, output, parameters.production.normal_utilisation, 1.0);
        let value_added = output * (1.0 - settings.inputs.0.iter().map(|(_, need)| need).sum::<f64>());
        let workers = output / start.productivity[s];
        let mut treasury = Treasury { earnings: 0.04 * output, ..Treasury::default() };
        let costs = workers + output - value_added;
        ledger.endow_cash(&mut treasury.cash, 1.6 * parameters.investment.cash_buffer_years * costs);
        ledger.endow_loan(bank, &mut treasury.debt, 0.35 * capital);
        let equity = treasury.cash + capital - treasury.debt;
        Enterprise {
            identity: Identity {
                id,
                born: -(age * parameters.ticks_per_year()) as i32,
                sector: s as u16,
                region: region as u16,
                bank: bank as u16,
                status: Status::Active,
                ..Identity::default()
            },
            technology: Technology {
                edges: [initial_edge(parameters, s), 0.0, 0.0],
                ..Technology::new(log_productivity, efficiency, quality)
            },
            position: Position { share, price: 1.0, markup: parameters.pricing.normal_markup, ..Position::default() },
            operation: Operation {
                output: output * years,
                sales: output * years,
                value_added: value_added * years,
                employment: workers,
                wages: workers * years,
                profit: 0.04 * output * years,
            },
            plant: Plant { capital, planned: capital * parameters.production.depreciation * years, ..Plant::default() },
            treasury,
            pipeline: Pipeline { effort: 1.0, ..Pipeline::default() },
            attention: Attention { shares: [choice.initial_industrial, choice.initial_policy, choice.initial_capital] },
            equity: Equity { market_value: equity, fundamental: equity },
            ..Enterprise::default()
        }
    }
}
