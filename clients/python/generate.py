#!/usr/bin/env python3
"""Writes src/piecrust/api.py from the program's description of its REST API.

    python3 generate.py                                  from docs/openapi.json
    python3 generate.py http://127.0.0.1:8080/openapi    asks a program, and renews docs/openapi.json

The description says what there is; nothing here knows of a single operation.
"""

import json
import keyword
import re
import sys
import textwrap
import urllib.request
from pathlib import Path

HERE = Path(__file__).parent
DESCRIPTION = HERE.parent.parent / "docs" / "openapi.json"
GENERATED = HERE / "src" / "piecrust" / "api.py"

HEAD = '''\
"""The REST API as it describes itself. Written by generate.py; do not edit.

Every schema is a ``TypedDict`` and every operation a method of ``Api``; names of operations are in
snake case here. Fields are as JSON has them.
"""

from __future__ import annotations

from typing import Any, Dict, List, Literal, Optional, TypedDict, Union

from .transport import Transport
'''

SIMPLE = {"string": "str", "integer": "int", "number": "float", "boolean": "bool"}


def type_of(schema):
    """A schema as a type of Python."""
    if not schema:
        return "Any"
    if "$ref" in schema:
        return schema["$ref"].rsplit("/", 1)[1]
    for union in ("anyOf", "oneOf"):
        if union in schema:
            return union_of([type_of(one) for one in schema[union]])
    if "enum" in schema:
        return "Literal[%s]" % ", ".join(json.dumps(word) for word in schema["enum"])
    kinds = schema.get("type", [])
    kinds = [kinds] if isinstance(kinds, str) else kinds
    return union_of([one_of(kind, schema) for kind in kinds])


def one_of(kind, schema):
    if kind == "null":
        return "None"
    if kind == "array":
        return "List[%s]" % type_of(schema.get("items"))
    if kind == "object":
        return "Dict[str, %s]" % type_of(schema.get("additionalProperties"))
    return SIMPLE[kind]


def union_of(types):
    some = [one for one in types if one != "None"]
    if not some and types:
        return "None"
    if not some:
        return "Any"
    inner = some[0] if len(some) == 1 else "Union[%s]" % ", ".join(some)
    return "Optional[%s]" % inner if len(some) < len(types) else inner


def snake(name):
    word = re.sub(r"(?<=[a-z0-9])([A-Z])", r"_\1", name).lower()
    return word + "_" if keyword.iskeyword(word) else word


def fields(schema):
    return "".join(
        "    %s: %s\n" % (name, type_of(of)) for name, of in sorted(schema["properties"].items())
    )


def model(name, schema):
    """A named schema: a dictionary with fields, or another name of a type."""
    if any(keyword.iskeyword(field) for field in schema.get("properties", {})):
        return '%s = TypedDict(\n    "%s",\n    {%s},\n)\n' % (
            (name, name, ", ".join(
                '"%s": %s' % (field, type_of(of)) for field, of in sorted(schema["properties"].items())))
        )
    if "properties" in schema:
        required = schema.get("required", [])
        body = ""
        if "description" in schema:
            body += '    """%s."""\n\n' % schema["description"].rstrip(".")
        all_of = {"properties": {n: s for n, s in schema["properties"].items() if n in required}}
        rest = {"properties": {n: s for n, s in schema["properties"].items() if n not in required}}
        if not rest["properties"]:
            return "class %s(TypedDict):\n%s" % (name, body + fields(all_of) or "    pass\n")
        if not all_of["properties"]:
            return "class %s(TypedDict, total=False):\n%s" % (name, body + fields(rest))
        return "class _%sRequired(TypedDict):\n%s\n\nclass %s(_%sRequired, total=False):\n%s" % (
            (name, fields(all_of), name, name, body + fields(rest))
        )
    if "oneOf" in schema and all("properties" in one for one in schema["oneOf"]):
        parts, names = [], []
        for one in schema["oneOf"]:
            words = [of["enum"][0] for of in one["properties"].values() if len(of.get("enum", [])) == 1]
            part = words[0].capitalize() + name
            names.append(part)
            parts.append(model(part, one))
        return "\n\n".join(parts + ["%s = Union[%s]\n" % (name, ", ".join(names))])
    return "%s = %s\n" % (name, type_of(schema))


def references(schema):
    if isinstance(schema, dict):
        if "$ref" in schema:
            yield schema["$ref"].rsplit("/", 1)[1]
        for value in schema.values():
            yield from references(value)
    elif isinstance(schema, list):
        for value in schema:
            yield from references(value)


def operation(method, path, described):
    """A method that asks for one operation; streams of events are not offered."""
    answer = described["responses"].get("200", {}).get("content", {})
    kind = next(iter(answer), None)  # None where there is nothing to say
    if kind == "text/event-stream":
        return ""
    parameters = described.get("parameters", [])
    of_path = re.findall(r"{(\w+)}", path)
    typed = {p["name"]: type_of(p["schema"]) for p in parameters}
    arguments = ["%s: %s" % (snake(name), typed[name]) for name in of_path]
    body = described.get("requestBody", {}).get("content", {}).get("application/json")
    if body:
        arguments.append("body: %s" % type_of(body["schema"]))
    of_query = [p for p in parameters if p["in"] == "query"]
    for p in sorted(of_query, key=lambda p: not p.get("required")):
        of = typed[p["name"]]
        arguments.append(
            "%s: %s" % (snake(p["name"]), of)
            if p.get("required")
            else "%s: Optional[%s] = None" % (snake(p["name"]), of)
        )
    ask = ['"%s"' % method.upper(), ('f"%s"' if of_path else '"%s"') % re.sub(
        r"{(\w+)}", lambda name: "{quote(%s)}" % snake(name[1]), path)]
    if kind == "application/json":
        call, returns = "json", type_of(answer[kind]["schema"])
    elif kind is None:
        call, returns = "content", "None"
        ask.append('"*/*"')
    else:
        call, returns = ("text", "str") if kind.startswith("text/") else ("content", "bytes")
        ask.append('"%s"' % kind)
    if of_query:
        ask.append("query={%s}" % ", ".join(
            '"%s": %s' % (p["name"], snake(p["name"])) for p in of_query))
    if body:
        ask.append("body=body")
    lines = ["    def %s(" % snake(described["operationId"])]
    lines += ["        %s," % one for one in ["self"] + arguments]
    lines += ["    ) -> %s:" % returns, '        """%s."""' % described["summary"]]
    begin, end = ("answer: %s = " % returns, ["        return answer"]) if kind else ("", [])
    lines += ["        %sself._transport.%s(" % (begin, call)]
    lines += ["            %s," % one for one in ask] + ["        )"] + end
    return "\n".join(lines) + "\n"


def generated(description):
    """All of api.py."""
    schemas = description["components"]["schemas"]
    parts, done = [], set()

    def add(name):
        if name in done:
            return
        done.add(name)
        for needed in references(schemas[name]):
            add(needed)
        parts.append(model(name, schemas[name]))

    for name in sorted(schemas):
        add(name)
    api = textwrap.dedent(
        '''\
        class Api:
            """Every operation of the REST API, by its name in the description."""

            def __init__(self, transport: Transport) -> None:
                """Asks through this transport."""
                self._transport = transport
        '''
    )
    operations = [
        operation(method, path, described)
        for path, item in sorted(description["paths"].items())
        for method, described in sorted(item.items())
    ]
    tail = textwrap.dedent(
        '''\
        def quote(part: Union[str, int]) -> str:
            """A part of a path."""
            return percent(str(part), safe="")
        '''
    )
    return "\n\n".join(
        [HEAD.replace("from .transport", "from urllib.parse import quote as percent\n\nfrom .transport")]
        + parts
        + ["\n".join([api] + [one for one in operations if one]), tail]
    )


def main():
    if len(sys.argv) > 1:
        with urllib.request.urlopen(sys.argv[1] + "?format=json") as answer:
            asked = json.load(answer)
        DESCRIPTION.write_text(json.dumps(asked, indent=1, sort_keys=True, ensure_ascii=False) + "\n")
    GENERATED.write_text(generated(json.loads(DESCRIPTION.read_text())))


if __name__ == "__main__":
    main()
