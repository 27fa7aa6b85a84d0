"""`onrecord review` as typed."""

import json

import pytest
from typer.testing import CliRunner

from builder.cli.main import app
from tests.review.conftest import Desk

SAID = ("--by", "A. Quill", "--date", "2026-11-20", "--why", "full reading")


def test_export_correct_import_and_build(desk: Desk) -> None:
    reading, out = desk.root / "r", desk.raw / "corrections" / "first.jsonl"
    exported = CliRunner().invoke(app, ["review", "export", str(desk.out), "--out", str(reading), "--json"])
    assert json.loads(exported.stdout) == {"out": str(reading), "format": "brat", "articles": 3}
    arguments = ["review", "import", str(reading), "--from", str(desk.out), *SAID, "--out", str(out), "--json"]
    assert json.loads(CliRunner().invoke(app, arguments).stdout)["changed"] == 0
    assert not out.exists()
    annotation = reading / desk.annotation("ferry.html").name
    changed = annotation.read_text(encoding="utf-8").replace("E5 assertion", "E5 denial")
    annotation.write_text(changed, encoding="utf-8")
    said = CliRunner().invoke(app, arguments[:-1])
    assert f"3 articles read: 0 added, 1 changed, 0 deleted; {out}" in said.stdout.replace("\n", "")
    assert desk.build()["quotes"]["is_reviewed"].sum() == 1


@pytest.mark.parametrize(
    ("option", "value", "expected"),
    [("--date", "yesterday", "2026-11-20"), ("--why", " ", "words"), ("--out", "first.txt", ".jsonl")],
)
def test_who_when_and_why_must_be_said(desk: Desk, option: str, value: str, expected: str) -> None:
    arguments = [*SAID, "--out", "first.jsonl", option, value]
    ran = CliRunner().invoke(app, ["review", "import", str(desk.reading), "--from", str(desk.out), *arguments])
    assert ran.exit_code == 2
    assert expected in ran.stderr
