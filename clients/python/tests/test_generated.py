"""The typed API is what the committed description says."""

import importlib.util
import json
from pathlib import Path

HERE = Path(__file__).parents[1]


def generator():
    spec = importlib.util.spec_from_file_location("generate", HERE / "generate.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    return module


def test_is_generated_from_the_description():
    generate = generator()
    description = json.loads(generate.DESCRIPTION.read_text())
    assert generate.generated(description) == generate.GENERATED.read_text()


def test_types_of_schemas():
    type_of = generator().type_of
    assert type_of({"type": ["integer", "null"]}) == "Optional[int]"
    assert type_of({"anyOf": [{"$ref": "#/components/schemas/A"}, {"type": "null"}]}) == "Optional[A]"
    assert type_of({"type": "array", "items": {"type": "string"}}) == "List[str]"
    assert type_of({"type": "string", "enum": ["a", "b"]}) == 'Literal["a", "b"]'
    assert type_of({"type": "object", "additionalProperties": {"type": "number"}}) == "Dict[str, float]"
    assert type_of({}) == "Any"
