"""Recipe: a sweep through HyperQueue, from Python (the package `hyperqueue`), on workers of this machine.

    python docs/recipes/hyperqueue_sweep.py configs/sweeps/grid.toml outputs/grid-by-hyperqueue 8

On a cluster start server and workers as HyperQueue's manual says, and replace LocalCluster by Client().
"""

import subprocess
import sys

from hyperqueue import Job, LocalCluster
from hyperqueue.cluster import WorkerConfig

TRIPATH = "tripath"


def main(design, folder, parts):
    job = Job()
    for part in range(parts):
        job.program([TRIPATH, "sweep", "chunk", design, "--out", folder, "--stride", f"{part}/{parts}", "--threads", "1", "--quiet"])
    with LocalCluster(worker_config=WorkerConfig()) as cluster:
        client = cluster.client()
        client.wait_for_jobs([client.submit(job)])
    subprocess.run([TRIPATH, "sweep", "merge", folder], check=True)


if __name__ == "__main__":
    main(sys.argv[1], sys.argv[2], int(sys.argv[3]))
