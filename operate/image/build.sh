#!/usr/bin/env bash
# Makes what the image holds, in the folder OUT: jars, a Java runtime of the modules that they need, an AOT cache, a launcher.
#
#   operate/image/build.sh OUT
#
# The Dockerfile runs it, and operate/local/run.py where there are no containers. connectors/target must be built, and JAVA_HOME a JDK 25.
set -euo pipefail
here="$(cd "$(dirname "$0")" && pwd)"
home="$(cd "$here/../.." && pwd)"
mkdir -p "$1"
out="$(cd "$1" && pwd)"

rm -rf "$out/java" "$out/lib" "$out/bin"
mkdir -p "$out/lib" "$out/bin"
cp -p "$home"/connectors/target/millrace-connectors-*.jar "$home"/connectors/target/lib/*.jar "$out/lib/"
cp "$here/millrace" "$here/healthy" "$out/bin/"
chmod 755 "$out/bin/millrace" "$out/bin/healthy"

modules="$(grep -v '^#' "$here/modules" | paste -sd, -)"
"$JAVA_HOME/bin/jlink" --add-modules "$modules" --output "$out/java" --strip-debug --no-header-files --no-man-pages --compress zip-6

# Named one by one, because an AOT cache wants them in the order in which it was made, and * is in the order of the file system.
cat > "$out/options" <<OPTIONS
-cp $(printf '%s:' "$out"/lib/millrace-connectors-*.jar; ls "$out"/lib/*.jar | grep -v /millrace-connectors- | LC_ALL=C sort | paste -sd: -)
--enable-native-access=ALL-UNNAMED
--sun-misc-unsafe-memory-access=allow
-XX:+UseG1GC
-XX:MaxGCPauseMillis=20
-XX:MaxRAMPercentage=50
-XX:+ExitOnOutOfMemoryError
-Xlog:disable
-Xlog:all=error:stderr
OPTIONS

# Building the topology loads most of what a start needs.
rm -f "$out/millrace.aot"
"$out/java/bin/java" "@$out/options" "-XX:AOTCacheOutput=$out/millrace.aot" millrace.cli.Millrace topology > /dev/null
test -s "$out/millrace.aot"
echo "-XX:AOTCache=$out/millrace.aot" >> "$out/options"
"$out/bin/millrace" --version
