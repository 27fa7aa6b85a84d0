"""Closed value lists: what a vocabulary column may hold, and why something may be dropped. Imports nothing.

A new value is a MINOR data version at least, a removed or redefined one a MAJOR (DESIGN, Versions and releases).
Each list is {value: its meaning}, in the order in which documentation shows it.
"""

QUOTE_TYPES = {
    "direct": "all of the content's words stand inside quotation marks",
    "mixed": "some of the content's words stand inside quotation marks",
    "indirect": "none of the content's words stands inside quotation marks",
}

ATTRIBUTION_TYPES = {
    "communication": "said or written",
    "belief": "thought, believed, feared, felt",
    "knowledge": "known, found, learned",
    "intention": "wanted, planned, agreed to",
}

SPEAKER_RESOLUTIONS = {
    "named": "the source holds the speaker's name as the article gives it in full",
    "alias": "the source holds a shorter or other name of the speaker (last name, acronym, metonym)",
    "nominal": "the source is a noun phrase that stands for the speaker (the minister)",
    "pronoun": "the source is a pronoun (she)",
    "inherited": "the source is not given beside the content; the speaker is that of the surrounding quotation or text",
    "unresolved": "there is a source, but whom it stands for could not be told",
    "none": "the article gives no source",
}

ACTOR_KINDS = {
    "person": "one named human being",
    "organization": "a named body: party, company, ministry, court, news outlet, alliance",
    "state": "a country or its government as one voice, metonyms included",
    "place": "a named sub-national place used as an actor",
    "group": "people named by what they share, not by a body's name",
    "unnamed": "one or several sources whom the article does not name",
    "document": "a text or data that speaks",
    "journalist": "the article's own voice or its author",
}

CLAIM_KINDS = {
    "denial": "rejects that something is true, or that somebody is responsible",
    "accusation": "says that somebody did, or failed to do, a particular thing that is wrong or harmful",
    "refusal": "turns down a demand, an offer, a proposal, or declines to act or answer",
    "threat": "announces a harm that the claimant would bring about",
    "warning": "says that a harm may come, not from the claimant",
    "demand": "wants somebody else to do, or not do, something",
    "commitment": "binds the claimant to a future act, or states the claimant's plan or intention",
    "prediction": "says what will or may happen: no harm implied, no commitment",
    "question": "asks",
    "support": "approves, endorses, thanks, congratulates, agrees",
    "criticism": "judges badly, with no particular act laid at somebody's door",
    "assessment": "another judgement, belief, feeling or estimate that no record could settle",
    "assertion": "says that something is or was so, which a record could settle; also what fits nothing else",
}

MENTION_TYPES = {
    "name": "a proper name",
    "nominal": "a noun phrase",
    "pronoun": "a pronoun",
}

DATE_PRECISIONS = {
    "year": "only the year is known",
    "month": "year and month are known",
    "day": "the day is known, not the time of day",
    "minute": "the time of day is known",
}

# Where an article's date was read, most trusted first.
DATE_SOURCES = {
    "column": "a mapped column of the record",
    "header": "a field of the feed entry, news message or mail that holds the article",
    "json-ld": "JSON-LD metadata of the page",
    "meta": "a meta tag of the page, or a Markdown file's front matter",
    "byline": "a date line beside the byline",
    "dateline": "the dateline that opens the text",
    "url": "the article's address",
    "file-name": "the raw file's name",
}

EXTRACTION_STATUSES = {
    "extracted": "quotes and claims were looked for",
    "direct-quotes": "the encoder does not read the language: only direct quotes were looked for, by quotation marks "
    "and verbs of saying, and no claims",
    "unsupported-language": "the language is known and nothing reads it: no quotes were looked for",
    "unknown-language": "the language could not be told: no quotes were looked for",
}

# Languages, beside the encoder's, in which direct quotes are looked for (BCP 47, primary).
DIRECT_QUOTE_LANGUAGES = ("de", "es", "fr", "it", "nl", "pl", "pt", "ru", "uk")

STAGES = {
    "read": "raw files to records",
    "normalize": "records to articles",
    "extract": "articles to attributions, names and claims",
    "resolve": "mentions to actors",
    "assemble": "rows to tables",
    "publish": "tables to files",
}

DROP_REASONS = {
    "unreadable-file": "the file could not be opened or read",
    "unsupported-format": "no reader knows this kind of file",
    "unsafe-path": "the path is a link, or leaves the collection's folder",
    "truncated-file": "the compressed or columnar file breaks off or is damaged; records before the break are kept",
    "undecodable": "the bytes are not valid text in the file's encoding",
    "binary": "the file holds binary data where text was expected",
    "empty": "there is no text at all",
    "over-limit": "larger than the stated limit of a file, a record or a decompressed stream",
    "broken-record": "the line or row cannot be parsed, or lacks a column that the collection maps",
    "unsafe-xml": "the XML declares entities of its own, which are never unfolded",
    "no-article": "a part of an archive, feed or mail that is no article by its kind: a request, a picture, a package",
    "no-main-text": "no article text was found in the page",
    "too-long": "the text is longer than the stated limit",
    "repeated-record": "another record before this one has the same locator and revision",
    "withdrawn": "withdrawn by its publisher in the item itself, or by the raw folder's withdrawn.csv",
    "stale-correction": "a person's correction of a row or text that is not there any more",
    "failed": "the stage failed on this article; the detail says how",
}

# What `changes` may say, the gravest last; which version step each asks for stands in `builder.release.step`.
CHANGES = {
    "added": "the row is new",
    "removed": "the row is gone",
    "changed": "the column of the row holds another value",
    "merged": "several actors, or claim groups, have become this one: `before` lists them",
    "split": "this actor, or claim group, has become several: `after` lists them",
    "renamed": "the same actor has another id now",
    "table-added": "the table is new",
    "column-added": "the column is new",
    "column-moved": "the table's columns stand in another order",
    "value-added": "the vocabulary has a new value",
    "table-removed": "the table is gone",
    "column-removed": "the column is gone",
    "column-changed": "the column's type is another, or it may be null now and could not be before",
    "value-removed": "the vocabulary has lost a value",
    "value-changed": "the vocabulary's value means something else now",
    "id-changed": "the id names something else now, or something known by an id has been given another",
}
