"""Damage to a file, drawn from a seed: the same seed, the same damage. Imports nothing of the project."""

import random
from collections.abc import Callable, Sequence

Mutation = Callable[[random.Random, bytes, Sequence[bytes]], bytes]

# What breaks readers: zero bytes, marks of other encodings, half pairs, marks that turn the writing round, entities
# that unfold, paths that leave, depth without end, very many of something.
NASTY = (
    *(b"\0", b"\xff\xfe", b"\xef\xbb\xbf", b"\xfe\xff\0", b"\xc3\x28", b"\xed\xa0\x80", b"\\ud800", b"\xe2\x80\xae"),
    *("\u202e\u2066\u200f".encode(), "\ufffe\uffff".encode(), "\U000e0001\u0378".encode(), "â€œÃ©".encode()),
    *("é“”ß".encode("cp1252"), "Привет".encode("koi8-r"), "日本".encode("shift-jis"), "x\n".encode("utf-16")),
    *(b"\x1b[2J\x07\x08", b"\r", b"\x0b\x0c\x1c\x85", b"\n" * 3000, b" " * 20_000, b"a" * 50_000, b"\t"),
    b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;"><!ENTITY c "&b;&b;&b;&b;&b;&b;">]>&c;',
    b'<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/hostname">]>&f;',
    *(b"<div>" * 3000, b"<p><b><i>" * 800, b"[" * 5000, b'{"a":' * 3000, b"> " * 2000, b"((" * 2000, b"<![CDATA["),
    *(b"- :x\n" * 30, b"*_`[" * 500, b"&#0;&#xD800;&#1114112;&amp;amp;", b"</script><script>", b"<!--", b"-->"),
    *(b"../../evil.txt", b"C:\\evil", b"9" * 400, b"-1", b"1e999", b"NaN", b'"', b'""', b"'", b",", b"\\", b"=\r\n"),
    *("“".encode() * 2000, "„“«»‘’\"'".encode() * 300, b"said " * 2000, b"By A and " * 300),
)


def mutate(data: bytes, others: Sequence[bytes], seed: int) -> bytes:
    """One file damaged one to four times; `others` are files of the same format to splice from."""
    chance = random.Random(seed)
    for _ in range(chance.randint(1, 4)):
        data = chance.choice(MUTATIONS)(chance, data, others)
    return data


def _flip(chance: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    """Some bytes become others."""
    damaged = bytearray(data)
    for _n in range(chance.choice((1, 1, 3, 30)) if damaged else 0):
        damaged[chance.randrange(len(damaged))] = chance.randrange(256)
    return bytes(damaged)


def _insert(chance: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    """Something nasty stands somewhere."""
    at = chance.randint(0, len(data))
    return data[:at] + chance.choice(NASTY) + data[at:]


def _noise(chance: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    """Random bytes stand somewhere."""
    at = chance.randint(0, len(data))
    return data[:at] + chance.randbytes(chance.choice((1, 8, 200))) + data[at:]


def _cut(chance: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    """A stretch is missing."""
    start, end = sorted(chance.randint(0, len(data)) for _ in range(2))
    return data[:start] + data[end:]


def _break_off(chance: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    """The end is missing."""
    return data[: chance.randint(0, len(data))]


def _repeat(chance: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    """A stretch comes again and again."""
    start = chance.randint(0, len(data))
    part = data[start : start + chance.choice((1, 20, 400))]
    return data[:start] + part * chance.choice((2, 20)) + data[start:]


def _splice(chance: random.Random, data: bytes, others: Sequence[bytes]) -> bytes:
    """It goes on as another file of its format."""
    other = chance.choice(others)
    return data[: chance.randint(0, len(data))] + other[chance.randint(0, len(other)) :]


def _recode(chance: random.Random, data: bytes, _: Sequence[bytes]) -> bytes:
    """A stretch is in another encoding."""
    start, end = sorted(chance.randint(0, len(data)) for _ in range(2))
    part = data[start:end].decode("utf-8", "replace")
    return data[:start] + part.encode(chance.choice(("utf-16", "cp1252", "cp1251", "utf-7")), "replace") + data[end:]


MUTATIONS: tuple[Mutation, ...] = (_flip, _insert, _insert, _noise, _cut, _break_off, _repeat, _splice, _recode)
