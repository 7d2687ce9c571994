"""Checks the golden request bodies against the types of the vendors' own Python libraries.

    python3 -m venv .venv && .venv/bin/pip install cohere==7.3.1 ollama==0.6.3
    .venv/bin/python check.py

Nothing is sent. Exits with 1 if a body has a member that the library doesn't know, or one of a wrong type.
"""

import inspect
import json
import pathlib
import sys

import cohere
import cohere.types
import ollama._types
import pydantic

GOLDEN = pathlib.Path(__file__).parents[2] / "resources" / "dev" / "tierway" / "golden"
# The library's ClientV2 sets this one itself.
SET_BY_THE_CLIENT = {"stream"}
# Newer than the library: ollama/ollama docs/api.md. Servers that don't know it pass over it.
NEWER = {("tool", "tool_call_id"), ("tool_calls", "id")}
problems = []


def body(name):
    return json.loads((GOLDEN / f"{name}.json").read_text())


def unknown_parameters(name, given, method):
    known = set(inspect.signature(method).parameters) | SET_BY_THE_CLIENT
    for parameter in set(given) - known:
        problems.append(f"{name}: the library has no parameter '{parameter}'")


def typed(name, annotation, value):
    try:
        pydantic.TypeAdapter(annotation).validate_python(value)
    except pydantic.ValidationError as wrong:
        problems.append(f"{name}: {wrong}")


def unknown_members(name, model, value, path=""):
    for member in set(value) - {f.alias or n for n, f in model.model_fields.items()} - set(model.model_fields):
        if (path, member) not in NEWER:
            problems.append(f"{name}: {model.__name__} has no member '{member}'")


def cohere_chat():
    given = body("cohere-chat")
    unknown_parameters("cohere-chat", given, cohere.ClientV2.chat)
    classes = {
        "system": cohere.types.SystemChatMessageV2,
        "user": cohere.types.UserChatMessageV2,
        "assistant": cohere.types.AssistantChatMessageV2,
        "tool": cohere.types.ToolChatMessageV2,
    }
    for message in given["messages"]:
        unknown_members("cohere-chat", classes[message["role"]], message)
        typed("cohere-chat", classes[message["role"]], message)
    for tool in given["tools"]:
        unknown_members("cohere-chat", cohere.types.ToolV2, tool)
        unknown_members("cohere-chat", cohere.types.ToolV2Function, tool["function"])
        typed("cohere-chat", cohere.types.ToolV2, tool)
    unknown_members("cohere-chat", cohere.types.JsonObjectResponseFormatV2, given["response_format"])


def cohere_embed():
    unknown_parameters("cohere-embed", body("cohere-embed"), cohere.ClientV2.embed)


def ollama_chat():
    given = body("ollama-chat")
    unknown_members("ollama-chat", ollama._types.ChatRequest, given)
    typed("ollama-chat", ollama._types.ChatRequest, given)
    unknown_members("ollama-chat", ollama._types.Options, given["options"])
    for message in given["messages"]:
        unknown_members("ollama-chat", ollama._types.Message, message, message["role"])
        for call in message.get("tool_calls", []):
            unknown_members("ollama-chat", ollama._types.Message.ToolCall, call, "tool_calls")
    for tool in given["tools"]:
        unknown_members("ollama-chat", ollama._types.Tool, tool)


def ollama_embed():
    given = body("ollama-embed")
    unknown_members("ollama-embed", ollama._types.EmbedRequest, given)
    typed("ollama-embed", ollama._types.EmbedRequest, given)


for check in (cohere_chat, cohere_embed, ollama_chat, ollama_embed):
    check()
print("\n".join(problems) if problems else "all bodies fit")
sys.exit(1 if problems else 0)
