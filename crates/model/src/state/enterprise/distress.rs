//! Who may not go on at the end of a tick, and who would buy capital: found when enterprises look ahead, settled at the end.

use bevy_ecs::prelude::Resource;

use tripath_engine::parallel::gather;

/// Rows of those that could not go on when they looked ahead, and of those whose books changed thereafter: all others go on. Scratch.
#[derive(Debug, Clone, Default, PartialEq, Resource)]
pub struct Distressed(Vec<u32>);

impl Distressed {
    /// Begins a tick's list with what chunks of enterprises found.
    pub fn begin(&mut self, found: Vec<Vec<u32>>) {
        gather(&mut self.0, found);
    }

    /// The books of the enterprise in a row have changed: it is looked at again.
    pub fn look_again(&mut self, row: usize) {
        self.0.push(row as u32);
    }

    /// All rows to be looked at, in their order, each once.
    pub(crate) fn rows(&mut self) -> &[u32] {
        self.0.sort_unstable();
        self.0.dedup();
        &self.0
    }
}

/// Rows of those at work that build and so want capital, by sector: as it was when they looked ahead. Scratch.
#[derive(Debug, Clone, Default, PartialEq, Resource)]
pub struct Wanting(Vec<Vec<u32>>);

impl Wanting {
    /// Begins a tick's lists with the sectors and rows that chunks of enterprises found.
    pub fn begin(&mut self, sectors: usize, found: Vec<Vec<(u16, u32)>>) {
        self.0.resize_with(sectors, Vec::new);
        self.0.iter_mut().for_each(Vec::clear);
        for (sector, row) in found.into_iter().flatten() {
            self.0[usize::from(sector)].push(row);
        }
    }

    /// Rows of those that wanted capital of a sector.
    pub(crate) fn of(&self, sector: u16) -> &[u32] {
        self.0.get(usize::from(sector)).map_or(&[], Vec::as_slice)
    }
}
