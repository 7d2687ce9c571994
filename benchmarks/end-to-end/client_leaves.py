#!/usr/bin/env python3
"""How long after a client has left does the upstream's connection close? Four phases, many times each.

Needs a built distribution. Loopback only; bounded in count and time. Prints a Markdown table.

    python3 benchmarks/end-to-end/client_leaves.py [--times 50]
"""
import argparse
import asyncio
import json
import pathlib
import statistics
import subprocess
import sys
import tempfile
import time

ROOT = pathlib.Path(__file__).resolve().parents[2]
UPSTREAM, TIERWAY, ADMIN = 19011, 19013, 19014
ROLE = b'data: {"id":"c","object":"chat.completion.chunk","created":1,"model":"m","choices":[{"index":0,"delta":{"role":"assistant"}}]}\n\n'
TEXT = ROLE.replace(b'"role":"assistant"', b'"content":"word "')
HEAD = b"HTTP/1.1 200 OK\r\ncontent-type: text/event-stream\r\ntransfer-encoding: chunked\r\n\r\n"
PHASES = {
    "unary": (False, b"", b""),
    "stream, before headers": (True, b"", b""),
    "stream, before the first token": (True, HEAD + b"%x\r\n%s\r\n" % (len(ROLE), ROLE), b""),
    "stream, in the middle": (True, HEAD + b"%x\r\n%s\r\n" % (len(TEXT), TEXT), b"word "),
}


class Upstream:
    """Says what the phase says, then falls silent and notes when it is left."""

    def __init__(self):
        self.said = b""
        self.arrived = asyncio.Event()
        self.left = asyncio.Queue()

    async def serve(self, reader, writer):
        await reader.readuntil(b"\r\n\r\n")
        writer.write(self.said)
        await writer.drain()
        self.arrived.set()
        while await reader.read(65536):
            pass
        await self.left.put(time.perf_counter())
        writer.close()


async def once(upstream, stream, said, seen):
    upstream.said = said
    upstream.arrived.clear()
    reader, writer = await asyncio.open_connection("127.0.0.1", TIERWAY)
    body = json.dumps({"model": "m", "stream": stream, "messages": [{"role": "user", "content": "hi"}]}).encode()
    writer.write(b"POST /v1/chat/completions HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\n"
                 b"content-length: %d\r\n\r\n" % len(body) + body)
    await writer.drain()
    await asyncio.wait_for(upstream.arrived.wait(), 10)
    if seen:
        await asyncio.wait_for(reader.readuntil(seen), 10)
    await asyncio.sleep(0.02)
    left = time.perf_counter()
    writer.close()
    return (await asyncio.wait_for(upstream.left.get(), 10) - left) * 1000


async def measure(times):
    upstream = Upstream()
    server = await asyncio.start_server(upstream.serve, "127.0.0.1", UPSTREAM)
    print("| the client leaves | p50 ms | p99 ms | longest ms |\n|---|---|---|---|")
    for name, (stream, said, seen) in PHASES.items():
        took = sorted([await once(upstream, stream, said, seen) for _ in range(times)])
        p99 = took[min(len(took) - 1, int(len(took) * 0.99))]
        print(f"| {name} | {statistics.median(took):.1f} | {p99:.1f} | {took[-1]:.1f} |", flush=True)
    server.close()


def main():
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--times", type=int, default=50)
    chosen = options.parse_args()
    with tempfile.TemporaryDirectory(prefix="tierway-leaves-") as folder:
        config = pathlib.Path(folder, "tierway.yaml")
        config.write_text(
            f'providers: [ {{ id: a, kind: openai-compatible, base-url: "http://127.0.0.1:{UPSTREAM}/v1" }} ]\n'
            "models: [ { id: m, tier: mid, use-cases: [chat], replicas: [ { provider: a } ] } ]\n"
            "storage: { ledger: { store: memory } }\n"
            f"server: {{ port: {TIERWAY}, admin: {{ port: {ADMIN} }} }}\n")
        with open(pathlib.Path(folder, "log"), "w") as log:
            tierway = subprocess.Popen(
                [str(ROOT / "tierway"), "serve", "--config", str(config)], stdout=log, stderr=log)
            try:
                until = time.time() + 60
                while time.time() < until:
                    try:
                        asyncio.run(asyncio.wait_for(asyncio.open_connection("127.0.0.1", TIERWAY), 1))
                        break
                    except OSError:
                        time.sleep(0.05)
                else:
                    sys.exit("the gateway didn't start")
                asyncio.run(measure(chosen.times))
            finally:
                tierway.terminate()
                tierway.wait(timeout=60)


if __name__ == "__main__":
    main()
