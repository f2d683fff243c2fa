#!/usr/bin/env bash
# Makes the secrets of a deployment with docker-compose.yml: .env, and the files that are mounted. What is there is kept.
set -euo pipefail
cd "$(dirname "$0")/.."
umask 077
random() { head -c "$1" /dev/urandom | base64 | tr -d '\n='; }

if [ ! -f .env ]; then
  cat > .env <<ENV
# Secrets of this deployment. Tokens of ads are signed with the keys: who loses them loses the impressions of ads that are out.
MILLRACE_DELIVERY_TOKEN_KEYS=1:$(head -c 32 /dev/urandom | base64)
MILLRACE_ADMIN_TOKEN=$(random 24 | tr '+/' '-_')
POSTGRES_PASSWORD=$(random 24 | tr '+/' '-_')
GRAFANA_PASSWORD=$(random 24 | tr '+/' '-_')
ENV
  echo "made .env"
fi
if [ ! -f operate/secrets/admin-token ]; then
  mkdir -p operate/secrets
  # Read by Prometheus, which is another user in its container.
  chmod 755 operate/secrets
  (umask 022; sed -n 's/^MILLRACE_ADMIN_TOKEN=//p' .env | tr -d '\n' > operate/secrets/admin-token)
  echo "made operate/secrets/admin-token"
fi
