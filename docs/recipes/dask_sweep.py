"""Recipe: a sweep through Dask, from Python. Any Dask cluster will do whose workers see the program and the folder of the sweep.

    python docs/recipes/dask_sweep.py configs/sweeps/grid.toml outputs/grid-by-dask 8 [ADDRESS-OF-SCHEDULER]

Without an address a cluster of this machine is started. Each task is one chunk: run it again after any failure, what is done is not done twice.
"""

import subprocess
import sys

from dask.distributed import Client, LocalCluster, as_completed

TRIPATH = "tripath"


def chunk(design, folder, part, parts):
    command = [TRIPATH, "sweep", "chunk", design, "--out", folder, "--stride", f"{part}/{parts}", "--threads", "1", "--quiet"]
    ended = subprocess.run(command, capture_output=True, text=True)
    return part, ended.returncode, ended.stderr


def main(design, folder, parts, address=None):
    cluster = None if address else LocalCluster(threads_per_worker=1, dashboard_address=None)
    with Client(address or cluster) as client:
        # A chunk writes files, so that Dask must not take two calls for one.
        chunks = [client.submit(chunk, design, folder, part, parts, pure=False) for part in range(parts)]
        for _, (part, code, said) in as_completed(chunks, with_results=True):
            print(f"chunk {part}/{parts} ended with exit code {code} {said.strip()}")
    if cluster:
        cluster.close()
    subprocess.run([TRIPATH, "sweep", "merge", folder], check=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]), *sys.argv[4:5])
