#!/usr/bin/env bash
# Nodes, PostgreSQL and nginx on this machine, behind one address: a cluster to look at, to load and to kill.
# Everything listens on 127.0.0.1; everything it writes is in one folder; it ends only what it started.
set -euo pipefail

usage() {
  cat <<'END'
usage: deploy/cluster.sh [options] start [-- SETTINGS OF THE NODES]    such as -- --Chat:Limits:Enabled=false
       deploy/cluster.sh [options] status       what runs, and whether it is ready; exit code 0 if all of it is
       deploy/cluster.sh [options] stop         in order, node by node; the data stay
       deploy/cluster.sh [options] erase        stops, and removes the folder
       deploy/cluster.sh [options] kill N       node N ends at once (SIGKILL)
       deploy/cluster.sh [options] term N       node N leaves in order (SIGTERM)
       deploy/cluster.sh [options] node N       node N starts again; returns when it is ready

  --folder DIR    data, logs and process ids   (default: orleanschat-cluster-UID in TMPDIR or /tmp)
  --port P        the address, for start       (default: 8000). PostgreSQL has P+1; node N has P+10+N for its edge,
                  P+20+N between silos, P+30+N for Orleans clients
  --nodes N       1 to 9, for start            (default: 3)
  --program DLL   a program that is built, for start (default: it is published into the folder first)

Needs the .NET SDK and the packages postgresql, nginx and curl; as root it runs PostgreSQL as the user postgres.
END
}

PATH=$PATH:/usr/sbin # where Debian has nginx
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
folder=${TMPDIR:-/tmp}/orleanschat-cluster-$(id -u)
port=8000 nodes=3 program=
while [ $# -gt 0 ]; do
  case $1 in
    --folder) folder=${2:?--folder needs a value}; shift 2 ;;
    --port) port=${2:?--port needs a value}; shift 2 ;;
    --nodes) nodes=${2:?--nodes needs a value}; shift 2 ;;
    --program) program=${2:?--program needs a value}; shift 2 ;;
    *) break ;;
  esac
done
command=${1:-help}
[ $# -eq 0 ] || shift

die() { echo "cluster.sh: $*" >&2; exit 1; }

# --- what was started: a process is known by its id and the moment of its start, since ids come back -----------------

born() { sed 's/.*) //' "/proc/$1/stat" 2>/dev/null | cut -d' ' -f20; }

pid_of() { # NAME: its id, if it lives
  local pid at
  [ -e "$folder/pids/$1" ] || return 1
  read -r pid at <"$folder/pids/$1" && [ -n "$at" ] && [ "$(born "$pid")" = "$at" ] && echo "$pid"
}

launch() { # NAME COMMAND…: outlives this script and its terminal
  local name=$1; shift
  setsid "$@" >>"$folder/logs/$name.log" 2>&1 </dev/null 9>&- &
  echo "$! $(born $!)" >"$folder/pids/$name"
}

end() { # NAME SIGNAL: SIGKILL follows after 15 s; a node takes at most 10
  local pid i
  pid=$(pid_of "$1") || { rm -f "$folder/pids/$1"; return 0; }
  kill "-$2" "$pid" 2>/dev/null || true
  for ((i = 0; i < 150; i++)); do
    pid_of "$1" >/dev/null || { rm -f "$folder/pids/$1"; return 0; }
    sleep 0.1
  done
  echo "$1 did not end, and is killed."
  kill -KILL "$pid" 2>/dev/null || true
  rm -f "$folder/pids/$1"
}

# --- the parts -------------------------------------------------------------------------------------------------------

binaries() { compgen -G '/usr/lib/postgresql/*/bin' | sort -V | tail -n 1; }

as_postgres() { # the server refuses to run as root
  if [ "$(id -u)" -eq 0 ]; then (cd / && exec runuser -u postgres -- "$@"); else (cd / && exec "$@"); fi
}

postgres_runs() { as_postgres "$(binaries)/pg_ctl" status -D "$folder/postgres" >/dev/null 2>&1; }

start_postgres() {
  local bin data=$folder/postgres password
  bin=$(binaries)
  if [ ! -e "$data/PG_VERSION" ]; then
    mkdir -p "$data"
    password=$(od -An -N16 -tx1 /dev/urandom | tr -d ' \n')
    (umask 077; echo "$password" >"$folder/password"; echo "$password" >"$folder/postgres.password")
    [ "$(id -u)" -ne 0 ] || chown postgres "$data" "$folder/postgres.password"
    as_postgres "$bin/initdb" -D "$data" -U chat --pwfile="$folder/postgres.password" --auth=scram-sha-256 \
      --encoding=UTF8 --locale=C >>"$folder/logs/postgres.log" 2>&1 9>&-
    rm "$folder/postgres.password"
  fi
  as_postgres "$bin/pg_ctl" start -w -t 60 -D "$data" -l "$data/server.log" \
    -o "-p $((port + 1)) -c listen_addresses=127.0.0.1 -c unix_socket_directories= -c max_connections=200" \
    >>"$folder/logs/postgres.log" 2>&1 9>&- || die "PostgreSQL did not start: see $data/server.log"
}

start_node() { # N
  local arguments=()
  mapfile -t arguments <"$folder/arguments"
  Chat__Storage="postgres:Host=127.0.0.1;Port=$((port + 1));Database=postgres;Username=chat;Password=$(cat "$folder/password")" \
  Chat__TrustedProxies__0=127.0.0.1 \
    launch "node-$1" dotnet "$program" --node "$1" --urls "http://127.0.0.1:$((port + 10 + $1))" \
    "--Cluster:SiloPort=$((port + 20 + $1))" "--Cluster:ClientPort=$((port + 30 + $1))" "${arguments[@]}"
}

ready() { curl --fail --silent --output /dev/null --max-time 5 "http://127.0.0.1:$1/health/ready"; }

await_node() { # N: at most a minute
  local i
  for ((i = 0; i < 300; i++)); do
    ! ready $((port + 10 + $1)) || return 0
    pid_of "node-$1" >/dev/null || break
    sleep 0.2
  done
  tail -n 20 "$folder/logs/node-$1.log" >&2
  die "Node $1 did not become ready; its log is $folder/logs/node-$1.log"
}

start_nginx() {
  local n servers=
  for ((n = 1; n <= nodes; n++)); do servers+="    server 127.0.0.1:$((port + 10 + n)) max_fails=1 fail_timeout=5s;"$'\n'; done
  mkdir -p "$folder/nginx"
  cat >"$folder/nginx/nginx.conf" <<END
daemon off;
worker_processes 2;
worker_rlimit_nofile 16384;
worker_shutdown_timeout 10s;
pid $folder/nginx/nginx.pid;
error_log $folder/logs/nginx-error.log;
events { worker_connections 8192; }
http {
  access_log off;
  client_body_temp_path $folder/nginx/body;
  proxy_temp_path $folder/nginx/proxy;
  fastcgi_temp_path $folder/nginx/fastcgi;
  uwsgi_temp_path $folder/nginx/uwsgi;
  scgi_temp_path $folder/nginx/scgi;
  map \$http_upgrade \$orleanschat_connection { default upgrade; '' ''; }
  upstream orleanschat {
    zone orleanschat 64k;
    least_conn;
    keepalive 32;
$servers  }
  server {
    listen 127.0.0.1:$port;
    include $here/nginx/orleanschat/locations.conf;
  }
}
END
  launch nginx nginx -c "$folder/nginx/nginx.conf" -e "$folder/logs/nginx-error.log"
}

# --- the commands ----------------------------------------------------------------------------------------------------

check() { # what would otherwise fail half-way
  local p
  for p in curl nginx setsid flock; do command -v "$p" >/dev/null || die "$p is missing: install the packages curl, nginx and util-linux."; done
  [ -n "$(binaries)" ] || die "PostgreSQL is missing: install the package postgresql."
  [[ $nodes =~ ^[1-9]$ ]] || die "--nodes is 1 to 9."
  [[ $port =~ ^[0-9]+$ && $port -ge 1024 && $port -le 65400 ]] || die "--port is 1024 to 65400."
  [ ! -e "$folder/running" ] || die "It runs already, or was not stopped: see deploy/cluster.sh status."
  for p in "$port" $((port + 1)) $(seq $((port + 11)) $((port + 10 + nodes))) $(seq $((port + 21)) $((port + 20 + nodes))) $(seq $((port + 31)) $((port + 30 + nodes))); do
    ! (exec 3<>"/dev/tcp/127.0.0.1/$p") 2>/dev/null || die "Port $p is taken: say another --port."
  done
}

start() {
  local n
  if [ -z "$program" ]; then
    dotnet publish "$here/../Silo" -c Release -v q -o "$folder/program" >"$folder/logs/publish.log" 9>&- || die "The program does not build: see $folder/logs/publish.log"
    program=$folder/program/OrleansChat.Silo.dll
  fi
  program=$(realpath "$program")
  printf '%s\n' "$port" "$nodes" "$program" >"$folder/running"
  if [ $# -gt 0 ]; then printf '%s\n' "$@"; fi >"$folder/arguments"

  start_postgres
  start_node 1 # alone, since it makes the tables and the administrator's account
  await_node 1
  for ((n = 2; n <= nodes; n++)); do start_node "$n"; done
  for ((n = 2; n <= nodes; n++)); do await_node "$n"; done
  start_nginx
  for ((n = 0; n < 50; n++)); do ! ready "$port" || break; sleep 0.2; done
  ready "$port" || die "nginx does not answer: see $folder/logs/nginx-error.log"
  grep "^First start" "$folder/logs/node-1.log" || true
  echo "The cluster of $nodes nodes is at http://127.0.0.1:$port (its folder: $folder)"
}

stop() {
  local n
  rm -f "$folder/running"
  end nginx TERM
  for ((n = 9; n >= 1; n--)); do end "node-$n" TERM; done
  ! postgres_runs || as_postgres "$(binaries)/pg_ctl" stop -m fast -w -t 60 -D "$folder/postgres" >/dev/null
}

status() {
  local n all=0
  say() { printf '%-10s %-28s %s\n' "$1" "$2" "$3"; [ "$3" = ready ] || all=1; }
  [ -e "$folder/running" ] || { echo "stopped"; return 1; }
  say nginx "http://127.0.0.1:$port" "$(look nginx "$port")"
  for ((n = 1; n <= nodes; n++)); do say "node $n" "http://127.0.0.1:$((port + 10 + n))" "$(look "node-$n" $((port + 10 + n)))"; done
  say postgres "127.0.0.1:$((port + 1))" "$(postgres_runs && echo ready || echo down)"
  return $all
}

look() { # NAME PORT
  if ! pid_of "$1" >/dev/null; then echo down; elif ready "$2"; then echo ready; else echo "not ready"; fi
}

a_node() { # N
  [ -e "$folder/running" ] || die "The cluster is stopped."
  [[ ${1:-} =~ ^[1-9]$ && $1 -le $nodes ]] || die "Say which node: 1 to $nodes."
}

case $command in
  start | stop | status | erase | kill | term | node) ;;
  help | --help) usage; exit 0 ;;
  *) usage >&2; exit 2 ;;
esac

if [ "$command" = start ]; then
  [ "${1:-}" != -- ] || shift
  check
  mkdir -p "$folder/logs" "$folder/pids"
  [ -O "$folder" ] || die "$folder belongs to somebody else: say another --folder."
  chmod 700 "$folder/logs" # the administrator's first password stands there
  touch "$folder/orleanschat-cluster"
fi
[ -e "$folder/orleanschat-cluster" ] || die "There is no cluster in $folder."
folder=$(cd "$folder" && pwd)
if [ -e "$folder/running" ]; then
  { read -r port; read -r nodes; read -r program; } <"$folder/running"
fi

if [ "$command" != status ]; then # one at a time: nobody starts a node of a cluster that is being stopped
  exec 9>"$folder/lock"
  flock -w 300 9 || die "Another cluster.sh is at work in $folder."
fi

case $command in
  start) trap '[ $? -eq 0 ] || stop' EXIT; start "$@" ;;
  stop) stop ;;
  erase) stop; rm -rf "$folder" ;;
  status) status ;;
  kill) a_node "$@"; end "node-$1" KILL ;;
  term) a_node "$@"; end "node-$1" TERM ;;
  node) a_node "$@"; pid_of "node-$1" >/dev/null || start_node "$1"; await_node "$1" ;;
esac
