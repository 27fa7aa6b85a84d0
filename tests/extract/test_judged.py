"""What an article only calls likely or unlikely is no attribution."""

import pytest

from builder.extract.attribution import Attribution
from builder.extract.judged import without_judged


def attribution(text: str, source: str, cue: str, content: str) -> Attribution:
    def span(words: str) -> tuple[tuple[int, int], ...]:
        return ((text.index(words), text.index(words) + len(words)),)

    return Attribution(span(content), span(cue), span(source), 0.9)


@pytest.mark.parametrize(
    ("text", "is_kept"),
    [
        ("It is unlikely that Orla Brandt will agree to the plan.", False),
        ("But it’s highly unlikely Orla Brandt will agree to the plan.", False),
        ("It seems doubtful that Orla Brandt will agree to the plan.", False),
        ("Orla Brandt will agree to the plan.", True),
        ("It is unlikely to rain, since Orla Brandt will agree to the plan.", True),
        ("It is known that Orla Brandt will agree to the plan.", True),
        ("It is unlikely to rain. Orla Brandt will agree to the plan.", True),
    ],
)
def test_agreeing_that_is_only_judged_likely_or_not_is_the_articles_own_prediction(text: str, is_kept: bool) -> None:
    found = [attribution(text, "Orla Brandt", "will agree", "to the plan")]
    assert without_judged(text, found) == (found if is_kept else [])
