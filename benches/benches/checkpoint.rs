//! What does it cost to keep the whole state, and to go on from it?
#![allow(missing_docs, reason = "criterion makes functions without words")]

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use tripath_benches::{configuration, grown_world, without_panel};
use tripath_experiments::configuration::Configuration;
use tripath_model::Simulation;

const ENTERPRISES: u32 = 10_000;

fn checkpoint(criterion: &mut Criterion) {
    let mut world = grown_world(ENTERPRISES, without_panel());
    let bytes = world.checkpoint();
    let configuration = configuration(ENTERPRISES);
    let mut group = criterion.benchmark_group("checkpoint");
    group.sample_size(20).throughput(Throughput::Bytes(bytes.len() as u64));
    group.bench_function("save", |bencher| bencher.iter(|| world.checkpoint()));
    group.bench_function("resume", |bencher| {
        bencher.iter_batched(
            || configuration.clone(),
            |Configuration { parameters, drivers, seed, .. }| {
                Simulation::resume(parameters, drivers, seed, without_panel(), &bytes).expect("it is a checkpoint of this world")
            },
            BatchSize::LargeInput,
        );
    });
    group.finish();
}

criterion_group!(benches, checkpoint);
criterion_main!(benches);
