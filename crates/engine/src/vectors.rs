//! Loops compiled for the vectors of every processor.
//!
//! A program for all x86-64 machines may use vectors of two numbers. A loop that is handed to [`widest`] is compiled for four and eight as
//! well, and runs in the widest that the processor has. Widths differ in how many numbers a vector holds, not in what is computed: the
//! compiler neither fuses a multiplication with an addition nor reorders sums, so all of them give the same bits.

/// Numbers of 64 bits that the widest vectors hold.
pub const WIDEST: usize = 8;

/// Does `work` in the widest vectors of this processor.
///
/// The compiler has to see all of the loop: `work`, and what it calls in the loop, is to be `#[inline(always)]`.
#[inline]
pub fn widest<R>(work: impl FnOnce() -> R) -> R {
    up_to(WIDEST, work)
}

/// Does `work` in the widest vectors of this processor that hold no more than `width` numbers.
#[inline]
#[cfg_attr(not(target_arch = "x86_64"), expect(unused_variables, reason = "elsewhere vectors have one width"))]
pub(crate) fn up_to<R>(width: usize, work: impl FnOnce() -> R) -> R {
    #[cfg(target_arch = "x86_64")]
    {
        #[target_feature(enable = "avx512f,avx512bw,avx512dq,avx512vl")]
        fn eight<R>(work: impl FnOnce() -> R) -> R {
            work()
        }
        #[target_feature(enable = "avx2")]
        fn four<R>(work: impl FnOnce() -> R) -> R {
            work()
        }
        let has_eight = is_x86_feature_detected!("avx512f")
            && is_x86_feature_detected!("avx512bw")
            && is_x86_feature_detected!("avx512dq")
            && is_x86_feature_detected!("avx512vl");
        #[expect(unsafe_code, reason = "instructions that not every processor has are called after a look at the processor")]
        // SAFETY: the processor was asked for all instructions that each of the two is compiled for.
        unsafe {
            if width >= 8 && has_eight {
                return eight(work);
            }
            if width >= 4 && is_x86_feature_detected!("avx2") {
                return four(work);
            }
        }
    }
    work()
}

/// Bytes that memory sends at once.
#[cfg(target_arch = "x86_64")]
const LINE: usize = 64;

/// Asks memory for the line of an address.
#[cfg(target_arch = "x86_64")]
#[inline(always)]
fn ask_for(address: *const i8) {
    use std::arch::x86_64::{_MM_HINT_T0, _mm_prefetch};
    #[expect(unsafe_code, reason = "the instruction is given an address, which it neither reads nor writes for the program")]
    // SAFETY: nothing is read or written at the address, whatever it is, and the instruction is in every x86-64 processor.
    unsafe {
        _mm_prefetch::<_MM_HINT_T0>(address);
    }
}

/// Asks memory for something that will be needed soon, so that it is near when it is: nothing else happens.
#[inline(always)]
#[cfg_attr(not(target_arch = "x86_64"), expect(unused_variables, reason = "elsewhere the processor is left to guess"))]
pub fn fetch<T>(soon: &T) {
    #[cfg(target_arch = "x86_64")]
    for offset in (0..size_of::<T>()).step_by(LINE) {
        ask_for((&raw const *soon).cast::<i8>().wrapping_add(offset));
    }
}

/// Rows of several columns that a loop comes to next, to be asked for one at a time: a loop that works out a batch does not touch memory meanwhile,
/// and the processor foresees no more than it sees being read. All of a batch at once would wait in line as reads do.
#[derive(Debug, Clone, Copy)]
#[cfg_attr(not(target_arch = "x86_64"), allow(dead_code, reason = "elsewhere the processor is left to guess"))]
pub struct Soon<const COLUMNS: usize> {
    /// Where the first row of each column stands, and how far apart rows are.
    columns: [(*const i8, usize); COLUMNS],
    rows: usize,
}

impl<const COLUMNS: usize> Soon<COLUMNS> {
    /// Asks memory for a row of every column, if there is such a row.
    #[inline(always)]
    #[cfg_attr(not(target_arch = "x86_64"), expect(unused_variables, reason = "elsewhere the processor is left to guess"))]
    pub fn ask(&self, row: usize) {
        #[cfg(target_arch = "x86_64")]
        if row < self.rows {
            for (first, apart) in self.columns {
                ask_for(first.wrapping_add(row * apart));
            }
        }
    }
}

/// Columns of which rows can be asked for.
pub trait Ahead<const COLUMNS: usize> {
    /// The rows from one on.
    fn soon(&self, from: usize) -> Soon<COLUMNS>;
}

macro_rules! ahead_for_tuples {
    ($(($count:literal $($name:ident $index:tt),+))+) => {$(
        impl<$($name),+> Ahead<$count> for ($(&[$name],)+) {
            #[inline(always)]
            fn soon(&self, from: usize) -> Soon<$count> {
                let from = from.min(self.0.len());
                Soon { columns: [$((self.$index.as_ptr().wrapping_add(from).cast(), size_of::<$name>())),+], rows: self.0.len() - from }
            }
        }
    )+};
}
ahead_for_tuples! {
    (2 A 0, B 1)
    (3 A 0, B 1, C 2)
    (4 A 0, B 1, C 2, D 3)
    (5 A 0, B 1, C 2, D 3, E 4)
    (6 A 0, B 1, C 2, D 3, E 4, F 5)
    (7 A 0, B 1, C 2, D 3, E 4, F 5, G 6)
    (8 A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7)
    (9 A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8)
}

/// Places among up to 64 that something holds for: whom a loop without branches leaves to be gone through one by one.
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Places(u64);

impl Places {
    /// Those of up to 64 places that are marked with 1 and not with 0.
    #[inline(always)]
    pub fn marked<const PLACES: usize>(marks: &[u64; PLACES]) -> Self {
        const { assert!(PLACES <= 64) };
        let mut places = Self::default();
        for place in 0..PLACES {
            places.0 |= marks[place] << place;
        }
        places
    }

    /// Those of them that are among others too.
    pub fn among(self, others: Self) -> Self {
        Self(self.0 & others.0)
    }

    /// Those of them that are among the first so many.
    pub fn below(self, count: usize) -> Self {
        let first = if count < 64 { (1 << count) - 1 } else { u64::MAX };
        Self(self.0 & first)
    }

    /// How many they are.
    #[allow(clippy::len_without_is_empty, reason = "nobody asks")]
    pub fn len(&self) -> usize {
        self.0.count_ones() as usize
    }

    /// Adds a place below 64 where something holds. A bit a place, so that vectors find many at once.
    #[inline(always)]
    pub fn add_where(&mut self, place: usize, holds: bool) {
        self.0 |= u64::from(holds) << place;
    }
}

/// From the first to the last.
impl Iterator for Places {
    type Item = usize;
    #[inline]
    fn next(&mut self) -> Option<usize> {
        let first = self.0.trailing_zeros();
        // Takes the lowest bit away.
        self.0 &= self.0.wrapping_sub(1);
        (first < u64::BITS).then_some(first as usize)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_come_in_order() {
        let mut places = Places::default();
        (0..64).for_each(|place| places.add_where(place, [0, 7, 8, 63].contains(&place)));
        assert_eq!(places.collect::<Vec<_>>(), [0, 7, 8, 63]);
        assert_eq!(Places::default().next(), None);
        let mut marks = [0; 40];
        [3, 4, 39].iter().for_each(|place| marks[*place] = 1);
        let marked = Places::marked(&marks);
        assert_eq!((marked.len(), marked.collect::<Vec<_>>()), (3, vec![3, 4, 39]));
        assert_eq!(marked.among(places).len(), 0);
        assert_eq!(places.below(8).collect::<Vec<_>>(), [0, 7]);
        assert_eq!(places.below(64), places);
    }
}
