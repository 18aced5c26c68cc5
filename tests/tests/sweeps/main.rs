//! Sweeps do every run once, lose none, mix none up, and come to the same bytes in whatever way they were computed.

mod bytes;
mod crash;
mod designs;
mod disk;
mod examples;
mod guards;
mod support;
