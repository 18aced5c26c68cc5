#!/usr/bin/env python3
"""Tests many mutants of the model with one build.

`cargo mutants` builds the crate anew for each mutant. This builds it once: each function that is mutated holds all its mutants beside its own body,
and an environment variable says which of them runs. Mutants are those that `cargo mutants --list` gives; `.cargo/mutants.toml` says what is left out.

    python3 tests/mutants/together.py --shard 0/48         a sample that is spread over all files
    python3 tests/mutants/together.py --shard 0/48 --before FILE   also counts what the tests named in a file find of them

Some cannot share a build (const functions, functions that return an `impl`, functions in functions): they are named as apart, and
`cargo mutants --re` tests them. Those that do not compile are unviable, as with `cargo mutants`.
"""
import argparse
import bisect
import collections
import json
import os
import re
import resource
import shutil
import subprocess
import sys
import tempfile

# Tests that take more than milliseconds.
YEARS = "worked::lively"

SWITCH = """
pub(crate) mod mutant_switch {
    pub(crate) fn active() -> u32 {
        static ACTIVE: std::sync::OnceLock<u32> = std::sync::OnceLock::new();
        *ACTIVE.get_or_init(|| std::env::var("MUTANT").ok().and_then(|number| number.parse().ok()).unwrap_or(0))
    }
}
"""


def mutants(root, shard):
    command = ["cargo", "mutants", "-p", "tripath-model", "--list", "--json", "--diff", "--shard", shard, "--sharding", "round-robin"]
    return json.loads(subprocess.run(command, cwd=root, check=True, capture_output=True, text=True).stdout)


class Text:
    """A source file, whose places are given as lines and columns from 1."""

    def __init__(self, text):
        self.text = text
        self.starts = [0] + [at + 1 for at, letter in enumerate(text) if letter == "\n"]

    def at(self, place):
        return self.starts[place["line"] - 1] + place["column"] - 1

    def span(self, span):
        return self.at(span["start"]), self.at(span["end"])


def body_of(text, start, end):
    """Where the body of a function begins: its first brace outside of brackets, text and comments."""
    depth, at = 0, start
    while at < end:
        if text.startswith("//", at):
            at = text.index("\n", at)
        elif text[at] == '"':
            at += 1
            while text[at] != '"':
                at += 2 if text[at] == "\\" else 1
        elif text[at] in "([":
            depth += 1
        elif text[at] in ")]":
            depth -= 1
        elif text[at] == "{" and depth == 0:
            return at
        at += 1
    return None


def write(root, source, numbered, without):
    """Writes sources that hold all mutants but those `without`; returns what cannot share a build."""
    apart = set()
    by_file = collections.defaultdict(list)
    for number, mutant in numbered.items():
        by_file[mutant["file"]].append(number)
    for file, numbers in by_file.items():
        original = Text(open(os.path.join(source, file), encoding="utf-8").read())
        functions = collections.defaultdict(list)
        for number in numbers:
            mutant = numbered[number]
            if mutant["function"] is None:
                apart.add(number)
                continue
            functions[original.span(mutant["function"]["span"])].append(number)
        text, last = original.text, len(original.text) + 1
        for (start, end), inside in sorted(functions.items(), reverse=True):
            body = body_of(text, start, end)
            head = text[start:body] if body else ""
            if body is None or end > last or re.search(r"\bconst fn\b", head) or re.search(r"->[^{]*\bimpl\b", head):
                apart.update(inside)
                continue
            last = start
            arms = ""
            for number in inside:
                if number in without:
                    continue
                first, after = original.span(numbered[number]["span"])
                changed = text[body:first] + " " + numbered[number]["replacement"] + " " + text[after:end]
                arms += f"\n/*MUTANT {number}*/ {number} => {changed}"
            text = f"{text[:body]}{{ match crate::mutant_switch::active() {{{arms}\n/*MUTANT 0*/ _ => {text[body:end]} }} }}{text[end:]}"
        if file.endswith("src/lib.rs"):
            text += SWITCH
        open(os.path.join(root, file), "w", encoding="utf-8").write(text)
    return apart


def build(root):
    """Builds the tests; returns the binary, or the places of errors."""
    command = ["cargo", "test", "-p", "tripath-model", "--lib", "--no-run", "--profile", "mutants", "--message-format", "json"]
    environment = dict(os.environ, CARGO_ENCODED_RUSTFLAGS="--cap-lints=allow")
    done = subprocess.run(command, cwd=root, env=environment, capture_output=True, text=True)
    binary, errors = None, []
    for line in done.stdout.splitlines():
        message = json.loads(line)
        if message["reason"] == "compiler-artifact" and message.get("executable"):
            binary = message["executable"]
        if message["reason"] == "compiler-message" and message["message"]["level"] == "error":
            spans = [span for span in message["message"]["spans"]]
            errors.append((message["message"]["message"], [(span["file_name"], span["line_start"], span["is_primary"]) for span in spans]))
    return binary, errors, done.stderr


def arms_of(path):
    lines = open(path, encoding="utf-8").read().split("\n")
    return [(line + 1, int(found.group(1))) for line, text in enumerate(lines) for found in [re.search(r"/\*MUTANT (\d+)\*/", text)] if found]


def culprits(root, errors):
    found, unknown, arms = set(), [], {}
    for message, spans in errors:
        mine = set()
        for file, line, primary in sorted(spans, key=lambda span: not span[2]):
            if file not in arms:
                path = os.path.join(root, file)
                arms[file] = arms_of(path) if os.path.exists(path) else []
            at = bisect.bisect_right(arms[file], (line, 1 << 30)) - 1
            if at >= 0 and arms[file][at][1] > 0:
                mine.add(arms[file][at][1])
                break
        found |= mine
        if not mine and spans:
            unknown.append((message, spans))
    return found, unknown


def limit():
    resource.setrlimit(resource.RLIMIT_AS, (6 << 30, 6 << 30))


def run(binary, number, root, seconds):
    """Names of the tests that fail: those that run an economy for years are asked where no other fails."""
    return run_some(binary, number, root, seconds, ["--skip", YEARS]) or run_some(binary, number, root, seconds, [YEARS])


def run_some(binary, number, root, seconds, which):
    environment = dict(os.environ, MUTANT=str(number), RUST_BACKTRACE="0")
    crate = os.path.join(root, "crates/model")
    try:
        done = subprocess.run([binary, *which], cwd=crate, env=environment, capture_output=True, text=True, timeout=seconds, preexec_fn=limit, errors="replace")
    except subprocess.TimeoutExpired:
        return ["it does not end"]
    failed = re.findall(r"^test (\S+).*\.\.\. FAILED", done.stdout, re.M)
    return failed if failed or done.returncode == 0 else ["it ends by a signal"]


def main():
    parser = argparse.ArgumentParser()
    parser.add_argument("--shard", default="0/48")
    parser.add_argument("--source", default=".")
    parser.add_argument("--work", help="folder to build in, which is kept")
    parser.add_argument("--before", help="file with the names of tests that there were before, one a line")
    parser.add_argument("--timeout", type=float, default=30.0)
    parser.add_argument("--json", help="file for outcomes")
    options = parser.parse_args()
    source = os.path.abspath(options.source)
    root = options.work or tempfile.mkdtemp(prefix="mutants-")
    for folder in ("benches", "configs", "crates", "examples", "tests", ".cargo"):
        shutil.copytree(os.path.join(source, folder), os.path.join(root, folder), dirs_exist_ok=True)
    for file in ("Cargo.toml", "Cargo.lock"):
        shutil.copy(os.path.join(source, file), root)
    numbered = dict(enumerate(mutants(source, options.shard), 1))
    lib = {"file": "crates/model/src/lib.rs"}
    without, apart = set(), set()
    while True:
        apart |= write(root, source, numbered, without)
        path = os.path.join(root, lib["file"])
        text = open(os.path.join(source, lib["file"]), encoding="utf-8").read()
        open(path, "w", encoding="utf-8").write(text + SWITCH)
        binary, errors, stderr = build(root)
        if binary and not errors:
            break
        found, unknown = culprits(root, errors)
        print(f"{len(found)} do not compile", file=sys.stderr)
        if not found - without:
            print(unknown[:5], stderr[-3000:], file=sys.stderr)
            sys.exit(2)
        without |= found
    broken = run(binary, 0, root, options.timeout)
    if broken:
        sys.exit(f"tests fail without a mutant: {broken}")
    before = set(open(options.before).read().split()) if options.before else None
    outcomes = []
    for number, mutant in numbered.items():
        outcome = {"name": mutant["name"], "genre": mutant["genre"], "diff": mutant.get("diff", "")}
        if number in apart:
            outcome["result"] = "apart"
        elif number in without:
            outcome["result"] = "unviable"
        else:
            failed = run(binary, number, root, options.timeout)
            outcome["result"] = "caught" if failed else "missed"
            outcome["failed"] = failed
            if before is not None:
                outcome["before"] = "caught" if any(name in before or " " in name for name in failed) else "missed"
        outcomes.append(outcome)
    report(outcomes)
    if options.json:
        json.dump(outcomes, open(options.json, "w"), indent=1)


def report(outcomes):
    for outcome in outcomes:
        if outcome["result"] in ("missed", "apart"):
            print(outcome["result"], outcome["name"])
    folders = collections.defaultdict(collections.Counter)
    for outcome in outcomes:
        room = outcome["name"].split("/src/")[1].split("/")
        room = room[0] if len(room) > 1 else "-"
        for name in (room, "all"):
            folders[name][outcome["result"]] += 1
            folders[name]["before"] += outcome.get("before") == "caught"
    for room, counts in sorted(folders.items()):
        tested = counts["caught"] + counts["missed"]
        part = 100.0 * counts["caught"] / tested if tested else 0.0
        print(f"{room:16} {tested:5} tested, {counts['caught']:5} caught ({part:.1f} %), {counts['missed']:4} missed, "
              f"{counts['unviable']} unviable, {counts['apart']} apart, before {counts['before']}")


if __name__ == "__main__":
    main()
