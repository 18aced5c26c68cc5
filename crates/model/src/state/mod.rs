//! State: what agents are and hold, as components and resources, by who holds it. It knows no rule; what it does is read and write itself.

pub mod accounts;
pub mod bank;
pub mod calendar;
pub mod census;
pub mod decisions;
pub mod economy;
pub mod enterprise;
pub mod events;
pub mod exchange;
pub mod final_demand;
pub mod government;
pub mod growth;
pub mod ids;
pub mod rest_of_world;
pub mod returns;
pub mod sector;
pub mod shocks;
pub mod tables;
pub mod technology;
pub mod think_tanks;
pub mod venture;
