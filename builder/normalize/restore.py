"""What a text lost before it came here: characters read in a wrong encoding, entities, words broken by soft hyphens.

Imports `builder.normalize.traced`. Mojibake is told and undone by ftfy; nothing else of it is used (it would straighten
quotation marks, which are evidence here).
"""

import re
from html import unescape

from ftfy import TextFixerConfig, fix_encoding_and_explain

from builder.normalize.traced import NOWHERE, Traced, compose, concatenate, substitute, trace

_ENCODING_ONLY = TextFixerConfig(
    unescape_html=False,
    remove_terminal_escapes=False,
    fix_latin_ligatures=False,
    fix_character_width=False,
    uncurl_quotes=False,
    fix_line_breaks=False,
    fix_surrogates=False,
    remove_control_chars=False,
    normalization=None,
)
# ftfy looks at a line at a time, and so do we; a longer one is looked at in parts, for its work grows with the square.
_PART = re.compile(r"[^\n]{1,20000}\n?|\n")
# Encodings of systems long gone: in news, a repair that needs one of them joined two good characters (”é) to one.
_UNLIKELY = frozenset({"macroman", "cp437"})
_ASCII = re.compile(r"[\x21-\x7e]+")
_ENTITY = re.compile(r"&(?:#[0-9]{2,6}|#[xX][0-9a-fA-F]{2,5}|[A-Za-z][A-Za-z0-9]{1,30});")
# A closing quotation mark whose third byte, a control character, was dropped on the way.
_LOST_QUOTE = re.compile("â€(?=[\\s,.;:!?)\\]]|$)")
# A soft hyphen at a line's end stands inside a word by definition.
_SOFT_BREAK = re.compile("\u00ad[ \t]*\r?\n[ \t]*(?=\\w)")


def restore(body: str, *, is_markup: bool) -> Traced:
    r"""The body as it was before it was damaged, each character that is unchanged with its place in the body.

    In plain text entities are damage too: nothing else would read them.

    >>> restore("She doesn\u00e2\u20ac\u2122t, &amp; no\u00ad\n body does.", is_markup=False).text
    'She doesn’t, & nobody does.'
    """
    restored = substitute(_SOFT_BREAK, "", trace(body))
    if not body.isascii():
        restored = substitute(_LOST_QUOTE, "”", restored)
        parts = [restored[match.start() : match.end()] for match in _PART.finditer(restored.text)]
        fixed = [_repaired(part) for part in parts]
        if any(part is not given for part, given in zip(fixed, parts, strict=True)):
            restored = concatenate(fixed, "")
    return restored if is_markup else _without_entities(restored)


def restore_text(text: str) -> str:
    """The same for a value whose origins do not matter."""
    return restore(text, is_markup=False).text


def _repaired(part: Traced) -> Traced:
    """One line without mojibake; the characters between the same ASCII words, which no repair changes, are replaced."""
    if part.text.isascii():
        return part
    given, part = part, compose(part)  # some corpora took the letters of their mojibake apart
    fixed, steps = fix_encoding_and_explain(part.text, _ENCODING_ONLY)
    if fixed == part.text or any(step.parameter in _UNLIKELY for step in steps or ()):
        return given
    old, new = list(_ASCII.finditer(part.text)), list(_ASCII.finditer(fixed))
    if [match[0] for match in old] != [match[0] for match in new]:
        return Traced(fixed, [NOWHERE] * len(fixed))
    parts: list[Traced] = []
    old_end = new_end = 0
    for was, now in zip(old, new, strict=True):
        parts += [_between(part[old_end : was.start()], fixed[new_end : now.start()]), part[was.start() : was.end()]]
        old_end, new_end = was.end(), now.end()
    return concatenate([*parts, _between(part[old_end:], fixed[new_end:])], "")


def _between(old: Traced, new: str) -> Traced:
    return old if old.text == new else Traced(new, [NOWHERE] * len(new))


def _without_entities(traced: Traced) -> Traced:
    parts: list[Traced] = []
    end = 0
    for match in _ENTITY.finditer(traced.text):
        character = unescape(match[0])
        if len(character) == 1 and (character.isprintable() or character.isspace()):
            parts += [traced[end : match.start()], Traced(character, [NOWHERE])]
            end = match.end()
    return concatenate([*parts, traced[end:]], "") if parts else traced


def locate(text: Traced, restored: Traced) -> Traced:
    """A text whose places are in the restored body with those that its characters had in the body itself."""
    origins = [NOWHERE if origin == NOWHERE else restored.origins[origin] for origin in text.origins]
    return Traced(text.text, origins)
