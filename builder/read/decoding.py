"""Bytes of a text file to characters, strictly: what cannot be told is refused, never guessed into mojibake.

Imports nothing of the project. In this order: a byte order mark, UTF-8, the encoding that a header beside the text or
the HTML page itself declares, and last what `charset_normalizer` finds among the encodings that news is written in.
"""

import codecs
import re

from charset_normalizer import from_bytes

_BOMS = (
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
# Opening bytes of files that are sometimes saved under a text suffix.
_SIGNATURES = {b"%PDF-": "PDF", b"PK\x03\x04": "zip", b"\x89PNG": "PNG", b"\x1f\x8b": "gzip", b"\xff\xd8\xff": "JPEG"}
_DECLARED = re.compile(
    rb"""<(?:meta|\?xml)\b[^>]{0,200}?(?:charset|encoding)\s*=\s*["']?\s*([A-Za-z0-9_:.-]{2,40})""", re.I
)
# Browsers read these labels as Windows-1252, and so do we: the pages that carry them mean it.
_WINDOWS_1252 = frozenset({"iso8859-1", "ascii", "latin-1"})
_CANDIDATES = [
    *("cp1252", "cp1250", "cp1251", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "iso8859_2", "iso8859_7"),
    *("koi8_r", "koi8_u", "cp932", "euc_jp", "gb18030", "big5", "cp949"),
]
# Share of mess that charset_normalizer may see in a decoding for it to count as text; its own default is 0.2, at which
# it took random bytes for text.
_MESS = 0.1
# More control characters than one in a hundred is not text.
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1f\x7f]")
# Browsers pass over a stray zero byte in a page; in one of so many bytes it is taken for a control character.
_ZEROS = 1000
_UTF8_CHARACTER = re.compile(rb"[\xc2-\xdf][\x80-\xbf]|[\xe0-\xef][\x80-\xbf]{2}|[\xf0-\xf4][\x80-\xbf]{3}")


class BinaryDataError(Exception):
    """The bytes are no text."""


class UndecodableError(Exception):
    """The bytes may be text, but not in an encoding that could be told."""


def decode(data: bytes, *, is_markup: bool = False, declared: str = "") -> str:
    """The characters of a text file, without its byte order mark; raises BinaryDataError or UndecodableError.

    `declared` is the encoding that came beside the bytes, in the header of a mail or an HTTP response.

    >>> decode("“No,” she said.".encode("cp1252"))
    '“No,” she said.'
    """
    for signature, kind in _SIGNATURES.items():
        if data.startswith(signature):
            raise BinaryDataError(f"the file starts as a {kind} file does")
    if (
        is_markup
        and data.count(b"\0") * _ZEROS < len(data)
        and not data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE))
    ):
        data = data.replace(b"\0", b"\x7f")
    encoding = find_encoding(data, is_markup=is_markup, declared=declared)
    try:
        text = data.decode(encoding)
    except UnicodeDecodeError as error:
        raise UndecodableError(f"declared as {encoding}, but not so at offset {error.start}") from error
    controls = len(_CONTROLS.findall(text))
    if "\0" in text or controls * 100 > len(text):
        raise BinaryDataError(f"{controls} control characters among {len(text)}")
    return text


def find_encoding(data: bytes, *, is_markup: bool = False, declared: str = "") -> str:
    """The codec of the bytes; decoding with it may still fail where a mark or a page declares it falsely."""
    for mark, encoding in _BOMS:
        if data.startswith(mark):
            return encoding
    if b"\0" in data:
        raise BinaryDataError(f"a zero byte at offset {data.index(0)}")
    try:
        data.decode("utf-8")
    except UnicodeDecodeError as error:
        _refuse_damaged_utf8(data, error.start)
    else:
        return "utf-8"
    named = (_known(declared), _declared_encoding(data) if is_markup else None)
    return next((name for name in named if name and name != "utf-8"), None) or _detected(data)


def _refuse_damaged_utf8(data: bytes, first_bad: int) -> None:
    """UTF-8 with a bad byte in it would pass as Windows-1252, with every quotation mark garbled.

    Told by counting: in damaged UTF-8 most bytes above 127 belong to well-formed characters.
    """
    well_formed = sum(len(match) for match in _UTF8_CHARACTER.findall(data))
    high = sum(byte > 127 for byte in data)
    if well_formed * 2 > high:
        raise UndecodableError(f"UTF-8 with a bad byte (0x{data[first_bad]:02x}) at offset {first_bad}")


def _declared_encoding(data: bytes) -> str | None:
    """The encoding that a page names in its first 4096 bytes, if Python knows it."""
    match = _DECLARED.search(data[:4096])
    return _known(match[1].decode("ascii")) if match else None


def _known(label: str) -> str | None:
    """The codec of a label, if it is one of text that Python knows."""
    try:
        codec = codecs.lookup(label)
        b"".decode(codec.name)
    except (LookupError, ValueError):
        return None
    return "cp1252" if codec.name in _WINDOWS_1252 else codec.name


def _detected(data: bytes) -> str:
    """What charset_normalizer finds; Windows-1252 where that is as clean as the best, for it is the likeliest."""
    matches = list(from_bytes(data, cp_isolation=_CANDIDATES, threshold=_MESS, enable_fallback=False))
    if not matches:
        raise UndecodableError("not UTF-8, and no other encoding fits")
    best = matches[0]
    for match in matches:
        if "cp1252" in match.could_be_from_charset and match.chaos <= best.chaos:
            return "cp1252"
    return best.encoding
