"""What a person set about a raw folder, read and checked before any work: settings, sums, authorities, decisions.

Imports the readers of these files in `read`, `resolve`, `review` and `publish`.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import chain
from pathlib import Path

from builder.errors import RawFilesError
from builder.publish.datasheet import Answers, parse_answers
from builder.publish.recognize import is_build
from builder.publish.validations import RecordedValidation, parse_validation
from builder.read.arrange import Arranged, arrange
from builder.read.checksums import verify_sums
from builder.read.manifest import SETTINGS_NAME, VALIDATIONS, Collection, load_collections, require_folder
from builder.read.record import Record
from builder.read.remote import with_files
from builder.read.repeated import drop_repeated
from builder.read.stage import read
from builder.read.withdrawn import NAME as WITHDRAWN
from builder.read.withdrawn import Withdrawals, parse_withdrawn
from builder.resolve.across_articles import Known
from builder.resolve.authority import Authority, built_in_authority, join_authorities, read_authority
from builder.resolve.decisions import NAME as DECISIONS
from builder.resolve.decisions import Decisions, parse_decisions
from builder.resolve.ids import NAME as IDS
from builder.resolve.ids import no_ids, parse_ids
from builder.review.corrections import Corrections, read_corrections
from builder.sums import sum_file
from builder.tally import Count, Dropped


@dataclass(frozen=True, slots=True)
class Sources:
    """The raw folder, read and checked before any work: collections, sums by path, authority by collection.

    `known` is what ids.csv and decisions.csv say, `withdrawals` what withdrawn.csv does; `corrections` are people's, by
    article, `validations` what their readings told; `input_sums` are the sums, by path, of these and of all settings.
    """

    collections: tuple[Collection, ...]
    sums: dict[str, dict[str, str]]
    authorities: dict[str, Authority]
    answers: Answers
    known: Known
    withdrawals: Withdrawals
    corrections: Corrections
    validations: tuple[RecordedValidation, ...]
    input_sums: dict[str, str]


def open_sources(raw: Path, cache: Path | None = None) -> Sources:
    """Everything that a person set about the raw files, checked; raises SettingsError or RawFilesError.

    Files of a collection that lie elsewhere are copied below `cache`.
    """
    check_raw(raw)
    base = built_in_authority()
    declared = load_collections(raw)
    collections = tuple(with_files(collection, cache) for collection in declared)
    sums = {collection.id: dict(verify_sums(collection)) for collection in collections}
    authorities = {}
    for collection in collections:
        own = collection.path / "actors.toml"
        authorities[collection.id] = read_authority(own, base) if own.is_file() else base
    known = _read_known(raw, join_authorities(authorities.values()), collections)
    sheet, withdrawn = raw / "datasheet.toml", raw / WITHDRAWN
    answers = parse_answers(sheet.read_text(encoding="utf-8"), str(sheet)) if sheet.is_file() else Answers()
    withdrawals = parse_withdrawn(withdrawn.read_bytes(), str(withdrawn)) if withdrawn.is_file() else {}
    corrections, corrected_in = read_corrections(raw, authorities)
    told_in = sorted((raw / VALIDATIONS).glob("*.json"))
    told = tuple(parse_validation(path.read_bytes(), path.relative_to(raw).as_posix()) for path in told_in)
    settings = [collection.path / name for collection in declared for name in (SETTINGS_NAME, "actors.toml")]
    files = (*settings, raw / IDS, raw / DECISIONS, sheet, withdrawn, *corrected_in, *told_in)
    inputs = {path for path in files if path.is_file()}
    input_sums = {path.relative_to(raw).as_posix(): sum_file(path) for path in sorted(inputs)}
    return Sources(collections, sums, authorities, answers, known, withdrawals, corrections, told, input_sums)


def check_raw(raw: Path) -> None:
    """Raise RawFilesError where the folder is none, or one that a build made."""
    require_folder(raw)
    if is_build(raw):
        raise RawFilesError(
            f"{raw}: is a dataset that onrecord built, not raw articles; give the folder that it was built from"
        )


def _read_known(raw: Path, authority: Authority, collections: Sequence[Collection]) -> Known:
    """What the last release's ids.csv and people's decisions.csv say, checked, and the collections' countries."""
    ids, decisions = raw / IDS, raw / DECISIONS
    return Known(
        parse_ids(ids.read_bytes(), str(ids)) if ids.is_file() else no_ids(),
        parse_decisions(decisions.read_bytes(), str(decisions), authority.by_id)
        if decisions.is_file()
        else Decisions(),
        {collection.id: collection.country for collection in collections if collection.country},
    )


def read_sources(sources: Sources, count: Count | None = None) -> Iterator[Arranged]:
    """The records of all collections in their order, live blogs split, pages joined, what comes twice dropped.

    `count.into` counts the items as they come out of the files, before any of this.
    """
    count = count or Count()
    arranged = (arrange(_counted(collection, sources, count)) for collection in sources.collections)
    return drop_repeated(chain.from_iterable(arranged))


def _counted(collection: Collection, sources: Sources, count: Count) -> Iterator[Record | Dropped]:
    for item in read(collection, sources.sums[collection.id]):
        count.into += 1
        yield item
