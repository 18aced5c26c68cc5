//! The register of owners: who holds an enterprise beside its founders. Few enterprises have such owners, so that the register has
//! entries for those alone.

use bevy_ecs::prelude::Resource;
use serde::{Deserialize, Serialize};

use tripath_engine::parallel::{CHUNK, Columns};
use tripath_engine::vectors::fetch;

use super::belief::Belief;
use super::owners::Owners;

/// Entries of a chunk of rows, in their order.
#[derive(Debug, Clone, PartialEq, Default, Serialize, Deserialize)]
struct Page {
    /// Rows in the chunk, ascending.
    rows: Vec<u16>,
    owners: Vec<Owners>,
    /// Place of each row's entry plus one, 0 where there is none: funds look their holdings up all the time. Follows from the rows.
    #[serde(skip)]
    places: Vec<u16>,
}

impl Page {
    /// Place of the entry of a row in the chunk.
    #[inline]
    fn place(&self, row: usize) -> Option<usize> {
        (*self.places.get(row)? as usize).checked_sub(1)
    }

    /// Notes where entries stand, from one on.
    fn note(&mut self, from: usize) {
        self.places.resize(CHUNK, 0);
        for (place, row) in self.rows.iter().enumerate().skip(from) {
            self.places[*row as usize] = place as u16 + 1;
        }
    }
}

/// Owners of all enterprises that have, or had, others than their founders; a page for each chunk of the table.
#[derive(Debug, Clone, PartialEq, Default, Resource, Serialize, Deserialize)]
pub struct Register(Vec<Page>);

impl Register {
    /// Owners of the enterprise in a row; `None` where there are only founders.
    #[inline]
    pub fn of(&self, row: usize) -> Option<&Owners> {
        let page = self.0.get(row / CHUNK)?;
        Some(&page.owners[page.place(row % CHUNK)?])
    }

    /// Asks memory for where the entry of a row stands.
    #[inline]
    pub fn fetch(&self, row: usize) {
        if let Some(place) = self.0.get(row / CHUNK).and_then(|page| page.places.get(row % CHUNK)) {
            fetch(place);
        }
    }

    /// The same, to write.
    pub fn of_mut(&mut self, row: usize) -> Option<&mut Owners> {
        let page = self.0.get_mut(row / CHUNK)?;
        let place = page.place(row % CHUNK)?;
        Some(&mut page.owners[place])
    }

    /// Part that funds hold.
    pub fn fund_share(&self, row: usize) -> f64 {
        self.of(row).map_or(0.0, |owners| owners.fund_share)
    }

    /// What financiers believe of the promise of the enterprise in a row.
    pub fn believed(&self, row: usize) -> Belief {
        self.of(row).map_or_else(Belief::default, Owners::believed)
    }

    /// Enters an enterprise that is not there yet, with its founders.
    pub fn enter(&mut self, row: usize, founders: impl FnOnce() -> Owners) -> &mut Owners {
        if self.0.len() <= row / CHUNK {
            self.0.resize_with(row / CHUNK + 1, Page::default);
        }
        let page = &mut self.0[row / CHUNK];
        let place = page.place(row % CHUNK).unwrap_or_else(|| {
            let row = (row % CHUNK) as u16;
            let place = page.rows.partition_point(|other| *other < row);
            page.rows.insert(place, row);
            page.owners.insert(place, founders());
            page.note(place);
            place
        });
        &mut page.owners[place]
    }

    /// Strikes an enterprise out; returns its owners, if it was there.
    pub fn strike(&mut self, row: usize) -> Option<Owners> {
        let page = self.0.get_mut(row / CHUNK)?;
        let place = page.place(row % CHUNK)?;
        page.rows.remove(place);
        page.places[row % CHUNK] = 0;
        page.note(place);
        Some(page.owners.remove(place))
    }

    /// Follows the table of enterprises: the one in `row` leaves it, and the one in the `last` row takes its place.
    pub(crate) fn swap_remove(&mut self, row: usize, last: usize) {
        self.strike(row);
        if let Some(owners) = self.strike(last) {
            self.enter(row, || owners);
        }
    }

    /// Entries of the chunk that begins with a row, for a loop over its rows.
    pub(crate) fn page(&self, first: usize) -> (Entries<'_>, &[Owners]) {
        self.0.get(first / CHUNK).map_or((Entries::default(), &[]), |page| (Entries(&page.places), &page.owners))
    }

    /// Entries of the chunk that begins with a row, in the order of their rows in it.
    pub(crate) fn entries(&self, first: usize) -> impl Iterator<Item = (usize, &Owners)> {
        let (rows, owners) = self.0.get(first / CHUNK).map_or((&[][..], &[][..]), |page| (&page.rows, &page.owners));
        rows.iter().map(|row| usize::from(*row)).zip(owners)
    }

    /// All pages, to be cut as the columns of so many rows are.
    pub(crate) fn pages(&mut self, rows: usize) -> Pages<'_> {
        self.0.resize_with(rows.div_ceil(CHUNK), Page::default);
        Pages(&mut self.0)
    }

    /// Whether every entry stands on a page for so many rows, once and in its order: what a checkpoint brings is looked at.
    pub(crate) fn fits(&self, rows: usize) -> bool {
        self.0.iter().enumerate().all(|(number, page)| {
            let ordered = page.rows.windows(2).all(|pair| pair[0] < pair[1]) && page.rows.len() == page.owners.len();
            ordered && page.rows.last().is_none_or(|last| (*last as usize) < CHUNK && number * CHUNK + (*last as usize) < rows)
        })
    }

    /// Whether no entry stands behind so many rows.
    pub(crate) fn ends_within(&self, rows: usize) -> bool {
        let last = self.0.iter().enumerate().rev().find_map(|(number, page)| Some(number * CHUNK + *page.rows.last()? as usize));
        last.is_none_or(|last| last < rows)
    }

    /// Notes where all entries stand, after a checkpoint brought them.
    pub(crate) fn note(&mut self) {
        self.0.iter_mut().for_each(|page| page.note(0));
    }
}

/// Where on its page the entries of a chunk's rows stand.
#[derive(Debug, Clone, Copy, Default)]
pub(crate) struct Entries<'a>(&'a [u16]);

impl Entries<'_> {
    /// Place of a row's entry, if it has one.
    #[inline]
    pub(crate) fn at(&self, row: usize) -> Option<usize> {
        (*self.0.get(row)? as usize).checked_sub(1)
    }
}

/// Pages of the register that are cut with the columns of a loop. Not the first of a tuple, which tells how many rows there are.
pub(crate) struct Pages<'a>(&'a mut [Page]);

impl<'a> Pages<'a> {
    /// Entries of the chunk, once the pages are cut.
    pub(crate) fn entries(self) -> (Entries<'a>, &'a mut [Owners]) {
        self.0.first_mut().map_or((Entries::default(), &mut []), |page| (Entries(&page.places), &mut page.owners))
    }

    /// Rows of the chunk that have entries, in their order, and the entries, once the pages are cut.
    pub(crate) fn in_order(self) -> (&'a [u16], &'a mut [Owners]) {
        self.0.first_mut().map_or((&[], &mut []), |page| (&page.rows, &mut page.owners))
    }
}

impl Columns for Pages<'_> {
    fn rows(&self) -> usize {
        self.0.len() * CHUNK
    }
    fn cut(self, at: usize) -> (Self, Self) {
        debug_assert!(at.is_multiple_of(CHUNK));
        let (first, rest) = self.0.split_at_mut(at / CHUNK);
        (Self(first), Self(rest))
    }
    fn count(&self, _rows: usize) {
        let entries = self.0.iter().map(|page| page.rows.len()).sum();
        tripath_engine::counting::rows(entries, size_of::<Owners>(), true);
    }
}

#[cfg(test)]
mod tests {
    use super::super::components::Equity;
    use super::*;
    use tripath_engine::parallel::map_chunks;

    #[test]
    fn entries_come_and_go_by_row() {
        let mut register = Register::default();
        let equity = Equity { market_value: 7.0, fundamental: 9.0 };
        for row in [5, CHUNK + 1, 2, 4 * CHUNK, CHUNK] {
            register.enter(row, || Owners::founders(&equity, false)).fund_share = row as f64;
        }
        register.enter(5, || unreachable!("it is there")).fund_share += 0.5;
        assert_eq!((register.fund_share(5), register.fund_share(CHUNK + 1), register.fund_share(3)), (5.5, (CHUNK + 1) as f64, 0.0));
        assert!(register.of(9 * CHUNK).is_none() && register.fits(4 * CHUNK + 1) && !register.fits(4 * CHUNK));
        assert_eq!(register.strike(2).map(|owners| owners.households_at_close), Some(7.0));
        assert!(register.strike(2).is_none() && register.of(2).is_none());
        let columns = (&vec![0_u8; 4 * CHUNK + 1][..], register.pages(4 * CHUNK + 1));
        let seen = map_chunks(columns, |first, (rows, pages)| {
            let (entries, owners) = pages.entries();
            let mut seen = Vec::new();
            for row in 0..rows.len() {
                if let Some(place) = entries.at(row) {
                    owners[place].float_share = 1.0;
                    seen.push(first + row);
                }
            }
            seen
        });
        assert_eq!(seen.concat(), [5, CHUNK, CHUNK + 1, 4 * CHUNK]);
        assert_eq!(register.of(CHUNK).map(|owners| owners.float_share), Some(1.0));
        let mut read: Register = postcard::from_bytes(&postcard::to_stdvec(&register).unwrap()).unwrap();
        read.note();
        // Pages without entries need no places until they are noted.
        register.note();
        assert!(read == register && read.of(CHUNK).is_some());
    }

    #[test]
    fn the_last_takes_the_place_of_one_that_leaves() {
        let mut register = Register::default();
        for row in [3, 7, CHUNK + 2] {
            register.enter(row, || Owners::founders(&Equity::default(), false)).fund_share = row as f64;
        }
        register.swap_remove(3, CHUNK + 2);
        assert_eq!([3, 7, CHUNK + 2].map(|row| register.fund_share(row)), [(CHUNK + 2) as f64, 7.0, 0.0]);
        // One without other owners than founders takes the place, and the last itself leaves.
        register.swap_remove(3, CHUNK + 1);
        register.swap_remove(7, 7);
        assert!(register.of(3).is_none() && register.of(7).is_none() && register.ends_within(0));
    }
}
