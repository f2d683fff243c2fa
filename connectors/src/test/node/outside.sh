#!/usr/bin/env bash
# Outsiders against a running Millrace: a player library in a real browser, and a Kafka client of another language with two schema registries.
#
#   outside.sh [browser] [kafkajs] [apicurio]      those, or all
#
# What a machine does not have is said, and left out. MILLRACE_SCREENSHOT names a file for a picture of the page.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd -P)"
root="$(cd "$here/../../../.." && pwd -P)"
wanted="${*:-browser kafkajs apicurio}"
apicurio="io.apicurio:apicurio-registry-app:3.3.3:tar.gz:all"

wants() {
  case " $wanted " in *" $1 "*) return 0 ;; *) return 1 ;; esac
}

work="$(mktemp -d "${TMPDIR:-/tmp}/millrace-outside-XXXXXX")"
pids=()
finish() {
  local status=$? pid
  for pid in ${pids[@]+"${pids[@]}"}; do kill "$pid" 2>/dev/null || true; done
  for pid in ${pids[@]+"${pids[@]}"}; do wait "$pid" 2>/dev/null || true; done
  if [ "$status" -ne 0 ]; then
    for log in "$work"/*.log; do echo "--- $(basename "$log")"; tail -n 25 "$log"; done >&2
  fi
  rm -rf "$work"
  exit "$status"
}
trap finish EXIT

# await WHAT SECONDS PID COMMAND...: until the command succeeds; fails when the process has ended or the time is over.
await() {
  local what="$1" left=$(($2 * 5)) pid="$3"
  shift 3
  until "$@" >/dev/null 2>&1; do
    left=$((left - 1))
    if [ "$left" -le 0 ] || ! kill -0 "$pid" 2>/dev/null; then
      echo "outside: $what is not up" >&2
      return 1
    fi
    sleep 0.2
  done
}

free_port() {
  node -e 'const s = require("net").createServer().listen(0, "127.0.0.1", () => { console.log(s.address().port); s.close(); })'
}

find_browser() {
  local name
  for name in chromium chromium-browser google-chrome google-chrome-stable; do
    command -v "$name" && return
  done
}

# The end of a line that the stack printed.
said() {
  sed -n "s|^$1 *||p" "$work/dev.log" | head -n 1
}

if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
  echo "outside: skipped, node and npm are not on the PATH"
  exit 0
fi
if [ ! -d "$here/node_modules" ]; then
  (cd "$here" && npm ci --omit-lockfile-registry-resolved --no-audit --no-fund --silent) || {
    echo "outside: skipped, npm cannot install the libraries here"
    exit 0
  }
fi

browser=""
if wants browser; then
  browser="$(find_browser || true)"
  if [ -z "$browser" ] && [ "$(id -u)" = 0 ] && command -v apt-get >/dev/null; then
    (timeout 60 apt-get update -qq && DEBIAN_FRONTEND=noninteractive timeout 240 apt-get install -y -qq --no-install-recommends chromium) \
      >"$work/apt.log" 2>&1 </dev/null || true
    browser="$(find_browser || true)"
  fi
  [ -n "$browser" ] || echo "browser: skipped, there is no Chromium here and it cannot be installed"
fi

# Each process lives for less than a minute: nothing is worth the better compiler.
export MILLRACE_JAVA_OPTS="-XX:TieredStopAtLevel=1 ${MILLRACE_JAVA_OPTS:-}"
"$root/millrace" dev --quiet --free-ports >"$work/dev.log" 2>&1 &
dev=$!
pids+=("$dev")
await "the stack" 300 "$dev" grep -q '^ready' "$work/dev.log"
brokers="$(said Kafka)"
registry="$(said 'schema registry')"
upstreams="$(said upstreams)"
gateway="$(said gateway)"
gateway="${gateway%%/vast*}"
curl -fsS -X PUT "$upstreams/control/outside?latency=5ms..20ms" >/dev/null

# apply REGISTRY PREFIX: the catalog to that deployment.
apply() {
  UPSTREAMS="$upstreams" "$root/millrace" apply --set kafka.bootstrap.servers="$brokers" --set registry.urls="$1" --set topics.prefix="$2" \
    -f "$here/catalog.yaml" >>"$work/apply.log" 2>&1
}
export MILLRACE_BUILD=never
apply "$registry" ""

if [ -n "$browser" ]; then
  node "$here/browser.mjs" "$browser" "$gateway" "$brokers" "$registry" ${MILLRACE_SCREENSHOT:+"$MILLRACE_SCREENSHOT"}
fi
if wants kafkajs; then
  node "$here/foreign.mjs" "the embedded registry" "$brokers" "$registry"
fi

if wants apicurio; then
  # From Maven's own store, or from where Maven gets things.
  if ! (cd "$root" && mvn -q -N -B -ntp dependency:copy -Dartifact="$apicurio" -DoutputDirectory="$work") >"$work/mvn.log" 2>&1; then
    echo "apicurio: skipped, Maven cannot fetch $apicurio here"
    exit 0
  fi
  mkdir "$work/apicurio"
  tar -xzf "$work"/apicurio-registry-app-*.tar.gz -C "$work/apicurio"
  port="$(free_port)"
  java="$(ps -o args= -p "$dev" | cut -d ' ' -f 1)"
  jar="$(find "$work/apicurio" -name quarkus-run.jar | head -n 1)"
  "$java" -Xmx256m -XX:TieredStopAtLevel=1 -Dquarkus.http.host=127.0.0.1 -Dquarkus.http.port="$port" -Dquarkus.management.enabled=false \
    -jar "$jar" >"$work/apicurio.log" 2>&1 &
  pids+=("$!")
  registry="http://127.0.0.1:$port/apis/ccompat/v7"
  await "Apicurio Registry" 60 "${pids[1]}" curl -fsS "$registry/subjects"
  # Its own default is to check nothing.
  curl -fsS -X PUT -H 'Content-Type: application/json' -d '{"compatibility": "BACKWARD"}' "$registry/config" >/dev/null

  admin="$(free_port)"
  MILLRACE_DELIVERY_TOKEN_KEYS="1:$(head -c 32 /dev/urandom | base64)" "$root/millrace" run --set kafka.bootstrap.servers="$brokers" --set registry.urls="$registry" \
    --set topics.prefix=apicurio. --set topics.partitions=4 --set topics.replication=1 --set application.id=millrace-apicurio \
    --set upstream.allow=127.0.0.1 --set admin.port="$admin" --set state.dir="$work/state" >"$work/run.log" 2>&1 &
  pids+=("$!")
  await "the pipeline beside Apicurio Registry" 60 "${pids[2]}" curl -fsS "http://127.0.0.1:$admin/health/ready"
  apply "$registry" "apicurio."
  node "$here/foreign.mjs" "Apicurio Registry" "$brokers" "$registry" "apicurio."
fi
