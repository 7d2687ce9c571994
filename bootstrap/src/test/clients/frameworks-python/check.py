#!/usr/bin/env python3
"""LangChain and LiteLLM against a running gateway, at OpenAI's and at Anthropic's door: unary, streamed, tools, errors.

    ./tierway demo            (in another terminal)
    python3 -m venv /tmp/frameworks && /tmp/frameworks/bin/pip install langchain-openai langchain-anthropic litellm mcp
    /tmp/frameworks/bin/python check.py [http://127.0.0.1:8080]
"""
import json
import os
import sys

os.environ["LITELLM_LOCAL_MODEL_COST_MAP"] = "True"  # else it fetches a list of prices
import litellm
from langchain_anthropic import ChatAnthropic
from langchain_openai import ChatOpenAI

ROOT = sys.argv[1] if len(sys.argv) > 1 else "http://127.0.0.1:8080"
MODEL, QUESTION = "tier:mid/code", "What is a spine?"
WEATHER = {"type": "function", "function": {"name": "weather", "description": "The weather in a city", "parameters": {
    "type": "object", "properties": {"city": {"type": "string"}}, "required": ["city"]}}}
failed = 0


def check(name, run):
    global failed
    try:
        run()
        print(f"ok    {name}")
    except Exception as wrong:  # whatever it is, the case has failed
        failed += 1
        print(f"FAIL  {name}: {type(wrong).__name__}: {wrong}")


def ensure(truth, what="not what was expected"):
    if not truth:
        raise AssertionError(what)


def openai_door(model):
    return ChatOpenAI(model=model, base_url=f"{ROOT}/v1", api_key="sk-unused", max_retries=0, timeout=20, stream_usage=True)


def anthropic_door(model):
    return ChatAnthropic(model=model, base_url=ROOT, api_key="sk-unused", max_retries=0, timeout=20, max_tokens=200)


def refused(run):
    try:
        run()
    except Exception as wrong:
        ensure("404" in str(wrong) or getattr(wrong, "status_code", None) == 404, wrong)
    else:
        ensure(False, "was answered")


def langchain(door):
    chat = door(MODEL)

    def unary():
        answer = chat.invoke(QUESTION)
        ensure(answer.text and answer.usage_metadata["output_tokens"] > 0)

    def streamed():
        whole = None
        for piece in chat.stream(QUESTION):
            whole = piece if whole is None else whole + piece
        ensure(whole.text and whole.usage_metadata["output_tokens"] > 0)

    def tools():
        bound = chat.bind_tools([WEATHER], tool_choice="any")
        whole = None
        for piece in bound.stream(QUESTION):
            whole = piece if whole is None else whole + piece
        for answer in (bound.invoke(QUESTION), whole):
            ensure(answer.tool_calls[0]["name"] == "weather" and answer.tool_calls[0]["id"], answer)

    return {"unary": unary, "streamed, with usage": streamed, "tools, whole and streamed": tools,
            "error: unknown model": lambda: refused(lambda: door("no-such-model").invoke(QUESTION))}


def lite(prefix, base):
    def call(model=MODEL, **more):
        return litellm.completion(f"{prefix}/{model}", [{"role": "user", "content": QUESTION}], api_base=base, api_key="sk-unused",
                                  max_tokens=200, num_retries=0, timeout=20, **more)

    def unary():
        answer = call()
        ensure(answer.choices[0].message.content and answer.usage.completion_tokens > 0)

    def streamed():
        ensure("".join(piece.choices[0].delta.content or "" for piece in call(stream=True) if piece.choices))

    def tools():
        made = call(tools=[WEATHER], tool_choice="required").choices[0].message.tool_calls[0]
        ensure(made.function.name == "weather")
        json.loads(made.function.arguments)

    return {"unary": unary, "streamed": streamed, "tools": tools, "error: unknown model": lambda: refused(lambda: call("no-such-model"))}


DOORS = {
    "LangChain, ChatOpenAI": langchain(openai_door),
    "LangChain, ChatAnthropic": langchain(anthropic_door),
    "LiteLLM, openai": lite("openai", f"{ROOT}/v1"),
    "LiteLLM, anthropic": lite("anthropic", ROOT),
}
for door, cases in DOORS.items():
    for name, run in cases.items():
        check(f"{door}: {name}", run)
sys.exit(1 if failed else 0)
