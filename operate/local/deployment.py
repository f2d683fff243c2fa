"""The processes of docker-compose.yml without containers: the same commands and settings, read from that file.

A service is a process on a loopback address of its own, so that it has the ports that it has in its container; names of services become
these addresses, volumes become folders. Linux only: elsewhere 127.0.0.1 is the only loopback address.
"""

import glob
import os
import pathlib
import re
import shlex
import shutil
import signal
import subprocess
import time

import yaml

HOME = pathlib.Path(__file__).resolve().parents[2]


class Missing(Exception):
    """Something cannot be had on this machine."""


def composed():
    """What docker-compose makes of the file: checked, anchors and variables filled in."""
    for command in (["docker-compose"], ["docker", "compose"]):
        if shutil.which(command[0]):
            said = subprocess.run([*command, "config"], cwd=HOME, capture_output=True, text=True)
            if said.returncode == 0:
                return yaml.safe_load(said.stdout)
            if "is not a docker command" not in said.stderr and "unknown" not in said.stderr:
                raise SystemExit("docker-compose.yml is not valid:\n" + said.stderr)
    raise Missing("docker-compose is not there (Debian's package docker-compose)")


def debian(package, program):
    said = subprocess.run([HOME / "operate/debian.sh", package, program], capture_output=True, text=True)
    if said.returncode:
        raise Missing(f"there is no {program}, and Debian's package {package} cannot be had")
    return pathlib.Path(said.stdout.strip()) / program


class Deployment:
    def __init__(self, work, image, java, changes=()):
        """changes: (text, instead) in mounted files, for tests that cannot wait"""
        self.work, self.image, self.java, self.changes = work, image, java, changes
        self.services = composed()["services"]
        self.address = {name: f"127.0.7.{n}" for n, name in enumerate(sorted(self.services), 1)}
        self.running = {}
        names = "|".join(re.escape(name) for name in self.services)
        self.named = re.compile(rf"(?<![\w.-])({names})(?=:\d)")
        self.starters = {
            "millrace": self.ours,
            "millrace-connect": self.connect,
            "curlimages/curl": self.once,
            "apache/kafka": self.kafka,
            "apicurio/apicurio-registry": self.registry,
            "postgres": self.postgres,
            "redis": self.redis,
            "prom/prometheus": self.prometheus,
        }

    def here(self, name, text):
        """A setting, a word of a command or a file as it is for this service on this machine."""
        text = self.named.sub(lambda found: self.address[found[1]], str(text)).replace("0.0.0.0", self.address[name])
        places = {"/opt/millrace": self.image, "/opt/connect": self.work / "connect", "/opt/connect/bin/healthy": self.image / "bin/healthy"}
        for volume in self.services[name].get("volumes", ()):
            source, target = self.mount(volume)
            places[target] = source
        paths = "|".join(re.escape(path) for path in sorted(places, key=len, reverse=True))
        return re.sub(rf"(?<![\w./-])({paths})(?![\w.-])", lambda found: str(places[found[1]]), text)

    def mount(self, volume):
        if isinstance(volume, dict):
            volume = f"{volume['source']}:{volume['target']}"
        source, target = volume.split(":")[:2]
        if source.startswith("/"):
            path = pathlib.Path(source)
            return (self.work / "mounted/prometheus" if path == HOME / "operate/prometheus" else path), target
        folder = self.work / "volumes" / source
        folder.mkdir(parents=True, exist_ok=True)
        return folder, target

    def settings(self, name):
        settings = self.services[name].get("environment") or {}
        return {key: self.address.get(value) or self.here(name, value) for key, value in settings.items()}

    def command(self, name):
        words = [*(self.services[name].get("entrypoint") or []), *(self.services[name].get("command") or [])]
        return [self.here(name, word) for word in words]

    def start(self, name):
        image = self.services[name]["image"].rsplit(":", 1)[0]
        if image not in self.starters:
            raise Missing(f"there is no {image} but as a container")
        self.starters[image](name)

    def process(self, name, words, environment=(), user=None):
        log = open(self.work / f"{name}.log", "ab")
        self.running[name] = subprocess.Popen(
            [str(word) for word in words], stdout=log, stderr=log, cwd=self.work, user=user,
            env={"PATH": os.environ["PATH"], "HOME": str(self.work), **dict(environment)})

    def ours(self, name):
        self.process(name, [self.image / "bin/millrace", *self.command(name)], self.settings(name))

    def kafka(self, name):
        """The broker of the devkit's jars, which is Kafka's own; its settings come from the environment as in its image."""
        settings = self.settings(name)
        heap = shlex.split(settings.pop("KAFKA_HEAP_OPTS"))
        lines = [f"{key[6:].lower().replace('_', '.')}={value}" for key, value in settings.items() if key.startswith("KAFKA_")]
        properties = self.work / "kafka.properties"
        properties.write_text("\n".join(lines) + "\n")
        java = [self.java, *heap, "-XX:TieredStopAtLevel=1", "-cp", f"{HOME}/devkit/target/lib/*"]
        subprocess.run(
            [*java, "kafka.tools.StorageTool", "format", "--ignore-formatted", "-t", settings["CLUSTER_ID"], "-c", properties],
            check=True, capture_output=True)
        self.process(name, [*java, "kafka.Kafka", properties])

    def registry(self, name):
        """The same server from Maven Central."""
        version = self.services[name]["image"].rsplit(":", 1)[1]
        folder = self.work.parent / f"apicurio-{version}"
        if not (folder / "quarkus-run.jar").exists():
            folder.mkdir(parents=True, exist_ok=True)
            fetched = subprocess.run(
                ["mvn", "-B", "-ntp", "-q", "org.apache.maven.plugins:maven-dependency-plugin:3.8.1:copy",
                 f"-Dartifact=io.apicurio:apicurio-registry-app:{version}:tar.gz:all", f"-DoutputDirectory={folder}"],
                capture_output=True, text=True)
            if fetched.returncode:
                raise Missing("Apicurio Registry cannot be fetched: " + fetched.stdout[-300:])
            archive = glob.glob(f"{folder}/*.tar.gz")[0]
            subprocess.run(["tar", "xzf", archive, "-C", folder], check=True)
            os.remove(archive)
        settings = self.settings(name)
        options = shlex.split(settings.pop("JAVA_OPTS_APPEND", ""))
        self.process(name, [self.java, *options, "-XX:TieredStopAtLevel=1", "-jar", folder / "quarkus-run.jar"], settings)

    def postgres(self, name):
        programs = sorted(glob.glob("/usr/lib/postgresql/*/bin"))
        if not programs:
            raise Missing("there is no PostgreSQL (Debian's package postgresql)")
        settings, data = self.settings(name), self.work / "volumes/postgres"
        user = "postgres" if os.geteuid() == 0 else None
        if user:
            shutil.chown(data, user)
        if not (data / "PG_VERSION").exists():
            secret = self.work / "postgres-password"
            secret.write_text(settings["POSTGRES_PASSWORD"])
            secret.chmod(0o644)
            subprocess.run(
                [f"{programs[-1]}/initdb", "-D", data, "-U", settings["POSTGRES_USER"], "-A", "scram-sha-256", f"--pwfile={secret}"],
                check=True, capture_output=True, user=user, cwd="/")
            secret.unlink()
        # The server of Debian listens for programs of this machine in a folder that is another user's.
        more = ["-D", data, "-c", f"listen_addresses={self.address[name]}", "-c", "unix_socket_directories="]
        self.process(name, [f"{programs[-1]}/postgres", *self.command(name)[1:], *more], user=user)
        self.wait(name)
        self.schema(name)

    def schema(self, name):
        """What the image does the first time: the database, then the files that are there for it."""
        settings = self.settings(name)
        programs = sorted(glob.glob("/usr/lib/postgresql/*/bin"))[-1]
        asks = [f"{programs}/psql", "-q", "-v", "ON_ERROR_STOP=1", "-h", self.address[name], "-U", settings["POSTGRES_USER"]]
        environment = {**os.environ, "PGPASSWORD": settings["POSTGRES_PASSWORD"]}
        database = settings["POSTGRES_DB"]
        there = subprocess.run([*asks, "-d", database, "-c", "SELECT 1"], env=environment, capture_output=True).returncode == 0
        if not there:
            subprocess.run([*asks, "-d", "postgres", "-c", f"CREATE DATABASE {database}"], env=environment, check=True)
            for volume in self.services[name]["volumes"]:
                source, target = self.mount(volume)
                if target.startswith("/docker-entrypoint-initdb.d/"):
                    subprocess.run([*asks, "-d", database, "-f", source], env=environment, check=True, capture_output=True)

    def connect(self, name):
        """The worker's parts as Maven puts them together, where its image has them."""
        worker, own = HOME / "connectors/worker/target", HOME / "connectors/connect/target/plugins"
        if not (worker / "lib").exists() or not own.exists():
            raise Missing("Connect's parts are not built (mvn -Pconnect-worker -Dmaven.test.skip=true package)")
        if "postgres" not in self.running or "redis" not in self.running:
            raise Missing("there is no PostgreSQL or no Redis")
        home = self.work / "connect"
        for place, target in {"lib": worker / "lib", "plugins/published": worker / "plugins", "plugins/own": own,
                              "config": HOME / "connectors/config"}.items():
            (home / place).parent.mkdir(parents=True, exist_ok=True)
            (home / place).unlink(missing_ok=True)
            (home / place).symlink_to(target)
        settings = {**self.settings(name), "CONNECT_HOME": home, "JAVA_HOME": self.java.parent.parent}
        self.process(name, [HOME / "operate/image/connect"], settings)

    def once(self, name):
        """Runs to its end, when what it needs is there."""
        if any(need not in self.running for need in self.services[name]["depends_on"]):
            raise Missing("what it needs does not run here")
        said = subprocess.run(self.command(name), capture_output=True, text=True)
        if said.returncode:
            raise SystemExit(f"{name} ended with {said.returncode}: {said.stderr}")

    def redis(self, name):
        if not shutil.which("redis-server"):
            raise Missing("there is no redis-server (Debian's package redis-server)")
        self.process(name, [*self.command(name), "--bind", self.address[name]])

    def prometheus(self, name):
        for volume in self.services[name]["volumes"]:
            source = pathlib.Path(volume["source"] if isinstance(volume, dict) else volume.split(":")[0])
            target, _ = self.mount(volume)
            if source.is_dir() and target.parent.name == "mounted":
                target.mkdir(parents=True, exist_ok=True)
                for file in source.iterdir():
                    text = self.here(name, file.read_text())
                    for old, new in self.changes:
                        text = text.replace(old, new)
                    (target / file.name).write_text(text)
        self.process(name, [debian("prometheus", "prometheus"), *self.command(name)])

    def is_healthy(self, name):
        """By the service's own check, where it is a program that there is here."""
        test = [self.here(name, word) for word in self.services[name]["healthcheck"]["test"][1:]]
        if test[0].endswith("/kafka-broker-api-versions.sh"):
            test = ["bash", "-c", f"exec 3<> /dev/tcp/{self.address[name]}/9092"]
        if test[0] == "wget" and not shutil.which("wget"):
            test = ["curl", "-fs", test[-1]]
        if test[0] == "redis-cli":
            test[1:1] = ["-h", self.address[name]]
        if test[0] == "pg_isready":
            test += ["-h", self.address[name]]
        return subprocess.run(test, capture_output=True).returncode == 0

    def up(self, say):
        """Starts everything that can be had here, each after what it needs."""
        waiting = dict(self.services)
        while waiting:
            for name, service in list(waiting.items()):
                if all(need not in waiting for need in service.get("depends_on") or ()):
                    for need in service.get("depends_on") or ():
                        if need in self.running:
                            self.wait(need)
                    try:
                        self.start(name)
                        say(f"{name}: {self.address[name]}")
                    except Missing as missing:
                        if any(name in (other.get("depends_on") or ()) for other in self.services.values() if "build" in other):
                            raise
                        say(f"{name}: skipped, {missing}")
                    del waiting[name]
        for name in self.running:
            self.wait(name)

    def wait(self, name, seconds=90):
        end = time.monotonic() + seconds
        while not self.is_healthy(name):
            if self.running[name].poll() is not None or time.monotonic() > end:
                log = (self.work / f"{name}.log").read_text(errors="replace")[-3000:]
                raise SystemExit(f"{name} is not healthy, exit code {self.running[name].poll()}:\n{log}")
            time.sleep(0.2)

    def kill(self, name):
        self.running[name].kill()
        self.running.pop(name).wait()

    def end(self, name):
        # PostgreSQL's image says so: to the other signal it waits for its clients.
        self.running[name].send_signal(signal.SIGINT if name == "postgres" else signal.SIGTERM)

    def down(self):
        """Ours first, brokers last. Gives the exit codes."""
        codes = {}
        last = [name for name in ("registry", "kafka") if name in self.running]
        first = [name for name in self.running if name not in last]
        for name in first:
            self.end(name)
        for name in first + last:
            if name in last:
                self.end(name)
            process = self.running.pop(name)
            try:
                codes[name] = process.wait(30)
            except subprocess.TimeoutExpired:
                process.kill()
                codes[name] = "killed after 30 s"
        return codes
