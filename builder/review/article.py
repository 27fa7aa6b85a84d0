"""One article's rows, open to corrections. Imports `values`, `corrections`, `confirm`, leaves of extract, ids.

Rows are as `assemble.shards` makes them: actors are numbers in their article. An id stays with its row; content in
other words is another quote, and gets an id of its own, under which later corrections may name it, or under the old.
"""

from collections.abc import Callable, Mapping, Sequence
from typing import Any

from builder.assemble.ids import claim_id, own_words, quote_id
from builder.extract.attribution import Span
from builder.extract.checkworthiness import checkworthiness
from builder.extract.cues import attribution_type
from builder.extract.kind_features import features
from builder.extract.kind_model import judge_kind
from builder.extract.labels import CLAIM_KINDS
from builder.extract.quotations import find_quotations
from builder.extract.quote_types import quote_type
from builder.extract.times import about
from builder.extract.wording import read_wording
from builder.resolve.authority import Authority
from builder.review.confirm import unlike
from builder.review.corrections import Correction
from builder.review.exported import spans_of
from builder.review.values import CLAIM, QUOTE, SPANS, Named, Values
from schemas.texts import text_at

Cells = dict[str, Any]
# What stands for the machine's probability in a row that a person added.
_SURE = 1.0
_NOBODY = ("unresolved", "none")


class Stale(Exception):  # noqa: N818 - no error of the run: the correction becomes a row of `dropped`
    """Why a correction cannot be applied to the article as it is now."""


class OpenArticle:
    """The rows of one article while they are corrected."""

    def __init__(
        self, article: Cells, quotes: list[Cells], claims: list[Cells], local_actors: list[Cells], authority: Authority
    ) -> None:
        """`article` is a row of the shard's articles, the lists its rows of the other tables."""
        self._article, self._authority = article, authority
        self._actors = local_actors
        self._quotes = {quote["quote_id"]: quote for quote in quotes}
        self._claims = {claim["claim_id"]: claim for claim in claims}
        # Every id that a row of the article has or had, with the one that it has now.
        self._known_as = {key: key for key in (*self._quotes, *self._claims)}
        self._deleted: set[str] = set()

    def tables(self) -> dict[str, list[Cells]]:
        """The rows by table."""
        return {
            "quotes": list(self._quotes.values()),
            "claims": list(self._claims.values()),
            "local_actors": self._actors,
        }

    def correct(self, correction: Correction) -> None:
        """Apply one correction; raise Stale, with nothing changed, where the article is not as it was any more."""
        self._require_fit(correction)
        if correction.right is None and self._known_as.get(correction.id or "") in self._deleted:
            return  # two people took it away, or its quote went before it
        key = self._find(correction)
        if correction.is_confirmed:
            self._confirm(correction, key or "")
        elif correction.after is None:
            self._delete(correction.row, key)
        elif correction.row == QUOTE:
            self._set_quote(key, correction.after)
        else:
            self._set_claim(key, correction.after)

    def _require_fit(self, correction: Correction) -> None:
        article = self._article
        if article["text_sha256"] != correction.text_sha256:
            raise Stale(f"the article's text has changed: its text_sha256 is {article['text_sha256']}")
        if article["extraction_status"] != "extracted":
            raise Stale(f"no quotes are looked for in the article ({article['extraction_status']})")
        spans = [span for part in SPANS for span in getattr(correction.right, part, ())]
        if any(end > len(article["text"]) for _, end in spans):
            raise Stale(f"a span ends after the article, which has {len(article['text'])} characters")

    def _find(self, correction: Correction) -> str | None:
        """The id that the row has now; None for one that is added and not there yet."""
        rows = self._quotes if correction.row == QUOTE else self._claims
        if correction.id is None:
            assert correction.after is not None
            column = "content_spans" if correction.row == QUOTE else "spans"
            there = (key for key, row in rows.items() if spans_of(row[column]) == correction.after.content)
            return next(there, None)
        found = self._known_as.get(correction.id)
        if found not in rows:
            raise Stale("the row is gone")
        return found

    def _claims_of(self, quote: str | None) -> dict[str, Cells]:
        """The claims of a quote; with None, those in the article's own voice or its speaker's."""
        return {key: claim for key, claim in self._claims.items() if claim["quote_id"] == quote}

    def _delete(self, row: str, key: str | None) -> None:
        gone = {key or ""} | (self._claims_of(key).keys() if row == QUOTE else set())
        self._quotes = {k: quote for k, quote in self._quotes.items() if k not in gone}
        self._claims = {k: claim for k, claim in self._claims.items() if k not in gone}
        self._deleted |= gone

    def _confirm(self, correction: Correction, key: str) -> None:
        """Mark the row, and the claim that is shown with it, if they are what was confirmed."""
        values = correction.before
        assert values is not None
        quote = self._quotes[key] if correction.row == QUOTE else None
        of = [*self._claims_of(key).values()] if quote else [self._claims[key]]
        if quote and ([spans_of(claim["spans"]) for claim in of] != [values.content] or values.claim_kind is None):
            of = []  # they are rows by themselves
        if changed := unlike(quote, next(iter(of), None), values, self._actors):
            raise Stale(f"it was confirmed with other values than it has now: {changed}")
        if quote:
            self._quotes[key] = quote | {"is_reviewed": True}
        for claim in of:
            self._claims[claim["claim_id"]] = claim | {"is_reviewed": True}

    def _set_quote(self, key: str | None, after: Values) -> None:
        """Set what `after` sets of a quote and its claims; what follows from it is told anew."""
        self._require_room(key, after)
        old = self._quotes.get(key or "")
        quote = dict(old) if old else self._new_quote()
        text = self._article["text"]
        for part, column in (("content", "text"), ("cue", "cue_text"), ("source", "source_text")):
            if part in after.model_fields_set:
                spans = getattr(after, part)
                quote[f"{part}_spans"] = [{"start": start, "end": end} for start, end in spans]
                quote[column] = text_at(text, spans) if spans else None
        content = spans_of(quote["content_spans"])
        quote["quote_type"] = quote_type(text, content, find_quotations(text))
        if after.attribution_type or not quote["attribution_type"]:
            told = attribution_type(quote["cue_text"] or "", quote["text"])
            quote["attribution_type"] = after.attribution_type or told
        if "speakers" in after.model_fields_set:
            quote["speakers"] = [self._number(actor) for actor in after.speakers]
        quote["speaker_resolution"] = self._resolution(quote, after.resolution, old is None or bool(after.speakers))
        quote["is_reviewed"] = True
        claims = self._claims_of(key) if old else {}
        was = spans_of(old["content_spans"]) if old else ()
        is_whole = old is None or [spans_of(claim["spans"]) for claim in claims.values()] == [was]
        now = self._give_id(self._quotes, key, quote, "quote_id", quote_id)
        of = {"quote_id": now, "claimants": quote["speakers"]}
        if is_whole or (not claims and after.claim_kind):
            self._put_claim(next(iter(claims.values()), None), after, content, quote, **of)
            return
        for name, claim in claims.items():  # its clauses or sentences: those that its content still holds
            if _lies_in(spans_of(claim["spans"]), content):
                self._put_claim(claim, after, spans_of(claim["spans"]), quote, **of)
            else:
                self._delete(CLAIM, name)

    def _set_claim(self, key: str | None, after: Values) -> None:
        """Set what `after` sets of a claim; an added one is that of the quote in whose content it lies."""
        old = self._claims.get(key or "")
        content = after.content if "content" in after.model_fields_set else spans_of(old["spans"]) if old else ()
        around = (quote for quote in self._quotes.values() if _lies_in(content, spans_of(quote["content_spans"])))
        quote = self._quotes.get(old["quote_id"] or "") if old else next(around, None)
        beside = next(iter(self._claims_of(None).values()), None)  # in a speech its speaker makes them all
        claimants = old["claimants"] if old else quote["speakers"] if quote else beside["claimants"] if beside else []
        self._put_claim(old, after, content, quote, quote_id=quote["quote_id"] if quote else None, claimants=claimants)

    def _put_claim(
        self, old: Cells | None, after: Values, content: tuple[Span, ...], quote: Cells | None, **of: Any
    ) -> None:
        """Put a claim with this content in the place of the old one, or a new one, of the quote if it is of one."""
        claim = {**(dict(old) if old else self._new_claim()), **of, "is_reviewed": True}
        words = text_at(self._article["text"], content)
        is_same = old is not None and spans_of(old["spans"]) == content
        claim |= {"spans": [{"start": start, "end": end} for start, end in content], "text": words}
        if not is_same:
            cue, source = (quote["cue_text"], quote["source_text"]) if quote else (None, None)
            wording = read_wording(cue or "", words, source or "")
            said = features(wording)
            shares = judge_kind(said)
            claim["checkworthy"] = checkworthiness(wording, said, shares)
            claim["claim_kind"] = claim["claim_kind"] or CLAIM_KINDS[int(shares.argmax())]
            period = about(words, self._article["published_at"], self._article["published_precision"])
            names = ("about_start", "about_end", "about_precision")
            claim |= dict(zip(names, period or (None, None, None), strict=True))
        claim["claim_kind"] = after.claim_kind or claim["claim_kind"]
        for name in ("is_negated", "is_hedged"):
            if name in after.model_fields_set:
                claim[name] = getattr(after, name)
        if "targets" in after.model_fields_set:
            claim["targets"] = [self._number(actor) for actor in after.targets]
        claim["targets"] = [number for number in claim["targets"] if number not in claim["claimants"]]
        self._give_id(self._claims, old["claim_id"] if old else None, claim, "claim_id", claim_id)

    def _give_id(
        self,
        rows: dict[str, Cells],
        key: str | None,
        row: Cells,
        column: str,
        made_of: Callable[[str, str, int], str],
    ) -> str:
        """Put the row into `rows` under its id: the one that it has while its words are the same, else a free one."""
        if key is not None and own_words(rows[key]["text"]) == own_words(row["text"]):
            now = key
        else:
            occurrence = 1
            while (now := made_of(self._article["article_id"], row["text"], occurrence)) in self._known_as:
                occurrence += 1
        if key is not None:
            del rows[key]
            self._known_as |= {alias: now for alias, current in self._known_as.items() if current == key}
        self._known_as[now] = now
        row[column] = now
        rows[now] = row
        return now

    def _require_room(self, key: str | None, after: Values) -> None:
        for other, quote in self._quotes.items():
            taken = spans_of(quote["content_spans"])
            if other != key and any(start < e and s < end for start, end in after.content for s, e in taken):
                raise Stale(f"its content overlaps that of {other}")

    def _resolution(self, quote: Cells, stated: str | None, is_new: bool) -> str:
        """The resolution that a person stated, or the one before, where either can be; else by the source."""
        if not quote["speakers"]:
            return "unresolved" if quote["source_spans"] else "none"
        if stated and stated not in _NOBODY:
            return stated
        before = quote["speaker_resolution"]
        if before not in _NOBODY and not is_new:
            return str(before)
        names = {self._actors[number]["name"] for number in quote["speakers"]}
        if not quote["source_spans"]:
            return "inherited"
        if any(name in quote["source_text"] for name in names):
            return "named"
        return "nominal" if before in (*_NOBODY, "named") else str(before)

    def _number(self, actor: Named) -> int:
        """The article's actor of that name, a new one where it has none."""
        wanted = (actor.name, *actor.also)
        for name in wanted:
            for row in self._actors:
                if name == row["name"] or name in row["aliases"]:
                    return int(row["local"])
        entry = self._authority.find(actor.name, self._article["text"])
        published = self._article["published_at"]
        number = max((row["local"] for row in self._actors), default=-1) + 1
        self._actors.append(
            {
                "article_id": self._article["article_id"],
                "collection_id": self._article["collection_id"],
                "local": number,
                "name": entry.name if entry else actor.name,
                "actor_kind": entry.kind if entry else actor.kind or "person",
                "aliases": [],
                "country_code": entry.country if entry else None,
                "roles": [],
                "authority_ids": list(entry.authority_ids) if entry else [],
                "entry": entry.id if entry else None,
                "published_date": published.date() if published else None,
            }
        )
        return number

    def _new_quote(self) -> Cells:
        nothing: Mapping[str, Sequence[Any] | None] = dict.fromkeys(("cue_text", "source_text", "attribution_type"))
        empty: Cells = {"cue_spans": [], "source_spans": [], "speakers": []}
        return {
            "article_id": self._article["article_id"], **nothing, **empty, "speaker_resolution": "none",
            "confidence": _SURE,
        }  # fmt: skip

    def _new_claim(self) -> Cells:
        return {
            "article_id": self._article["article_id"], "claim_kind": None, "is_negated": False, "is_hedged": False,
            "targets": [], "confidence": _SURE,
        }  # fmt: skip


def _lies_in(spans: Sequence[Span], content: Sequence[Span]) -> bool:
    return all(any(s <= start and end <= e for s, e in content) for start, end in spans)
