#!/usr/bin/env bash
# Checks the alert rules with promtool: that they are rules, and that each comes when it should. Skipped, with a message, where there is no promtool.
set -euo pipefail
cd "$(dirname "$0")/prometheus"

if ! command -v promtool >/dev/null; then
  # Debian's package prometheus has it. It is unpacked, not installed: no daemon is started.
  folder="${TMPDIR:-/tmp}/millrace-promtool"
  if [ ! -x "$folder/usr/bin/promtool" ] && command -v apt-get >/dev/null && command -v dpkg-deb >/dev/null; then
    mkdir -p "$folder"
    (cd "$folder" && apt-get download prometheus >/dev/null 2>&1 && dpkg-deb -x prometheus_*.deb . && rm -f prometheus_*.deb) || true
  fi
  PATH="$folder/usr/bin:$PATH"
fi
if ! command -v promtool >/dev/null; then
  echo "alert rules: skipped, there is no promtool and Debian's package prometheus cannot be had"
  exit 0
fi
promtool check rules alerts.yml
promtool test rules alerts.test.yml
