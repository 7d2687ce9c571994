#!/usr/bin/env python3
"""Tierway with each store of limits beside the one in memory: same calls, same load, interleaved rounds.

One gateway per store, all limits in force, against a simulated provider that answers at once. Needs wrk on the PATH, a built
distribution (./tierway version), a Redis or Valkey server, and PostgreSQL's initdb and postgres: on the PATH, where
Debian puts them, or named by an option. Everything listens on loopback; every round is bounded in time; every process
started here is ended here. Prints a Markdown table.

    python3 benchmarks/end-to-end/stores.py [--rounds 5] [--seconds 5] [--connections 32]
"""
import argparse
import glob
import json
import os
import pathlib
import shutil
import subprocess
import sys
import tempfile
import time
import urllib.request

from compare import ROOT, await_port, load, median

REDIS, POSTGRESQL, FIRST = 19011, 19012, 19021
STORES = ("memory", "embedded", "redis", "postgresql")
LIMITS = {
    "short": "per minute",
    "long": "per minute and day, a budget",
}
REQUEST = {"model": "m", "max_tokens": 20, "messages": [{"role": "user", "content": "y" * 900}]}


def tierway_conf(folder, store, limits, port):
    more = ", requests-per-day: 600000000" if limits == "long" else ""
    budgets = "budgets: { rules: [ { id: house, usd: 5000000, per: month } ] }" if limits == "long" else ""
    quota = {
        "memory": "store: memory",
        "embedded": "store: embedded",
        "redis": f'store: redis, url: "redis://127.0.0.1:{REDIS}", timeout: 2s',
        "postgresql": f'store: postgresql, url: "postgresql://127.0.0.1:{POSTGRESQL}/postgres", user: postgres',
    }[store]
    return f"""
providers:
  - {{ id: a, kind: simulated, simulated: {{ ttft: 0ms, per-token: 0ms }}, quota-domain: d }}
  - {{ id: b, kind: simulated, simulated: {{ ttft: 0ms, per-token: 0ms }}, quota-domain: d }}
quota-domains:
  - {{ id: d, requests-per-minute: 600000000, tokens-per-minute: 900000000000, concurrency: 10000{more} }}
models:
  - id: m
    tier: mid
    use-cases: [chat]
    context-window: 100000
    replicas:
      - {{ provider: a, price: {{ input: 1, output: 2 }} }}
      - {{ provider: b, price: {{ input: 1, output: 2 }} }}
{budgets}
storage: {{ ledger: {{ store: sqlite, path: "{folder}/tierway.db" }}, quota: {{ {quota} }} }}
server: {{ port: {port}, admin: {{ port: {port + 1} }} }}
"""


def program(*names):
    for name in names:
        found = shutil.which(name) or next(iter(sorted(glob.glob(f"/usr/lib/postgresql/*/bin/{name}"))), None)
        if found:
            return found
    return None


def as_nobody(command):
    """PostgreSQL refuses to run as root."""
    return ["runuser", "-u", "nobody", "--", *command] if os.geteuid() == 0 else command


def counting(admin):
    """Whether the store answers: a gateway whose store is down limits alone, and would be measured as a fast one."""
    with urllib.request.urlopen(f"http://127.0.0.1:{admin}/metrics") as answer:
        lines = answer.read().decode().splitlines()
    ups = [line for line in lines if line.startswith("tierway_store_up") and 'store="quota"' in line]
    return all(float(line.rsplit(" ", 1)[1]) == 1 for line in ups)


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--seconds", type=int, default=5)
    options.add_argument("--warm-up", type=int, default=15, help="seconds of load on each before the first round")
    options.add_argument("--connections", type=int, default=32)
    options.add_argument("--limits", nargs="+", choices=LIMITS, default=list(LIMITS))
    options.add_argument("--tierway", default=str(ROOT / "tierway"))
    options.add_argument("--redis-server", default=program("redis-server", "valkey-server"))
    options.add_argument("--initdb", default=program("initdb"))
    options.add_argument("--postgres", default=program("postgres"))
    chosen = options.parse_args()
    for name, found in (
            ("wrk", shutil.which("wrk")), ("redis-server", chosen.redis_server),
            ("initdb", chosen.initdb), ("postgres", chosen.postgres)):
        if not found:
            sys.exit(f"{name} isn't found")

    folder = pathlib.Path(tempfile.mkdtemp(prefix="tierway-bench-"))
    folder.chmod(0o755)
    script = folder / "post.lua"
    script.write_text(
        'wrk.method = "POST"\nwrk.headers["Content-Type"] = "application/json"\n'
        f"wrk.body = [[{json.dumps(REQUEST)}]]\n")
    started = []

    def start(command):
        log = open(folder / f"{len(started)}.log", "w")
        process = subprocess.Popen(command, stdout=log, stderr=log)
        started.append(process)
        return process

    def stop(processes):
        for process in processes:
            process.terminate()
        for process in processes:
            process.wait(timeout=60)
            started.remove(process)

    try:
        redis = start([chosen.redis_server, "--port", str(REDIS), "--bind", "127.0.0.1", "--save", "", "--dir", str(folder)])
        data = folder / "postgresql"
        data.mkdir()
        if os.geteuid() == 0:
            shutil.chown(data, "nobody")
        subprocess.run(
            as_nobody([chosen.initdb, "-D", str(data), "-U", "postgres", "-A", "trust"]), check=True,
            stdout=subprocess.DEVNULL)
        postgres = start(as_nobody([
            chosen.postgres, "-D", str(data), "-p", str(POSTGRESQL), "-h", "127.0.0.1", "-k", str(data)]))
        await_port(REDIS, redis)
        await_port(POSTGRESQL, postgres)

        print(f"{os.cpu_count()} cores, {chosen.connections} connections, {chosen.rounds} interleaved rounds of"
              f" {chosen.seconds} s, medians; load {os.getloadavg()[0]:.1f} at the start\n")
        print("| limits | store | req/s | ÷ memory | p50 ms | p99 ms | the gateway's CPU µs/request |")
        print("|---|---|---|---|---|---|---|")
        for limits in chosen.limits:
            gateways = {}
            for number, store in enumerate(STORES):
                home = folder / f"{limits}-{store}"
                home.mkdir()
                port = FIRST + 2 * number
                conf = home / "tierway.yaml"
                conf.write_text(tierway_conf(home, store, limits, port))
                gateways[store] = (port, start([chosen.tierway, "serve", "--config", str(conf)]))
                await_port(*gateways[store])
            rows = {store: [] for store in STORES}
            for store, (port, process) in gateways.items():
                load(port, process.pid, chosen.warm_up, chosen.connections, str(script))
            for _ in range(chosen.rounds):
                for store, (port, process) in gateways.items():
                    rows[store].append(load(port, process.pid, chosen.seconds, chosen.connections, str(script)))
                    if not counting(port + 1):
                        sys.exit(f"the {store} store went down: the figures would mean nothing")
            memory = median(rows["memory"], "rate")
            for store in STORES:
                one = {key: median(rows[store], key) for key in rows[store][0]}
                print(f"| {LIMITS[limits]} | {store} | {one['rate']:.0f} | {one['rate'] / memory:.2f} | {one['p50']:.2f}"
                      f" | {one['p99']:.2f} | {one['cpu']:.0f} |", flush=True)
            stop([process for _, process in gateways.values()])
            time.sleep(1)
    finally:
        for process in reversed(started):
            process.terminate()
        for process in started:
            process.wait(timeout=60)
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
