#!/usr/bin/env python3
"""Tierway with everything on beside nginx as a plain proxy: same upstream, same load, interleaved rounds.

Needs nginx and wrk on the PATH and a built distribution (./tierway version). Everything listens on loopback; every
round is bounded in time; every process started here is ended here. Prints a Markdown table.

    python3 benchmarks/end-to-end/compare.py [--rounds 5] [--seconds 10] [--connections 32 256]
"""
import argparse
import json
import os
import pathlib
import re
import shutil
import socket
import statistics
import subprocess
import sys
import tempfile
import time
import urllib.request

ROOT = pathlib.Path(__file__).resolve().parents[2]
UPSTREAM, NGINX, TIERWAY, ADMIN = 19001, 19002, 19003, 19004
TICKS = os.sysconf("SC_CLK_TCK")
REQUEST = {"model": "m", "messages": [{"role": "user", "content": "y" * 900}]}
REPLY = {
    "id": "chatcmpl-bench", "object": "chat.completion", "created": 1, "model": "m-upstream",
    "choices": [{"index": 0, "message": {"role": "assistant", "content": "x" * 800}, "finish_reason": "stop"}],
    "usage": {"prompt_tokens": 230, "completion_tokens": 200, "total_tokens": 430},
}


def nginx_conf(folder, servers):
    temp = "".join(f" {kind}_temp_path {folder}/{kind};" for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
    return (
        f"daemon off; worker_processes 2; pid {folder}/nginx.pid; error_log {folder}/error.log;\n"
        f"events {{ worker_connections 8192; }}\n"
        f"http {{ access_log off; keepalive_requests 100000000;{temp}\n{servers}\n}}\n"
    )


def upstream_conf(folder):
    body = json.dumps(REPLY)
    return nginx_conf(
        folder,
        f"server {{ listen 127.0.0.1:{UPSTREAM} backlog=4096; location / {{ default_type application/json;"
        f" return 200 '{body}'; }} }}",
    )


def proxy_conf(folder):
    return nginx_conf(
        folder,
        f"upstream up {{ server 127.0.0.1:{UPSTREAM}; keepalive 512; keepalive_requests 100000000; }}\n"
        f"server {{ listen 127.0.0.1:{NGINX} backlog=4096; location / {{ proxy_pass http://up;"
        ' proxy_http_version 1.1; proxy_set_header Connection ""; } }',
    )


def tierway_conf(folder):
    return f"""
providers:
  - {{ id: a, kind: openai-compatible, base-url: "http://127.0.0.1:{UPSTREAM}/v1", quota: {{ requests-per-minute: 600000000, tokens-per-minute: 900000000000 }} }}
  - {{ id: b, kind: openai-compatible, base-url: "http://127.0.0.1:{UPSTREAM}/v1", quota: {{ requests-per-minute: 600000000, tokens-per-minute: 900000000000 }} }}
models:
  - id: m
    tier: mid
    use-cases: [chat]
    context-window: 100000
    replicas:
      - {{ provider: a, upstream-model: m-upstream, price: {{ input: 1, output: 2 }} }}
      - {{ provider: b, upstream-model: m-upstream, price: {{ input: 1, output: 2 }} }}
storage: {{ ledger: {{ store: sqlite, path: "{folder}/tierway.db" }} }}
server: {{ port: {TIERWAY}, admin: {{ port: {ADMIN} }} }}
"""


def await_port(port, process, seconds=60):
    until = time.time() + seconds
    while time.time() < until:
        if process.poll() is not None:
            sys.exit(f"the process for port {port} ended with {process.returncode}")
        with socket.socket() as probe:
            if probe.connect_ex(("127.0.0.1", port)) == 0:
                return
        time.sleep(0.02)
    sys.exit(f"nothing listens on port {port}")


def family(pid):
    """The process and its children: nginx's work is done by its workers."""
    children = subprocess.run(["pgrep", "-P", str(pid)], capture_output=True, text=True).stdout.split()
    return [pid, *map(int, children)]


def cpu_seconds(pid):
    total = 0
    for one in family(pid):
        fields = pathlib.Path(f"/proc/{one}/stat").read_text().rsplit(")", 1)[1].split()
        total += int(fields[11]) + int(fields[12])
    return total / TICKS


def rss_mb(pid):
    total = 0
    for one in family(pid):
        match = re.search(r"VmRSS:\s+(\d+) kB", pathlib.Path(f"/proc/{one}/status").read_text())
        total += int(match.group(1)) if match else 0
    return total / 1024


def millis(text):
    value, unit = re.fullmatch(r"([\d.]+)(us|ms|s)", text).groups()
    return float(value) * {"us": 0.001, "ms": 1, "s": 1000}[unit]


def load(port, pid, seconds, connections, script):
    before = cpu_seconds(pid)
    out = subprocess.run(
        ["wrk", "-t1", f"-c{connections}", f"-d{seconds}s", "--timeout", "10s", "--latency", "-s", script,
         f"http://127.0.0.1:{port}/v1/chat/completions"],
        capture_output=True, text=True, check=True, timeout=seconds + 60,
    ).stdout
    used = cpu_seconds(pid) - before
    if "Non-2xx" in out or "Socket errors" in out:
        print(out, file=sys.stderr)
        sys.exit("errors during the measurement: the figures would mean nothing")
    requests = int(re.search(r"(\d+) requests in", out).group(1))
    rate = float(re.search(r"Requests/sec:\s+([\d.]+)", out).group(1))
    p50 = millis(re.search(r"(?m)^\s+50%\s+(\S+)", out).group(1))
    p99 = millis(re.search(r"(?m)^\s+99%\s+(\S+)", out).group(1))
    return {"rate": rate, "p50": p50, "p99": p99, "cpu": used / requests * 1e6, "rss": rss_mb(pid)}


def median(rows, key):
    return statistics.median(row[key] for row in rows)


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--rounds", type=int, default=5)
    options.add_argument("--seconds", type=int, default=10)
    options.add_argument("--warm-up", type=int, default=30, help="seconds of load before the first round")
    options.add_argument("--connections", type=int, nargs="+", default=[32, 256])
    chosen = options.parse_args()
    for tool in ("nginx", "wrk"):
        if shutil.which(tool) is None:
            sys.exit(f"{tool} isn't on the PATH")

    folder = pathlib.Path(tempfile.mkdtemp(prefix="tierway-bench-"))
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

    try:
        for name, conf in (("upstream", upstream_conf), ("proxy", proxy_conf)):
            (folder / name).mkdir()
            (folder / name / "nginx.conf").write_text(conf(folder / name))
        up = start(["nginx", "-p", str(folder / "upstream"), "-c", str(folder / "upstream" / "nginx.conf")])
        await_port(UPSTREAM, up)
        nginx = start(["nginx", "-p", str(folder / "proxy"), "-c", str(folder / "proxy" / "nginx.conf")])
        await_port(NGINX, nginx)
        (folder / "tierway.yaml").write_text(tierway_conf(folder))
        begun = time.time()
        tierway = start([str(ROOT / "tierway"), "serve", "--config", str(folder / "tierway.yaml")])
        await_port(TIERWAY, tierway)
        ready = time.time() - begun
        body = json.dumps(REQUEST).encode()
        urllib.request.urlopen(urllib.request.Request(
            f"http://127.0.0.1:{TIERWAY}/v1/chat/completions", body, {"content-type": "application/json"})).read()
        load(TIERWAY, tierway.pid, chosen.warm_up, 32, str(script))
        load(NGINX, nginx.pid, 3, 32, str(script))

        print(f"{os.cpu_count()} cores, {chosen.rounds} interleaved rounds of {chosen.seconds} s, medians;"
              f" port open {ready:.2f} s after the launcher's start\n")
        print("| connections | | req/s | p50 ms | p99 ms | CPU µs/request | RSS MB |")
        print("|---|---|---|---|---|---|---|")
        for connections in chosen.connections:
            rows = {"nginx": [], "Tierway": []}
            for _ in range(chosen.rounds):
                rows["nginx"].append(load(NGINX, nginx.pid, chosen.seconds, connections, str(script)))
                rows["Tierway"].append(load(TIERWAY, tierway.pid, chosen.seconds, connections, str(script)))
            for name, measured in rows.items():
                print(f"| {connections} | {name} | {median(measured, 'rate'):.0f} | {median(measured, 'p50'):.2f}"
                      f" | {median(measured, 'p99'):.2f} | {median(measured, 'cpu'):.1f} | {median(measured, 'rss'):.0f} |")
            ratio = {key: median(rows["Tierway"], key) / median(rows["nginx"], key) for key in rows["nginx"][0]}
            print(f"| {connections} | ratio | {ratio['rate']:.2f} | {ratio['p50']:.1f} | {ratio['p99']:.1f}"
                  f" | {ratio['cpu']:.1f} | {ratio['rss']:.0f} |", flush=True)
    finally:
        for process in reversed(started):
            process.terminate()
        for process in started:
            process.wait(timeout=60)
        shutil.rmtree(folder, ignore_errors=True)


if __name__ == "__main__":
    main()
