//! Draws of many agents at once, in the processor's vectors: the digits of one [`Draws`] after the other.

use super::block::{squares, unit};
use super::{Draws, STEP, Stream, spares, ziggurat};
use crate::counting;
use crate::vectors::{self, Places, WIDEST};

/// Agents whose words are looked at together.
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
        let (mut most_of, mut exposed) = ([0.0; BLOCK], [0; BLOCK]);
        let mut found = 0;
        for begin in (0..agents.len()).step_by(BLOCK) {
            let agents = &agents[begin..agents.len().min(begin + BLOCK)];
            let (most_of, exposed) = (&mut most_of[..agents.len()], &mut exposed[..agents.len()]);
            vectors::up_to(
                width,
                #[inline(always)]
                || {
                    let (most_of, exposed) = (&mut most_of[..agents.len()], &mut exposed[..agents.len()]);
                    // First, and not in the next loop: what is asked may check bounds, and no vectors are made of a loop that does.
                    for place in 0..agents.len() {
                        most_of[place] = most(begin + place);
                    }
                    for place in 0..agents.len() {
                        let draw = unit(squares(agents[place].wrapping_add(self.offset), self.key));
                        exposed[place] = u64::from(!spares(draw, most_of[place]));
                    }
                },
            );
            // Without a branch, which nobody could foretell: a place that is spared is written over by the next.
            for (place, exposed) in exposed.iter().enumerate() {
                places[found] = (begin + place) as u16;
                found += *exposed as usize;
            }
        }
        &places[..found]
    }

    /// A normal draw of each agent, after its first `words` words: [`Draws::normal`].
    pub fn normals(&self, words: u64, agents: &[u64], normals: &mut [f64]) {
        counting::draw_words(agents.len());
        self.normals_up_to::<false>(WIDEST, words, agents, normals, &mut []);
    }

    /// The same, and the uniform draw that follows it: [`Draws::uniform`].
    pub fn normals_and_uniforms(&self, words: u64, agents: &[u64], normals: &mut [f64], uniforms: &mut [f64]) {
        counting::draw_words(2 * agents.len());
        self.normals_up_to::<true>(WIDEST, words, agents, normals, uniforms);
    }

    /// `FOLLOWED` by uniform draws or not.
    fn normals_up_to<const FOLLOWED: bool>(&self, width: usize, words: u64, agents: &[u64], normals: &mut [f64], uniforms: &mut [f64]) {
        let (layers, key) = (ziggurat::layers(), self.key.wrapping_add(words.wrapping_mul(STEP)));
        for begin in (0..agents.len()).step_by(BLOCK) {
            let end = agents.len().min(begin + BLOCK);
            let (agents, normals) = (&agents[begin..end], &mut normals[begin..end]);
            let uniforms = if FOLLOWED { &mut uniforms[begin..end] } else { &mut [] };
            // One of a hundred wants more words.
            let others = vectors::up_to(
                width,
                #[inline(always)]
                || {
                    let mut others = Places::default();
                    let (offset, following) = (self.offset, key.wrapping_add(STEP));
                    let mut words = [0; BLOCK];
                    let words = &mut words[..agents.len()];
                    for place in 0..agents.len() {
                        words[place] = squares(agents[place].wrapping_add(offset), key);
                    }
                    if FOLLOWED {
                        let uniforms = &mut uniforms[..agents.len()];
                        for place in 0..agents.len() {
                            uniforms[place] = unit(squares(agents[place].wrapping_add(offset), following));
                        }
                    }
                    // Layers stand in a table, where words lead anywhere: a loop of its own, which keeps the others in vectors.
                    let normals = &mut normals[..agents.len()];
                    for place in 0..agents.len() {
                        let (normal, done) = ziggurat::first_point(layers, words[place]);
                        normals[place] = normal;
                        others.add_where(place, !done);
                    }
                    others
                },
            );
            for place in others {
                let mut draws = Draws { counter: agents[place].wrapping_add(self.offset), key };
                normals[place] = draws.normal();
                if FOLLOWED {
                    uniforms[place] = draws.uniform();
                }
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Purpose, Seed};

    #[test]
    fn draws_of_many_are_those_of_one_after_the_other() {
        let stream = Seed(6).stream(Purpose(4), 4);
        // Lengths that do not fill a vector, and enough agents for the tails of the ziggurat.
        for length in [0, 1, 7, 8, 13, 64, 65, 300_003] {
            let agents: Vec<u64> = (0..length).map(|agent| agent << 20 | agent).collect();
            let [mut uniforms, mut normals, mut others, mut following] = [(); 4].map(|()| vec![0.0; agents.len()]);
            for width in [2, 4, WIDEST] {
                stream.uniforms_up_to(width, &agents, |agent| *agent, &mut uniforms);
                stream.normals_up_to::<false>(width, 1, &agents, &mut normals, &mut []);
                stream.normals_up_to::<true>(width, 0, &agents, &mut others, &mut following);
                for (place, agent) in agents.iter().enumerate() {
                    let mut draws = stream.draws(*agent);
                    let mut again = draws.clone();
                    let drawn = (draws.uniform(), draws.normal());
                    assert_eq!((uniforms[place], normals[place]), drawn, "agent {agent} in vectors of {width}");
                    let drawn = (again.normal(), again.uniform());
                    assert_eq!((others[place], following[place]), drawn, "agent {agent} in vectors of {width}");
                }
            }
        }
    }

    #[test]
    fn whom_nothing_strikes_is_left_out() {
        let stream = Seed(6).stream(Purpose(4), 5);
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
