#!/usr/bin/env bash
# Resolves recorded worlds, writes what comes out as VAST, and lets an independent player library read it.
#
#   compare.sh [WORLD.json ...]      our own worlds, and these
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd -P)"
root="$(cd "$here/../../../.." && pwd -P)"

if ! command -v node >/dev/null || ! command -v npm >/dev/null; then
  echo "merged documents: skipped, node and npm are not on the PATH"
  exit 0
fi
if [ ! -d "$here/node_modules" ]; then
  (cd "$here" && npm ci --omit-lockfile-registry-resolved --no-audit --no-fund --silent) || {
    echo "merged documents: skipped, npm cannot install the library here"
    exit 0
  }
fi
for world in "$here"/../resources/vast/worlds/*.json "$@"; do
  "$root/millrace" vast resolve --world "$world" --vast 4.2
done | node "$here/compare.mjs"
