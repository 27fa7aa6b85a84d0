"""Words that a release withholds, written as places in the articles' texts. Imports nothing of the project.

A recipe is an article's id and parts: [start, end] is that piece of its text, a string stands for itself. Only
characters that the text does not hold at all are strings (mostly none), so that a recipe shows nothing. Who has the
text gets the words back.
"""

from collections.abc import Mapping

Part = list[int] | str
Recipe = dict[str, object]


def write_recipe(words: str, texts: Mapping[str, str]) -> Recipe:
    """The recipe of the words out of one of the texts (by article id): the first that holds them whole, else the first.

    >>> write_recipe("the port!", {"a": "See the port."})
    {'article': 'a', 'parts': [[4, 12], '!']}
    """
    article = next((name for name, text in texts.items() if words in text), next(iter(texts)))
    return {"article": article, "parts": _parts(words, texts[article])}


def follow_recipe(recipe: Mapping[str, object], texts: Mapping[str, str]) -> str:
    """The words that a recipe stands for.

    >>> follow_recipe({"article": "a", "parts": [[4, 12], "!"]}, {"a": "See the port."})
    'the port!'
    """
    text = texts[str(recipe["article"])]
    parts = recipe["parts"]
    assert isinstance(parts, list)
    return "".join(part if isinstance(part, str) else text[part[0] : part[1]] for part in parts)


def _parts(words: str, text: str) -> list[Part]:
    """The words cut into the longest pieces that the text holds, from the left."""
    parts: list[Part] = []
    at = 0
    while at < len(words):
        end = next((end for end in range(len(words), at, -1) if words[at:end] in text), at)
        if end == at:
            parts.append(words[at])
            at += 1
            continue
        start = text.index(words[at:end])
        parts.append([start, start + end - at])
        at = end
    return parts
