#!/usr/bin/env python3
"""Anthropic's own Python SDK against a running gateway: unary, streamed, tools, token counts, errors.

    ./tierway demo            (in another terminal)
    python3 -m venv /tmp/anthropic && /tmp/anthropic/bin/pip install anthropic
    /tmp/anthropic/bin/python check.py [http://127.0.0.1:8080]
"""
import sys

import anthropic

client = anthropic.Anthropic(base_url=sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8080", api_key="sk-unused", max_retries=0, timeout=20)
MESSAGES = [{"role": "user", "content": "What is a spine?"}]
CALL = {"model": "tier:mid/code", "max_tokens": 200, "messages": MESSAGES}
WEATHER = {"name": "weather", "description": "The weather in a city", "input_schema": {
    "type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}}
TOOLS = {"tools": [WEATHER], "tool_choice": {"type": "any"}}
failed = 0


def check(name):
    def now(run):
        global failed
        try:
            run()
            print(f"ok    {name}")
        except Exception as wrong:  # whatever it is, the case has failed
            failed += 1
            print(f"FAIL  {name}: {type(wrong).__name__}: {wrong}")
    return now


def ensure(truth, what="not what was expected"):
    if not truth:
        raise AssertionError(what)


@check("unary")
def _():
    raw = client.messages.with_raw_response.create(**CALL)
    ensure(raw.headers["x-tierway-decision"].startswith("dec_"))
    answer = raw.parse()
    ensure(answer.content[0].text and answer.usage.input_tokens > 0 and answer.usage.output_tokens > 0)


@check("streamed, with usage")
def _():
    with client.messages.stream(**CALL) as stream:
        text = "".join(stream.text_stream)
        whole = stream.get_final_message()
    ensure(text and whole.content[0].text == text and whole.stop_reason and whole.usage.output_tokens > 0)


@check("streamed, left in the middle")
def _():
    with client.messages.create(**CALL, stream=True) as stream:
        ensure(next(iter(stream)).type == "message_start")


@check("tool call, whole and streamed")
def _():
    whole = client.messages.create(**CALL, **TOOLS)
    with client.messages.stream(**CALL, **TOOLS) as stream:
        streamed = stream.get_final_message()
    for answer in (whole, streamed):
        used = [block for block in answer.content if block.type == "tool_use"]
        ensure(answer.stop_reason == "tool_use" and used[0].name == "weather" and isinstance(used[0].input, dict))


@check("token count")
def _():
    ensure(client.messages.count_tokens(model=CALL["model"], messages=MESSAGES).input_tokens > 0)


@check("error: unknown model")
def _():
    try:
        client.messages.create(**CALL | {"model": "no-such-model"})
    except anthropic.NotFoundError as refused:
        ensure(refused.body["error"]["type"] == "not_found_error", refused.body)
    else:
        ensure(False, "was answered")


@check("error: malformed request")
def _():
    try:
        client.messages.create(**CALL | {"messages": "hello"})
    except anthropic.BadRequestError as refused:
        ensure(refused.body["error"]["type"] == "invalid_request_error", refused.body)
    else:
        ensure(False, "was answered")


sys.exit(1 if failed else 0)
