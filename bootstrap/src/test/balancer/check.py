#!/usr/bin/env python3
"""Two gateways behind nginx: both serve, either is restarted under load without a failed call, and one that is killed is gone round.

From the repository's root, with nginx on the PATH:   python3 bootstrap/src/test/balancer/check.py
TIERWAY: how to start one (default ./tierway). DB_URL and DB_USER, DB_PASSWORD, REDIS_URL: share them; without, each keeps its own.
"""
import http.client
import json
import os
import re
import shlex
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import threading
import time

ROOT = os.path.abspath(os.path.join(os.path.dirname(__file__), "../../../.."))
CONF = os.path.join(ROOT, "bootstrap/src/main/dist/ops/nginx/two-gateways.conf")
FOLDER = tempfile.mkdtemp(prefix="tierway-balancer-")
CONFIG = """
providers: [{ id: p, kind: simulated, simulated: { ttft: 20ms, per-token: 5ms, output-tokens: 40 } }]
models: [{ id: m, tier: mid, use-cases: [chat], replicas: [{ provider: p }] }]
"""


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def storage():
    if "DB_URL" not in os.environ:
        return ""
    text = 'storage:\n  ledger: { store: postgresql, url: "%s", user: %s, password: "%s" }\n' % (
        os.environ["DB_URL"], os.environ.get("DB_USER", "tierway"), os.environ.get("DB_PASSWORD", "tierway"))
    return text + ('  quota: { store: redis, url: "%s" }\n' % os.environ["REDIS_URL"] if "REDIS_URL" in os.environ else "")


class Gateway:
    def __init__(self):
        self.port, self.admin, self.process = free_port(), free_port(), None

    def start(self):
        config = os.path.join(FOLDER, "tierway.yaml")
        self.process = subprocess.Popen(
            shlex.split(os.environ.get("TIERWAY", os.path.join(ROOT, "tierway")))
            + ["serve", "--config", config, "--port", str(self.port), "--admin-port", str(self.admin)],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        await_that(lambda: get(self.port, "/readyz")[0] == 200, "the gateway on port %d isn't ready" % self.port)

    def metric(self, name):
        text = get(self.admin, "/metrics")[1]
        return sum(float(value) for value in re.findall(r"(?m)^%s(?:\{.*\})? (\S+)$" % name, text))

    def stop(self, how=signal.SIGTERM):
        self.process.send_signal(how)
        self.process.wait(60)


def await_that(done, otherwise, seconds=60):
    end = time.monotonic() + seconds
    while time.monotonic() < end:
        try:
            if done():
                return
        except OSError:
            pass
        time.sleep(0.05)
    sys.exit(otherwise)


def get(port, path):
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=10)
    connection.request("GET", path)
    answer = connection.getresponse()
    return answer.status, answer.read().decode()


class Nginx:
    def __init__(self, gateways):
        self.gateways, self.port = gateways, free_port()
        self.conf = os.path.join(FOLDER, "nginx.conf")
        self.write(set())
        self.process = subprocess.Popen([shutil.which("nginx") or "nginx", "-p", FOLDER, "-c", self.conf])
        await_that(lambda: get(self.port, "/v1/models")[0] == 200, "nginx isn't ready")

    def write(self, down):
        with open(CONF) as shipped:
            text = shipped.read()
        for shipped_port, gateway in zip(("8080", "8090"), self.gateways):
            mark = " down;" if gateway in down else ";"
            text = re.sub(r"server 127\.0\.0\.1:%s ([^;]*);" % shipped_port,
                          "server 127.0.0.1:%d \\1%s" % (gateway.port, mark), text)
        text = text.replace("listen 127.0.0.1:8000", "listen 127.0.0.1:%d" % self.port)
        temporary = "".join("%s_temp_path %s/%s; " % (kind, FOLDER, kind)
                            for kind in ("client_body", "proxy", "fastcgi", "uwsgi", "scgi"))
        with open(self.conf, "w") as out:
            out.write("daemon off; pid %s/nginx.pid; error_log %s/error.log;\nevents { }\nhttp { access_log off; %s\n%s}\n"
                      % (FOLDER, FOLDER, temporary, text))

    def reload(self, down):
        self.write(down)
        self.process.send_signal(signal.SIGHUP)
        time.sleep(0.5)


class Load:
    """Callers that call until they are told to stop; every second call is streamed."""

    def __init__(self, port, callers=8):
        self.port, self.calls, self.failures, self.over = port, 0, [], False
        self.lock = threading.Lock()
        self.threads = [threading.Thread(target=self.run) for _ in range(callers)]
        for thread in self.threads:
            thread.start()

    def run(self):
        n = 0
        while not self.over:
            n += 1
            failure = self.call(n % 2 == 0)
            with self.lock:
                self.calls += 1
                if failure:
                    self.failures.append(failure)

    def call(self, stream):
        body = json.dumps({"model": "m", "stream": stream, "messages": [{"role": "user", "content": "hello"}]})
        try:
            connection = http.client.HTTPConnection("127.0.0.1", self.port, timeout=30)
            connection.request("POST", "/v1/chat/completions", body, {"content-type": "application/json"})
            answer = connection.getresponse()
            text = answer.read().decode()
            connection.close()
            if answer.status != 200 or stream and "data: [DONE]" not in text:
                return "%d %s" % (answer.status, text[-300:])
            return None
        except (OSError, http.client.HTTPException) as failed:
            return repr(failed)

    def stop(self):
        self.over = True
        for thread in self.threads:
            thread.join()


def main():
    with open(os.path.join(FOLDER, "tierway.yaml"), "w") as config:
        config.write(CONFIG + storage())
    gateways = [Gateway(), Gateway()]
    nginx = load = None
    try:
        for gateway in gateways:
            gateway.start()
        nginx = Nginx(gateways)
        load = Load(nginx.port)
        time.sleep(3)
        for gateway in gateways:
            if not gateway.metric("tierway_calls_total"):
                sys.exit("a gateway got no call")
        print("both serve")

        for gateway in gateways:
            nginx.reload({gateway})
            await_that(lambda: gateway.metric("tierway_in_flight") == 0, "calls don't end on the drained gateway")
            before = gateway.metric("tierway_calls_total")
            time.sleep(1)
            if gateway.metric("tierway_calls_total") != before:
                sys.exit("nginx still sends calls to the drained gateway")
            gateway.stop()
            gateway.start()
            nginx.reload(set())
            time.sleep(1)
        if load.failures:
            sys.exit("restarts failed %d of %d calls: %s" % (len(load.failures), load.calls, load.failures[:3]))
        print("both restarted, one after the other: none of %d calls failed" % load.calls)

        gateways[0].stop(signal.SIGKILL)
        time.sleep(1)
        with load.lock:
            cut, calls, load.failures = len(load.failures), load.calls, []
        time.sleep(3)
        if load.failures:
            sys.exit("with one gateway gone %d calls failed: %s" % (len(load.failures), load.failures[:3]))
        print("one killed: %d calls it had were cut; after a second none of %d failed" % (cut, load.calls - calls))
    finally:
        if load:
            load.stop()
        if nginx:
            nginx.process.terminate()
        for gateway in gateways:
            if gateway.process and gateway.process.poll() is None:
                gateway.stop()
        shutil.rmtree(FOLDER, ignore_errors=True)


if __name__ == "__main__":
    main()
