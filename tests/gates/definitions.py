"""Every questionnaire of the project is valid against the published schema."""

import json

import gate
import jsonschema

REASON = "the schema is what authors of other questionnaires hold on to; ours must be the first to keep it"

SCHEMA = "assets/schemas/questionnaire.schema.json"


def check(root):
    if not (root / SCHEMA).exists():
        return [f"{SCHEMA} is missing"]
    schema = json.loads((root / SCHEMA).read_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    validator = jsonschema.Draft202012Validator(schema)
    definitions = [path for path in gate.files_of(root) if path.name == "definition.json"]
    complaints = [] if definitions else ["there are no definitions"]
    for path in definitions:
        definition = json.loads(path.read_text())
        for error in validator.iter_errors(definition):
            place = "/".join(map(str, error.absolute_path))
            complaints.append(f"{gate.at(root, path)}: /{place}: {error.message[:200]}")
    return complaints


SOUND = {SCHEMA: '{"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}}',
         "assets/questionnaires/q/definition.json": '{"id": "q"}'}
SPOILT = [
    gate.Spoilt("a definition without an id", {"assets/questionnaires/q/definition.json": "{}"}, "'id' is a required"),
    gate.Spoilt("a fixture's definition", {"tests/fixtures/f/definition.json": '{"id": 1}'}, "is not of type"),
]

if __name__ == "__main__":
    gate.main(REASON, check, SOUND, SPOILT)
