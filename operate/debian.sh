#!/usr/bin/env bash
# Gives the folder of a Debian package's programs: operate/debian.sh PACKAGE PROGRAM. What is not installed is unpacked, so that no daemon is
# started. Prints nothing, and fails, where it cannot be had.
set -euo pipefail
if path="$(command -v "$2")"; then
  dirname "$path"
  exit
fi
folder="${TMPDIR:-/tmp}/millrace-$1"
if [ ! -x "$folder/usr/bin/$2" ]; then
  command -v apt-get > /dev/null && command -v dpkg-deb > /dev/null || exit 1
  mkdir -p "$folder"
  cd "$folder"
  # Without lists of packages, as in a fresh container, there is nothing to download from.
  apt-get download "$1" > /dev/null 2>&1 || { apt-get update > /dev/null 2>&1 && apt-get download "$1" > /dev/null 2>&1; } || exit 1
  dpkg-deb -x "$1"_*.deb . && rm -f "$1"_*.deb
fi
echo "$folder/usr/bin"
