#!/usr/bin/env python3
"""Checks our golden exchanges against what Google publishes.

Requests: every member, at every depth, against the discovery document of Vertex AI (from google-api-python-client) and
the strict types of google-genai. Replies that our decoder reads: against google-genai's GenerateContentResponse.

    python3 -m venv /tmp/genai && /tmp/genai/bin/pip install google-genai google-api-python-client
    /tmp/genai/bin/python check.py

Exit 0 if nothing is unknown. Uses no network and no key.
"""
import json
import pathlib
import sys

import google.genai
import googleapiclient
from google.genai import types

HERE = pathlib.Path(__file__).parent
DISCOVERY = pathlib.Path(googleapiclient.__file__).parent / "discovery_cache" / "documents" / "aiplatform.v1.json"
PREFIX = "GoogleCloudAiplatformV1"
# Only the Generative Language API has it; its discovery document isn't in the package.
ELSEWHERE = {"serviceTier"}
SCHEMAS = json.loads(DISCOVERY.read_text())["schemas"]
problems = []


def walk(value, schema, path):
    if "$ref" in schema:
        schema = SCHEMAS[schema["$ref"]]
    kind = schema.get("type")
    if kind == "array":
        if not isinstance(value, list):
            problems.append(f"{path}: not a list")
            return
        for index, one in enumerate(value):
            walk(one, schema["items"], f"{path}[{index}]")
    elif kind == "object" and "properties" in schema:
        if not isinstance(value, dict):
            problems.append(f"{path}: not an object")
            return
        for name, member in value.items():
            if name in schema["properties"]:
                walk(member, schema["properties"][name], f"{path}.{name}")
            elif not (path.count(".") == 0 and name in ELSEWHERE):
                problems.append(f"{path}.{name}: unknown to Vertex AI")
    elif "enum" in schema and value not in schema["enum"]:
        problems.append(f"{path}: {value!r} is not one of {schema['enum']}")
    elif kind == "string" and not isinstance(value, str):
        problems.append(f"{path}: not a string")
    elif kind == "integer" and not isinstance(value, int):
        problems.append(f"{path}: not an integer")


def strict(model, value, path):
    try:
        model.model_validate(value)
    except Exception as wrong:  # pydantic's, and ValueErrors of the SDK's own
        problems.append(f"{path}: {wrong}")


for name, body in json.loads((HERE / "requests.json").read_text()).items():
    walk(body, {"$ref": PREFIX + "GenerateContentRequest"}, name)
    for index, content in enumerate(body["contents"]):
        strict(types.Content, content, f"{name}.contents[{index}]")
    if "systemInstruction" in body:
        strict(types.Content, body["systemInstruction"], f"{name}.systemInstruction")
    for index, tool in enumerate(body.get("tools", [])):
        strict(types.Tool, tool, f"{name}.tools[{index}]")
    if "toolConfig" in body:
        strict(types.ToolConfig, body["toolConfig"], f"{name}.toolConfig")
    if "generationConfig" in body:
        strict(types.GenerationConfig, body["generationConfig"], f"{name}.generationConfig")
    if "serviceTier" in body:
        types.ServiceTier(body["serviceTier"])
for name, body in json.loads((HERE / "replies.json").read_text()).items():
    strict(types.GenerateContentResponse, body, name)

print("google-genai", google.genai.__version__, "-", len(problems), "problems")
for problem in problems:
    print(" ", problem)
sys.exit(1 if problems else 0)
