"""Claims of speeches and of transcripts' turns: every sentence is its speaker's."""

from datetime import UTC, datetime

import pytest

from builder.extract.attribution import Attribution, Claim, Extraction, Span
from builder.extract.claims import find_claims
from builder.extract.speech import claims_something
from builder.normalize.article import Article
from builder.resolve.authority import built_in_authority
from builder.resolve.stage import resolve_article

SPEECH = """Madam Speaker, thank you.

We will rebuild the pier by 2030. The mayor said that it was too dear. Overlooked!

He must resign. (Applause.) I do not believe a word of it, and last year nobody did."""

TURNS = """The committee met on Friday.

ORR: Good morning. The pumps failed in March. We should have new ones.

[Laughter.]

VANE: When?"""


def article(text: str, speaker: str | None = None) -> Article:
    return Article(
        collection_id="senate", locator="1", revision=1, raw_path="1.txt", place="", raw_sha256="0" * 64, url=None,
        title=None, authors=(), publisher=None, published_at=datetime(2026, 4, 15, tzinfo=UTC),
        published_precision="day", published_from="column", language="en", text=text, runs=(),
        extraction_status="extracted", speaker=speaker,
    )  # fmt: skip


def span(text: str, words: str) -> Span:
    assert text.count(words) == 1
    return text.index(words), text.index(words) + len(words)


MAYOR = Attribution((span(SPEECH, "that it was too dear"),), (span(SPEECH, "said"),), (span(SPEECH, "The mayor"),), 0.9)


def turn(label: str, *content: str) -> Attribution:
    at = TURNS.index(f"{label}:")
    end = at + len(label)
    return Attribution(tuple(span(TURNS, words) for words in content), ((end, end + 1),), ((at, end),), 0.9)


def words(text: str, claims: tuple[Claim, ...]) -> list[str]:
    return [" ".join(text[start:end] for start, end in claim.spans) for claim in claims]


def test_a_speechs_sentences_are_claims_but_for_what_it_reports_of_others() -> None:
    claims = find_claims(article(SPEECH, "Edda Varn"), [MAYOR])
    assert words(SPEECH, claims) == [
        "We will rebuild the pier by 2030.",
        "that it was too dear",
        "He must resign.",
        "I do not believe a word of it, and last year nobody did.",
    ]
    assert [claim.attribution for claim in claims] == [None, 0, None, None]
    assert [claim.is_speakers for claim in claims] == [True, False, True, True]


def test_a_speechs_claims_have_kinds_and_times_like_any_other() -> None:
    first, _, third, _ = find_claims(article(SPEECH, "Edda Varn"), [MAYOR])
    assert (first.claim_kind, first.about_precision, third.claim_kind) == ("commitment", "year", "demand")
    assert 0 <= first.checkworthy <= 1


def test_without_a_speaker_the_same_words_are_the_articles_own_voice() -> None:
    claims = find_claims(article(SPEECH), [MAYOR])
    assert not [claim for claim in claims if claim.is_speakers]
    assert "He must resign." not in words(SPEECH, claims)


def test_the_speaker_claims_them_and_is_no_target() -> None:
    of = article(SPEECH, "Edda Varn")
    claims = find_claims(of, [MAYOR])
    resolution = resolve_article(of, Extraction((MAYOR,), (), claims), built_in_authority())
    names = [[resolution.actors[number].name for number in actors.claimants] for actors in resolution.claims]
    assert names == [["Edda Varn"], ["The mayor"], ["Edda Varn"], ["Edda Varn"]]
    assert all(not {*actors.claimants} & {*actors.targets} for actors in resolution.claims)


def test_every_sentence_of_a_turn_that_claims_something_is_a_claim_of_its_quote() -> None:
    turns = [turn("ORR", "Good morning. The pumps failed in March. We should have new ones"), turn("VANE", "When?")]
    claims = find_claims(article(TURNS), turns)
    assert words(TURNS, claims) == ["The pumps failed in March.", "We should have new ones", "When?"]
    assert [claim.attribution for claim in claims] == [0, 0, 1]
    assert [claim.claim_kind for claim in claims][1] == "demand"


def test_the_sentences_of_a_quotation_in_an_article_are_claims_of_one_attribution() -> None:
    text = "Ada Pell said: “The pumps failed in March. We should have new ones.”"
    quoted = Attribution((span(text, text[15:]),), (span(text, "said:"),), (span(text, "Ada Pell"),), 0.9)
    claims = find_claims(article(text), [quoted])
    assert [(claim.attribution, claim.claim_kind) for claim in claims] == [(0, "assertion"), (0, "demand")]


@pytest.mark.parametrize(
    ("sentence", "claims"),
    [
        ("Thank you, Mr. President.", False),
        ("Good evening, everybody.", False),
        ("(The Senate rose at ten.)", False),
        ("[Pause.]", False),
        ("Overlooked!", False),
        ("Pigeons, mostly.", False),
        ("It is.", True),
        ("They came.", True),
        ("Friends, two years ago it was empty.", True),
        ("Mr. Speaker.", False),
        ("Who knew that it was there?", True),
        ("Thank you for the question, which nobody has put to me in eleven years.", True),
    ],
)
def test_a_courtesy_a_direction_and_a_fragment_claim_nothing(sentence: str, claims: bool) -> None:
    assert claims_something(sentence) is claims
