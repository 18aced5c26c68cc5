//! Functions that scramble an address into random words: all state is in their arguments.

#[inline]
fn multiply_wide(a: u64, b: u64) -> (u64, u64) {
    let wide = u128::from(a) * u128::from(b);
    ((wide >> 64) as u64, wide as u64)
}

/// The Philox 4×64 block function with ten rounds.
///
/// Source: Salmon, Moraes, Dror and Shaw (2011), Parallel random numbers: as easy as 1, 2, 3.
pub fn philox(counter: [u64; 4], key: [u64; 2]) -> [u64; 4] {
    let (mut c, mut k) = (counter, key);
    for _ in 0..10 {
        let (high0, low0) = multiply_wide(0xD2E7_470E_E14C_6C93, c[0]);
        let (high1, low1) = multiply_wide(0xCA5A_8263_9512_1157, c[2]);
        c = [high1 ^ c[1] ^ k[0], low1, high0 ^ c[3] ^ k[1], low0];
        k = [k[0].wrapping_add(0x9E37_79B9_7F4A_7C15), k[1].wrapping_add(0xBB67_AE85_84CA_A73B)];
    }
    c
}

/// Squares: five rounds of the middle-square method with a counter and an odd key, 64 bits.
///
/// Source: Widynski (2020), Squares: a fast counter-based RNG, arXiv:2004.06278.
#[inline(always)]
pub fn squares(counter: u64, key: u64) -> u64 {
    let y = counter.wrapping_mul(key);
    let z = y.wrapping_add(key);
    let round = |x: u64, add: u64| x.wrapping_mul(x).wrapping_add(add);
    let x = round(y, y).rotate_left(32);
    let x = round(x, z).rotate_left(32);
    let x = round(x, y).rotate_left(32);
    let fourth = round(x, z);
    fourth ^ (round(fourth.rotate_left(32), y) >> 32)
}

/// Uniform on [0, 1) from a word, a multiple of 2⁻⁵³.
#[inline(always)]
pub fn unit(word: u64) -> f64 {
    (word >> 11) as f64 * (1.0 / 9_007_199_254_740_992.0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn philox_known_answers() {
        // Known-answer vectors of the Random123 distribution.
        assert_eq!(philox([0; 4], [0; 2]), [0x16554d9eca36314c, 0xdb20fe9d672d0fdc, 0xd7e772cee186176b, 0x7e68b68aec7ba23b]);
        assert_eq!(philox([u64::MAX; 4], [u64::MAX; 2]), [0x87b092c3013fe90b, 0x438c3c67be8d0224, 0x9cc7d7c69cd777b6, 0xa09caebf594f0ba0]);
    }

    #[test]
    fn squares_known_answers() {
        // As other programs compute it with the key of the author's example.
        let answers = [0x36d88366cee633a5, 0x944716e00e60dfaa, 0xc8a8f4e0678654bf];
        assert_eq!([0, 1, 2].map(|counter| squares(counter, 0x548c9decbce65297)), answers);
    }
}
