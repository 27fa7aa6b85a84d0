"""A small Hugging Face Hub: it answers the calls of the real one's API that a push makes, and those of a reader.

It holds repositories, commits, tags and files in memory and refuses what the real one refuses (no token, a second
repository of one name, a parent that is not the head, large files that were not sent, a tag that exists). `fail` names
a call and how often it is to answer 503 first: a lost connection, as the client sees it.
"""

import base64
import hashlib
import json
import re
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

TOKEN = "hf_test"
_REPO = r"/(?:api/)?datasets/(?P<repo>[^/]+/[^/]+?)"


@dataclass(frozen=True, slots=True)
class File:
    """One file of a commit; `is_large` where git holds only a pointer to it."""

    content: bytes
    is_large: bool

    @property
    def oid(self) -> str:
        """The id that git gives it."""
        pointer = b"oid sha256:" + hashlib.sha256(self.content).hexdigest().encode()
        blob = pointer if self.is_large else self.content
        return hashlib.sha1(b"blob %d\0" % len(blob) + blob).hexdigest()

    def describe(self, path: str) -> dict[str, Any]:
        """The file as the tree shows it."""
        shown: dict[str, Any] = {"type": "file", "path": path, "oid": self.oid, "size": len(self.content)}
        if self.is_large:
            large = hashlib.sha256(self.content).hexdigest()
            shown["lfs"] = {"oid": large, "size": len(self.content), "pointerSize": 134}
        return shown


@dataclass(slots=True)
class Repository:
    """Commits in their order, each (id, title, files by path); the last is the head of `main`."""

    commits: list[tuple[str, str, dict[str, File]]] = field(default_factory=list)
    tags: dict[str, str] = field(default_factory=dict)

    def add(self, title: str, files: dict[str, File]) -> str:
        """Commit these files on `main`."""
        oid = hashlib.sha1(f"{len(self.commits)} {title}".encode()).hexdigest()
        self.commits.append((oid, title, files))
        return oid

    def at(self, revision: str) -> tuple[str, str, dict[str, File]] | None:
        """The commit that a branch, a tag or an id names."""
        oid = self.commits[-1][0] if revision == "main" else self.tags.get(revision, revision)
        return next((commit for commit in self.commits if commit[0] == oid), None)


@dataclass(slots=True)
class Hub:
    """The state, `sent` counting the times that each large file arrived, and `calls` all requests."""

    url: str = ""
    repositories: dict[str, Repository] = field(default_factory=dict)
    large: dict[str, bytes] = field(default_factory=dict)
    sent: Counter[str] = field(default_factory=Counter)
    calls: list[str] = field(default_factory=list)
    fail: Counter[str] = field(default_factory=Counter)


@contextmanager
def running_hub() -> Iterator[Hub]:
    """A Hub on a free port of this machine."""
    hub = Hub()
    server = ThreadingHTTPServer(("127.0.0.1", 0), type("Bound", (_Handler,), {"hub": hub}))
    hub.url = f"http://127.0.0.1:{server.server_address[1]}"
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield hub
    finally:
        server.shutdown()
        server.server_close()
        thread.join()


class _Handler(BaseHTTPRequestHandler):
    """One request: the first pattern that fits the method and the path answers it."""

    hub: Hub
    protocol_version = "HTTP/1.1"

    def _handle(self) -> None:
        body = self.rfile.read(int(self.headers.get("Content-Length") or 0))
        if self.headers.get("Transfer-Encoding") == "chunked":
            body = b"".join(self._chunks())
        path = unquote(urlsplit(self.path).path)
        self.hub.calls.append(f"{self.command} {path}")
        for name, method, pattern in _ROUTES:
            match = re.fullmatch(pattern, path)
            if match and self.command in method.split("|"):
                if self.hub.fail[name]:
                    self.hub.fail[name] -= 1
                    self._answer(503, {"error": "the connection was lost"})
                elif name not in _OPEN and self.headers.get("Authorization") != f"Bearer {TOKEN}":
                    self._answer(401, {"error": "Invalid username or password."})
                else:
                    getattr(self, f"_{name}")(body, **match.groupdict())
                return
        self._answer(404, {"error": f"no such call: {self.command} {path}"})

    do_GET = do_POST = do_PUT = do_HEAD = _handle  # noqa: N815

    def _chunks(self) -> Iterator[bytes]:
        while size := int(self.rfile.readline(), 16):
            yield self.rfile.read(size)
            self.rfile.readline()
        self.rfile.readline()

    def _answer(self, status: int, value: object, **headers: str) -> None:
        content = value if isinstance(value, bytes) else json.dumps(value).encode()
        self.send_response(status)
        for name, text in headers.items():
            self.send_header(name.replace("_", "-"), text)
        self.send_header("Content-Length", str(len(content)))
        self.end_headers()
        if self.command != "HEAD":
            self.wfile.write(content)

    def log_request(self, code: object = "-", size: object = "-") -> None:
        """Nothing: `calls` has it."""

    def _commit_at(self, repo: str, revision: str) -> tuple[str, str, dict[str, File]] | None:
        found = self.hub.repositories[repo].at(revision) if repo in self.hub.repositories else None
        if found is None:
            code = "RevisionNotFound" if repo in self.hub.repositories else "RepoNotFound"
            self._answer(404, {"error": "not found"}, X_Error_Code=code)
        return found

    def _whoami(self, body: bytes) -> None:
        self._answer(200, {"type": "user", "name": "bay", "auth": {"type": "access_token"}, "orgs": []})

    def _create(self, body: bytes) -> None:
        wanted = json.loads(body)
        repo = f"{wanted.get('organization') or 'bay'}/{wanted['name']}"
        answer = {"url": f"{self.hub.url}/datasets/{repo}", "name": repo, "id": "1"}
        if repo in self.hub.repositories:
            self._answer(409, answer | {"error": "You already created this dataset repo"})
            return
        first = Repository()
        first.add("initial commit", {".gitattributes": File(b"*.parquet filter=lfs\n", is_large=False)})
        self.hub.repositories[repo] = first
        self._answer(200, answer)

    def _refs(self, body: bytes, repo: str) -> None:
        found = self.hub.repositories[repo]
        main = {"name": "main", "ref": "refs/heads/main", "targetCommit": found.commits[-1][0]}
        tags = [{"name": tag, "ref": f"refs/tags/{tag}", "targetCommit": oid} for tag, oid in found.tags.items()]
        self._answer(200, {"branches": [main], "converts": [], "tags": tags})

    def _info(self, body: bytes, repo: str, revision: str | None) -> None:
        if commit := self._commit_at(repo, revision or "main"):
            siblings = [{"rfilename": path} for path in sorted(commit[2])]
            self._answer(200, {"id": repo, "sha": commit[0], "siblings": siblings, "private": False, "tags": []})

    def _tree(self, body: bytes, repo: str, revision: str, folder: str | None = None) -> None:
        if not (commit := self._commit_at(repo, revision)):
            return
        deep = parse_qs(urlsplit(self.path).query).get("recursive", [""])[0].lower() in ("true", "1")
        start = f"{folder}/" if folder else ""
        inside = {path.removeprefix(start): file for path, file in commit[2].items() if path.startswith(start)}
        parents = {path[: slash.start()] for path in inside for slash in re.finditer("/", path)}
        folders = [{"type": "directory", "path": start + path, "oid": "0" * 40, "size": 0} for path in sorted(parents)]
        shown = folders + [file.describe(start + path) for path, file in sorted(inside.items())]
        self._answer(200, [one for one in shown if deep or "/" not in one["path"].removeprefix(start)])

    def _paths(self, body: bytes, repo: str, revision: str) -> None:
        if not (commit := self._commit_at(repo, revision)):
            return
        as_json = "json" in (self.headers.get("Content-Type") or "")
        paths = json.loads(body)["paths"] if as_json else parse_qs(body.decode()).get("paths", [])
        shown: list[dict[str, Any]] = []
        for path in paths:
            if path in commit[2]:
                shown.append(commit[2][path].describe(path))
            elif any(name.startswith(f"{path}/") for name in commit[2]):
                shown.append({"type": "directory", "path": path, "oid": "0" * 40, "size": 0})
        self._answer(200, shown)

    def _preupload(self, body: bytes, repo: str, revision: str) -> None:
        commit = self._commit_at(repo, revision)
        assert commit is not None
        modes = [
            {
                "path": file["path"],
                "uploadMode": "lfs" if file["path"].endswith(".parquet") else "regular",
                "shouldIgnore": False,
                "oid": commit[2][file["path"]].oid if file["path"] in commit[2] else None,
            }
            for file in json.loads(body)["files"]
        ]
        self._answer(200, {"files": modes})

    def _batch(self, body: bytes, repo: str) -> None:
        objects = [{"oid": one["oid"], "size": one["size"]} for one in json.loads(body)["objects"]]
        for one in objects:
            if one["oid"] not in self.hub.large:
                one["actions"] = {
                    "upload": {"href": f"{self.hub.url}/storage/{one['oid']}"},
                    "verify": {"href": f"{self.hub.url}/api/verify"},
                }
        self._answer(200, {"transfer": "basic", "objects": objects})

    def _upload(self, body: bytes, oid: str) -> None:
        assert hashlib.sha256(body).hexdigest() == oid
        self.hub.large[oid] = body
        self.hub.sent[oid] += 1
        self._answer(200, {})

    def _verify(self, body: bytes) -> None:
        self._answer(200 if json.loads(body)["oid"] in self.hub.large else 404, {})

    def _yaml(self, body: bytes) -> None:
        self._answer(200, {"errors": [], "warnings": []})

    def _commit(self, body: bytes, repo: str, revision: str) -> None:
        found = self.hub.repositories[repo]
        head, _, files = found.commits[-1]
        files = dict(files)
        title = ""
        for line in body.splitlines():
            key, value = (json.loads(line)[name] for name in ("key", "value"))
            if key == "header":
                title = value["summary"]
                if value.get("parentCommit") not in (None, head):
                    self._answer(412, {"error": "A commit has happened since. Please refresh and try again."})
                    return
            elif key == "file":
                files[value["path"]] = File(base64.b64decode(value["content"]), is_large=False)
            elif key == "lfsFile":
                files[value["path"]] = File(self.hub.large[value["oid"]], is_large=True)
            elif key == "deletedFile":
                del files[value["path"]]
        oid = found.add(title, files)
        self._answer(200, {"success": True, "commitOid": oid, "commitUrl": f"{self.hub.url}/{repo}/commit/{oid}"})

    def _tag(self, body: bytes, repo: str, revision: str) -> None:
        tag = json.loads(body)["tag"]
        found = self.hub.repositories[repo]
        if tag in found.tags:
            self._answer(409, {"error": "Tag reference exists already"})
        elif commit := self._commit_at(repo, revision):
            found.tags[tag] = commit[0]
            self._answer(200, {"tag": tag})

    def _resolve(self, body: bytes, repo: str, revision: str, path: str) -> None:
        if not (commit := self._commit_at(repo, revision)):
            return
        if path not in commit[2]:
            self._answer(404, {"error": "Entry not found"}, X_Error_Code="EntryNotFound", X_Repo_Commit=commit[0])
            return
        file = commit[2][path]
        headers = {"ETag": f'"{file.oid}"', "X_Repo_Commit": commit[0], "Accept_Ranges": "bytes"}
        asked = re.fullmatch(r"bytes=(\d+)-(\d*)", self.headers.get("Range") or "")
        if not asked:
            self._answer(200, file.content, **headers)
            return
        first, last = int(asked[1]), min(int(asked[2] or len(file.content)), len(file.content) - 1)
        span = f"bytes {first}-{last}/{len(file.content)}"
        self._answer(206, file.content[first : last + 1], Content_Range=span, **headers)


# What a reader may call without a token, and what goes to the storage, which has signed addresses instead.
_OPEN = ("refs", "info", "tree", "paths", "resolve", "upload", "yaml")
_ROUTES = (
    ("whoami", "GET", r"/api/whoami-v2"),
    ("create", "POST", r"/api/repos/create"),
    ("yaml", "POST", r"/api/validate-yaml"),
    ("verify", "POST", r"/api/verify"),
    ("refs", "GET", _REPO + r"/refs"),
    ("info", "GET", _REPO + r"(?:/revision/(?P<revision>[^/]+))?"),
    ("tree", "GET", _REPO + r"/tree/(?P<revision>[^/]+)(?:/(?P<folder>.+))?"),
    ("paths", "POST", _REPO + r"/paths-info/(?P<revision>[^/]+)"),
    ("preupload", "POST", _REPO + r"/preupload/(?P<revision>[^/]+)"),
    ("batch", "POST", _REPO + r"\.git/info/lfs/objects/batch"),
    ("upload", "PUT", r"/storage/(?P<oid>[0-9a-f]{64})"),
    ("commit", "POST", _REPO + r"/commit/(?P<revision>[^/]+)"),
    ("tag", "POST", _REPO + r"/tag/(?P<revision>[^/]+)"),
    ("resolve", "GET|HEAD", _REPO + r"/resolve/(?P<revision>[^/]+)/(?P<path>.+)"),
)
