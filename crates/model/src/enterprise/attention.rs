//! The choice among the paths of return: a scarce attention, moved once a year towards what paid.

use bevy_ecs::prelude::{Res, ResMut, Single};

use crate::accounts::Economy;
use crate::columns::{Column, Slices};
use crate::government::{Call, GrantApplications, ProgrammeBudgets};
use crate::markets::Sectors;
use crate::math;
use crate::parallel::{BATCH, Merge, batches, fold, gather, map_chunks};
use crate::parameters::{Parameters, PathChoice};
use crate::random::{Mechanism, Stream};
use crate::technology::POLICY;
use crate::think_tank::Services;
use crate::world::Calendar;

use super::{Attention, Experience, Identity, Operation, Pipeline, Plant, Technology, Treasury};

/// Least attention to a path: nobody ignores one wholly.
const LEAST: f64 = 0.04;

/// Log weights of the paths: `β r`, with `r` their parts in remembered payoffs; `None` where nothing paid.
pub fn log_weights(choice: &PathChoice, attraction: [f64; 3]) -> Option<[f64; 3]> {
    let total: f64 = attraction.iter().map(|payoff| payoff.max(0.0)).sum();
    (total > 0.0).then(|| attraction.map(|payoff| choice.intensity * payoff.max(0.0) / total))
}

/// New attention: `e ← ι e + (1 − ι) softmax(β r)`, with `exp(β r)` the paths' weights ([`log_weights`]).
pub fn choose_attention(choice: &PathChoice, shares: [f64; 3], weights: [f64; 3]) -> [f64; 3] {
    let sum: f64 = weights.iter().sum();
    let mut chosen = [0.0; 3];
    for path in 0..3 {
        chosen[path] = (choice.inertia * shares[path] + (1.0 - choice.inertia) * weights[path] / sum).max(LEAST);
    }
    let sum: f64 = chosen.iter().sum();
    chosen.map(|share| share / sum)
}

/// Payoffs of a tick to the industrial, policy and capital path.
///
/// Own edges speak for the industrial path. Edges that others paid for took their money and work on conversion alike: half of their rents speak
/// for the source, half for the industrial path. Grants count at `liquidity`, the worth of money for being there: they are tied to R&D and pay when it converts.
pub fn path_payoffs(rents: [f64; 3], grants: f64, liquidity: f64) -> [f64; 3] {
    let [own, policy, capital] = rents;
    [own + 0.5 * (policy + capital), 0.5 * policy + liquidity * grants, 0.5 * capital]
}

/// What founders gain when new shares are sold: their part of the price after the issue, less what their part of the value before it
/// was worth, plus what the money is worth for being there at all (`liquidity` times it).
///
/// `g = f P − f/(1 − s) V + λ m`: `f` founders' share after the issue, `s` share of the new in all, `P` price of all equity after it, `V` fundamental
/// value before it, `m` money raised. An underpriced issue is a loss, a premium a gain.
pub fn founders_gain(founders_share: f64, new_share: f64, price: f64, value_before: f64, raised: f64, liquidity: f64) -> f64 {
    founders_share * price - founders_share / (1.0 - new_share.clamp(0.0, 0.9)) * value_before + liquidity * raised
}

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

/// What enterprises look at when their yearly turn has come.
struct Turn<'a> {
    parameters: &'a Parameters,
    services: &'a Services,
    sectors: &'a Sectors,
    stream: Stream,
    /// Weight of the year in remembered payoffs.
    memory: f64,
}

impl Turn<'_> {
    /// An enterprise looks for a think tank, and at what its paths paid: the log weights by which it divides its attention anew, if it does.
    fn look(
        &self,
        who: &mut Identity,
        attention: &Attention,
        experience: &mut Experience,
        sums: &mut [([f64; 3], f64)],
    ) -> Option<[f64; 3]> {
        let choice = &self.parameters.path_choice;
        let index = who.sector as usize;
        // Clients pay for the help to find support, so those who look to the policy path come first.
        let mut draws = self.stream.draws(who.id);
        who.advised = draws.happens(self.services.client_probability * (0.5 + 1.5 * attention.shares[POLICY]));
        who.researched = draws.happens(self.services.coverage[index]);
        if who.advised {
            who.adviser = self.services.choose(index, draws.uniform());
        }
        let mut chooses = None;
        if experience.sales > 0.0 {
            let sales = experience.sales;
            for path in 0..3 {
                let own = experience.payoff[path] / sales;
                let realised = (1.0 - choice.peer_weight) * own + choice.peer_weight * self.sectors[index].path_payoffs[path];
                // A path's payoff counts per unit of the attention it took.
                let per_unit = realised / attention.shares[path].max(LEAST);
                experience.attraction[path] += self.memory * (per_unit - experience.attraction[path]);
                sums[index].0[path] += own;
            }
            sums[index].1 += 1.0;
            if choice.adaptive {
                chooses = log_weights(choice, experience.attraction);
            }
        }
        experience.payoff = [0.0; 3];
        experience.sales = 0.0;
        chooses
    }
}

/// Names the clients of think tanks, lets those whose yearly turn it is choose their paths,
/// and takes applications for grants.
#[allow(clippy::too_many_arguments, reason = "a system names all data it touches")]
pub fn choose_paths(
    enterprises: Single<(
        &Column<Operation>,
        &Column<Technology>,
        &Column<Pipeline>,
        &Column<Plant>,
        &Column<Treasury>,
        &mut Column<Identity>,
        &mut Column<Attention>,
        &mut Column<Experience>,
    )>,
    parameters: Res<Parameters>,
    calendar: Res<Calendar>,
    services: Res<Services>,
    economy: Res<Economy>,
    budgets: Res<ProgrammeBudgets>,
    mut sectors: ResMut<Sectors>,
    mut applications: ResMut<GrantApplications>,
) {
    let count = sectors.len();
    let (operation, technology, pipeline, plant, treasury, identity, attention, experience) = enterprises.into_inner().slices();
    let states: &Sectors = &sectors;
    let turn = Turn {
        parameters: &parameters,
        services: &services,
        sectors: states,
        stream: calendar.seed.stream(Mechanism::PathChoice, calendar.tick),
        memory: 1.0 - math::exp(-1.0 / parameters.path_choice.memory_years),
    };
    let turns = calendar.turns();
    let call = Call::open(&parameters, &calendar, states, &services, &economy, &budgets);
    let parts = map_chunks((identity, attention, experience), |first, (identity, attention, experience)| {
        let mut sums = vec![([0.0; 3], 0.0); count];
        let mut applied = Vec::new();
        for batch in batches(identity.len()) {
            let (mut choosing, mut choosing_rows, mut weights) = (0, [0; BATCH], [[0.0; 3]; BATCH]);
            for row in batch.clone() {
                let who = &mut identity[row];
                if who.active()
                    && turns.of(who.id)
                    && let Some(log_weights) = turn.look(who, &attention[row], &mut experience[row], &mut sums)
                {
                    (choosing_rows[choosing], weights[choosing]) = (row, log_weights);
                    choosing += 1;
                }
            }
            math::exp_all(weights[..choosing].as_flattened_mut());
            for (row, weights) in choosing_rows[..choosing].iter().zip(weights) {
                attention[*row].shares = choose_attention(&parameters.path_choice, attention[*row].shares, weights);
            }
            let Some(call) = &call else { continue };
            for row in batch.filter(|row| identity[*row].active()) {
                if let Some(draws) = call.applies(&identity[row], &attention[row]) {
                    let (who, attention, row) = (&identity[row], &attention[row], first + row);
                    let (operation, technology) = (&operation[row], &technology[row]);
                    applied.push(call.application(
                        draws,
                        row,
                        who,
                        attention,
                        operation,
                        technology,
                        &pipeline[row],
                        &plant[row],
                        &treasury[row],
                    ));
                }
            }
        }
        (Payoffs(sums), applied)
    });
    let (parts, applied): (Vec<_>, Vec<_>) = parts.into_iter().unzip();
    gather(&mut applications.0, applied);
    let Some(Payoffs(sums)) = fold(parts) else { return };
    let smooth = math::smoothing(calendar.ticks_per_year(), 1.0);
    for (state, (mut payoffs, reporting)) in sectors.iter_mut().zip(sums) {
        if reporting > 0.0 {
            // Those who report in a tick are a part of the year's enterprises, as those who went public in it are.
            payoffs[2] += std::mem::take(&mut state.listing_gains);
            for path in 0..3 {
                state.path_payoffs[path] += smooth * (payoffs[path] / reporting - state.path_payoffs[path]);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn payoffs_by_hand() {
        assert_eq!(path_payoffs([1.0, 2.0, 4.0], 10.0, 0.25), [4.0, 3.5, 2.0]);
    }

    #[test]
    fn founders_gain_by_hand() {
        // 20 raised for a fifth at a price of 100 in all: the 80 before were worth 60, so founders gain 20.
        assert!((founders_gain(0.8, 0.2, 100.0, 60.0, 20.0, 0.0) - 20.0).abs() < 1e-12);
        // At value 80 there is no gain but that of having the money.
        assert!((founders_gain(0.8, 0.2, 100.0, 80.0, 20.0, 0.1) - 2.0).abs() < 1e-12);
        assert!(founders_gain(0.8, 0.2, 100.0, 90.0, 20.0, 0.0) < 0.0, "underpriced");
    }

    #[test]
    fn attention_sums_to_one_and_follows_payoff() {
        let choice = PathChoice { intensity: 3.0, inertia: 0.5, ..PathChoice::default() };
        let weights = log_weights(&choice, [0.0, 1.0, -1.0]).unwrap();
        assert_eq!(weights, [0.0, 3.0, 0.0]);
        let chosen = choose_attention(&choice, [0.5, 0.25, 0.25], weights.map(math::exp));
        assert!((chosen.iter().sum::<f64>() - 1.0).abs() < 1e-12);
        assert!(chosen[1] > 0.25 && chosen[0] < 0.5);
        assert_eq!(log_weights(&choice, [0.0; 3]), None);
    }
}
