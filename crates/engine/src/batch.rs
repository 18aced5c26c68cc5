//! Batches: fields of some rows side by side, each declared once.
//!
//! A loop that works out many rows in the processor's vectors needs a structure of arrays: every field of the rows is an array with a lane a row.
//! [`batch!`](crate::batch!) makes one from a list in which a field stands once, with its type, where it is gathered from and where it is written.

/// What a field of a batch is in one row: a number, some numbers, or something else that is read and written as a [whole](Whole).
///
/// Its lanes are arrays of numbers side by side: `f64` stands in `[f64; N]`, and `[f64; 3]` in three of these.
pub trait Field {
    /// The field of one row.
    type Value: Copy;
    /// The field of `N` rows.
    type Lanes<const N: usize>;
    /// Zeros.
    fn blank<const N: usize>() -> Self::Lanes<N>;
    /// Puts the field of a row into its lane.
    fn put<const N: usize>(lanes: &mut Self::Lanes<N>, at: usize, value: Self::Value);
    /// The field of a row, from its lane.
    fn get<const N: usize>(lanes: &Self::Lanes<N>, at: usize) -> Self::Value;
}

macro_rules! field_of_numbers {
    ($($number:ty),+) => {$(
        impl Field for $number {
            type Value = Self;
            type Lanes<const N: usize> = [Self; N];
            #[inline(always)]
            fn blank<const N: usize>() -> [Self; N] {
                [Self::default(); N]
            }
            #[inline(always)]
            fn put<const N: usize>(lanes: &mut [Self; N], at: usize, value: Self) {
                lanes[at] = value;
            }
            #[inline(always)]
            fn get<const N: usize>(lanes: &[Self; N], at: usize) -> Self {
                lanes[at]
            }
        }
    )+};
}
field_of_numbers!(f64, u64, i32, u32, u16);

impl<T: Field, const COUNT: usize> Field for [T; COUNT] {
    type Value = [T::Value; COUNT];
    type Lanes<const N: usize> = [T::Lanes<N>; COUNT];
    #[inline(always)]
    fn blank<const N: usize>() -> Self::Lanes<N> {
        std::array::from_fn(|_| T::blank())
    }
    #[inline(always)]
    fn put<const N: usize>(lanes: &mut Self::Lanes<N>, at: usize, value: Self::Value) {
        for part in 0..COUNT {
            T::put(&mut lanes[part], at, value[part]);
        }
    }
    #[inline(always)]
    fn get<const N: usize>(lanes: &Self::Lanes<N>, at: usize) -> Self::Value {
        std::array::from_fn(|part| T::get(&lanes[part], at))
    }
}

/// A field whose value stays together: its lanes are `[T; N]` whatever it is, for loops that read all of it row by row.
#[derive(Debug)]
pub struct Whole<T>(std::marker::PhantomData<T>);

impl<T: Copy + Default> Field for Whole<T> {
    type Value = T;
    type Lanes<const N: usize> = [T; N];
    #[inline(always)]
    fn blank<const N: usize>() -> [T; N] {
        [T::default(); N]
    }
    #[inline(always)]
    fn put<const N: usize>(lanes: &mut [T; N], at: usize, value: T) {
        lanes[at] = value;
    }
    #[inline(always)]
    fn get<const N: usize>(lanes: &[T; N], at: usize) -> T {
        lanes[at]
    }
}

/// Declares a batch: a structure of arrays, what is gathered into it row by row, and what of it is written back.
///
/// A field is `name: type`, with `= expression` where it is gathered and `=> place` where it is written back. Both are about one row and see it by
/// the names that `gather` and `write` give to the columns; behind the semicolon stands what all rows have in common, and in the braces what several
/// fields need of a row.
///
/// ```
/// struct Goods {
///     price: f64,
///     units: f64,
/// }
/// struct Books {
///     sales: f64,
/// }
/// tripath_engine::batch! {
///     /// Sales of up to eight sellers.
///     struct Sellers[8] {
///         /// Price after tax.
///         price: f64 = goods.price * kept,
///         units: f64 = goods.units,
///         sales: f64 => books.sales,
///     }
///     gather(goods: Goods; tax: f64) {
///         let kept = 1.0 - tax;
///     }
///     write(books: Books)
/// }
///
/// let goods = [Goods { price: 10.0, units: 3.0 }, Goods { price: 20.0, units: 1.0 }];
/// let mut books = [Books { sales: 0.0 }, Books { sales: 0.0 }];
/// let mut sellers = Sellers::new();
/// assert_eq!(sellers.gather((&goods,), 0.25, |_| ()), 2);
/// for at in 0..8 {
///     sellers.sales[at] = sellers.price[at] * sellers.units[at];
/// }
/// // Only the second is at work.
/// sellers.write((&mut books,), |at| at == 1);
/// assert_eq!([books[0].sales, books[1].sales], [0.0, 15.0]);
/// ```
///
/// It makes `new` (all zeros), `gather` for columns of equal length, of which it takes as many rows as there are lanes and returns how many these
/// are, `gather_row` for one lane, `write` for the rows that are live, and `write_row` for one lane. `gather` calls its last argument before each row,
/// to ask memory for what comes next. Lanes behind the last row keep what was there before: a loop over all lanes works it out, too, and nothing
/// of it is written back.
#[macro_export]
macro_rules! batch {
    ($(#[$meaning:meta])* $vis:vis struct $name:ident[$lanes:expr] { $($fields:tt)* } $($ways:tt)*) => {
        $crate::batch! { @fields [$(#[$meaning])* $vis struct $name[$lanes]] $($fields)* }
        $crate::batch! { @ways $vis $name [$lanes] { $($fields)* } $($ways)* }
    };
    (@fields [$(#[$meaning:meta])* $vis:vis struct $name:ident[$lanes:expr]]
        $($(#[$of_field:meta])* $seen:vis $field:ident: $type:ty $(= $from:expr)? $(=> $to:expr)?,)+) => {
        $(#[$meaning])*
        $vis struct $name {
            $($(#[$of_field])* $seen $field: <$type as $crate::batch::Field>::Lanes<{ $lanes }>,)+
        }

        impl $name {
            /// All fields of all lanes are zero.
            #[allow(dead_code, reason = "a batch uses what it needs")]
            $vis fn new() -> Self {
                Self { $($field: <$type as $crate::batch::Field>::blank(),)+ }
            }
        }
    };
    (@ways $vis:vis $name:ident [$lanes:expr] $fields:tt) => {};
    (@ways $vis:vis $name:ident [$lanes:expr] $fields:tt
        gather($($columns:tt)*) { $($let:tt)* } $($ways:tt)*) => {
        $crate::batch! { @gather $vis $name [$lanes] $fields ($($columns)*) { $($let)* } }
        $crate::batch! { @ways $vis $name [$lanes] $fields $($ways)* }
    };
    (@ways $vis:vis $name:ident [$lanes:expr] $fields:tt write($($columns:tt)*)) => {
        $crate::batch! { @write $vis $name [$lanes] $fields ($($columns)*) }
    };
    (@gather $vis:vis $name:ident [$lanes:expr]
        { $($(#[$of_field:meta])* $seen:vis $field:ident: $type:ty $(= $from:expr)? $(=> $to:expr)?,)+ }
        ($first:ident: $of_first:ty $(, $column:ident: $of_column:ty)* $(; $($common:ident: $of_common:ty),+)?)
        { $(let $needed:pat = $what:expr;)* }) => {
        impl $name {
            /// Brings a row into its lane.
            #[inline(always)]
            #[allow(dead_code, clippy::too_many_arguments, reason = "a batch uses what it needs, and names all of it")]
            $vis fn gather_row(&mut self, at: usize, ($first, $($column,)*): (&$of_first, $(&$of_column,)*) $($(, $common: $of_common)+)?) {
                $(let $needed = $what;)*
                $($(<$type as $crate::batch::Field>::put(&mut self.$field, at, $from);)?)+
            }

            /// Brings the first rows of some columns into the lanes, as many as there are lanes; returns how many.
            #[inline(always)]
            #[allow(dead_code, clippy::too_many_arguments, reason = "a batch uses what it needs, and names all of it")]
            $vis fn gather(
                &mut self,
                ($first, $($column,)*): (&[$of_first], $(&[$of_column],)*),
                $($($common: $of_common,)+)?
                ahead: impl Fn(usize),
            ) -> usize {
                let rows = $first.len().min($lanes);
                let ($first, $($column,)*) = (&$first[..rows], $(&$column[..rows],)*);
                for at in 0..rows {
                    ahead(at);
                    self.gather_row(at, (&$first[at], $(&$column[at],)*) $($(, $common)+)?);
                }
                rows
            }
        }
    };
    (@write $vis:vis $name:ident [$lanes:expr]
        { $($(#[$of_field:meta])* $seen:vis $field:ident: $type:ty $(= $from:expr)? $(=> $to:expr)?,)+ }
        ($first:ident: $of_first:ty $(, $column:ident: $of_column:ty)*)) => {
        impl $name {
            /// Writes a lane back to its row.
            #[inline(always)]
            #[allow(dead_code, reason = "a batch uses what it needs")]
            $vis fn write_row(&self, at: usize, ($first, $($column,)*): (&mut $of_first, $(&mut $of_column,)*)) {
                $($($to = <$type as $crate::batch::Field>::get(&self.$field, at);)?)+
            }

            /// Writes lanes back to the first rows of some columns, where `live` holds; it is asked row by row.
            #[inline(always)]
            #[allow(dead_code, reason = "a batch uses what it needs")]
            $vis fn write(&self, ($first, $($column,)*): (&mut [$of_first], $(&mut [$of_column],)*), mut live: impl FnMut(usize) -> bool) {
                let rows = $first.len().min($lanes);
                let ($first, $($column,)*) = (&mut $first[..rows], $(&mut $column[..rows],)*);
                for at in 0..rows {
                    if live(at) {
                        self.write_row(at, (&mut $first[at], $(&mut $column[at],)*));
                    }
                }
            }
        }
    };
}

/// Declares what is added up over the rows of a batch, each sum once: what a row adds, which `add` is told of, and that sums of chunks are
/// [merged](crate::parallel::Merge).
///
/// ```
/// use tripath_engine::parallel::Merge;
///
/// tripath_engine::sums! {
///     /// Of a sector.
///     #[derive(Default)]
///     struct Sums {
///         sales: f64 = price[at] * units[at],
///         count: f64 = 1.0,
///     }
///     add(price: &[f64], units: &[f64], at: usize)
/// }
/// let (mut sums, mut others) = (Sums::default(), Sums::default());
/// sums.add(&[2.0, 3.0], &[10.0, 1.0], 0);
/// others.add(&[2.0, 3.0], &[10.0, 1.0], 1);
/// sums.merge(others);
/// assert_eq!((sums.sales, sums.count), (23.0, 2.0));
/// ```
#[macro_export]
macro_rules! sums {
    ($(#[$meaning:meta])* $vis:vis struct $name:ident { $($(#[$of_sum:meta])* $sum:ident: $type:ty = $part:expr,)+ }
        add($($seen:ident: $of_seen:ty),+)) => {
        $(#[$meaning])*
        $vis struct $name {
            $($(#[$of_sum])* $sum: $type,)+
        }

        impl $name {
            /// Adds what a row brings.
            #[inline(always)]
            $vis fn add(&mut self, $($seen: $of_seen),+) {
                $($crate::parallel::Merge::merge(&mut self.$sum, $part);)+
            }
        }

        impl $crate::parallel::Merge for $name {
            fn merge(&mut self, other: Self) {
                $($crate::parallel::Merge::merge(&mut self.$sum, other.$sum);)+
            }
        }
    };
}

#[cfg(test)]
mod tests {
    use super::*;

    #[derive(Clone, Copy, Default)]
    struct Goods {
        sector: u16,
        price: f64,
        units: [f64; 2],
    }

    #[derive(Debug, Clone, Copy, Default, PartialEq)]
    struct Books {
        sales: f64,
        /// By place: where units went.
        by_place: [f64; 2],
    }

    crate::batch! {
        struct Sellers[4] {
            price: f64 = goods.price * rate,
            units: [f64; 2] = goods.units,
            sector: u16 = goods.sector,
            parts: Whole<[f64; 3]>,
            sales: f64 = books.sales => books.sales,
            by_place: [f64; 2] => books.by_place,
        }
        gather(goods: Goods, books: Books; rates: &[f64]) {
            let rate = rates[usize::from(goods.sector)];
        }
        write(books: Books)
    }

    fn goods(count: usize) -> Vec<Goods> {
        let of = |row: usize| Goods { sector: (row % 2) as u16, price: row as f64, units: [1.0, row as f64] };
        (0..count).map(of).collect()
    }

    #[test]
    fn rows_stand_side_by_side() {
        let mut sellers = Sellers::new();
        assert_eq!((sellers.price, sellers.units, sellers.parts), ([0.0; 4], [[0.0; 4]; 2], [[0.0; 3]; 4]));
        let asked = std::cell::RefCell::new(Vec::new());
        // As many as there are lanes, of more rows.
        let rows = sellers.gather((&goods(6), &[Books::default(); 6]), &[1.0, 10.0], |at| asked.borrow_mut().push(at));
        assert_eq!((rows, asked.into_inner()), (4, vec![0, 1, 2, 3]));
        assert_eq!((sellers.price, sellers.sector), ([0.0, 10.0, 2.0, 30.0], [0, 1, 0, 1]));
        assert_eq!(sellers.units, [[1.0; 4], [0.0, 1.0, 2.0, 3.0]]);
    }

    #[test]
    fn a_last_batch_leaves_the_other_lanes_as_they_were() {
        let mut sellers = Sellers::new();
        sellers.gather((&goods(4), &[Books::default(); 4]), &[1.0, 1.0], |_| ());
        let rows = sellers.gather((&goods(1), &[Books { sales: 7.0, ..Books::default() }]), &[1.0, 1.0], |_| ());
        assert_eq!((rows, sellers.price, sellers.sales), (1, [0.0, 1.0, 2.0, 3.0], [7.0, 0.0, 0.0, 0.0]));
        assert_eq!(sellers.gather((&[], &[]), &[], |_| ()), 0);
        // One lane alone.
        sellers.gather_row(2, (&Goods { price: 5.0, ..Goods::default() }, &Books::default()), &[2.0]);
        assert_eq!((sellers.price, sellers.units[0]), ([0.0, 1.0, 10.0, 3.0], [1.0, 1.0, 0.0, 1.0]));
    }

    #[test]
    fn only_live_lanes_are_written_back() {
        let mut sellers = Sellers::new();
        sellers.sales = [1.0, 2.0, 3.0, 4.0];
        sellers.by_place = [[0.5; 4], [1.0, 2.0, 3.0, 4.0]];
        let before = Books { sales: -1.0, by_place: [-1.0; 2] };
        let (mut books, mut asked) = ([before; 3], Vec::new());
        sellers.write((&mut books,), |at| {
            asked.push(at);
            at != 1
        });
        assert_eq!(asked, [0, 1, 2]);
        assert_eq!(books, [Books { sales: 1.0, by_place: [0.5, 1.0] }, before, Books { sales: 3.0, by_place: [0.5, 3.0] }]);
        // Rows beyond the lanes are left alone.
        let mut books = [before; 5];
        sellers.write((&mut books,), |_| true);
        assert_eq!((books[3].sales, books[4]), (4.0, before));
        sellers.write_row(3, (&mut books[4],));
        assert_eq!(books[4], Books { sales: 4.0, by_place: [0.5, 4.0] });
    }
}
