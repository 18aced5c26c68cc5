//! The look ahead: investment plans, fundamental values, who may fail, and who applies for a listing.

mod appraiser;
mod foresight;
mod outlook;
mod plans;
mod window;

pub use outlook::look_ahead;
