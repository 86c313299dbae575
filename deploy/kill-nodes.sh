#!/usr/bin/env bash
# Kills the nodes of a cluster (deploy/cluster.sh) in turn, and starts each again.
set -euo pipefail

usage() {
  cat <<'END'
usage: deploy/kill-nodes.sh [options]      Ctrl-C ends it; a node that is down is started again first

  --folder DIR     the cluster's folder, as for cluster.sh
  --times N        so many kills           (default: until Ctrl-C, or until the cluster is stopped)
  --down S         seconds that a node stays down (default: 5; 30 is longer than detection takes)
  --every S        seconds from one node's return to the next kill (default: 15)
  --term           SIGTERM instead of SIGKILL: a rolling restart
END
}

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
folder=${TMPDIR:-/tmp}/orleanschat-cluster-$(id -u)
times=0 down=5 every=15 how=kill
while [ $# -gt 0 ]; do
  case $1 in
    --folder) folder=${2:?--folder needs a value}; shift 2 ;;
    --times) times=${2:?--times needs a value}; shift 2 ;;
    --down) down=${2:?--down needs a value}; shift 2 ;;
    --every) every=${2:?--every needs a value}; shift 2 ;;
    --term) how=term; shift ;;
    --help) usage; exit 0 ;;
    *) usage >&2; exit 2 ;;
  esac
done

cluster() { "$here/cluster.sh" --folder "$folder" "$@"; }

[ -e "$folder/running" ] || { echo "kill-nodes.sh: no cluster runs in $folder; start one with deploy/cluster.sh start" >&2; exit 1; }
nodes=$(sed -n 2p "$folder/running")
node=0 fallen=
trap 'trap - INT TERM; [ -z "$fallen" ] || cluster node "$fallen"; exit 130' INT TERM

for ((i = 1; times == 0 || i <= times; i++)); do
  [ "$i" -eq 1 ] || sleep "$every"
  node=$((node % nodes + 1))
  fallen=$node
  cluster "$how" "$node"
  echo "$(date +%T) node $node is down ($how)"
  sleep "$down"
  cluster node "$node"
  fallen=
  echo "$(date +%T) node $node is ready again"
done
