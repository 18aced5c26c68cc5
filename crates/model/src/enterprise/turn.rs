//! The yearly turn of a batch of enterprises: clients of think tanks are found one by one; what the paths paid, and how attention moves to
//! what paid, is worked out side by side.

use crate::markets::Sectors;
use crate::math;
use crate::parallel::BATCH;
use crate::parameters::{Parameters, PathChoice};
use crate::random::Stream;
use crate::technology::POLICY;
use crate::think_tank::Services;
use crate::vectors::{self, Places, WIDEST};

use super::attention::{LEAST, choose_attention, fixed_attention, log_weights};
use super::{Attention, Experience, Identity};

/// What enterprises look at when their yearly turn has come.
pub(super) struct Turn<'a> {
    pub(super) parameters: &'a Parameters,
    pub(super) services: &'a Services,
    pub(super) sectors: &'a Sectors,
    pub(super) stream: Stream,
    /// Weight of the year in remembered payoffs.
    pub(super) memory: f64,
}

impl Turn<'_> {
    /// An enterprise looks for a think tank, and learns whether one has written about it.
    fn meet_think_tanks(&self, who: &mut Identity, attention: &Attention) {
        let index = who.sector as usize;
        // Clients pay for the help to find support, so those who look to the policy path come first.
        let mut draws = self.stream.draws(who.id);
        who.advised = draws.happens(self.services.client_probability * (0.5 + 1.5 * attention.shares[POLICY]));
        who.researched = draws.happens(self.services.coverage[index]);
        if who.advised {
            who.adviser = self.services.choose(index, draws.uniform());
        }
    }
}

/// Payoff of a path over sales, its own and its peers' by their weights, for a unit of the attention that it took.
#[inline(always)]
fn payoff_per_attention(peer_weight: f64, own: f64, peers: f64, attention: f64) -> f64 {
    let realised = (1.0 - peer_weight) * own + peer_weight * peers;
    realised / attention.max(LEAST)
}

/// A number for each path, field by field.
type Paths = [[f64; BATCH]; 3];

/// Enterprises of a batch whose yearly turn it is.
pub(super) struct Turning {
    sales: [f64; BATCH],
    /// Payoffs since the last choice, and in their place those over sales.
    payoff: Paths,
    /// Payoffs of the sector's enterprises over sales.
    peers: Paths,
    attraction: Paths,
    shares: Paths,
    /// Weights of the paths, at first their logarithms.
    weights: Paths,
    /// 1 where attention is divided anew.
    chooses: [u64; BATCH],
}

impl Turning {
    /// Nobody.
    pub(super) fn new() -> Self {
        let paths = [[0.0; BATCH]; 3];
        Self { sales: [0.0; BATCH], payoff: paths, peers: paths, attraction: paths, shares: paths, weights: paths, chooses: [0; BATCH] }
    }

    /// Those at the places of a batch that `few` names look for think tanks, remember what their paths paid, and divide their attention anew.
    /// Payoffs over sales of those who sold are added to the sums of their sectors, with how many these are.
    pub(super) fn take(
        &mut self,
        turn: &Turn,
        few: Places,
        identity: &mut [Identity],
        attention: &mut [Attention],
        experience: &mut [Experience],
        sums: &mut [([f64; 3], f64)],
    ) {
        for (place, at) in few.enumerate() {
            let (who, experience) = (&mut identity[at], &mut experience[at]);
            turn.meet_think_tanks(who, &attention[at]);
            let peers = &turn.sectors[who.sector as usize].path_payoffs;
            self.sales[place] = experience.sales;
            for path in 0..3 {
                self.payoff[path][place] = experience.payoff[path];
                self.peers[path][place] = peers[path];
                self.attraction[path][place] = experience.attraction[path];
                self.shares[path][place] = attention[at].shares[path];
            }
        }
        let count = few.len();
        let choice = &turn.parameters.path_choice;
        // What is left of another batch up to a whole vector is computed too, and nothing comes of it.
        vectors::widest(
            #[inline(always)]
            || self.remember(choice, turn.memory, count),
        );
        for weights in &mut self.weights {
            math::exp_all(&mut weights[..count]);
        }
        vectors::widest(
            #[inline(always)]
            || self.choose(choice, count),
        );
        for (place, at) in few.enumerate() {
            let (who, experience) = (&identity[at], &mut experience[at]);
            let sold = experience.sales > 0.0;
            let sum = &mut sums[who.sector as usize];
            for path in 0..3 {
                if sold {
                    sum.0[path] += self.payoff[path][place];
                }
                experience.attraction[path] = self.attraction[path][place];
                attention[at].shares[path] = self.shares[path][place];
            }
            if sold {
                sum.1 += 1.0;
            }
            experience.payoff = [0.0; 3];
            experience.sales = 0.0;
        }
    }

    /// What paths paid joins what is remembered of them where anything was sold, and leads to the logarithms of their weights.
    #[inline(always)]
    fn remember(&mut self, choice: &PathChoice, memory: f64, count: usize) {
        let choice = choice.clone();
        for place in 0..count.next_multiple_of(WIDEST).min(BATCH) {
            let sales = self.sales[place];
            let sold = sales > 0.0;
            let mut attraction = [0.0; 3];
            for path in 0..3 {
                let own = self.payoff[path][place] / sales;
                let before = self.attraction[path][place];
                let payoff = payoff_per_attention(choice.peer_weight, own, self.peers[path][place], self.shares[path][place]);
                attraction[path] = if sold { before + memory * (payoff - before) } else { before };
                self.payoff[path][place] = own;
                self.attraction[path][place] = attraction[path];
            }
            let (weights, paid) = match log_weights(&choice, attraction) {
                Some(weights) => (weights, true),
                None => ([0.0; 3], false),
            };
            self.chooses[place] = u64::from(paid & sold & choice.adaptive);
            for path in 0..3 {
                self.weights[path][place] = weights[path];
            }
        }
    }

    /// Divides attention by the weights of the paths; where it does not adapt, as it is at the start.
    #[inline(always)]
    fn choose(&mut self, choice: &PathChoice, count: usize) {
        let choice = choice.clone();
        let fixed = fixed_attention(&choice);
        for place in 0..count.next_multiple_of(WIDEST).min(BATCH) {
            let shares = [self.shares[0][place], self.shares[1][place], self.shares[2][place]];
            let weights = [self.weights[0][place], self.weights[1][place], self.weights[2][place]];
            let chosen = choose_attention(&choice, shares, weights);
            let kept = if choice.adaptive { shares } else { fixed };
            for path in 0..3 {
                self.shares[path][place] = if self.chooses[place] != 0 { chosen[path] } else { kept[path] };
            }
        }
    }
}
