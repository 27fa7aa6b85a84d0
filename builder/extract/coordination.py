"""The claims that one attribution carries: a part for each coordinated clause of its content that stands alone.

Two ways lead to several: a second verb of saying inside the content (“denied the charge and accused him of lying”),
and clauses, or sentences, each with a subject of its own (“that the dam is safe and that the council knew”). What
shares a subject, hangs on a condition, or stands in a quotation inside a sentence is left whole; so is what is in
doubt. Imports `attribution`, `clause_heads`, `cues`, `joined_content`, `phrases`, `second_cues`.
"""

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from builder.extract.attribution import Attribution, Span
from builder.extract.clause_heads import WORDS, embeds_clause, ends_open, is_main_clause, opens_clause, verb_of_noun
from builder.extract.cues import read_cue
from builder.extract.joined_content import JoinedContent
from builder.extract.phrases import Token, words_of
from builder.extract.second_cues import find_second_cue, form_of_cue

# A clause of fewer words claims nothing by itself.
_FEWEST = 3
_SEMICOLON, _AND, _BUT = ";", "and", "but"
_BRACKETS = re.compile(r"[(\[]|[)\]]")


@dataclass(frozen=True, slots=True)
class Part:
    """One claim of an attribution: `cue` and `content` are what its kind is told from, `spans` its words.

    The spans are the content, or begin with the part's own cue, where that lies inside the attribution's content.
    """

    cue: tuple[Span, ...]
    content: tuple[Span, ...]
    spans: tuple[Span, ...]


def split_claims(text: str, attribution: Attribution) -> list[Part]:
    """The parts of an attribution in the text's order; one, with all of its content, where nothing is to be split.

    >>> text = "Orr denied the charge and accused the bank of lying."
    >>> told = Attribution(((11, 51),), ((4, 10),), ((0, 3),), 0.9)
    >>> [" ".join(text[start:end] for start, end in part.spans) for part in split_claims(text, told)]
    ['the charge', 'accused the bank of lying']
    """
    joined = JoinedContent(text, attribution.content)
    cue = " ".join(text[start:end] for start, end in attribution.cue)
    sentences = joined.sentences()
    parts: list[Part] = []
    for number, sentence in enumerate(sentences):
        # A cue fixes the kind of the sentence that it governs, not of those behind it.
        governs = number == 0 or not read_cue(cue, joined.text).decides
        own = attribution.cue if governs else ()
        said = list(_by_cues(joined, text, attribution, sentence)) if number == 0 else [(sentence, None)]
        for (start, end), second in said:
            own = joined.spans(*second) if second else own
            begin = second[1] if second else start
            clauses = _clauses(joined, begin, end)
            for at, clause in enumerate(clauses):
                first, last = joined.trimmed(*clause)
                content = joined.spans(first, last)
                spans = joined.spans(second[0], last) if second and at == 0 else content
                parts.append(Part(own, content, spans))
    return parts if len(parts) > 1 else [Part(attribution.cue, attribution.content, attribution.content)]


def _by_cues(
    joined: JoinedContent, text: str, attribution: Attribution, sentence: Span
) -> Iterator[tuple[Span, Span | None]]:
    """The stretches of the first sentence that have a cue each, with the place of that cue where it is a second one."""
    start, end = sentence
    second: Span | None = None
    is_before = bool(attribution.cue) and attribution.cue[-1][1] <= attribution.content[0][0]
    form = form_of_cue(words_of(text[slice(*attribution.cue[-1])])) if is_before else None
    while form:
        begin = second[1] if second else start
        words = words_of(joined.text[begin:end])
        found = find_second_cue(words, form)
        if found is None or joined.is_quoted(begin + words[found[0]].start):
            break
        conjunction, verb = words[found[0]], words[found[1]]
        yield (start, begin + conjunction.start), second
        start = begin + words[found[0] + 1].start  # “never accused”: its adverbs are the cue's
        second = start, begin + verb.end
    yield (start, end), second


def _clauses(joined: JoinedContent, start: int, end: int) -> list[Span]:
    """The coordinated clauses of a stretch, each with a subject of its own; the stretch, where there is only one."""
    text = joined.text[start:end]
    words = words_of(text)
    found: list[Span] = []
    first, begin = 0, 0
    for joint in _joints(text, words):
        at = words[joint.following].start
        if joined.is_quoted_within(start, start + at) or _is_bracketed(text, begin, at):
            continue
        if _stand_apart(text, joint.kind, words[first : joint.number], words[joint.following :]):
            found.append((start + begin, start + joint.end))
            first, begin = joint.following, joint.begin
    return [*found, (start + begin, end)]


@dataclass(frozen=True, slots=True)
class _Joint:
    """Where clauses may be joined: before the word `number`; the next clause has `following` for its first.

    `kind` is what joins them: “and”, “but”, either behind a comma, “;” or “,”; `end` and `begin` are its offsets.
    """

    kind: str
    number: int
    following: int
    end: int
    begin: int


def _joints(text: str, words: Sequence[Token]) -> Iterator[_Joint]:
    for number in range(_FEWEST, len(words) - _FEWEST + 1):
        token, before = words[number], words[number - 1].end
        between = text[before : token.start]
        is_conjunction = token.word in WORDS["conjunctions"]
        comma = "," if "," in between else ""
        if _SEMICOLON in between:
            end = before + between.index(_SEMICOLON)
            yield _Joint(_SEMICOLON, number, number + is_conjunction, end, token.end if is_conjunction else end + 1)
        elif is_conjunction:
            kind = comma + (_AND if token.word == _AND else _BUT)
            yield _Joint(kind, number, number + 1, token.start, token.end)
        elif token.word == "that" and comma and words[0].word == "that":
            end = before + between.index(",")
            yield _Joint(",", number, number, end, end + 1)


def _stand_apart(text: str, joint: str, before: Sequence[Token], behind: Sequence[Token]) -> bool:
    """Whether what stands before and behind a joint are two main clauses, neither within the other."""
    if min(len(before), len(behind)) < _FEWEST or ends_open(before):
        return False
    is_main = is_main_clause(before)
    if not is_main and not _repeats_that(before, behind):
        return False
    if behind[0].word == "that" and (opens_clause(text, behind[1:]) or (is_main and _repeats_that(before, behind))):
        return "that" not in [token.word for token in before[1:]]
    if joint == "," or not is_main or not opens_clause(text, behind):
        return False
    if joint.endswith(_AND) and any(token.word in WORDS["conditions"] for token in before):
        return False
    if joint.startswith((",", _SEMICOLON)):
        return True
    if embeds_clause(text, before):
        return False
    if joint == _BUT or behind[0].word in WORDS["subjects"] | WORDS["pronouns"]:
        return True
    # Without a comma a noun may go with the one before it: “he knows the mayor and the council (are ready)”.
    verb = verb_of_noun(text, behind, 0)
    return behind[0].word in WORDS["determiners"] and verb is not None and behind[verb].word in WORDS["singular"]


def _repeats_that(before: Sequence[Token], behind: Sequence[Token]) -> bool:
    """Whether both clauses depend on the cue by a “that”; before an auxiliary or “of” the second is a pronoun."""
    return (
        before[0].word == "that"
        and behind[0].word == "that"
        and behind[1].word not in WORDS["auxiliaries"] | {"'s", "of"}
    )


def _is_bracketed(text: str, start: int, at: int) -> bool:
    depth = 0
    for bracket in _BRACKETS.finditer(text, start, at):
        depth += 1 if bracket[0] in "([" else -1
    return depth > 0
