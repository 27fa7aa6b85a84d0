"""bench/actors invents what it says, the same every time, and its figures are what they are called."""

from bench.actors.__main__ import measure, ratio
from bench.actors.corpus import invent_actors


def test_the_invented_actors_are_as_many_as_asked_for_and_the_same_every_time() -> None:
    actors = invent_actors(600)
    assert actors.height == 600
    assert actors.equals(invent_actors(600))
    assert actors.select("article_id", "local").is_duplicated().sum() == 0


def test_some_of_them_are_one_actor_over_articles_and_some_names_are_spelled_in_two_ways() -> None:
    result = measure(2_000)
    assert result["mentions"] == 2_000
    assert result["actors"] < result["mentions"] / 2
    assert result["peak_mb"] > 0


def test_the_ratio_is_of_processor_time_per_mention() -> None:
    rows = [{"cpu_seconds": 1.0, "mentions": 10.0}, {"cpu_seconds": 15.0, "mentions": 100.0}]
    assert ratio(rows) == 1.5
