//! The one door for parallel loops and sums.
//!
//! Work is cut into fixed chunks whose size is a constant of the model, never of the thread count;
//! each chunk returns its own partial result, and partial results are folded in chunk order. So every
//! sum is the same bits for one thread, two or eight.

use std::ops::Range;

use rayon::prelude::*;

use crate::counting;

/// Agents in a chunk. A constant of the model: changing it changes the last digits of results.
pub const CHUNK: usize = 2048;

/// Worlds smaller than this are looped over on the calling thread: waking others costs more than the work.
const PARALLEL_FROM: usize = 4 * CHUNK;

/// Items of [`map_items`] that one thread takes at once.
const ITEMS: usize = 128;

/// Rows of a chunk whose exponentials and logarithms a loop asks for at once ([`math::exp_all`](crate::math::exp_all)): few enough that
/// what the loop reads and writes of them stays in the innermost cache until it comes back with the answers.
pub const BATCH: usize = 64;

/// Batches of the rows of a chunk, in their order.
pub fn batches(rows: usize) -> impl Iterator<Item = Range<usize>> {
    (0..rows).step_by(BATCH).map(move |first| first..rows.min(first + BATCH))
}

/// Slices of equal length that can be cut at the same place.
pub trait Columns: Sized + Send {
    /// Rows.
    fn rows(&self) -> usize;
    /// First `at` rows and the rest.
    fn cut(self, at: usize) -> (Self, Self);
    /// Counts the bytes that a loop over so many rows reads and may write.
    fn count(&self, rows: usize);
}

impl<T: Sync> Columns for &[T] {
    fn rows(&self) -> usize {
        self.len()
    }
    fn cut(self, at: usize) -> (Self, Self) {
        self.split_at(at)
    }
    fn count(&self, rows: usize) {
        counting::rows(rows, size_of::<T>(), false);
    }
}

impl<T: Send> Columns for &mut [T] {
    fn rows(&self) -> usize {
        self.len()
    }
    fn cut(self, at: usize) -> (Self, Self) {
        self.split_at_mut(at)
    }
    fn count(&self, rows: usize) {
        counting::rows(rows, size_of::<T>(), true);
    }
}

/// Columns that may not be there. Not the first of a tuple, which tells how many rows there are.
impl<C: Columns> Columns for Option<C> {
    fn rows(&self) -> usize {
        self.as_ref().map_or(0, C::rows)
    }
    fn cut(self, at: usize) -> (Self, Self) {
        self.map(|columns| columns.cut(at)).unzip()
    }
    fn count(&self, rows: usize) {
        if let Some(columns) = self {
            columns.count(rows);
        }
    }
}

macro_rules! columns_for_tuples {
    ($(($($name:ident $index:tt),+))+) => {$(
        impl<$($name: Columns),+> Columns for ($($name,)+) {
            fn rows(&self) -> usize {
                self.0.rows()
            }
            fn cut(self, at: usize) -> (Self, Self) {
                let parts = ($(self.$index.cut(at),)+);
                (($(parts.$index.0,)+), ($(parts.$index.1,)+))
            }
            fn count(&self, rows: usize) {
                $(self.$index.count(rows);)+
            }
        }
    )+};
}
columns_for_tuples! {
    (A 0)
    (A 0, B 1)
    (A 0, B 1, C 2)
    (A 0, B 1, C 2, D 3)
    (A 0, B 1, C 2, D 3, E 4)
    (A 0, B 1, C 2, D 3, E 4, F 5)
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6)
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7)
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8)
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9)
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10)
    (A 0, B 1, C 2, D 3, E 4, F 5, G 6, H 7, I 8, J 9, K 10, L 11)
}

/// Refills a buffer with what chunks found, in the order of their rows.
pub fn gather<T>(into: &mut Vec<T>, parts: impl IntoIterator<Item = Vec<T>>) {
    into.clear();
    into.extend(parts.into_iter().flatten());
}

/// Applies `work` to every chunk and returns the partial results in chunk order.
///
/// `work` gets the row of the chunk's first agent and the chunk's slices.
pub fn map_chunks<C, R>(columns: C, work: impl Fn(usize, C) -> R + Sync + Send) -> Vec<R>
where
    C: Columns,
    R: Send,
{
    columns.count(columns.rows());
    by_chunk(columns, work)
}

fn by_chunk<C, R>(columns: C, work: impl Fn(usize, C) -> R + Sync + Send) -> Vec<R>
where
    C: Columns,
    R: Send,
{
    let rows = columns.rows();
    let mut chunks = Vec::with_capacity(rows.div_ceil(CHUNK));
    let mut rest = columns;
    let mut first = 0;
    while rest.rows() > CHUNK {
        let (head, tail) = rest.cut(CHUNK);
        chunks.push((first, head));
        first += CHUNK;
        rest = tail;
    }
    if rest.rows() > 0 {
        chunks.push((first, rest));
    }
    if rows < PARALLEL_FROM {
        chunks.into_iter().map(|(first, chunk)| work(first, chunk)).collect()
    } else {
        chunks.into_par_iter().map(|(first, chunk)| work(first, chunk)).collect()
    }
}

/// Applies `work` to every chunk with those of `orders` that concern its rows, and returns the partial results in chunk order.
///
/// For loops that touch few rows: `orders` stand in the order of their rows, which `row` tells.
pub fn map_rows<C, T, R>(
    columns: C,
    orders: &[T],
    row: impl Fn(&T) -> usize + Sync + Send,
    work: impl Fn(usize, C, &[T]) -> R + Sync + Send,
) -> Vec<R>
where
    C: Columns,
    T: Sync,
    R: Send,
{
    debug_assert!(orders.is_sorted_by_key(&row));
    columns.count(orders.len());
    by_chunk(columns, |first, chunk| {
        let place = |row_after: usize| orders.partition_point(|order| row(order) < row_after);
        let concerned = &orders[place(first)..place(first + chunk.rows())];
        work(first, chunk, concerned)
    })
}

/// Applies `work` to every item and returns the results in the order of the items: for items that are much work each.
pub fn map_items<T, R>(items: &[T], work: impl Fn(&T) -> R + Sync + Send) -> Vec<R>
where
    T: Sync,
    R: Send,
{
    if items.len() < 2 * ITEMS { items.iter().map(work).collect() } else { items.par_iter().with_min_len(ITEMS).map(work).collect() }
}

/// Items between the one that is worked on and the one whose memory is asked for: what comes from far away is there when its turn comes.
const AHEAD: usize = 8;

/// As [`map_items`] for items whose work looks at rows that stand anywhere: `ahead` asks memory for those of an item
/// ([`fetch`](crate::vectors::fetch)) some items before its turn.
pub fn map_scattered<T, R>(items: &[T], ahead: impl Fn(&T) + Sync + Send, work: impl Fn(&T) -> R + Sync + Send) -> Vec<R>
where
    T: Sync,
    R: Send,
{
    let one = |at: usize| {
        if let Some(soon) = items.get(at + AHEAD) {
            ahead(soon);
        }
        work(&items[at])
    };
    if items.len() < 2 * ITEMS {
        (0..items.len()).map(one).collect()
    } else {
        (0..items.len()).into_par_iter().with_min_len(ITEMS).map(one).collect()
    }
}

/// Applies `work` to every one of a few large items, such as what each bank has before it, and returns the results in their order.
///
/// `agents` is how many agents they concern together: where it is few, no thread is woken.
pub fn map_few<T: Send, R: Send>(items: Vec<T>, agents: usize, work: impl Fn(T) -> R + Sync + Send) -> Vec<R> {
    if agents < PARALLEL_FROM { items.into_iter().map(work).collect() } else { items.into_par_iter().map(work).collect() }
}

/// A partial result that another can be added to.
pub trait Merge {
    /// Adds `other`, which comes later in chunk order.
    fn merge(&mut self, other: Self);
}

impl Merge for f64 {
    fn merge(&mut self, other: Self) {
        *self += other;
    }
}

impl Merge for u64 {
    fn merge(&mut self, other: Self) {
        *self += other;
    }
}

impl<T: Merge, const N: usize> Merge for [T; N] {
    fn merge(&mut self, other: Self) {
        for (mine, theirs) in self.iter_mut().zip(other) {
            mine.merge(theirs);
        }
    }
}

impl<T: Merge> Merge for Vec<T> {
    fn merge(&mut self, other: Self) {
        debug_assert_eq!(self.len(), other.len());
        for (mine, theirs) in self.iter_mut().zip(other) {
            mine.merge(theirs);
        }
    }
}

/// Folds partial results in chunk order; `None` where there are none.
pub fn fold<R: Merge>(parts: Vec<R>) -> Option<R> {
    let mut parts = parts.into_iter();
    let mut total = parts.next()?;
    for part in parts {
        total.merge(part);
    }
    Some(total)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_do_not_depend_on_threads() {
        let values: Vec<f64> = (0..100_000).map(|i| 1.0 / (1.0 + f64::from(i))).collect();
        let sum = || fold(map_chunks(&values[..], |_, chunk| chunk.iter().sum::<f64>())).unwrap();
        let digests: Vec<u64> = [1, 2, 5]
            .iter()
            .map(|threads| {
                let pool = rayon::ThreadPoolBuilder::new().num_threads(*threads).build().unwrap();
                pool.install(sum).to_bits()
            })
            .collect();
        assert!(digests.windows(2).all(|pair| pair[0] == pair[1]));
    }

    #[test]
    fn orders_reach_their_rows_and_no_others() {
        let orders: Vec<(usize, u32)> =
            (0..5 * CHUNK).filter(|row| row % 7 == 3 || row % CHUNK == 0).map(|row| (row, row as u32 + 1)).collect();
        let (mut values, mut others) = (vec![0u32; 5 * CHUNK + 9], vec![0u32; 5 * CHUNK + 9]);
        let columns = (&mut values[..], &mut others[..]);
        map_rows(
            columns,
            &orders,
            |order| order.0,
            |first, (values, others), orders| {
                for (row, value) in orders {
                    values[row - first] += value;
                    others[row - first] += 2 * value;
                }
            },
        );
        let mut expected = vec![0; values.len()];
        orders.iter().for_each(|(row, value)| expected[*row] = *value);
        assert_eq!(values, expected);
        assert!(others.iter().zip(&values).all(|(other, value)| *other == 2 * value));
    }

    #[test]
    fn results_stand_in_the_order_of_their_items() {
        let items: Vec<usize> = (0..3000).collect();
        assert_eq!(map_items(&items, |item| 2 * item), items.iter().map(|item| 2 * item).collect::<Vec<_>>());
        assert_eq!(map_scattered(&items, |_| (), |item| 2 * item), map_items(&items, |item| 2 * item));
        assert_eq!(map_few(items.clone(), usize::MAX, |item| item + 1), items.iter().map(|item| item + 1).collect::<Vec<_>>());
    }

    #[test]
    fn batches_cover_every_row_once() {
        for rows in [0, 1, BATCH - 1, BATCH, BATCH + 1, CHUNK] {
            assert_eq!(batches(rows).flatten().collect::<Vec<_>>(), (0..rows).collect::<Vec<_>>());
            assert!(batches(rows).all(|batch| batch.len() <= BATCH));
        }
    }

    #[test]
    fn chunks_cover_every_row_once() {
        let mut values = vec![0u32; 3 * CHUNK + 17];
        map_chunks(&mut values[..], |first, chunk| {
            for (offset, value) in chunk.iter_mut().enumerate() {
                *value += (first + offset) as u32 + 1;
            }
        });
        assert!(values.iter().enumerate().all(|(row, value)| *value == row as u32 + 1));
    }
}
