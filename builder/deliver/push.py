"""A release to the Hugging Face Hub: one commit, and a tag that is the version. Imports `whole`, errors, versions.

The client library does the talking: it sends only what the Hub does not hold yet, so a push that broke off goes on
where it was when it is started again. The commit is made through `create_commit`, because `upload_folder` makes several
of a large folder, and between two of them a reader would find half of each version.
"""

import hashlib
import re
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from builder.deliver.whole import check_whole
from builder.errors import OnrecordError, OutputError, ReleaseError
from builder.release.versions import parse_version
from builder.sums import sum_file

if TYPE_CHECKING:
    from huggingface_hub import HfApi

KIND = "dataset"
_REPO = re.compile(r"[\w.-]+/[\w.-]+", re.ASCII)
# The Hub's own file, which says what it keeps as large files.
_ATTRIBUTES = ".gitattributes"


@dataclass(frozen=True, slots=True)
class Pushed:
    """What a push did: `repo` is owner/name, `commit` the id that the tag points to; numbers are of files."""

    repo: str
    version: str
    commit: str
    sent: int
    removed: int


def push(release: Path, repo: str, private: bool = False) -> Pushed:
    """Make the repository's main branch hold exactly the release's files, in one commit, and tag it with the version.

    The repository is made where there is none (`private` or public). A tag of this version is never moved: where it
    holds these same files, nothing is done; where it holds others, OutputError. OutputError as well for what the Hub
    refuses; ReleaseError for a folder that is no whole release, or one that is older than what the Hub has.
    """
    # Imported here: it takes half a second, and no other command talks to the Hub.
    from huggingface_hub import HfApi

    version = check_whole(release)
    if not _REPO.fullmatch(repo):
        raise OutputError(f"{repo}: is no repository's name; expected OWNER/NAME, as harbour/who-said-what")
    api = HfApi(library_name="onrecord")
    with _hub_errors(repo):
        api.whoami()
        repo = api.create_repo(repo, repo_type=KIND, private=private, exist_ok=True).repo_id
        refs = api.list_repo_refs(repo, repo_type=KIND)
        tags = {tag.name: tag.target_commit for tag in refs.tags}
        _check_order(version, tags, repo)
        files = {path.relative_to(release).as_posix(): path for path in sorted(release.rglob("*")) if path.is_file()}
        if version in tags:
            _check_same(api, repo, version, files)
            return Pushed(repo, version, tags[version], 0, 0)
        return _commit_and_tag(api, repo, version, files)


def _check_order(version: str, tags: Mapping[str, str], repo: str) -> None:
    """The main branch never goes back to an older version."""
    newer = [tag for tag in tags if _is_version(tag) and parse_version(tag) > parse_version(version)]
    if newer and version not in tags:
        last = str(max(map(parse_version, newer)))
        raise ReleaseError(
            f"{repo}: has version {last} already, and {version} is older; pushing it would take the main branch back. "
            "Push releases in their order"
        )


def _is_version(tag: str) -> bool:
    try:
        parse_version(tag)
    except ReleaseError:
        return False
    return True


def _check_same(api: "HfApi", repo: str, version: str, files: Mapping[str, Path]) -> None:
    changed, gone = _differences(api, repo, version, files)
    if changed or gone:
        raise OutputError(
            f"{repo}: has a tag {version} already, with other files ({', '.join(sorted({*changed, *gone})[:3])} …); a "
            "version is never overwritten. Release the difference as a new version, and push that"
        )


def _commit_and_tag(api: "HfApi", repo: str, version: str, files: Mapping[str, Path]) -> Pushed:
    """One commit with what differs from the main branch; none where an earlier push broke off before the tag."""
    from huggingface_hub import CommitOperationAdd, CommitOperationDelete

    head = api.repo_info(repo, repo_type=KIND, revision="main").sha
    changed, gone = _differences(api, repo, "main", files)
    if changed or gone:
        head = api.create_commit(
            repo,
            [
                *(CommitOperationAdd(name, files[name]) for name in changed),
                *(CommitOperationDelete(name) for name in gone),
            ],
            commit_message=f"Release {version}",
            repo_type=KIND,
            revision="main",
            parent_commit=head,  # who else commits in the meantime makes this fail, rather than be undone
        ).oid
    api.create_tag(repo, tag=version, tag_message=f"Release {version}", revision=head, repo_type=KIND)
    return Pushed(repo, version, str(head), len(changed), len(gone))


def _differences(api: "HfApi", repo: str, revision: str, files: Mapping[str, Path]) -> tuple[list[str], list[str]]:
    """Files that the revision lacks or has otherwise, and files that it has too many."""
    entries = api.list_repo_tree(repo, repo_type=KIND, revision=revision, recursive=True)
    held = {entry.path: entry for entry in entries if hasattr(entry, "blob_id")}
    changed = [name for name, path in files.items() if name not in held or not _is_held(held[name], path)]
    return changed, sorted(held.keys() - files.keys() - {_ATTRIBUTES})


def _is_held(entry: Any, path: Path) -> bool:
    """Whether the Hub's file is this one: large files have their sha256 there, others the id that git gives them."""
    if entry.size != path.stat().st_size:
        return False
    if entry.lfs is not None:
        return bool(entry.lfs.sha256 == sum_file(path))
    content = path.read_bytes()
    blob = hashlib.sha1(b"blob %d\0" % len(content) + content, usedforsecurity=False).hexdigest()
    return bool(entry.blob_id == blob)


@contextmanager
def _hub_errors(repo: str) -> Iterator[None]:
    """What the Hub or the way to it refuses, as an error of ours."""
    from huggingface_hub.errors import HfHubHTTPError, LocalTokenNotFoundError, OfflineModeIsEnabled

    try:
        yield
    except OnrecordError:
        raise
    except LocalTokenNotFoundError as error:
        raise OutputError(
            f"{repo}: nobody is logged in to the Hub; set HF_TOKEN to a token that may write, or run `hf auth login`"
        ) from error
    except OfflineModeIsEnabled as error:
        raise OutputError(f"{repo}: HF_HUB_OFFLINE forbids every way to the Hub; unset it to push") from error
    except HfHubHTTPError as error:
        status = error.response.status_code if error.response is not None else "no answer"
        raise OutputError(
            f"{repo}: the Hub refused ({status}: {error.server_message or error}). Nothing that readers find has "
            "changed; check the name and the token's rights, then push again: what was sent is not sent twice"
        ) from error
    except Exception as error:  # the client lets through what its HTTP library raises, and that library has changed
        cause = f"{error}: {error.__cause__}" if error.__cause__ else str(error)
        raise OutputError(
            f"{repo}: the push broke off ({cause}). No half of it is to be found there; push again: what was sent is "
            "not sent twice"
        ) from error
