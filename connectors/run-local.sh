#!/usr/bin/env bash
# Runs Millrace with Kafka Connect, PostgreSQL and Redis on this machine, until Ctrl-C: the stack of "millrace dev" (Kafka, registry,
# upstreams, a pipeline with the example campaigns), a PostgreSQL and a Redis of its own on free ports, a Connect worker, and the
# connectors of connectors/config. Everything listens on loopback and is forgotten at the end.
#
#   connectors/run-local.sh                     with demo traffic of two requests a second, until Ctrl-C
#   connectors/run-local.sh --quiet COMMAND...  without traffic: runs COMMAND in the environment that env.sh has, then stops everything
#
# Installs Debian's postgresql and redis-server where they are missing and this is root. Exit code 77: they are not to be had here.
set -euo pipefail
cd "$(dirname "$0")/.."
root="$PWD"

quiet=""
if [ "${1:-}" = --quiet ]; then quiet=--quiet; shift; fi

say() { echo "connect: $*" >&2; }
skip() { say "skipped: $*"; exit 77; }

# ------------------------------------------------------------------------------------------------------------- servers' programs
postgres_bin() { ls -d /usr/lib/postgresql/*/bin 2>/dev/null | sort -V | tail -n 1; }

install_missing() {
  local missing=()
  [ -n "$(postgres_bin)" ] || missing+=(postgresql)
  command -v redis-server >/dev/null || missing+=(redis-server)
  [ "${#missing[@]}" -gt 0 ] || return 0
  command -v apt-get >/dev/null || skip "${missing[*]} missing, and there is no apt-get to install it with"
  [ "$(id -u)" = 0 ] || skip "${missing[*]} missing; run 'apt-get install ${missing[*]}' as root"
  say "installing ${missing[*]}"
  export DEBIAN_FRONTEND=noninteractive
  # Servers of the system are not started for it: this script starts its own.
  { apt-get update -q && apt-get install -q -y --no-install-recommends "${missing[@]}"; } >/tmp/millrace-apt.$$ 2>&1 || {
    tail -n 5 /tmp/millrace-apt.$$ >&2
    rm -f /tmp/millrace-apt.$$
    skip "${missing[*]} cannot be installed here"
  }
  rm -f /tmp/millrace-apt.$$
}

install_missing
pg_bin="$(postgres_bin)"
[ -n "$pg_bin" ] && command -v redis-server >/dev/null || skip "PostgreSQL or Redis is not installed"
command -v curl >/dev/null || skip "curl is not installed"

# ------------------------------------------------------------------------------------------------------------- build, if need be
worker="$root/connectors/worker/target"
plugin="$root/connectors/connect/target/plugins"
stale() {
  [ -d "$worker/lib" ] && [ -d "$worker/plugins" ] && ls "$plugin"/millrace/millrace-connect-*.jar >/dev/null 2>&1 || return 0
  [ -n "$(find pom.xml ./*/pom.xml connectors/*/pom.xml ./*/src/main connectors/connect/src/main -type f \
    -newer "$(ls "$plugin"/millrace/millrace-connect-*.jar)" 2>/dev/null | head -n 1)" ]
}
if [ "${MILLRACE_BUILD:-auto}" != never ] && stale; then
  say "building (the worker's parts are 80 MB the first time)"
  MILLRACE_BUILD=auto ./millrace --version >/dev/null
  mvn -q -B -ntp -Dstyle.color=never -Dmaven.test.skip=true -Pconnect-worker package >&2
fi

# ------------------------------------------------------------------------------------------------------------- start and stop
dir="$(mktemp -d "${TMPDIR:-/tmp}/millrace-connect.XXXXXX")"
chmod 755 "$dir"
pids=()
end() {
  local waited=0
  kill "$1" 2>/dev/null || return 0
  while kill -0 "$1" 2>/dev/null && [ "$waited" -lt 50 ]; do sleep 0.2; waited=$((waited + 1)); done
  kill -9 "$1" 2>/dev/null || true
  wait "$1" 2>/dev/null || true
}
stop() {
  local status=$? i
  trap - EXIT INT TERM
  # Last in, first out: a worker that has lost its brokers waits for them.
  for ((i = ${#pids[@]} - 1; i >= 0; i--)); do end "${pids[$i]}"; done
  if [ "$status" -ne 0 ] && [ "$status" -ne 130 ]; then
    say "failed; the last lines of the logs:"
    tail -n 15 "$dir"/*.log >&2 || true
  fi
  if [ -n "${MILLRACE_KEEP:-}" ]; then say "kept: $dir"; else rm -rf "$dir"; fi
  exit "$status"
}
trap stop EXIT
trap 'exit 130' INT TERM

# One that nobody has at the moment, above those that clients take.
free_port() {
  local port
  while :; do
    port=$((20000 + RANDOM % 12000))
    (exec 3<>"/dev/tcp/127.0.0.1/$port") 2>/dev/null || { echo "$port"; return; }
  done
}

# wait_for SECONDS WHAT COMMAND...
wait_for() {
  local end=$((SECONDS + $1)) what="$2"
  shift 2
  until "$@" >/dev/null 2>&1; do
    [ "$SECONDS" -lt "$end" ] || { say "$what does not come up"; exit 1; }
    sleep 0.2
  done
}

# PostgreSQL refuses to run as root. No function, so that what is started in the background is the server itself and can be ended.
as_postgres=(env)
if [ "$(id -u)" = 0 ]; then as_postgres=(setpriv --reuid=postgres --regid=postgres --clear-groups); fi

secret() { head -c 24 /dev/urandom | base64 | tr -d '/+='; }
export MILLRACE_CONNECT_PG_HOST=127.0.0.1
MILLRACE_CONNECT_PG_PORT="$(free_port)"
export MILLRACE_CONNECT_PG_PORT
export MILLRACE_CONNECT_PG_DATABASE=millrace
export MILLRACE_CONNECT_PG_USER=millrace
MILLRACE_CONNECT_PG_PASSWORD="$(secret)"
export MILLRACE_CONNECT_PG_PASSWORD
MILLRACE_CONNECT_HASH_SECRET="$(secret)"
export MILLRACE_CONNECT_HASH_SECRET
export MILLRACE_CONNECT_REPLICATION=1
redis_port="$(free_port)"
export MILLRACE_CONNECT_REDIS="redis://127.0.0.1:$redis_port"

start_postgres() {
  mkdir "$dir/pg"
  printf '%s\n' "$MILLRACE_CONNECT_PG_PASSWORD" >"$dir/pg.password"
  if [ "$(id -u)" = 0 ]; then chown -R postgres "$dir/pg" "$dir/pg.password"; fi
  chmod 700 "$dir/pg"
  "${as_postgres[@]}" "$pg_bin/initdb" -D "$dir/pg/data" -U millrace --pwfile="$dir/pg.password" --auth=scram-sha-256 \
    --no-sync -E UTF8 --no-locale >"$dir/initdb.log" 2>&1
  rm "$dir/pg.password"
  # Its own user, so that the log of changes may be read; durability is not needed for what is forgotten.
  "${as_postgres[@]}" "$pg_bin/postgres" -D "$dir/pg/data" -p "$MILLRACE_CONNECT_PG_PORT" -k "$dir/pg" \
    -c listen_addresses=127.0.0.1 -c wal_level=logical -c max_connections=30 -c shared_buffers=32MB -c fsync=off \
    >"$dir/postgres.log" 2>&1 &
  pids+=($!)
}

prepare_postgres() {
  export PGHOST="$MILLRACE_CONNECT_PG_HOST" PGPORT="$MILLRACE_CONNECT_PG_PORT" PGUSER="$MILLRACE_CONNECT_PG_USER"
  export PGPASSWORD="$MILLRACE_CONNECT_PG_PASSWORD" PGDATABASE=postgres
  wait_for 30 PostgreSQL psql -c "SELECT 1"
  psql -q -c "CREATE DATABASE $MILLRACE_CONNECT_PG_DATABASE"
  export PGDATABASE="$MILLRACE_CONNECT_PG_DATABASE"
  psql -q -v ON_ERROR_STOP=1 -f connectors/sql/schema.sql
}

start_redis() {
  redis-server --port "$redis_port" --bind 127.0.0.1 --dir "$dir" --save "" --appendonly no >"$dir/redis.log" 2>&1 &
  pids+=($!)
}

start_stack() {
  MILLRACE_BUILD=never ./millrace dev --free-ports $quiet >"$dir/millrace.log" 2>&1 &
  pids+=($!)
}

# Each part's line of the stack's start: "Kafka            127.0.0.1:1234"
address() { sed -n "s/^$1  *//p" "$dir/millrace.log" | head -n 1; }

java_25() {
  local home
  for home in "${JAVA_HOME:-}" /usr/lib/jvm/*; do
    if grep -qs '^JAVA_VERSION="\(2[5-9]\|[3-9][0-9]\)' "$home/release"; then echo "$home/bin/java"; return; fi
  done
  echo java
}

start_worker() {
  connect_port="$(free_port)"
  export MILLRACE_CONNECT_REST="http://127.0.0.1:$connect_port"
  {
    cat connectors/config/worker.properties
    echo "bootstrap.servers=$MILLRACE_CONNECT_KAFKA"
    echo "listeners=http://127.0.0.1:$connect_port"
    echo "plugin.path=$plugin,$worker/plugins"
  } >"$dir/worker.properties"
  "$(java_25)" -Xmx512m -XX:+UseSerialGC -XX:TieredStopAtLevel=1 -Dlogback.configurationFile="$root/connectors/config/logback.xml" \
    -cp "$worker/lib/*" org.apache.kafka.connect.cli.ConnectDistributed "$dir/worker.properties" >"$dir/worker.log" 2>&1 &
  pids+=($!)
}

# create CONFIG-FILE
create() {
  local answer
  answer="$(curl -sS -X POST -H 'Content-Type: application/json' --data @"$1" -w '\n%{http_code}' "$MILLRACE_CONNECT_REST/connectors")"
  case "${answer##*$'\n'}" in
    201) ;;
    409) sleep 0.5; create "$1" ;; # The worker's group settles.
    *) say "$1 is refused: $answer"; exit 1 ;;
  esac
}

is_running() {
  local status
  status="$(curl -sf "$MILLRACE_CONNECT_REST/connectors/$1/status")"
  case "$status" in *FAILED*) say "$1: $status"; exit 1 ;; esac
  case "$status" in *'"tasks":[{'*RUNNING*) return 0 ;; *) return 1 ;; esac
}

start_postgres
start_redis
start_stack
prepare_postgres
say "PostgreSQL       $PGHOST:$PGPORT"
say "Redis            127.0.0.1:$redis_port"
wait_for 60 "the stack of Millrace" grep -q '^ready' "$dir/millrace.log"
MILLRACE_CONNECT_KAFKA="$(address Kafka)"
MILLRACE_CONNECT_REGISTRY="$(address "schema registry")"
export MILLRACE_CONNECT_KAFKA MILLRACE_CONNECT_REGISTRY
MILLRACE_CONNECT_ADMIN="$(address admin)"
export MILLRACE_CONNECT_ADMIN="${MILLRACE_CONNECT_ADMIN%/status}"
say "Kafka            $MILLRACE_CONNECT_KAFKA"
say "schema registry  $MILLRACE_CONNECT_REGISTRY"
start_worker
wait_for 60 "the worker" curl -sf "$MILLRACE_CONNECT_REST/connectors"
say "Kafka Connect    $MILLRACE_CONNECT_REST"
for config in connectors/config/*.json; do create "$config"; done
for name in $(sed -n 's/^  "name": *"\(.*\)".*/\1/p' connectors/config/*.json); do
  wait_for 40 "connector $name" is_running "$name"
done

if [ "$#" -gt 0 ]; then
  "$@"
  exit
fi
cat >&2 <<END
connect: ready; Ctrl-C ends it. In another terminal:

  export PGHOST=$PGHOST PGPORT=$PGPORT PGUSER=$PGUSER PGDATABASE=$PGDATABASE PGPASSWORD=$PGPASSWORD
  psql -c "SELECT * FROM millrace.campaign_spend"
  redis-cli -p $redis_port HGETALL millrace:budget:tea
  ./millrace audit --bootstrap $MILLRACE_CONNECT_KAFKA --registry $MILLRACE_CONNECT_REGISTRY
END
# The stack's end is this script's.
wait "${pids[2]}"
