"""Checks the golden request bodies against the types of the vendors' own Python libraries.

    python3 -m venv .venv && .venv/bin/pip install cohere==7.3.1 ollama==0.6.3 openai==3.52.0 anthropic==2.11.0
    .venv/bin/python check.py

Nothing is sent. Exits with 1 if a body has a member that the library doesn't know, or one of a wrong type.
"""

import collections.abc
import inspect
import json
import pathlib
import sys
import types
import typing

import anthropic.types
import cohere
import cohere.types
import ollama._types
import openai.types
import openai.types.chat
import pydantic
import typing_extensions

GOLDEN = pathlib.Path(__file__).parents[2] / "resources" / "dev" / "tierway" / "golden"
# The library's ClientV2 sets this one itself.
SET_BY_THE_CLIENT = {"stream"}
# Newer than the library: ollama/ollama docs/api.md. Servers that don't know it pass over it.
NEWER = {("tool", "tool_call_id"), ("tool_calls", "id")}
# Gone from the library with API version 2026-10-21; older models take them under 2023-06-01, which Tierway speaks.
OLDER = {"top_k"}
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


def misfits(annotation, value, path):
    """Why a value isn't what typed dictionaries declare, at every depth; pydantic leaves iterables unread."""
    origin = typing.get_origin(annotation)
    arguments = typing.get_args(annotation)
    if origin in (typing.Annotated, typing_extensions.Required, typing_extensions.NotRequired):
        return misfits(arguments[0], value, path)
    if origin in (typing.Union, types.UnionType):
        found = [misfits(one, value, path) for one in arguments]
        return [] if [] in found else max(found, key=lambda one: one[0].count("."))
    if origin is typing.Literal:
        return [] if value in arguments else [f"{path}: {value!r} is none of {arguments}"]
    if typing_extensions.is_typeddict(annotation):
        if not isinstance(value, dict):
            return [f"{path}: is no object"]
        known = typing_extensions.get_type_hints(annotation, include_extras=True)
        wrong = [f"{path}.{one}: {annotation.__name__} has no such member" for one in value if one not in known]
        wrong += [f"{path}.{one}: is missing" for one in annotation.__required_keys__ if one not in value]
        for member in set(value) & set(known):
            wrong += misfits(known[member], value[member], f"{path}.{member}")
        return wrong
    if origin in (dict, collections.abc.Mapping):
        return [] if isinstance(value, dict) else [f"{path}: is no object"]
    if origin is not None and arguments:  # lists, iterables, sequences
        if not isinstance(value, list):
            return [f"{path}: is no list"]
        return [wrong for n, one in enumerate(value) for wrong in misfits(arguments[0], one, f"{path}[{n}]")]
    if annotation is float:
        return [] if isinstance(value, (int, float)) else [f"{path}: is no number"]
    if annotation in (str, int, bool):
        return [] if type(value) is annotation else [f"{path}: is no {annotation.__name__}"]
    if annotation is type(None):
        return [] if value is None else [f"{path}: isn't null"]
    return []


def dictionary(name, annotation, given):
    problems.extend(misfits(annotation, given, name))
    for wrong in ({**given, "no_such_member": 1}, {**given, "model": 1}):
        if not misfits(annotation, wrong, name):
            problems.append(f"{name}: the check itself sees nothing")


def openai_bodies():
    for name in ("openai-chat", "openai-media"):
        dictionary(name, openai.types.chat.completion_create_params.CompletionCreateParamsStreaming, body(name))
    dictionary("openai-embeddings", openai.types.EmbeddingCreateParams, body("openai-embeddings"))


def anthropic_bodies():
    for name in ("anthropic-messages", "anthropic-budget"):
        given = {member: value for member, value in body(name).items() if member not in OLDER}
        dictionary(name, anthropic.types.message_create_params.MessageCreateParamsStreaming, given)


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


for check in (openai_bodies, anthropic_bodies, cohere_chat, cohere_embed, ollama_chat, ollama_embed):
    check()
print("\n".join(problems) if problems else "all bodies fit")
sys.exit(1 if problems else 0)
