"""Whether a folder may be passed on: a release, with every file as its sums say. Imports leaves of publish, errors."""

from pathlib import Path

from builder.errors import ReleaseError
from builder.publish.checksums import SUMS, parse_sums, sum_folder
from builder.publish.recognize import read_manifest


def check_whole(release: Path) -> str:
    """The version of the release in the folder.

    Raises OutputError where the folder is nothing of ours, ReleaseError where it is a build, or where a file differs
    from its sum, is missing, or is not among the sums.
    """
    version = read_manifest(release)["version"]
    if version is None:
        raise ReleaseError(
            f"{release}: is a build, not a release; only a release has a version that others can name. Make one with "
            "`onrecord release`"
        )
    recorded = parse_sums((release / SUMS).read_text("utf-8")) if (release / SUMS).is_file() else {}
    found = sum_folder(release)
    differing = sorted(name for name in recorded.keys() | found.keys() if recorded.get(name) != found.get(name))
    if differing:
        what = {name: _difference(recorded.get(name), found.get(name)) for name in differing}
        raise ReleaseError(
            f"{release}: is not what {SUMS} says: {', '.join(f'{name} {what[name]}' for name in differing[:5])}"
            f"{' …' if differing[5:] else ''}. Make the release anew, or take a copy that is whole"
        )
    return str(version)


def _difference(recorded: str | None, found: str | None) -> str:
    if found is None:
        return "is missing"
    return "is not listed" if recorded is None else "has another sum"
