#!/usr/bin/env bash
# A Slurm of one machine, for tests: one controller and two virtual nodes on loopback, all of it in one scratch folder.
#
#   tests/slurm/cluster.sh install          packages, where apt can bring them (as root)
#   tests/slurm/cluster.sh up FOLDER        configuration, munged, slurmctld, two slurmd; waits until both nodes are idle
#   eval "$(tests/slurm/cluster.sh environment FOLDER)"    so that sbatch and squeue talk to it
#   tests/slurm/cluster.sh restart FOLDER   ends the controller and starts it again
#   tests/slurm/cluster.sh down FOLDER      ends what `up` started, and nothing else
#
# Exit code 3: Slurm cannot be had here, for the reason that is printed. Needs root, no systemd, no network once installed.
set -euo pipefail

cannot() {
    echo "no Slurm here: $1" >&2
    exit 3
}

folder_of() {
    [ $# -ge 1 ] || { echo "usage: $0 install | up FOLDER | environment FOLDER | restart FOLDER | down FOLDER" >&2; exit 1; }
    mkdir -p "$1"
    cd "$1" && pwd
}

needs() {
    [ "$(uname -s)" = Linux ] || cannot "it needs Linux"
    [ "$(id -u)" = 0 ] || cannot "slurmd and munged are started as root, and this is $(id -un)"
}

install() {
    needs
    if command -v slurmctld >/dev/null && command -v slurmd >/dev/null && command -v munged >/dev/null; then
        return
    fi
    command -v apt-get >/dev/null || cannot "there is no apt-get to install slurm-wlm and munge with"
    export DEBIAN_FRONTEND=noninteractive
    # Packages start no daemons of their own here.
    local log
    log=$(mktemp)
    if ! { apt-get install -y --no-install-recommends slurm-wlm munge ||
        { apt-get update && apt-get install -y --no-install-recommends slurm-wlm munge; }; } >"$log" 2>&1; then
        tail -n 5 "$log" >&2
        rm -f "$log"
        cannot "slurm-wlm and munge could not be installed"
    fi
    rm -f "$log"
}

free_port() {
    python3 - <<'PYTHON' 2>/dev/null || echo $((20000 + RANDOM % 20000))
import socket
with socket.socket() as s:
    s.bind(("127.0.0.1", 0))
    print(s.getsockname()[1])
PYTHON
}

write_configuration() {
    local folder=$1 host cores
    host=$(hostname -s)
    # Inside of a task nproc tells the cores of the task only; here it is the machine.
    cores=$(nproc --all)
    mkdir -p "$folder/state" "$folder/spool" "$folder/log" "$folder/run"
    cat >"$folder/slurm.conf" <<CONF
ClusterName=tripath-test
SlurmctldHost=$host(127.0.0.1)
SlurmctldPort=$(free_port)
SlurmUser=root
SlurmdUser=root
AuthType=auth/munge
# A job that is started again after its node failed waits for so long.
AuthInfo=socket=$folder/run/munge/munge.socket,cred_expire=5
CredType=cred/munge
StateSaveLocation=$folder/state
SlurmdSpoolDir=$folder/spool/%n
SlurmctldPidFile=$folder/run/slurmctld.pid
SlurmdPidFile=$folder/run/slurmd-%n.pid
SlurmctldLogFile=$folder/log/slurmctld.log
SlurmdLogFile=$folder/log/slurmd-%n.log
# proctrack/cgroup without a cgroup.conf looks idle and fails every job.
ProctrackType=proctrack/linuxproc
TaskPlugin=task/none
JobAcctGatherType=jobacct_gather/none
# Without accounting sacct answers nothing: status comes from the program's own files.
AccountingStorageType=accounting_storage/none
SelectType=select/cons_tres
SelectTypeParameters=CR_CPU_Memory
SchedulerType=sched/backfill
SchedulerParameters=batch_sched_delay=0,sched_interval=2
ReturnToService=2
MpiDefault=none
KillWait=${KILL_WAIT:-5}
OverTimeLimit=0
MaxArraySize=${MAX_ARRAY_SIZE:-1001}
SlurmctldTimeout=30
SlurmdTimeout=30
MessageTimeout=20
NodeName=n1 NodeHostname=$host NodeAddr=127.0.0.1 Port=$(free_port) CPUs=$cores RealMemory=2000
NodeName=n2 NodeHostname=$host NodeAddr=127.0.0.1 Port=$(free_port) CPUs=$cores RealMemory=2000
PartitionName=test Nodes=n1,n2 Default=YES MaxTime=60 State=UP
CONF
}

# munged asks that nobody else can write the folders of its socket and key.
start_munge() {
    local folder=$1
    # mktemp gives folders to their owner alone; munged and the clients pass through.
    chmod 755 "$folder" "$folder/run"
    mkdir -p "$folder/munge"
    dd if=/dev/urandom of="$folder/munge/munge.key" bs=128 count=1 status=none
    chown -R munge "$folder/munge"
    chmod 700 "$folder/munge"
    chmod 400 "$folder/munge/munge.key"
    mkdir -p "$folder/run/munge"
    chown munge "$folder/run/munge"
    chmod 755 "$folder/run/munge"
    setpriv --reuid munge --regid "$(id -gn munge)" --clear-groups munged --force \
        --key-file "$folder/munge/munge.key" --socket "$folder/run/munge/munge.socket" \
        --pid-file "$folder/run/munge/munged.pid" --seed-file "$folder/run/munge/munged.seed" --log-file "$folder/munge/munged.log"
}

start_controller() {
    SLURM_CONF="$1/slurm.conf" slurmctld
}

wait_for_nodes() {
    local folder=$1
    for _ in $(seq 1 100); do
        if [ "$(SLURM_CONF="$folder/slurm.conf" sinfo --noheader --Node --format=%T 2>/dev/null | grep -c '^idle$')" = 2 ]; then
            return
        fi
        sleep 0.2
    done
    SLURM_CONF="$folder/slurm.conf" sinfo --Node --long >&2 || true
    tail -n 5 "$folder"/log/*.log >&2 || true
    down "$folder"
    cannot "the nodes did not become idle within 20 s"
}

up() {
    local folder
    folder=$(folder_of "$@")
    needs
    for program in slurmctld slurmd munged sbatch setpriv; do
        command -v "$program" >/dev/null || cannot "$program is missing: $0 install"
    done
    write_configuration "$folder"
    start_munge "$folder" || cannot "munged does not start: $(tail -n 1 "$folder/munge/munged.log" 2>/dev/null)"
    start_controller "$folder" || cannot "slurmctld does not start: $(tail -n 1 "$folder/log/slurmctld.log" 2>/dev/null)"
    for node in n1 n2; do
        SLURM_CONF="$folder/slurm.conf" slurmd -N "$node" || cannot "slurmd does not start: $(tail -n 1 "$folder/log/slurmd-$node.log" 2>/dev/null)"
    done
    wait_for_nodes "$folder"
}

# Ends one process by the id in its file, and waits until it is gone.
end() {
    local file=$1 id
    [ -f "$file" ] || return 0
    id=$(cat "$file")
    kill "$id" 2>/dev/null || return 0
    for _ in $(seq 1 50); do
        kill -0 "$id" 2>/dev/null || return 0
        sleep 0.1
    done
    kill -9 "$id" 2>/dev/null || true
}

down() {
    local folder
    folder=$(folder_of "$@")
    # Jobs first: their steps outlive the daemons.
    SLURM_CONF="$folder/slurm.conf" timeout 10 scancel --user=root 2>/dev/null || true
    for _ in $(seq 1 30); do
        [ -n "$(SLURM_CONF="$folder/slurm.conf" timeout 5 squeue --noheader 2>/dev/null)" ] || break
        sleep 0.2
    done
    end "$folder/run/slurmctld.pid"
    end "$folder/run/slurmd-n1.pid"
    end "$folder/run/slurmd-n2.pid"
    end "$folder/run/munge/munged.pid"
}

case "${1:-}" in
install) install ;;
up) up "${@:2}" ;;
environment) echo "export SLURM_CONF='$(folder_of "${@:2}")/slurm.conf'" ;;
restart)
    folder=$(folder_of "${@:2}")
    end "$folder/run/slurmctld.pid"
    start_controller "$folder"
    ;;
down) down "${@:2}" ;;
*) folder_of ;;
esac
