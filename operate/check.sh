#!/usr/bin/env bash
# Checks what operators are given, without starting anything: that the alert rules are rules and each comes when it should (promtool), that the
# dashboard's queries are queries, and that docker-compose.yml is valid. What cannot be had here is skipped with a message.
set -euo pipefail
cd "$(dirname "$0")"

if folder="$(./debian.sh prometheus promtool)"; then
  PATH="$folder:$PATH"
  promtool check rules prometheus/alerts.yml
  (cd prometheus && promtool test rules alerts.test.yml)
  # Its files are where they are in a container.
  promtool check config --syntax-only prometheus/prometheus.yml prometheus/compose.yml
else
  echo "alert rules: skipped, there is no promtool and Debian's package prometheus cannot be had"
fi

if ! command -v docker-compose > /dev/null && [ "$(id -u)" = 0 ] && command -v apt-get > /dev/null; then
  { apt-get install -y --no-install-recommends docker-compose || { apt-get update && apt-get install -y --no-install-recommends docker-compose; }; } > /dev/null 2>&1 || true
fi
if command -v docker-compose > /dev/null; then
  # The secrets are somebody's own; for the form any will do.
  cd ..
  MILLRACE_DELIVERY_TOKEN_KEYS=1:x MILLRACE_ADMIN_TOKEN=x POSTGRES_PASSWORD=x GRAFANA_PASSWORD=x MILLRACE_CONNECT_HASH_SECRET=x docker-compose config -q
  echo "docker-compose.yml: valid, $(docker-compose --version)"
  if MILLRACE_ADMIN_TOKEN='' docker-compose --env-file /dev/null config -q 2> /dev/null; then
    echo "docker-compose.yml: is valid without its secrets, so they are somewhere" >&2
    exit 1
  fi
else
  echo "docker-compose.yml: not checked, there is no docker-compose and Debian's package cannot be installed"
fi
