#!/usr/bin/env bash
# A behaviour from outside gives the same bytes as the same rule written inside.
#
# Builds the example `cautious_rd`, and a copy of this repository with `cautious_rd.patch`; runs both, and compares all tables.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")/../.."
target="${CARGO_TARGET_DIR:-$PWD/target}"
scratch=$(mktemp -d "${TMPDIR:-/tmp}/tripath-inside.XXXXXX")
trap 'rm -rf "$scratch"' EXIT

# What is built for tests is built already where the tests have run.
build=(cargo build --quiet --profile test --target-dir "$target")
"${build[@]}" -p tripath-examples --bin cautious_rd
cp "$target/debug/cautious_rd" "$scratch/outside"

mkdir "$scratch/copy"
git ls-files -z | tar --create --null --files-from=- | tar --extract --directory="$scratch/copy"
patch --quiet --strip=1 --directory="$scratch/copy" <examples/inside/cautious_rd.patch
"${build[@]}" --manifest-path "$scratch/copy/Cargo.toml" -p tripath --bin tripath
cp "$target/debug/tripath" "$scratch/inside"

small=(us-like --years 12 --set population.enterprises=500 --set time.burn_in_years=6 --sample-every 1 --quiet)
"$scratch/outside" run "${small[@]}" --out "$scratch/runs/outside"
"$scratch/inside" run "${small[@]}" --out "$scratch/runs/inside"
"$scratch/outside" run "${small[@]}" --set mechanisms.cautious_rd.active=false --out "$scratch/runs/off"
for table in "$scratch"/runs/outside/*.csv; do
    cmp "$table" "$scratch/runs/inside/$(basename "$table")"
done
if cmp --silent "$scratch/runs/outside/macro.csv" "$scratch/runs/off/macro.csv"; then
    echo "the behaviour changed nothing: there was no slump, or nobody owes much"
    exit 1
fi
echo "the behaviour from outside and the rule inside gave the same bytes in $(ls "$scratch"/runs/outside/*.csv | wc -l) tables"
