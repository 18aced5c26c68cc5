//! Standard normal draws by the ziggurat: the density is covered by 256 layers of equal area, and nearly every point of a layer is under it.
//!
//! Source: Marsaglia and Tang (2000), The ziggurat method for generating random variables. Layer, sign and place are other bits of one word
//! (Doornik 2005).

use std::sync::LazyLock;

use super::block::unit;
use crate::math;

/// Layers.
const LAYERS: usize = 256;
/// Where the tail begins.
const TAIL: f64 = 3.654_152_885_361_009;
/// Area of a layer under `exp(−x²/2)`.
const AREA: f64 = 0.004_928_673_233_974_65;

/// Right edge and height of each layer; layer 0 is the strip along the axis with the tail.
pub struct Layers {
    edge: [f64; LAYERS + 1],
    height: [f64; LAYERS + 1],
}

static ZIGGURAT: LazyLock<Layers> = LazyLock::new(|| {
    let mut layers = Layers { edge: [0.0; LAYERS + 1], height: [1.0; LAYERS + 1] };
    layers.edge[0] = AREA / density(TAIL);
    layers.edge[1] = TAIL;
    layers.height[0] = 0.0;
    layers.height[1] = density(TAIL);
    for layer in 2..LAYERS {
        layers.height[layer] = layers.height[layer - 1] + AREA / layers.edge[layer - 1];
        layers.edge[layer] = math::sqrt(-2.0 * math::ln(layers.height[layer]));
    }
    layers
});

/// The layers, for many draws.
pub fn layers() -> &'static Layers {
    &ZIGGURAT
}

fn density(x: f64) -> f64 {
    math::exp(-0.5 * x * x)
}

/// A layer and a point between its edges, from one word.
#[inline(always)]
fn point(layers: &Layers, word: u64) -> (usize, f64) {
    let layer = (word & 255) as usize;
    // 53 bits that the layer does not use, as a number in [−1, 1).
    let place = (word >> 11) as f64 * (1.0 / 4_503_599_627_370_496.0) - 1.0;
    (layer, place * layers.edge[layer])
}

/// What one word makes of a normal draw, and whether that is all: 99 of 100 draws are clearly under the density and want no second word.
#[inline(always)]
pub fn first_point(layers: &Layers, word: u64) -> (f64, bool) {
    let (layer, x) = point(layers, word);
    (x, x.abs() < layers.edge[layer + 1])
}

/// Standard normal from a source of words.
#[inline]
pub fn normal(mut word: impl FnMut() -> u64) -> f64 {
    let (layers, first) = (&*ZIGGURAT, word());
    let (x, done) = first_point(layers, first);
    if done { x } else { edge_of_layer(layers, point(layers, first), &mut word) }
}

/// What is not clearly under the density: the tail, and the wedges at the layers' ends.
#[cold]
fn edge_of_layer(layers: &Layers, (mut layer, mut x): (usize, f64), word: &mut dyn FnMut() -> u64) -> f64 {
    loop {
        if layer == 0 {
            return tail(x, || unit(word()));
        }
        let height = layers.height[layer] + (layers.height[layer + 1] - layers.height[layer]) * unit(word());
        if height < density(x) {
            return x;
        }
        (layer, x) = point(layers, word());
        if x.abs() < layers.edge[layer + 1] {
            return x;
        }
    }
}

/// A draw beyond the last layer, by the exponential above it (Marsaglia 1964); `side` gives its sign.
fn tail(side: f64, mut uniform: impl FnMut() -> f64) -> f64 {
    loop {
        let beyond = -math::ln(1.0 - uniform()) / TAIL;
        let height = -math::ln(1.0 - uniform());
        if 2.0 * height > beyond * beyond {
            return if side < 0.0 { -(TAIL + beyond) } else { TAIL + beyond };
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::random::{Purpose, Seed};

    #[test]
    fn layers_have_equal_area_and_close_at_the_top() {
        let layers = &*ZIGGURAT;
        for layer in 1..LAYERS {
            let area = layers.edge[layer] * (layers.height[layer + 1] - layers.height[layer]);
            assert!((area - AREA).abs() < 1e-9, "layer {layer}: {area}");
        }
    }

    #[test]
    fn shares_of_a_normal_by_the_book() {
        // P(|x| < k): 0.6827, 0.9545, 0.9973, 0.99994, and P(|x| < tail of the ziggurat).
        let mut draws = Seed(11).draws(Purpose(10), 4, 2);
        let n = 1_000_000;
        let sample: Vec<f64> = (0..n).map(|_| draws.normal()).collect();
        for (limit, share) in
            [(0.5, 0.382_924_9), (1.0, 0.682_689_5), (2.0, 0.954_499_7), (3.0, 0.997_300_2), (TAIL, 0.999_742_0), (4.0, 0.999_936_7)]
        {
            let within = sample.iter().filter(|x| x.abs() < limit).count() as f64 / f64::from(n);
            let deviation = math::sqrt(share * (1.0 - share) / f64::from(n));
            assert!((within - share).abs() < 4.5 * deviation, "{within} within {limit}, {share} by the book");
        }
        let positive = sample.iter().filter(|x| **x > 0.0).count() as f64 / f64::from(n);
        assert!((positive - 0.5).abs() < 0.0023);
        let fourth = sample.iter().map(|x| x * x * x * x).sum::<f64>() / f64::from(n);
        assert!((fourth - 3.0).abs() < 0.045, "kurtosis {fourth}");
    }
}
