#!/usr/bin/env bash
# Makes the secrets of a deployment with docker-compose.yml: .env, and the files that are mounted. What is there is kept.
set -euo pipefail
cd "$(dirname "$0")/.."
umask 077
random() { head -c "$1" /dev/urandom | base64 | tr -d '\n='; }

touch .env
# has NAME, else VALUE
has() {
  if ! grep -q "^$1=." .env; then
    echo "$1=$2" >> .env
    echo "made $1 in .env"
  fi
}
# Tokens of ads are signed with the keys: who loses them loses the impressions of ads that are out.
has MILLRACE_DELIVERY_TOKEN_KEYS "1:$(head -c 32 /dev/urandom | base64)"
has MILLRACE_ADMIN_TOKEN "$(random 24 | tr '+/' '-_')"
has POSTGRES_PASSWORD "$(random 24 | tr '+/' '-_')"
has GRAFANA_PASSWORD "$(random 24 | tr '+/' '-_')"
# Users are pseudonyms in tables and in Redis; the same as long as this is.
has MILLRACE_CONNECT_HASH_SECRET "$(random 24 | tr '+/' '-_')"

if [ ! -f operate/secrets/admin-token ]; then
  mkdir -p operate/secrets
  # Read by Prometheus, which is another user in its container.
  chmod 755 operate/secrets
  (umask 022; sed -n 's/^MILLRACE_ADMIN_TOKEN=//p' .env | tr -d '\n' > operate/secrets/admin-token)
  echo "made operate/secrets/admin-token"
fi
