#!/usr/bin/env python3
"""Runs docker-compose.yml on a machine without containers, until Ctrl-C: operate/local/run.py [FOLDER]

FOLDER (default .millrace/local) gets data, logs and the image's files. With --check it runs operate/local/check.py's questions on a fresh
deployment instead, and ends. Needs what is built (./millrace --version builds), JDK 25, docker-compose, Python's yaml.
"""

import os
import pathlib
import shutil
import signal
import subprocess
import sys

try:
    import yaml  # noqa: F401
except ImportError:
    # Debian's Python has it with docker-compose; another one that is first on the path may not.
    if sys.executable != "/usr/bin/python3" and pathlib.Path("/usr/bin/python3").exists():
        os.execv("/usr/bin/python3", ["/usr/bin/python3", *sys.argv])
    print("deployment: skipped, Python has no yaml (Debian's package python3-yaml)")
    sys.exit(0)

import check
from deployment import HOME, Deployment, Missing


def say(line):
    print("deployment: " + line, flush=True)


def jdk():
    said = subprocess.run(["bash", "-c", f'grep -ls \'^JAVA_VERSION="25\' "${{JAVA_HOME:-}}"/release /usr/lib/jvm/*/release | head -1'],
                          capture_output=True, text=True).stdout.strip()
    if not said:
        raise Missing("there is no JDK 25")
    return pathlib.Path(said).parent


def image(folder, java):
    """The files of the image, made anew when one that it is made of is newer."""
    jars = list(HOME.glob("connectors/target/millrace-connectors-*.jar"))
    parts = [*jars, *HOME.glob("operate/image/*")]
    if not jars:
        raise SystemExit("nothing is built; ./millrace --version builds")
    made = folder / "millrace.aot"
    if not made.exists() or made.stat().st_mtime < max(part.stat().st_mtime for part in parts):
        subprocess.run([HOME / "operate/image/build.sh", folder], check=True, env={**os.environ, "JAVA_HOME": str(java)},
                       stdout=subprocess.DEVNULL)
    return folder


def main(words):
    checks = "--check" in words
    places = [word for word in words if not word.startswith("--")]
    work = pathlib.Path(places[0] if places else HOME / ".millrace/local").resolve() / "deployment"
    if checks:
        shutil.rmtree(work, ignore_errors=True)
    work.mkdir(parents=True, exist_ok=True)
    # PostgreSQL is another user's, and has to come by here.
    os.chmod(work, 0o755)
    subprocess.run([HOME / "operate/secrets.sh"], check=True)
    java = jdk()
    with check.Upstreams(HOME) if checks else check.nobody():
        deployment = Deployment(work, image(work.parent / "image", java), java / "bin/java", check.CHANGES if checks else ())
        try:
            deployment.up(say)
            if checks:
                check.run(deployment, say)
            else:
                say("everything is up; Ctrl-C ends it")
                signal.sigwait([signal.SIGINT, signal.SIGTERM])
        finally:
            codes = deployment.down()
    if checks:
        check.ended(codes, say)


if __name__ == "__main__":
    signal.pthread_sigmask(signal.SIG_BLOCK, [] if "--check" in sys.argv else [signal.SIGINT, signal.SIGTERM])
    try:
        main(sys.argv[1:])
    except Missing as missing:
        say(f"skipped, {missing}")
