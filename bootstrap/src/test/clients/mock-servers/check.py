#!/usr/bin/env python3
"""Other people's mock LLM servers, and a real inference server, behind a running gateway: each is configured as a
provider of every kind it speaks and called at three doors (chat completions, messages, responses): whole, streamed,
with tools, with tool results, with errors.

Installs nothing. What it wants, anywhere outside the project:

    npm install --prefix /tmp/mocks @copilotkit/aimock @dwmkerr/mock-llm
    python3 -m venv /tmp/mocks/py && /tmp/mocks/py/bin/pip install llmock gguf xllamacpp
    ./check.py --mocks /tmp/mocks [--tierway ../../../../../tierway] [--only aimock,llmock,mock-llm,llama.cpp]

Starts the servers and `tierway serve` on free loopback ports, and stops them. Exit 0 if every case passed.
"""
import argparse
import contextlib
import http.client
import json
import os
import pathlib
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request

HERE = pathlib.Path(__file__).resolve().parent
SERVERS = ("aimock", "llmock", "mock-llm", "llama.cpp")
SCHEMA = {"type": "object", "properties": {"city": {"type": "string", "enum": ["Basel", "Rome"]}}, "required": ["city"]}
TOOL = {"type": "function", "function": {"name": "weather", "description": "The weather in a city", "parameters": SCHEMA}}
ASK, ASK_TOOL, ASK_ERROR = "What is a spine?", "Which weather is it in Basel?", "Please fail"
SPINE = "A spine is a column of vertebrae that holds the body up."


# What each server answers, in its own words of configuration. llmock and llama.cpp need none.
AIMOCK = {"fixtures": [
    {"match": {"userMessage": ASK_ERROR}, "response": {"error": {"message": "slow down", "type": "rate_limit_error"}, "status": 429}},
    {"match": {"userMessage": ASK_TOOL, "hasToolResult": True}, "response": {"content": "It is sunny in Basel."}},
    {"match": {"userMessage": ASK_TOOL}, "response": {"toolCalls": [{"name": "weather", "arguments": {"city": "Basel"}}]}},
    {"match": {"userMessage": ASK}, "response": {"content": SPINE}},
]}


def mock_llm_rules():
    def rule(match, status, body):
        return {"path": "/v1/chat/completions", "match": match, "response": {"status": status, "content": json.dumps(body)}}

    def completion(message, finish):
        return {"id": "chatcmpl-1", "object": "chat.completion", "created": 1700000000, "model": "m",
                "choices": [{"index": 0, "message": {"role": "assistant"} | message, "finish_reason": finish}],
                "usage": {"prompt_tokens": 12, "completion_tokens": 14, "total_tokens": 26}}

    call = {"id": "call_1", "type": "function", "function": {"name": "weather", "arguments": "{\"city\":\"Basel\"}"}}
    text = "join(' ', body.messages[].content)"
    return {"streaming": {"chunkSize": 8, "chunkIntervalMs": 2}, "rules": [
        rule("@", 200, completion({"content": SPINE}, "stop")),
        rule(f"contains({text}, '{ASK_TOOL}')", 200, completion({"content": None, "tool_calls": [call]}, "tool_calls")),
        rule("body.messages[-1].role == 'tool'", 200, completion({"content": "It is sunny in Basel."}, "stop")),
        rule(f"contains({text}, '{ASK_ERROR}')", 429, {"error": {"message": "slow down", "type": "requests", "code": "rate_limit_exceeded"}}),
    ]}


def free_port():
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return probe.getsockname()[1]


def commands(mocks, work):
    """How each server is started: files that must be there, the command at a port, further environment."""
    node, python = mocks / "node_modules", mocks / "py" / "bin"
    (work / "aimock.json").write_text(json.dumps(AIMOCK))
    (work / "mock-llm.yaml").write_text(json.dumps(mock_llm_rules()))  # JSON is YAML
    aimock, mock_llm = node / "@copilotkit/aimock/dist/cli.js", node / "@dwmkerr/mock-llm/dist/main.js"
    return {
        "aimock": (aimock, lambda port: ["node", aimock, "-p", port, "-f", work / "aimock.json", "--strict", "--log-level", "warn"], {}),
        "mock-llm": (mock_llm, lambda port: ["node", mock_llm, "--config", work / "mock-llm.yaml"], {"HOST": "127.0.0.1"}),
        "llmock": (python / "llmock", lambda port: [python / "llmock", "serve", "--port", port], {}),
        "llama.cpp": (python / "gguf-dump", lambda port: [python / "python", HERE / "tiny_llama.py", port], {}),
    }


def providers(server, url):
    """Every kind a server speaks: suffix, and the provider's configuration."""
    key = {"api-key": "canary-key"}
    if server == "aimock":
        return {
            "openai": {"kind": "openai", "base-url": f"{url}/v1"} | key,
            "compatible": {"kind": "openai-compatible", "base-url": f"{url}/v1"} | key,
            "anthropic": {"kind": "anthropic", "base-url": url} | key,
            "gemini": {"kind": "gemini", "base-url": f"{url}/v1beta"} | key,
            "azure": {"kind": "azure-openai", "base-url": url, "azure": {"api-version": "2024-10-21"}} | key,
            "cohere": {"kind": "cohere", "base-url": url} | key,
            "ollama": {"kind": "ollama", "base-url": url},
            "bedrock": {"kind": "bedrock", "base-url": url,
                        "aws": {"region": "eu-central-1", "access-key": "AKIDCANARY", "secret-key": "canary"}},
        }
    if server == "llmock":
        return {
            "openai": {"kind": "openai", "base-url": f"{url}/v1"} | key,
            "anthropic": {"kind": "anthropic", "base-url": f"{url}/anthropic"} | key,
            "gemini": {"kind": "gemini", "base-url": f"{url}/gemini/v1beta"} | key,
            "cohere": {"kind": "cohere", "base-url": f"{url}/cohere"} | key,
            "mistral": {"kind": "openai-compatible", "base-url": f"{url}/mistral/v1"} | key,
            "groq": {"kind": "openai-compatible", "base-url": f"{url}/groq/openai/v1"} | key,
        }
    if server == "llama.cpp":
        return {
            "compatible": {"kind": "openai-compatible", "base-url": f"{url}/v1", "local": True},
            "anthropic": {"kind": "anthropic", "base-url": url, "local": True} | key,
        }
    return {"compatible": {"kind": "openai-compatible", "base-url": f"{url}/v1"} | key}


class Reply:
    def __init__(self, status, headers, body, cut=False):
        self.status, self.headers, self.body, self.cut = status, headers, body, cut

    def json(self):
        return json.loads(self.body)

    def events(self):
        """Data of server-sent events, without the end mark."""
        lines = [line[5:].strip() for line in self.body.splitlines() if line.startswith("data:")]
        return [json.loads(line) for line in lines if line != "[DONE]"]


def post(url, body):
    request = urllib.request.Request(url, json.dumps(body).encode(), {"content-type": "application/json", "anthropic-version": "2023-06-01"}
                                     if url.endswith("/messages") else {"content-type": "application/json"})
    try:
        with urllib.request.urlopen(request, timeout=30) as answer:
            try:
                return Reply(answer.status, answer.headers, answer.read().decode())
            except http.client.IncompleteRead as cut:
                return Reply(answer.status, answer.headers, cut.partial.decode(), cut=True)
    except urllib.error.HTTPError as refused:
        return Reply(refused.code, refused.headers, refused.read().decode())


def expect(truth, what, reply=None):
    if not truth:
        raise AssertionError(f"{what}{': ' + str(reply.status) + ' ' + reply.body[:600] if reply else ''}")


class Cases:
    def __init__(self, base, model, server, url):
        self.base, self.model, self.server, self.url = base, model, server, url
        self.noise = server == "llama.cpp"  # says anything
        self.text = None if server in ("llama.cpp", "llmock") else SPINE

    def chat(self, content, **more):
        messages = more.pop("messages", [{"role": "user", "content": content}])
        return post(f"{self.base}/chat/completions", {"model": self.model, "messages": messages, "max_tokens": 300} | more)

    def said(self, text, reply):
        expect(text and (self.text is None or text == self.text), "another text", reply)

    def arguments(self, text, reply):
        expect(json.loads(text).get("city") in ("Basel", "Rome"), "other arguments", reply)

    def whole(self):
        reply = self.chat(ASK)
        expect(reply.status == 200, "refused", reply)
        said = reply.json()
        self.said(said["choices"][0]["message"]["content"], reply)
        expect(said["choices"][0]["finish_reason"] in (("length", "stop") if self.noise else ("stop",)), "another end", reply)
        expect(said["usage"]["completion_tokens"] > 0, "no usage", reply)
        expect(reply.headers["x-tierway-decision"].startswith("dec_"), "no decision", reply)

    def streamed(self):
        reply = self.chat(ASK, stream=True, stream_options={"include_usage": True})
        expect(reply.status == 200, "refused", reply)
        chunks = reply.events()
        self.said("".join(c["choices"][0]["delta"].get("content") or "" for c in chunks if c.get("choices")), reply)
        expect(reply.body.rstrip().endswith("[DONE]"), "no end mark", reply)
        told = not self.model.startswith("aimock") or self.model in ("aimock-openai", "aimock-compatible", "aimock-azure")
        if told and self.server != "mock-llm":  # which never reports it in streams; aimock reports zero
            expect(any((c.get("usage") or {}).get("completion_tokens", 0) > 0 for c in chunks), "no usage", reply)

    def tools(self):
        reply = self.chat(ASK_TOOL, tools=[TOOL], tool_choice="required")
        expect(reply.status == 200, "refused", reply)
        choice = reply.json()["choices"][0]
        expect(choice["finish_reason"] == "tool_calls", "another end", reply)
        ids = [call["id"] for call in choice["message"]["tool_calls"]]
        expect(all(ids) and len(set(ids)) == len(ids), "ids that are not unique", reply)
        for call in choice["message"]["tool_calls"]:
            expect(call["function"]["name"] == "weather", "another tool", reply)
            self.arguments(call["function"]["arguments"], reply)

    def tools_streamed(self):
        reply = self.chat(ASK_TOOL, tools=[TOOL], tool_choice="required", stream=True)
        expect(reply.status == 200, "refused", reply)
        calls, end = {}, None
        for chunk in reply.events():
            for choice in chunk.get("choices", []):
                end = choice.get("finish_reason") or end
                for part in choice["delta"].get("tool_calls") or []:
                    call = calls.setdefault(part["index"], {"id": None, "name": "", "arguments": ""})
                    call["id"] = part.get("id") or call["id"]
                    call["name"] += part["function"].get("name") or ""
                    call["arguments"] += part["function"].get("arguments") or ""
        expect(calls and end == "tool_calls", f"no calls, or another end ({end})", reply)
        for call in calls.values():
            expect(call["id"] and call["name"] == "weather", "another tool, or no id", reply)
            self.arguments(call["arguments"], reply)

    def tool_result(self):
        call = {"id": "call_1", "type": "function", "function": {"name": "weather", "arguments": "{\"city\":\"Basel\"}"}}
        reply = self.chat("", messages=[
            {"role": "user", "content": ASK_TOOL},
            {"role": "assistant", "content": None, "tool_calls": [call]},
            {"role": "tool", "tool_call_id": "call_1", "content": "sunny"},
        ], **({} if self.noise else {"tools": [TOOL]}))
        expect(reply.status == 200 and reply.json()["choices"][0]["message"]["content"], "no answer", reply)

    def messages(self):
        body = {"model": self.model, "max_tokens": 300, "messages": [{"role": "user", "content": ASK}]}
        reply = post(f"{self.base}/messages", body)
        expect(reply.status == 200, "refused", reply)
        self.said("".join(block.get("text", "") for block in reply.json()["content"]), reply)
        if self.model != "aimock-anthropic":  # reports zero
            expect(reply.json()["usage"]["output_tokens"] > 0, "no usage", reply)
        reply = post(f"{self.base}/messages", body | {"stream": True})
        expect(reply.status == 200, "refused", reply)
        events = reply.events()
        self.said("".join(e["delta"].get("text", "") for e in events if e["type"] == "content_block_delta"), reply)
        expect(events[0]["type"] == "message_start" and events[-1]["type"] == "message_stop", "no whole stream", reply)

    def messages_tools(self):
        tool = {"name": "weather", "description": "The weather in a city", "input_schema": SCHEMA}
        body = {"model": self.model, "max_tokens": 300, "tools": [tool], "tool_choice": {"type": "any"},
                "messages": [{"role": "user", "content": ASK_TOOL}]}
        reply = post(f"{self.base}/messages", body)
        expect(reply.status == 200 and reply.json()["stop_reason"] == "tool_use", "no call", reply)
        used = [block for block in reply.json()["content"] if block["type"] == "tool_use"]
        expect(used[0]["name"] == "weather" and used[0]["input"]["city"] in ("Basel", "Rome"), "another call", reply)
        if self.server == "mock-llm":
            return  # streams texts only
        reply = post(f"{self.base}/messages", body | {"stream": True})
        expect(reply.status == 200, "refused", reply)
        parts = [e for e in reply.events() if e["type"] == "content_block_delta" and e["delta"]["type"] == "input_json_delta"]
        first = parts[0]["index"]
        self.arguments("".join(e["delta"]["partial_json"] for e in parts if e["index"] == first), reply)

    def responses(self):
        body = {"model": self.model, "input": ASK, "max_output_tokens": 300, "store": False}
        reply = post(f"{self.base}/responses", body)
        expect(reply.status == 200, "refused", reply)
        texts = [part["text"] for item in reply.json()["output"] if item["type"] == "message" for part in item["content"]]
        self.said("".join(texts), reply)
        reply = post(f"{self.base}/responses", body | {"stream": True})
        expect(reply.status == 200, "refused", reply)
        events = reply.events()
        self.said("".join(e["delta"] for e in events if e["type"] == "response.output_text.delta"), reply)
        expect(events[-1]["type"] in ("response.completed", "response.incomplete"), "no whole stream", reply)

    def json_schema(self):
        shape = {"type": "json_schema", "json_schema": {"name": "city", "schema": SCHEMA | {"additionalProperties": False}, "strict": True}}
        reply = self.chat("Basel or Rome? As JSON.", response_format=shape)
        expect(reply.status == 200, "refused", reply)
        self.arguments(reply.json()["choices"][0]["message"]["content"], reply)

    def cut_off(self):
        self.order({"type": "stream_fault", "kind": "truncate", "after_chunks": 5})
        reply = self.chat(ASK, stream=True)
        expect("\"error\"" in reply.body and "[DONE]" not in reply.body, "a stream cut short passed for a whole one", reply)

    def come_back(self):
        """Refused once, told when to come back; llmock then judges how its client did."""
        self.order({"type": "fail", "status": 429, "retry_after": 1, "times": 1})
        reply = self.chat(ASK)
        expect(reply.status == 200, "not tried again", reply)
        with urllib.request.urlopen(f"{self.url}/_llmock/verdict") as verdict:
            found = json.load(verdict)
        expect(not [one for one in found.get("findings", []) if one.get("severity", "").lower() in ("fail", "error")], f"llmock says {found}")

    def failing(self):
        if self.server == "llmock":
            self.order({"type": "fail", "status": 429, "retry_after": 30, "times": None})
        if self.noise:
            reply = self.chat("spine " * 3000)
            expect(reply.status == 400 and reply.json()["error"]["code"] == "context_length_exceeded", "another error", reply)
            return
        reply = self.chat(ASK_ERROR)
        expect(reply.status == 429 and reply.json()["error"]["code"] == "upstream_rate_limited", "another error", reply)
        expect("canary" not in reply.body, "a secret", reply)
        if self.server == "llmock":
            self.order()

    def order(self, *behaviours):
        expect(post(f"{self.url}/_llmock/reset", {}).status < 300, "llmock can't be reset")
        if behaviours:
            expect(post(f"{self.url}/_llmock/scenario", {"behaviors": behaviours}).status < 300, "llmock takes no scenario")

    def all(self):
        cases = {"chat, whole": self.whole, "chat, streamed": self.streamed, "chat, tools": self.tools}
        if self.server != "mock-llm":  # streams texts only
            cases["chat, tools streamed"] = self.tools_streamed
        cases |= {"chat, tool result": self.tool_result, "messages, whole and streamed": self.messages,
                  "messages, tools": self.messages_tools, "responses, whole and streamed": self.responses}
        if self.server in ("llmock", "llama.cpp") and not self.model.endswith("anthropic"):
            cases["chat, JSON schema"] = self.json_schema
        if self.server == "llmock":
            cases |= {"chat, stream cut short": self.cut_off, "chat, refused once": self.come_back}
        return cases | {"chat, error": self.failing}


def answers(port, path):
    try:
        link = http.client.HTTPConnection("127.0.0.1", port, timeout=2)
        link.request("GET", path)
        return link.getresponse().status < 500
    except OSError:
        return False


def start(stack, name, command, environment, port, path, work):
    log = stack.enter_context(open(work / f"{name}.log", "w"))
    process = subprocess.Popen([str(word) for word in command], stdout=log, stderr=log, cwd=work, env=os.environ | environment)
    stack.callback(process.wait)
    stack.callback(process.terminate)
    end = time.monotonic() + 90
    while not answers(port, path):
        if process.poll() is not None or time.monotonic() > end:
            raise SystemExit(f"{name} did not start:\n{(work / f'{name}.log').read_text()[-2000:]}")
        time.sleep(0.1)


def configuration(speaking, port, admin):
    config = {"server": {"port": port, "admin": {"port": admin}}, "providers": [], "models": []}
    for identity, (_, _, provider) in speaking.items():
        config["providers"].append({"id": identity} | provider)
        config["models"].append({
            "id": identity, "tier": "mid", "use-cases": ["chat"], "capabilities": ["tools", "json"], "replicas": [
                {"provider": identity, "upstream-model": "claude-sonnet-4-5" if "anthropic" in identity or "bedrock" in identity
                 else "gemini-2.5-flash" if "gemini" in identity else "gpt-4o"}]})
    return config


def main():
    options = argparse.ArgumentParser()
    options.add_argument("--mocks", type=pathlib.Path, default=pathlib.Path("/tmp/mocks"))
    options.add_argument("--tierway", default=str(HERE.parents[4] / "tierway"))
    options.add_argument("--only", default=",".join(SERVERS))
    options = options.parse_args()
    failed = passed = 0
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as stack:
        work, speaking = pathlib.Path(folder), {}
        for server, (needed, command, environment) in commands(options.mocks.absolute(), work).items():
            if server not in options.only.split(","):
                continue
            if not needed.exists():
                failed += 1
                print(f"FAIL  {server}: {needed} is missing. To install it:\n{__doc__.split('outside the project:')[1].split('./check')[0]}")
                continue
            port = free_port()
            start(stack, server, command(port), environment | {"PORT": str(port)}, port, "/health", work)
            for suffix, provider in providers(server, f"http://127.0.0.1:{port}").items():
                speaking[f"{server}-{suffix}"] = (server, f"http://127.0.0.1:{port}", provider)
        if not speaking:
            return 1
        port, admin = free_port(), free_port()
        (work / "tierway.yaml").write_text(json.dumps(configuration(speaking, port, admin)))
        start(stack, "tierway", [*options.tierway.split(), "serve", "--config", work / "tierway.yaml"], {}, port, "/readyz", work)
        for model, (server, url, _) in speaking.items():
            for name, case in Cases(f"http://127.0.0.1:{port}/v1", model, server, url).all().items():
                try:
                    case()
                    passed += 1
                    print(f"ok    {model}: {name}")
                except Exception as wrong:  # whatever it is, the case has failed
                    failed += 1
                    print(f"FAIL  {model}: {name}: {type(wrong).__name__}: {wrong}")
        if "canary" in (work / "tierway.log").read_text():
            failed += 1
            print("FAIL  a secret is in Tierway's log")
    print(f"{passed} ok, {failed} failed")
    return 1 if failed else 0


sys.exit(main())
