#!/usr/bin/env python3
"""OpenAI's own Python SDK against a running gateway: unary, streamed, tools, JSON, responses, errors.

    ./tierway demo            (in another terminal)
    python3 -m venv /tmp/openai && /tmp/openai/bin/pip install openai
    /tmp/openai/bin/python check.py [http://127.0.0.1:8080/v1]
"""
import json
import sys

import openai

client = openai.OpenAI(base_url=sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8080/v1", api_key="sk-unused", max_retries=0, timeout=20)
MODEL = "tier:mid/code"
MESSAGES = [{"role": "user", "content": "What is a spine?"}]
WEATHER = {"type": "function", "function": {"name": "weather", "parameters": {
    "type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}}}
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


@check("models")
def _():
    ensure(client.models.list().data)


@check("unary")
def _():
    raw = client.chat.completions.with_raw_response.create(model=MODEL, messages=MESSAGES)
    ensure(raw.headers["x-tierway-decision"].startswith("dec_"))
    answer = raw.parse()
    ensure(answer.choices[0].message.content and answer.usage.completion_tokens > 0)


@check("streamed, with usage")
def _():
    text, usage = "", None
    for chunk in client.chat.completions.create(model=MODEL, messages=MESSAGES, stream=True, stream_options={"include_usage": True}):
        text += (chunk.choices[0].delta.content or "") if chunk.choices else ""
        usage = chunk.usage or usage
    ensure(text and usage.completion_tokens > 0)


@check("streamed, left in the middle")
def _():
    with client.chat.completions.create(model=MODEL, messages=MESSAGES, stream=True) as stream:
        ensure(next(iter(stream)))


@check("tool call")
def _():
    answer = client.chat.completions.create(model=MODEL, messages=MESSAGES, tools=[WEATHER], tool_choice="required")
    call = answer.choices[0].message.tool_calls[0]
    ensure(call.function.name == "weather")
    json.loads(call.function.arguments)


@check("tool call, streamed")
def _():
    with client.chat.completions.stream(model=MODEL, messages=MESSAGES, tools=[WEATHER], tool_choice="required") as stream:
        for _event in stream:
            pass
        call = stream.get_final_completion().choices[0].message.tool_calls[0]
    ensure(call.id and call.function.name == "weather")
    json.loads(call.function.arguments)


@check("JSON mode")
def _():
    answer = client.chat.completions.create(model=MODEL, messages=MESSAGES, response_format={"type": "json_object"})
    json.loads(answer.choices[0].message.content)


@check("responses, whole and streamed")
def _():
    ensure(client.responses.create(model=MODEL, input="What is a spine?", store=False).output_text)
    with client.responses.stream(model=MODEL, input="What is a spine?", store=False) as stream:
        for _event in stream:
            pass
        ensure(stream.get_final_response().output_text)


@check("legacy completion")
def _():
    ensure(client.completions.create(model=MODEL, prompt="What is a spine?").choices[0].text)


@check("error: unknown model")
def _():
    try:
        client.chat.completions.create(model="no-such-model", messages=MESSAGES)
    except openai.NotFoundError as refused:
        ensure(refused.code == "model_not_found", refused.code)
    else:
        ensure(False, "was answered")


@check("error: malformed request")
def _():
    try:
        client.chat.completions.create(model=MODEL, messages="hello")
    except openai.BadRequestError as refused:
        ensure(refused.param == "messages", refused.param)
    else:
        ensure(False, "was answered")


sys.exit(1 if failed else 0)
