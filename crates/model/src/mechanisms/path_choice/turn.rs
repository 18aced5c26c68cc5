//! The yearly turn of a batch of enterprises: clients of think tanks are found one by one; what the paths paid, and how attention moves to
//! what paid, is worked out side by side.

use crate::parameters::{Parameters, PathChoice};
use crate::rules::attention::{attended, choose_attention, fixed_attention, want_of_money};
use crate::sources::{OWN, POLICY};
use crate::state::enterprise::{Attention, Experience, Identity, Pipeline, Treasury};
use crate::state::sector::Sectors;
use crate::state::think_tanks::Services;
use tripath_engine::parallel::BATCH;
use tripath_engine::random::Stream;
use tripath_engine::vectors::{Places, WIDEST};
use tripath_engine::{batch, math, vectors};

/// What enterprises look at when their yearly turn has come.
pub(crate) struct Turn<'a> {
    pub(crate) parameters: &'a Parameters,
    pub(crate) services: &'a Services,
    pub(crate) sectors: &'a Sectors,
    pub(crate) stream: Stream,
    /// Weight of the year in remembered payoffs.
    pub(crate) memory: f64,
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

/// What a path is worth: its payoff over sales for a unit of what was [attended to](attended). This is what all attention to it would bring, and its
/// slope what more of it brings.
#[inline(always)]
fn worth_of_path(payoff: f64, sales: f64, attended: f64) -> f64 {
    payoff / (sales * attended)
}

batch! {
    /// Enterprises of a batch whose yearly turn it is.
    pub(crate) struct Turning[BATCH] {
        sales: f64 = experience.sales,
        /// How much outside money is wanted.
        wants: f64 = want_of_money(pipeline.expected_edge, pipeline.effort, treasury.cash),
        /// Payoffs since the last choice, and in their place what they show the paths to be worth.
        payoff: [f64; 3] = experience.payoff,
        /// What paths are worth to the sector's enterprises.
        peers: [f64; 3] = sectors[usize::from(who.sector)].path_payoffs,
        attraction: [f64; 3] = experience.attraction => experience.attraction,
        shares: [f64; 3] = attention.shares => attention.shares,
        /// Square roots of what is remembered of the paths' worth.
        roots: [f64; 3],
        /// 1 where attention is divided anew.
        chooses: u64,
    }
    gather(who: Identity, pipeline: Pipeline, treasury: Treasury, attention: Attention, experience: Experience; sectors: &Sectors) {}
    write(attention: Attention, experience: Experience)
}

impl Turning {
    /// Those at the places of a batch that `few` names look for think tanks, remember what their paths paid, and divide their attention anew.
    /// Worths of the paths to those who sold are added to the sums of their sectors, with how many these are.
    #[allow(clippy::too_many_arguments, reason = "an enterprise's components, one by one")]
    pub(crate) fn take(
        &mut self,
        turn: &Turn,
        few: Places,
        (pipeline, treasury): (&[Pipeline], &[Treasury]),
        identity: &mut [Identity],
        attention: &mut [Attention],
        experience: &mut [Experience],
        sums: &mut [([f64; 3], f64)],
    ) {
        for (place, at) in few.enumerate() {
            turn.meet_think_tanks(&mut identity[at], &attention[at]);
            self.gather_row(place, (&identity[at], &pipeline[at], &treasury[at], &attention[at], &experience[at]), turn.sectors);
        }
        let count = few.len();
        let choice = &turn.parameters.path_choice;
        // What is left of another batch up to a whole vector is computed too, and nothing comes of it.
        vectors::widest(
            #[inline(always)]
            || {
                self.remember(choice, turn.memory, count);
                self.choose(choice, count);
            },
        );
        for (place, at) in few.enumerate() {
            let (who, experience) = (&identity[at], &mut experience[at]);
            if experience.sales > 0.0 {
                let sum = &mut sums[usize::from(who.sector)];
                for path in 0..3 {
                    sum.0[path] += self.payoff[path][place];
                }
                sum.1 += 1.0;
            }
            self.write_row(place, (&mut attention[at], experience));
            experience.payoff = [0.0; 3];
            experience.sales = 0.0;
        }
    }

    /// What paths paid, own and peers', joins what is remembered of them where anything was sold.
    #[inline(always)]
    fn remember(&mut self, choice: &PathChoice, memory: f64, count: usize) {
        let choice = choice.clone();
        for place in 0..count.next_multiple_of(WIDEST).min(BATCH) {
            let sales = self.sales[place];
            let sold = sales > 0.0;
            for path in 0..3 {
                let own = worth_of_path(self.payoff[path][place], sales, attended(choice.half_attention, self.shares[path][place]));
                let before = self.attraction[path][place];
                let seen = (1.0 - choice.peer_weight) * own + choice.peer_weight * self.peers[path][place];
                let remembered = if sold { before + memory * (seen - before) } else { before };
                self.payoff[path][place] = own;
                self.attraction[path][place] = remembered;
                self.roots[path][place] = math::sqrt(if path == OWN { remembered } else { remembered * self.wants[place] });
            }
            let paid = (self.roots[0][place] > 0.0) | (self.roots[1][place] > 0.0) | (self.roots[2][place] > 0.0);
            self.chooses[place] = u64::from(paid & sold & choice.adaptive);
        }
    }

    /// Divides attention by what the paths are worth; where it does not adapt, as it is at the start.
    #[inline(always)]
    fn choose(&mut self, choice: &PathChoice, count: usize) {
        let choice = choice.clone();
        let fixed = fixed_attention(&choice);
        for place in 0..count.next_multiple_of(WIDEST).min(BATCH) {
            let shares = [self.shares[0][place], self.shares[1][place], self.shares[2][place]];
            let roots = [self.roots[0][place], self.roots[1][place], self.roots[2][place]];
            let chosen = choose_attention(&choice, shares, roots);
            let kept = if choice.adaptive { shares } else { fixed };
            for path in 0..3 {
                self.shares[path][place] = if self.chooses[place] != 0 { chosen[path] } else { kept[path] };
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn worth_of_a_path_by_hand() {
        // A payoff of 0.02 of sales for 0.65 attended to, as at a tenth of attention: all there is at one third would be 0.02/0.65.
        let seen = worth_of_path(2.0, 100.0, attended(0.1, 0.1));
        assert!((seen - 0.02 / 0.65).abs() < 1e-12);
        // Who gave the path more for the same payoff takes it for worth less.
        assert!(worth_of_path(2.0, 100.0, attended(0.1, 0.5)) < seen);
    }
}
