"""Direct quotes by typography: each language with its own marks, verbs and places of the source."""

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import builder.extract
from builder.extract.direct_quotes import find_direct_quotes
from builder.extract.languages import read_language
from schemas.vocabulary import DIRECT_QUOTE_LANGUAGES

# One row a quote: language, text, content, cue, source, names.
Row = tuple[str, str, list[str], str, str, list[str]]
SAID: list[Row] = [
    ("de", "„Das Tor bleibt zu“, sagte Bürgermeisterin Lena Brandt am Montag.",
     ["„Das Tor bleibt zu“"], "sagte", "Bürgermeisterin Lena Brandt", ["Lena Brandt"]),
    ("de", "Lena Brandt erklärte vor Journalisten: „Niemand hat uns gefragt.“",
     ["„Niemand hat uns gefragt.“"], "erklärte", "Lena Brandt", ["Lena Brandt"]),
    ("de", "»Wir bauen keine Brücke«, so der Minister Karl von Tarn, »solange das Geld fehlt.«",
     ["»Wir bauen keine Brücke«", "»solange das Geld fehlt.«"], "so", "der Minister Karl von Tarn", ["Karl von Tarn"]),
    ("de", "„Das ist falsch“, teilte die Sprecherin der Stadt mit.",
     ["„Das ist falsch“"], "teilte", "die Sprecherin der Stadt", []),
    ("de", "Dazu sagte Brandt: „Wir prüfen das.“", ["„Wir prüfen das.“"], "sagte", "Brandt", ["Brandt"]),
    ("de", '"Das stimmt nicht", betonte sie.', ['"Das stimmt nicht"'], "betonte", "sie", []),
    ("fr", "« Le pont restera fermé », a déclaré le maire, Jean Talbot, lundi.",
     ["« Le pont restera fermé »"], "a déclaré", "le maire, Jean Talbot", ["Jean Talbot"]),
    ("fr", "« Nous n’avons pas le choix, a-t-il ajouté. Personne ne nous a demandé. »",
     ["« Nous n’avons pas le choix", "Personne ne nous a demandé. »"], "a-t-il ajouté", "il", []),
    ("fr", "La ministre Claire Morel a expliqué : « Nous attendons le vote. »",
     ["« Nous attendons le vote. »"], "a expliqué", "La ministre Claire Morel", ["Claire Morel"]),
    ("fr", "« C’est faux », a-t-elle dit, « et vous le savez. »",
     ["« C’est faux »", "« et vous le savez. »"], "a-t-elle dit", "elle", []),
    ("fr", "Selon Claire Morel, « la carte était fausse ».",
     ["« la carte était fausse »"], "Selon", "Claire Morel", ["Claire Morel"]),
    ("es", "“El puente seguirá cerrado”, dijo la alcaldesa Marta Ruiz de la Vega el lunes.",
     ["“El puente seguirá cerrado”"], "dijo", "la alcaldesa Marta Ruiz de la Vega", ["Marta Ruiz de la Vega"]),
    ("es", "Pedro Salas afirmó: «Nadie nos preguntó».", ["«Nadie nos preguntó»"], "afirmó", "Pedro Salas",
     ["Pedro Salas"]),
    ("es", "«Es un error», según el portavoz del puerto.", ["«Es un error»"], "según", "el portavoz del puerto", []),
    ("it", "«Il ponte resta chiuso», ha detto il sindaco Paolo Neri ai giornalisti.",
     ["«Il ponte resta chiuso»"], "ha detto", "il sindaco Paolo Neri", ["Paolo Neri"]),
    ("it", "Paolo Neri ha spiegato: “Aspettiamo il voto”.", ["“Aspettiamo il voto”"], "ha spiegato", "Paolo Neri",
     ["Paolo Neri"]),
    ("pt", "“A ponte continua fechada”, disse o prefeito João Prado na segunda-feira.",
     ["“A ponte continua fechada”"], "disse", "o prefeito João Prado", ["João Prado"]),
    ("pt", "Segundo Ana Reis, “ninguém perguntou”.", ["“ninguém perguntou”"], "Segundo", "Ana Reis", ["Ana Reis"]),
    ("nl", "‘De brug blijft dicht’, zei burgemeester Piet van Dam maandag.",
     ["‘De brug blijft dicht’"], "zei", "burgemeester Piet van Dam", ["Piet van Dam"]),
    ("nl", "'s Ochtends zei Van Dam: 'Wij wachten op de foto's van de haven.'",
     ["'Wij wachten op de foto's van de haven.'"], "zei", "Van Dam", ["Van Dam"]),
    ("nl", "“Niemand vroeg ons iets”, aldus de woordvoerder.", ["“Niemand vroeg ons iets”"], "aldus",
     "de woordvoerder", []),
    ("pl", "„Most pozostaje zamknięty” – powiedział burmistrz Jan Kowal w poniedziałek.",
     ["„Most pozostaje zamknięty”"], "powiedział", "burmistrz Jan Kowal", ["Jan Kowal"]),
    ("pl", "Anna Lis podkreśliła: „Nikt nas nie zapytał”.", ["„Nikt nas nie zapytał”"], "podkreśliła", "Anna Lis",
     ["Anna Lis"]),
    ("pl", "„To błąd”, dodała.", ["„To błąd”"], "dodała", "", []),
    ("ru", "«Мост останется закрытым», — сказал мэр Иван Петров журналистам.",
     ["«Мост останется закрытым»"], "сказал", "мэр Иван Петров", ["Иван Петров"]),
    ("ru", "Анна Лисова заявила: «Мы ждём голосования».", ["«Мы ждём голосования»"], "заявила", "Анна Лисова",
     ["Анна Лисова"]),
    ("ru", "По словам Ивана Петрова, «это ошибка».", ["«это ошибка»"], "По словам", "Ивана Петрова", []),
    ("uk", "«Міст залишиться закритим», – сказав мер Іван Петренко в понеділок.",
     ["«Міст залишиться закритим»"], "сказав", "мер Іван Петренко", ["Іван Петренко"]),
    ("uk", "Анна Лис наголосила: «Нас ніхто не питав».", ["«Нас ніхто не питав»"], "наголосила", "Анна Лис",
     ["Анна Лис"]),
    ("uk", "«Це помилка», — додала вона.", ["«Це помилка»"], "додала", "вона", []),
]  # fmt: skip

NOT_SAID = [
    ("de", "Die „Mogelpackung“ wurde abgelehnt, und Brandt nannte den Plan „mutig“."),
    ("fr", "Le « grand projet » est mort avec le journal « La Vague »."),
    ("de", "Der Verein nannte es einen „Witz“. Brandt sagte nichts. Ein „Plan“ und sagte sie nicht auch das?"),
    ("es", "La “gran obra” costó mucho."),
    ("it", "La «grande opera» è costata molto."),
    ("pt", "A “grande obra” custou muito."),
    ("nl", "De ‘grote brug’ kostte veel; de foto's van de haven zijn weg."),
    ("pl", "„Wielki most” kosztował dużo."),
    ("ru", "Газета «Вестник» закрылась."),
    ("uk", "Газета «Вісник» закрилася."),
]


MARKS = ["„", "“", "”", "«", "»", "‘", "’", "'", '"']
WORDS = ["sagte", "a-t-il dit", "zei", "сказал", "so", "Anna", "Holm", "M. ", "der", "von", "x"]
PIECES = [*MARKS, *WORDS, " ", " ", ", ", ". ", ": ", "\n\n", "— ", "?"]


def words(text: str, spans: tuple[tuple[int, int], ...]) -> list[str]:
    return [text[start:end] for start, end in spans]


@pytest.mark.parametrize(("code", "text", "content", "cue", "source", "names"), SAID)
def test_a_quotation_with_a_verb_of_saying_is_a_direct_quote_of_its_source(
    code: str, text: str, content: list[str], cue: str, source: str, names: list[str]
) -> None:
    found = find_direct_quotes(text, code)
    (quote,) = found.attributions
    assert (words(text, quote.content), "".join(words(text, quote.cue)), "".join(words(text, quote.source))) == (
        content,
        cue,
        source,
    )
    assert quote.quote_type == "direct"
    assert [text[name.start : name.end] for name in found.names] == names


@pytest.mark.parametrize(("code", "text"), NOT_SAID)
def test_words_in_marks_that_nobody_says_are_no_quotes(code: str, text: str) -> None:
    assert find_direct_quotes(text, code).attributions == ()


def test_a_quoted_sentence_without_a_tag_is_a_quote_of_nobody() -> None:
    text = "«Il ponte resta chiuso», ha detto Paolo Neri. «Nessuno ci ha chiesto niente, mai.»"
    first, second = find_direct_quotes(text, "it").attributions
    assert words(text, second.content) == ["«Nessuno ci ha chiesto niente, mai.»"]
    assert (second.cue, second.source) == ((), ())
    assert first.confidence > second.confidence


def test_a_mark_that_never_closes_quotes_nothing() -> None:
    assert find_direct_quotes("„Das Tor bleibt zu, sagte Lena Brandt.\n\nSie ging.", "de").attributions == ()


def test_every_language_of_the_vocabulary_has_its_data() -> None:
    folder = Path(builder.extract.__file__ or "").parent / "lexicon" / "languages"
    assert sorted(path.stem for path in folder.glob("*.toml")) == sorted(DIRECT_QUOTE_LANGUAGES)
    for code in DIRECT_QUOTE_LANGUAGES:
        assert any(row[0] == code for row in SAID)
        assert read_language(code).marks


@settings(deadline=None, max_examples=300)
@given(
    st.sampled_from(DIRECT_QUOTE_LANGUAGES),
    st.lists(
        st.sampled_from(PIECES),
        max_size=60,
    ).map("".join),
)  # fmt: skip
def test_whatever_stands_in_a_text_spans_are_in_it_in_order_and_apart(code: str, text: str) -> None:
    found = find_direct_quotes(text, code)
    contents = [span for quote in found.attributions for span in quote.content]
    assert contents == sorted(contents)
    assert all(one[1] <= other[0] for one, other in pairwise(contents))
    for quote in found.attributions:
        for start, end in (*quote.content, *quote.cue, *quote.source):
            assert 0 <= start < end <= len(text)
    assert all(text[name.start : name.end].strip() for name in found.names)
