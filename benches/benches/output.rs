//! How fast does a panel of enterprises become CSV or Parquet in a file?
#![allow(missing_docs, reason = "criterion makes functions without words")]

use criterion::{BatchSize, Criterion, Throughput, criterion_group, criterion_main};
use tripath_benches::{configuration, new_world};
use tripath_model::observe::{RecordPlan, Records};
use tripath_outputs::{TableFormat, TableSet};

const ENTERPRISES: u32 = 10_000;

fn output(criterion: &mut Criterion) {
    let mut plan = RecordPlan::default();
    plan.enterprises.every_ticks = 1;
    let mut world = new_world(configuration(ENTERPRISES), plan.clone());
    world.tick().expect("books close");
    let rows = world.records().enterprises.clone();
    let folder = tempfile::tempdir().expect("there is a folder for temporary files");
    let mut group = criterion.benchmark_group("output");
    group.sample_size(20).throughput(Throughput::Elements(rows.len() as u64));
    for format in TableFormat::ALL {
        group.bench_function(format!("{}-rows", format.word()), |bencher| {
            bencher.iter_batched(
                // New files each time: the disk does not fill up.
                || {
                    let tables = TableSet::create(folder.path(), &plan, format).expect("files can be made");
                    let mut records = Records::default();
                    records.enterprises.clone_from(&rows);
                    (tables, records)
                },
                |(mut tables, mut records)| {
                    tables.write(&mut records).expect("the disk has room");
                    tables.finish().1.expect("the disk has room");
                    tables
                },
                BatchSize::PerIteration,
            );
        });
    }
    group.finish();
}

criterion_group!(benches, output);
criterion_main!(benches);
