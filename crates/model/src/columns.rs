//! Slices of components: all enterprises stand in one table, so a query is a handful of plain arrays.

/// Slices of all rows of a read-only query; `None` where there is no row.
#[macro_export]
macro_rules! slices {
    ($query:expr) => {
        $query.contiguous_iter().ok().and_then(|mut tables| tables.next())
    };
}

/// Slices of all rows of a query that writes; the components to write come as `ContiguousMut`.
#[macro_export]
macro_rules! slices_mut {
    ($query:expr) => {
        $query.contiguous_iter_mut().ok().and_then(|mut tables| tables.next())
    };
}
