//! How long is it from a name on the command line to the first tick?
#![allow(missing_docs, reason = "criterion makes functions without words")]

use criterion::{BatchSize, BenchmarkId, Criterion, criterion_group, criterion_main};
use tripath_benches::{configuration, new_world, without_panel};
use tripath_experiments::configuration::{Source, load};

fn startup(criterion: &mut Criterion) {
    let mut group = criterion.benchmark_group("startup");
    group.sample_size(20);
    group.bench_function("configuration", |bencher| bencher.iter(|| load(&Source::from_argument("china-like"), &[])));
    for enterprises in [1_000, 10_000] {
        let configuration = configuration(enterprises);
        group.bench_function(BenchmarkId::new("world", enterprises), |bencher| {
            bencher.iter_batched(|| configuration.clone(), |ready| new_world(ready, without_panel()), BatchSize::LargeInput);
        });
    }
    group.finish();
}

criterion_group!(benches, startup);
criterion_main!(benches);
