"""Valid JSON for a demanded JSON schema, with the answer in its text fields."""

from collections.abc import Mapping, Sequence

JsonObject = dict[str, object]

MAX_DEPTH = 12


def fill(schema: Mapping[str, object], answer: str) -> object:
    return _fill(schema, answer, schema, MAX_DEPTH)


def _fill(
    schema: Mapping[str, object], answer: str, root: Mapping[str, object], depth: int
) -> object:
    schema = _resolve(schema, root)
    if depth == 0:
        return None
    if "const" in schema:
        return schema["const"]
    if "default" in schema:
        return schema["default"]
    choices = schema.get("enum")
    if isinstance(choices, Sequence) and choices:
        return choices[0]
    for word in ("anyOf", "oneOf", "allOf"):
        options = schema.get(word)
        if isinstance(options, Sequence) and options:
            return _fill(_best(options), answer, root, depth - 1)
    kind = schema.get("type")
    if isinstance(kind, list):
        kind = next((each for each in kind if each != "null"), "null")
    if kind == "object" or "properties" in schema:
        return _fill_object(schema, answer, root, depth)
    if kind == "array":
        return _fill_array(schema, answer, root, depth)
    if kind == "string":
        limit = schema.get("maxLength")
        return answer[:limit] if isinstance(limit, int) else answer
    if kind in {"integer", "number"}:
        return schema.get("minimum", 0)
    return False if kind == "boolean" else None


def _resolve(schema: Mapping[str, object], root: Mapping[str, object]) -> Mapping[str, object]:
    reference = schema.get("$ref")
    if not isinstance(reference, str):
        return schema
    found: object = root
    for part in reference.removeprefix("#/").split("/"):
        found = found.get(part) if isinstance(found, Mapping) else None
    return found if isinstance(found, Mapping) else {}


def _best(options: Sequence[object]) -> Mapping[str, object]:
    known = [each for each in options if isinstance(each, Mapping)]
    return next((each for each in known if each.get("type") != "null"), {"type": "null"})


def _fill_object(
    schema: Mapping[str, object], answer: str, root: Mapping[str, object], depth: int
) -> JsonObject:
    properties = schema.get("properties")
    if not isinstance(properties, Mapping):
        return {}
    required = schema.get("required")
    names = required if isinstance(required, Sequence) and required else list(properties)
    return {
        str(name): _fill(properties[name], answer, root, depth - 1)
        for name in names
        if isinstance(properties.get(name), Mapping)
    }


def _fill_array(
    schema: Mapping[str, object], answer: str, root: Mapping[str, object], depth: int
) -> list[object]:
    items, count = schema.get("items"), schema.get("minItems", 0)
    if not isinstance(items, Mapping) or not isinstance(count, int):
        return []
    return [_fill(items, answer, root, depth - 1) for _ in range(count)]
