"""What is measured of a gold, by what it holds."""

from builder.measure.actors import ActorRates
from builder.measure.claims import MEASURES
from builder.measure.figures import ACTOR_MEASURES, ATTRIBUTION_MEASURES, aspects_of, measure, measure_constructions
from builder.measure.found import Found, FoundClaim
from builder.measure.gold import GoldArticle, GoldAttribution, GoldClaim
from builder.measure.labels import Labels

TEXT = "Ann Holt said the mill would close. It is unlikely to reopen."
CONTENT, SOURCE, OWN = ((14, 34),), ((0, 8),), ((36, 60),)
BARE = GoldArticle("a", "gazette", TEXT, (GoldAttribution(CONTENT, SOURCE),))
LABELLED = GoldArticle(
    "b", "gazette", TEXT, (GoldAttribution(CONTENT, SOURCE, labels=Labels("prediction", speakers=("Ann Holt",))),)
)
OWN_VOICE = GoldArticle("c", "gazette", TEXT, LABELLED.attributions, claims=(GoldClaim(OWN),))
FOUND = Found((), claims=(FoundClaim(CONTENT, "prediction", speakers=("Ann Holt",)),))


def test_every_figure_has_a_name_of_its_own() -> None:
    names = [*ATTRIBUTION_MEASURES, *MEASURES, *ACTOR_MEASURES]
    assert len(set(names)) == len(names)
    assert set(ActorRates.__slots__) == set(ACTOR_MEASURES)


def test_what_gold_lacks_everywhere_is_not_measured() -> None:
    bare, labelled, own = (
        set(measure([(article, FOUND)], aspects_of([article]))) for article in (BARE, LABELLED, OWN_VOICE)
    )
    assert bare == set(ATTRIBUTION_MEASURES)
    assert labelled == bare | set(MEASURES) - {"own"}
    assert own == bare | set(MEASURES)


def test_what_some_gold_has_is_measured_in_all_of_it() -> None:
    aspects = aspects_of([BARE, OWN_VOICE])
    assert measure([(BARE, FOUND)], aspects)["own"]["gold"] == 0


def test_constructions_that_gold_lacks_are_left_out_and_speakers_without_labels() -> None:
    assert measure_constructions([(BARE, FOUND)], aspects_of([BARE])) == {"indirect": {"gold": 1, "recall": 0.0}}
    assert measure_constructions([(LABELLED, FOUND)], aspects_of([LABELLED])) == {
        "indirect": {"gold": 1, "recall": 0.0, "paired": 1, "speaker": 100.0, "kind": 100.0}
    }
