"""The measures of names and actors, on worlds small enough to reckon by hand, and against the corpus's own scorer."""

import json
import random
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from builder.measure.actors import ActorRates, add_actor_rates, pair_mentions, rate_actors
from builder.measure.gold import GoldArticle, GoldMention, read_gold
from builder.resolve.actor import Mention

SHARED = Path(__file__).parents[3] / "shared" / "eval"
TEXT = "Mayor Ann Holt of Brask met Bo Lind at the fair. She thanked Lind. The crowd left."


def span(words: str) -> tuple[int, int]:
    """Where words stand; the last time, since short forms come after full ones."""
    start = TEXT.rindex(words)
    return start, start + len(words)


def gold(words: str, entity: str, head: str = "", kind: str = "person") -> GoldMention:
    head_span = span(head or words)
    return GoldMention((span(words),), (head_span,), kind, entity, TEXT[head_span[0]].isupper() and words != "She")


def found(words: str, actor: int | None, mention_type: str = "name") -> Mention:
    return Mention(*span(words), mention_type, actor)


HOLT, BRASK = gold("Mayor Ann Holt of Brask", "1", "Ann Holt"), gold("Brask", "2", kind="place")
LIND, SHE, AGAIN = gold("Bo Lind", "3"), gold("She", "1"), gold("Lind", "3")
FAIR, CROWD = gold("the fair", "4", "fair", "event"), gold("The crowd", "5", "crowd")
ALL = (HOLT, BRASK, LIND, SHE, AGAIN, FAIR, CROWD)
ARTICLE = GoldArticle("a", "harbour", TEXT, mentions=ALL)


def test_everything_found_and_joined_as_in_gold_is_perfect() -> None:
    rates = rate_actors(
        ARTICLE,
        [
            found("Ann Holt", 0),
            found("Brask", 1),
            found("Bo Lind", 2),
            found("She", 0, "pronoun"),
            found("Lind", 2),
        ],
    )
    assert (rates.names.f1, rates.b3.f1) == (100, 100)
    assert (rates.names.gold, rates.b3.gold) == (4, 5)


def test_a_name_joined_to_the_wrong_actor_costs_precision_and_a_missed_mention_recall() -> None:
    rates = rate_actors(ARTICLE, [found("Ann Holt", 0), found("Bo Lind", 1), found("Lind", 0)])
    assert (rates.names.hits, rates.names.predicted, rates.names.gold) == (3, 3, 4)
    assert rates.b3.precise == pytest.approx(1 / 2 + 1 + 1 / 2)
    assert rates.b3.recalled == pytest.approx(1 / 2 + 1 / 2 + 1 / 2)
    assert (rates.b3.predicted, rates.b3.gold) == (3, 5)


def test_a_mention_that_meets_nothing_is_wrong() -> None:
    rates = rate_actors(ARTICLE, [found("thanked", 0)])
    assert (rates.names.hits, rates.names.predicted) == (0, 1)
    assert (rates.b3.precise, rates.b3.predicted, rates.b3.f1) == (0, 1, 0)


def test_entities_of_other_kinds_and_those_never_named_do_not_count_either_way() -> None:
    rates = rate_actors(ARTICLE, [found("the fair", 0), found("The crowd", 1, "nominal")])
    assert (rates.names.predicted, rates.b3.predicted) == (0, 0)


def test_a_mention_without_an_actor_is_an_entity_of_its_own() -> None:
    rates = rate_actors(ARTICLE, [found("Bo Lind", None), found("Lind", None)])
    assert rates.b3.precise == 2
    assert rates.b3.recalled == pytest.approx(1 / 2 + 1 / 2)


def test_a_name_found_as_something_else_is_a_hit_but_no_predicted_name() -> None:
    rates = rate_actors(ARTICLE, [found("Bo Lind", 0, "nominal")])
    assert (rates.names.hits, rates.names.predicted) == (1, 0)


@pytest.mark.parametrize(
    ("words", "meets"),
    [
        ("Holt", [0]),  # inside, on the head's last word
        ("Mayor", []),  # inside, beside the head
        ("Ann Holt of Brask met", [0]),  # four of six words
        ("Brask met Bo Lind at the fair", []),  # two of seven words, none of them half
        ("Brask", [1]),  # in two gold mentions: the closer one
    ],
)
def test_a_mention_meets_the_gold_one_whose_head_or_words_it_shares(words: str, meets: list[int]) -> None:
    assert [i for i, _ in pair_mentions(ARTICLE, [found(words, 0)])] == meets


def test_pairs_are_one_to_one_the_closest_first() -> None:
    mentions = [found("Holt", 0), found("Mayor Ann Holt of Brask", 0)]
    assert pair_mentions(ARTICLE, mentions) == [(0, 1)]


PREDICTED = st.lists(
    st.builds(
        lambda start, length, kind, actor: Mention(start, min(start + length, len(TEXT)), kind, actor),
        st.integers(0, len(TEXT) - 1),
        st.integers(1, 30),
        st.sampled_from(["name", "nominal", "pronoun"]),
        st.none() | st.integers(0, 3),
    ),
    max_size=8,
)


@given(PREDICTED)
def test_b_cubed_lies_between_nothing_and_all(mentions: list[Mention]) -> None:
    rate = rate_actors(ARTICLE, mentions).b3
    assert 0 <= rate.precise <= rate.predicted
    assert 0 <= rate.recalled <= rate.gold


def _guesses(article: GoldArticle, draw: random.Random) -> list[Mention]:
    """Gold mentions, some lost, shortened, moved, joined to others or taken for no name, and some words beside them."""
    mentions = []
    for mention in article.mentions:
        start, end = mention.head[0][0], mention.head[-1][1]
        if draw.random() < 0.5:
            start, end = mention.spans[0]
        if draw.random() < 0.2:
            start, end = start + 3, end + 8
        if draw.random() < 0.6:
            actor = int(mention.entity.split("-")[0]) // draw.choice((1, 1, 1, 2))
            name = mention.is_named if draw.random() < 0.9 else not mention.is_named
            mentions.append(Mention(start, end, "name" if name else "nominal", None if draw.random() < 0.1 else actor))
    mentions += [Mention(at, at + 9, "name", 1) for at in range(0, len(article.text), 700)]
    return mentions


def test_the_figures_are_those_of_the_scorer_beside_the_gold(tmp_path: Path) -> None:
    scorer, corpus = SHARED / "score_actors.py", SHARED / "gum_open.jsonl.gz"
    if not scorer.is_file() or not corpus.is_file():
        pytest.skip("needs ../shared/eval")
    draw = random.Random(7)
    articles = read_gold(corpus)
    guesses = [_guesses(article, draw) for article in articles]
    lines = [
        {
            "doc": article.doc,
            "mentions": [
                {
                    "start": mention.start,
                    "end": mention.end,
                    "entity": f"none-{number}" if mention.actor is None else str(mention.actor),
                    "name": mention.mention_type == "name",
                }
                for number, mention in enumerate(mentions)
            ],
        }
        for article, mentions in zip(articles, guesses, strict=True)
    ]
    predicted = tmp_path / "predicted.jsonl"
    predicted.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    command = [sys.executable, str(scorer), str(corpus), str(predicted), "--json"]
    theirs = json.loads(subprocess.run(command, capture_output=True, check=True, text=True).stdout)
    ours: ActorRates = add_actor_rates(
        rate_actors(article, mentions) for article, mentions in zip(articles, guesses, strict=True)
    )
    for key, rate in (("names", ours.names), ("b3", ours.b3)):
        figures = {"p": round(rate.precision, 1), "r": round(rate.recall, 1), "f1": round(rate.f1, 1)}
        assert figures == theirs[key], key
        assert 20 < rate.f1 < 95, "the guesses tell nothing"
