//! What does a tick cost, an enterprise, in worlds of different size, on one thread and on all?
#![allow(missing_docs, reason = "criterion makes functions without words")]

use std::time::Duration;

use criterion::{BenchmarkId, Criterion, Throughput, criterion_group, criterion_main};
use tripath_benches::{grown_world, tick, without_panel};

fn ticks(criterion: &mut Criterion) {
    let cores = std::thread::available_parallelism().map_or(1, usize::from);
    let mut group = criterion.benchmark_group("tick");
    group.sample_size(10).measurement_time(Duration::from_secs(5)).warm_up_time(Duration::from_secs(1));
    for enterprises in [1_000, 10_000, 100_000] {
        group.throughput(Throughput::Elements(u64::from(enterprises)));
        for threads in if cores > 1 { vec![1, cores] } else { vec![1] } {
            let pool = rayon_pool(threads);
            let mut world = grown_world(enterprises, without_panel());
            let name = BenchmarkId::new(format!("{threads}-threads"), enterprises);
            group.bench_function(name, |bencher| pool.install(|| bencher.iter(|| tick(&mut world))));
        }
    }
    group.finish();
}

fn rayon_pool(threads: usize) -> rayon::ThreadPool {
    rayon::ThreadPoolBuilder::new().num_threads(threads).build().expect("threads can be started")
}

criterion_group!(benches, ticks);
criterion_main!(benches);
