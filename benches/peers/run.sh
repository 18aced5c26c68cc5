#!/usr/bin/env bash
# The small firm economy of SPEC.md in every framework, side by side: installs all of them in pinned versions, runs them in turn, prints one table.
#
#   benches/peers/run.sh                 all sizes (about an hour, most of it Mesa and AgentPy at 100,000 firms)
#   benches/peers/run.sh --short         fewer ticks where an implementation is slow (some ten minutes)
#
# Exit code 1 where a mark is missed. Needs Rust and Python 3 with its venv module. What is installed goes to target/peers; CARGO_TARGET_DIR and PROFILE (release) are heeded.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"

root=$(cd ../.. && pwd)
target="${CARGO_TARGET_DIR:-$root/target}"
profile="${PROFILE:-release}"
peers="$target/peers"
mkdir -p "$peers"

if [ ! -x "$peers/venv/bin/python" ]; then
    python3 -m venv "$peers/venv"
fi
"$peers/venv/bin/pip" install --quiet --disable-pip-version-check --requirement requirements.txt

(cd "$root" && cargo build --quiet --profile "$profile" --package tripath-benches --bin peers --target-dir "$target")

if ! (cd krabmaga && cargo build --quiet --release --locked --target-dir "$peers/krabmaga"); then
    echo "krABMaga could not be built here and is left out"
fi

exec "$peers/venv/bin/python" compare.py --engine "$target/$profile/peers" --krabmaga "$peers/krabmaga/release/krabmaga-firms" "$@"
