"""What a deployment must do: an ad through the gateway, its beacon billed, everything scraped, and still ads when a pipeline is killed."""

import contextlib
import json
import os
import pathlib
import re
import subprocess
import time
import urllib.error
import urllib.parse
import urllib.request

DASHBOARD = pathlib.Path(__file__).parent / "../grafana/millrace.json"

# Nobody waits a quarter of a minute for each scrape.
CHANGES = (("interval: 15s", "interval: 1s"),)

CATALOG = """
placements:
  - {id: film, currency: EUR}
upstreams:
  - {id: north, url: "%s"}
campaigns:
  - {id: spring, advertiser: cars.example, cpm: 2.50, currency: EUR, pool: {upstreams: [north]}}
"""

# Figures that come with what does not happen here.
WITHOUT = {"millrace_bidders_answers_total", "millrace_notifier_notices_total"}


@contextlib.contextmanager
def nobody():
    yield


class Upstreams:
    """A simulated ad server; the deployment's pipelines may call it."""

    def __init__(self, home):
        self.home = home

    def __enter__(self):
        self.process = subprocess.Popen(
            [self.home / "millrace", "upstreams", "--define", "north"], stdout=subprocess.PIPE, text=True,
            env={**os.environ, "MILLRACE_BUILD": "never"})
        port = self.process.stdout.readline().strip().rsplit(":", 1)[1]
        os.environ["MILLRACE_UPSTREAM_ALLOW"] = "127.0.0.1"
        os.environ["MILLRACE_DELIVERY_BEACON_URL"] = "http://gateway:8080/e"
        os.environ["CHECK_TAG"] = f"http://127.0.0.1:{port}/vast/north"

    def __exit__(self, *failure):
        self.process.terminate()
        self.process.wait()


def get(url, token=None, timeout=10):
    request = urllib.request.Request(url, headers={"Authorization": "Bearer " + token} if token else {})
    with urllib.request.urlopen(request, timeout=timeout) as answer:
        return answer.read().decode(errors="replace")


def until(what, seconds, condition):
    """Waits for something that is true; what is not there yet is not an error."""
    end, last = time.monotonic() + seconds, None
    while True:
        try:
            last = condition()
            if last:
                return last
        except (OSError, ValueError) as e:
            last = e
        if time.monotonic() > end:
            raise SystemExit(f"not in {seconds} s: {what}; last seen: {last}")
        time.sleep(0.3)


class Questions:
    def __init__(self, deployment, say):
        self.deployment, self.say = deployment, say
        self.at = deployment.address
        self.gateway = f"http://{self.at['gateway']}:8080"
        self.token = deployment.settings("gateway")["MILLRACE_ADMIN_TOKEN"]

    def apply(self):
        catalog = self.deployment.work / "catalog.yaml"
        catalog.write_text(CATALOG % os.environ["CHECK_TAG"])
        settings = {key: value for key, value in self.deployment.settings("gateway").items() if "JAVA" not in key}
        subprocess.run([self.deployment.image / "bin/millrace", "apply", "-f", catalog], check=True, stdout=subprocess.DEVNULL,
                       env={"PATH": os.environ["PATH"], **settings})

    def vast(self, user):
        return get(f"{self.gateway}/vast?placement=film&user={user}&deadline=4000")

    def ad_and_beacon(self):
        vast = until("an ad from the simulated upstream", 60, lambda: (lambda text: text if "<Ad" in text else "")(self.vast("viewer")))
        beacon = re.search(re.escape(self.gateway) + r"/e/[A-Za-z0-9_-]+/impression", vast)
        if not beacon:
            raise SystemExit("no beacon in " + vast)
        get(beacon[0])
        until("the impression is billed", 30, lambda: self.billed() == 1)
        get(beacon[0])
        until("the same beacon again is not", 30, lambda: self.figure("millrace_impression_events_total", 'outcome="repeated"') == 1)
        if self.billed() != 1:
            raise SystemExit("one impression was billed twice")
        self.say("an ad was served, its beacon billed once")

    def billed(self):
        return self.figure("millrace_impression_events_total", 'outcome="billed"')

    def figure(self, name, labels):
        total = 0.0
        for pipeline in ("pipeline-1", "pipeline-2"):
            for line in get(f"http://{self.at[pipeline]}:8088/metrics", self.token).splitlines():
                if line.startswith(name + "{") and labels in line:
                    total += float(line.rsplit(" ", 1)[1])
        return total

    def admin_wants_its_token(self):
        for name, port in (("pipeline-1", 8088), ("gateway", 8087), ("notifier", 8086)):
            for path in ("/health/live", "/health/ready"):
                get(f"http://{self.at[name]}:{port}{path}")
            try:
                get(f"http://{self.at[name]}:{port}/metrics")
            except urllib.error.HTTPError as refused:
                if refused.code == 401:
                    continue
            raise SystemExit(f"{name} shows its figures to everybody")
        self.say("health is everybody's, figures are the token's")

    # ---- Prometheus

    def prometheus(self, path, **parameters):
        query = urllib.parse.urlencode(parameters)
        return json.loads(get(f"http://{self.at['prometheus']}:9090/api/v1/{path}?{query}"))["data"]

    def healths(self):
        return {target["labels"]["instance"].split(":")[0]: target["health"] for target in self.prometheus("targets")["activeTargets"]}

    def everything_is_scraped(self):
        until("all targets are up", 30, lambda: len(self.healths()) == 4 and set(self.healths().values()) == {"up"})
        rules = [rule for group in self.prometheus("rules")["groups"] for rule in group["rules"]]
        bad = [rule["name"] for rule in rules if rule["health"] == "err"]
        if bad or not rules:
            raise SystemExit(f"alert rules: {len(rules)} loaded, with errors {bad}")
        self.say(f"4 targets are up, {len(rules)} alert rules loaded")

    def dashboard_finds_its_figures(self):
        panels = json.loads(DASHBOARD.read_text())["panels"]
        queries = [target["expr"] for panel in panels for target in panel.get("targets", [])]
        for query in queries:
            names = set(re.findall(r"\b(?:millrace|jvm|process|kafka)_[a-z_]+", query))
            if not names & WITHOUT:
                until(f"the dashboard's query {query} finds something", 20, lambda: self.prometheus("query", query=query)["result"])
            else:
                self.prometheus("query", query=query)
        self.say(f"{len(queries)} queries of the dashboard asked")

    # ---- Connect

    def results_are_in_tables(self):
        url = f"http://{self.at['connect']}:8083/connectors?expand=status"
        until("all connectors run", 60, lambda: self.all_run(json.loads(get(url))))
        settings = self.deployment.settings("postgres")
        asks = ["psql", "-tA", "-h", self.at["postgres"], "-U", settings["POSTGRES_USER"], "-d", settings["POSTGRES_DB"], "-c",
                "SELECT billed || ' ' || spent FROM millrace.campaign_spend WHERE campaign = 'spring'"]
        environment = {**os.environ, "PGPASSWORD": settings["POSTGRES_PASSWORD"]}
        # One impression at 2.50 a thousand.
        until("the impression is in PostgreSQL", 40, lambda: subprocess.run(
            asks, env=environment, capture_output=True, text=True).stdout.strip() == "1 0.002500000")
        self.say("connectors run, the spend is in PostgreSQL to the nano")

    @staticmethod
    def all_run(connectors):
        states = [part["state"] for each in connectors.values() for part in (each["status"]["connector"], *each["status"]["tasks"])]
        return states and set(states) == {"RUNNING"}

    # ---- death

    def ads_go_on_without(self, pipeline):
        self.deployment.kill(pipeline)
        asked, began = 0, time.monotonic()
        filled = 0
        # Users of every partition, until each gets an ad again; before, an answer without one is an answer too.
        while filled < 24:
            vast = self.vast(f"viewer-{asked}")
            asked += 1
            if "<VAST" not in vast:
                raise SystemExit("no VAST: " + vast)
            filled = filled + 1 if "<Ad" in vast else 0
            if time.monotonic() - began > 60:
                raise SystemExit(f"after {asked} requests without {pipeline} there are still some without an ad")
        self.say(f"{pipeline} was killed: {asked} answers, ads for everybody again after {time.monotonic() - began:.0f} s")
        until("Prometheus sees that it is gone", 15, lambda: self.healths().get(self.at[pipeline]) == "down")
        until("the alert is on its way", 15, lambda: [alert for alert in self.prometheus("alerts")["alerts"]
                                                       if alert["labels"]["alertname"] == "MillraceInstanceDown"])


def run(deployment, say):
    questions = Questions(deployment, say)
    questions.apply()
    questions.ad_and_beacon()
    questions.admin_wants_its_token()
    if "prometheus" in deployment.running:
        questions.everything_is_scraped()
        questions.dashboard_finds_its_figures()
    if "connect" in deployment.running:
        questions.results_are_in_tables()
    questions.ads_go_on_without("pipeline-1")


def ended(codes, say):
    for name, code in codes.items():
        # 143 is Java's word for SIGTERM, -15 Python's.
        if code not in (0, 143, -15):
            raise SystemExit(f"{name} ended with {code}")
    say("everything was stopped in time")
