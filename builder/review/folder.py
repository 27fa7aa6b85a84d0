"""A folder out for review: written once, read when it comes back. Imports its neighbours, `builder.publish.folder`.

`review.json` says of which build it is and in which form; each article lies under its id.
"""

import json
import os
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from builder.errors import OutputError, SettingsError
from builder.publish.folder import writing_aside
from builder.publish.recognize import read_json, read_manifest
from builder.publish.reopen import read_table, read_tables
from builder.publish.stage import write_text
from builder.review.brat_files import CONF, read_brat_rows, render_brat, render_conf
from builder.review.choices import BRAT, FORMATS, LABEL_STUDIO
from builder.review.compare import Signed, compare_rows, confirm_rows
from builder.review.corrections import Correction, render_corrections
from builder.review.exported import Exported, choose_articles, export_rows
from builder.review.label_studio import CONFIG, EXPORT, TASKS, keys_of, read_tasks, render_config, render_tasks
from builder.review.values import Row

NAME = "review.json"

# By article, the rows as they went out and as they came back, by their ids in the annotation.
Back = Mapping[str, tuple[Mapping[str, Row], Mapping[str, Row]]]


@dataclass(frozen=True, slots=True)
class Returned:
    """What came back: the corrections, how many articles were looked at, which were exported and are missing.

    `confirmed` are the untouched rows of articles that were read in full.
    """

    corrections: tuple[Correction, ...]
    confirmed: tuple[Correction, ...]
    articles: int
    missing: tuple[str, ...]


def export_review(build: Path, out: Path, form: str = BRAT, wanted: tuple[str, ...] = ()) -> int:
    """Write the articles of a build into a new folder, for reviewers; how many they are.

    Raises OutputError where the folder stands already: somebody's work may be in it.
    """
    refuse_standing(out)
    tables = read_tables(build)
    articles = choose_articles(tables["articles"], wanted)
    if not articles.height:
        raise SettingsError(f"{build}: no article has a text and was searched for quotes; there is nothing to review")
    write_review(build, out, form, export_rows(tables, articles))
    return articles.height


def refuse_standing(out: Path) -> None:
    """Raise OutputError where the folder that is to be written stands already."""
    if out.exists():
        raise OutputError(f"{out}: stands already, and may hold somebody's corrections; give a new folder")


def write_review(
    build: Path, out: Path, form: str, articles: list[Exported], beside: Mapping[str, str] | None = None, **about: int
) -> None:
    """Write the folder whole: the annotation program's files, those `beside` them, and what it is `about`."""
    with writing_aside(out) as folder:
        said = {"build": read_manifest(build)["fingerprint"], "format": form, **about}
        said["articles"] = [one.article_id for one in articles]
        for name, text in (*_files(articles, form), *(beside or {}).items()):
            write_text(folder / name, text)
        write_text(folder / NAME, json.dumps(said, indent=1) + "\n")


def import_review(folder: Path, build: Path, signed: Signed, read: Collection[str] | None = ()) -> Returned:
    """The difference between what was exported from the build and what came back in the folder.

    `read` are the articles that were read in full, by id, locator or raw path, None for all that came back: what was
    left untouched there is confirmed.

    Raises SettingsError where the folder is of another build, a text was changed, or an annotation has a mistake.
    """
    articles, back = read_review(folder, build)
    came = [article for article in articles if article.article_id in back]
    whole = set(back) if read is None else _read_in_full(folder, build, tuple(read), back)
    return Returned(
        tuple(one for article in came for one in compare_rows(article, *back[article.article_id], signed)),
        tuple(
            one
            for article in came
            if article.article_id in whole
            for one in confirm_rows(article, *back[article.article_id], signed)
        ),
        articles=len(back),
        missing=tuple(article.article_id for article in articles if article.article_id not in back),
    )


def _read_in_full(folder: Path, build: Path, read: tuple[str, ...], back: Back) -> set[str]:
    """The ids of the articles that were read in full; SettingsError where one of them did not come back."""
    found = set(choose_articles(read_table(build, "articles"), read)["article_id"]) if read else set()
    if lost := sorted(found - back.keys()):
        raise SettingsError(
            f"{folder}: {lost[0]} did not come back, so nothing of it can be confirmed; expected its annotation. Put "
            "it back, or leave the article out of --confirm"
        )
    return found


def read_review(folder: Path, build: Path) -> tuple[list[Exported], Back]:
    """The articles that a folder went out with, and those that came back; SettingsError as `import_review` says."""
    about = read_about(folder, build)
    tables = read_tables(build)
    articles = export_rows(tables, choose_articles(tables["articles"], tuple(about["articles"])))
    if about["format"] == BRAT:
        return articles, _read_brat(folder, articles)
    export = folder / EXPORT
    rows = read_tasks(export if export.is_file() else folder / TASKS, articles)
    return articles, {key: (keys_of(one), rows[key]) for one in articles if (key := one.article_id) in rows}


def _files(articles: list[Exported], form: str) -> Iterator[tuple[str, str]]:
    """The files that an annotation program opens, by name."""
    if form == LABEL_STUDIO:
        yield from ((TASKS, render_tasks(articles)), (CONFIG, render_config()))
        return
    yield CONF, render_conf()
    for article in articles:
        yield f"{article.article_id}.txt", article.text
        yield f"{article.article_id}.ann", render_brat(article)[0]


def _read_brat(folder: Path, articles: list[Exported]) -> Back:
    _refuse_strangers(folder, [article.article_id for article in articles])
    back: dict[str, tuple[dict[str, Row], dict[str, Row]]] = {}
    for article in articles:
        annotation = folder / f"{article.article_id}.ann"
        if annotation.is_file():
            _require_text(annotation.with_suffix(".txt"), article)
            _, keys = render_brat(article)
            back[article.article_id] = keys, read_brat_rows(annotation, article, keys)
    return back


def write_corrections(out: Path, corrections: tuple[Correction, ...]) -> None:
    """Write a new file of corrections, as `write_new` does."""
    write_new(out, render_corrections(corrections))


def write_new(out: Path, text: str) -> None:
    """Write a new file, whole or not at all; OutputError where that cannot be, or it stands already."""
    aside = out.with_name(f".{out.name}.writing")
    try:
        out.parent.mkdir(parents=True, exist_ok=True)
        write_text(aside, text)
        os.link(aside, out)  # unlike a renaming, this never replaces
    except FileExistsError as error:
        raise OutputError(f"{out}: stands already; give another name, every reading is a file of its own") from error
    except OSError as error:
        raise OutputError(
            f"{out}: cannot be written ({error.strerror or error}); give --out a file in a folder that you may write to"
        ) from error
    finally:
        aside.unlink(missing_ok=True)


def read_about(folder: Path, build: Path) -> Mapping[str, Any]:
    """What review.json says; SettingsError where it is not there, or of another build."""
    about = read_json(folder / NAME)
    if about.get("format") not in FORMATS or not isinstance(about.get("articles"), list):
        raise SettingsError(f"{folder}: has no {NAME} of ours; expected a folder that `onrecord review export` wrote")
    fingerprint = read_manifest(build)["fingerprint"]
    if about.get("build") != fingerprint:
        raise SettingsError(
            f"{folder}: was exported from a build with the fingerprint {about.get('build')}, {build} has "
            f"{fingerprint}; give the build that it was exported from: else what differs between the two would "
            "pass for corrections"
        )
    return about


def _require_text(path: Path, article: Exported) -> None:
    if path.is_file() and path.read_bytes() != article.text.encode("utf-8"):
        raise SettingsError(f"{path}: is not the text that was exported, so offsets no longer hold; put it back")


def _refuse_strangers(folder: Path, articles: list[str]) -> None:
    """An annotation of no exported article would be passed over without a word."""
    for path in sorted(folder.rglob("*.ann")):
        if path.parent != folder or path.stem not in articles:
            raise SettingsError(f"{path}: is of no article of {NAME}; expected ARTICLE.ann under the ids in it")
