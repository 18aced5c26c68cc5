//! Draws of many agents at once, in the processor's vectors: the digits of one [`Draws`] after the other.

use super::block::{squares, unit};
use super::{Draws, STEP, Stream, spares, ziggurat};
use crate::counting;
use crate::vectors::{self, WIDEST};

/// Words that wait for the ziggurat.
const BLOCK: usize = 64;

impl Stream {
    /// The first uniform draw of the agent in each row: [`Draws::uniform`], in the order of the rows.
    pub fn uniforms<T>(&self, rows: &[T], agent: impl Fn(&T) -> u64, uniforms: &mut [f64]) {
        counting::draw_words(rows.len());
        self.uniforms_up_to(WIDEST, rows, agent, uniforms);
    }

    fn uniforms_up_to<T>(&self, width: usize, rows: &[T], agent: impl Fn(&T) -> u64, uniforms: &mut [f64]) {
        vectors::up_to(
            width,
            #[inline(always)]
            || {
                // Equal lengths are known to the compiler here, which then checks no bounds.
                let uniforms = &mut uniforms[..rows.len()];
                for row in 0..rows.len() {
                    uniforms[row] = unit(squares(agent(&rows[row]).wrapping_add(self.offset), self.key));
                }
            },
        );
    }

    /// Places of the agents that a hazard may strike: those for which [`Draws::strikes`] can be true, and [`Draws::strikes_at`], at a hazard no
    /// greater than `most` of the place; what that calls is to be `#[inline(always)]`. All others, which their first draw spares for certain, are done with.
    ///
    /// `places` is to be as long as there are agents; the first of it are filled, in order, and returned.
    pub fn exposed<'a>(&self, agents: &[u64], most: impl Fn(usize) -> f64, places: &'a mut [u16]) -> &'a [u16] {
        counting::draw_words(agents.len());
        self.exposed_up_to(WIDEST, agents, most, places)
    }

    fn exposed_up_to<'a>(&self, width: usize, agents: &[u64], most: impl Fn(usize) -> f64, places: &'a mut [u16]) -> &'a [u16] {
        let mut spared = [0; BLOCK];
        let mut found = 0;
        for begin in (0..agents.len()).step_by(BLOCK) {
            let agents = &agents[begin..agents.len().min(begin + BLOCK)];
            let spared = &mut spared[..agents.len()];
            vectors::up_to(
                width,
                #[inline(always)]
                || {
                    let spared = &mut spared[..agents.len()];
                    for place in 0..agents.len() {
                        let draw = unit(squares(agents[place].wrapping_add(self.offset), self.key));
                        spared[place] = u64::from(spares(draw, most(begin + place)));
                    }
                },
            );
            // Without a branch, which nobody could foretell: a place that is spared is written over by the next.
            for (place, spared) in spared.iter().enumerate() {
                places[found] = (begin + place) as u16;
                found += 1 - *spared as usize;
            }
        }
        &places[..found]
    }

    /// A normal draw of each agent, after its first `words` words: [`Draws::normal`].
    pub fn normals(&self, words: u64, agents: &[u64], normals: &mut [f64]) {
        counting::draw_words(agents.len());
        self.normals_up_to(WIDEST, words, agents, normals);
    }

    fn normals_up_to(&self, width: usize, words: u64, agents: &[u64], normals: &mut [f64]) {
        let key = self.key.wrapping_add(words.wrapping_mul(STEP));
        let mut first = [0; BLOCK];
        for begin in (0..agents.len()).step_by(BLOCK) {
            let agents = &agents[begin..agents.len().min(begin + BLOCK)];
            let (first, normals) = (&mut first[..agents.len()], &mut normals[begin..begin + agents.len()]);
            vectors::up_to(
                width,
                #[inline(always)]
                || {
                    let first = &mut first[..agents.len()];
                    for place in 0..agents.len() {
                        first[place] = squares(agents[place].wrapping_add(self.offset), key);
                    }
                },
            );
            for place in 0..agents.len() {
                // One of a hundred wants more words than the first.
                let mut rest = Draws { counter: agents[place].wrapping_add(self.offset), key: key.wrapping_add(STEP) };
                normals[place] = ziggurat::normal_from(first[place], || rest.word());
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Mechanism, Seed};

    #[test]
    fn draws_of_many_are_those_of_one_after_the_other() {
        let stream = Seed(6).stream(Mechanism::Search, 4);
        // Lengths that do not fill a vector, and enough agents for the tails of the ziggurat.
        for length in [0, 1, 7, 8, 13, 64, 65, 300_003] {
            let agents: Vec<u64> = (0..length).map(|agent| agent << 20 | agent).collect();
            let (mut uniforms, mut normals) = (vec![0.0; agents.len()], vec![0.0; agents.len()]);
            for width in [2, 4, WIDEST] {
                stream.uniforms_up_to(width, &agents, |agent| *agent, &mut uniforms);
                stream.normals_up_to(width, 1, &agents, &mut normals);
                for ((agent, uniform), normal) in agents.iter().zip(&uniforms).zip(&normals) {
                    let mut draws = stream.draws(*agent);
                    assert_eq!((*uniform, *normal), (draws.uniform(), draws.normal()), "agent {agent} in vectors of {width}");
                }
            }
        }
    }

    #[test]
    fn whom_nothing_strikes_is_left_out() {
        let stream = Seed(6).stream(Mechanism::Search, 5);
        for length in [0, 1, 7, 64, 65, 5_003] {
            let agents: Vec<u64> = (0..length).map(|agent| agent << 24 | agent).collect();
            let most: Vec<f64> = (0..length).map(|agent| [0.0, 0.01, 0.2, 1.5, f64::NAN, f64::INFINITY][agent as usize % 6]).collect();
            let mut places = vec![0; agents.len()];
            for width in [2, 4, WIDEST] {
                let exposed = stream.exposed_up_to(width, &agents, |agent| most[agent], &mut places);
                assert!(exposed.is_sorted());
                assert!(length < 64 || exposed.len() < agents.len() * 7 / 10, "{} of {length}", exposed.len());
                for (place, agent) in agents.iter().enumerate() {
                    assert!(exposed.binary_search(&(place as u16)).is_ok() || !stream.draws(*agent).strikes(most[place]));
                }
            }
        }
    }
}
