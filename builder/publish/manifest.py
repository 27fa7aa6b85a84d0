"""manifest.json: what determines the rows of a build, and the rows' sums. Imports `facts`, `recognize`, `written`.

Nothing else goes in (no time, machine, worker count) but the version and date that a release was given, which are null
in a build: the same rows have the same manifest. What people's readings told of the rows (`validations`) is there where
any were recorded.
"""

import hashlib
import json
from collections.abc import Mapping

from builder.publish.facts import BuildFacts
from builder.publish.recognize import FORMAT
from builder.publish.written import WrittenTable


def render_manifest(facts: BuildFacts, written: Mapping[str, WrittenTable]) -> str:
    """The manifest as canonical JSON: keys sorted, two blanks of indent, UTF-8, a line feed at the end."""
    told = [one.model_dump(mode="json") for one in facts.validations]
    return render_json(
        {
            "format": FORMAT,
            "version": facts.version,
            "released_on": None if facts.released_on is None else facts.released_on.isoformat(),
            "package": {"name": "onrecord", "version": facts.package_version},
            "stages": dict(facts.versions),
            "model": {"name": facts.model_name, "sha256": facts.model_sha256},
            "instruction_set": facts.instruction_set,
            "settings": dict(facts.settings),
            "inputs": dict(facts.input_sums),
            "raw": {collection: dict(sums) for collection, sums in facts.raw_sums.items()},
            "fingerprint": fingerprint_tables(written),
            "full": dict(facts.full_fingerprints),
            "tables": {
                name: {"rows": table.rows, "fingerprint": table.fingerprint, "files": dict(table.files)}
                for name, table in written.items()
            },
        }
        | ({"validations": told} if told else {})
    )


def fingerprint_tables(written: Mapping[str, WrittenTable]) -> str:
    """One fingerprint of all tables: the sha256 of the lines `<fingerprint>  <table>`, sorted by table."""
    lines = "".join(f"{written[name].fingerprint}  {name}\n" for name in sorted(written))
    return hashlib.sha256(lines.encode()).hexdigest()


def render_json(value: object) -> str:
    r"""Canonical JSON.

    >>> render_json({"b": "é", "a": []})
    '{\n  "a": [],\n  "b": "é"\n}\n'
    """
    return json.dumps(value, ensure_ascii=False, sort_keys=True, indent=2, allow_nan=False) + "\n"
