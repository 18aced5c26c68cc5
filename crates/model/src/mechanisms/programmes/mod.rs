//! Programmes of governments: evaluation, budgets, rates, laboratories.

mod desk;
mod laboratory;
mod planning;

pub use planning::plan_programmes;
