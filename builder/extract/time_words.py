"""The words that name times: patterns, each for one kind of expression. Imports nothing of the project.

`PATTERNS` are tried in their order, and what one has taken no later one sees. The groups' names say what was found;
`time_readings` has a function for each pattern, by its name. What `nothing` takes names no time, and what `unknown`
takes names one that cannot be told.
"""

import re

MONTH = r"""(?:January|February|March|April|May|June|July|August|September|October|November|December
    |(?:Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sept?|Oct|Nov|Dec)\b\.?)"""
WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
# A number before what is counted is no year and no day: “the 2014 voters”.
COUNTED = r"""(?![\d,]*\d | % | \s*(?:percent|per\s+cent|million|billion|people|men|women|children|votes|voters|words
    |miles|kilometers|meters|jobs|troops|soldiers|households|homes|boats|ships|crowns|marks|talers|tonnes)\b)"""
YEAR = rf"(?:1[89]\d\d|20\d\d){COUNTED}"
DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?(?![\d:]|[.,]\d)"
ORDINAL = r"(?:first|second|third|fourth|fifth|sixth|seventh|eighth|ninth|tenth|eleventh|twelfth)"
NUMBER = r"""(?:\d{1,3}|an?|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen
    |sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty|ninety)"""
_DATE = rf"(?:{DAY}\s+{MONTH}|{MONTH}\s+{DAY})"
_TO = r"(?:\s+(?:to|and|until|till|through)\s+(?:the\s+)?|\s?[-–—]\s?)"
_FROM = r"\b(?i:from|between)\s+(?:the\s+)?"
_UNITS = r"(?:day|week|fortnight|month|year)s?"

_SOURCES = {
    # “Every Tuesday”, “Ash Wednesday”, “a Monday”, “the Sunday Mirror”, “Friday prayers”, “a deal proposed by May”.
    "nothing": rf"""
        \b(?i:every|each|any)\s+(?:\w+\s+)?(?:{WEEKDAY}|{MONTH})\b
        | \b(?:Ash|Good|Black|Holy|Bloody|Super|Palm|Shrove|Cyber|Maundy|Easter|Whit)\s+{WEEKDAY}\b
        | \b(?:a|the|another|one)\s+{WEEKDAY}\b(?!['’]s)
        | \b{WEEKDAY}\s+(?:(?!{MONTH})[A-Z][a-z]+\b|prayers|school|papers?|roast|market)
        | ed\s+by\s+(?:May|April|June|August)\b(?!\s+\d)""",
    # Whose year begins when it will; which of two weeks; what counts from another time in the text.
    "unknown": rf"""
        \b(?i:fiscal|financial|tax|school|academic|marketing|budget|calendar)[\s-]+
            (?i:years?|quarters?|first|second|third|fourth|half|\d{{4}}(?:\s?[-–/]\s?\d{{2,4}})?)
            (?:\s+(?:of\s+)?\d{{4}}(?:\s?[-–/]\s?\d{{2,4}})?)?\b
        | \b{WEEKDAY}\s+(?:week|before|after)\b
        | \b(?i:(?:first|last|final|opening)\s+(?:{NUMBER}\s+)?{_UNITS}\s+of)\s+(?:the\s+)?
            (?:{MONTH}\s+)?(?:{YEAR}|{MONTH})
        | \b(?i:about|around|almost|nearly|over|some|roughly|under|and\s+a\s+half)\s+(?:{NUMBER}\s+)?
            {_UNITS}\s+ago\b""",
    "iso": r"\b(?:1[89]|20)\d\d-[01]\d-[0-3]\d\b",
    "days_across": rf"""
        {_FROM}(?P<first>{_DATE})(?:,?\s+(?P<first_year>{YEAR}))?,?{_TO}(?P<last>{_DATE})(?:,?\s+(?P<year>{YEAR}))?""",
    "days_within": rf"""
        (?:{_FROM}|\b)(?:(?P<first>{DAY}){_TO}(?P<last>{DAY})\s+(?P<month>{MONTH})
        | (?P<us_month>{MONTH})\s+(?P<us_first>{DAY}){_TO}(?P<us_last>{DAY}))(?:,?\s+(?P<year>{YEAR}))?""",
    "date": rf"""
        \b(?:(?P<weekday>{WEEKDAY}),?\s+)?(?:the\s+)?
        (?P<written>(?:{DAY}|{ORDINAL})(?:\s+of)?\s+{MONTH}|{MONTH}\s+(?:the\s+)?{DAY}{COUNTED})
        (?:,?\s+(?P<year>{YEAR}))?""",
    "months": rf"""
        {_FROM}(?P<first>{MONTH})(?:\s+(?P<first_year>{YEAR}))?{_TO}(?P<last>{MONTH})(?:\s+(?P<year>{YEAR}))?""",
    "month_of_year": rf"\b(?P<written>{MONTH})(?:\s+of)?,?\s+(?P<year>{YEAR})",
    "years": rf"""
        {_FROM}(?P<first>{YEAR}){_TO}(?P<last>{YEAR})
        | \b(?P<short_first>1[89]\d\d|20\d\d)\s?[-–/]\s?(?P<short_last>(?:1[89]|20)?\d\d)\b(?!-)""",
    "two_years": rf"\b(?P<first>{YEAR})(?P<joint>,?\s(?:and|or)(?:\s(?:again\s)?in)?\s)(?P<last>{YEAR})\b",
    "part_of_year": rf"""
        \b(?:(?P<which>(?i:first|second|third|fourth|final|last))[\s-](?P<unit>(?i:quarter|half))
        | Q(?P<number>[1-4]))\b(?:\s+(?:of\s+)?(?P<year>{YEAR}|(?i:this|last|next)\s+year))?""",
    "century": r"\b(?i:in|during|of|since|from)\s+the\s+(?:\w+\s+)?(?P<century>1\d|2[01])(?:th|st)\s+century\b",
    "decade": r"\b(?P<decade>(?:1[89]|20)\d0)['’]?s\b|(?<!\w)['’‘](?P<short>\d0)s\b",
    "ago": rf"""
        \b(?P<words>(?i:{NUMBER}\s+(?P<unit>day|week|fortnight|month|year)s?\s+ago))\b
        (?!\s+(?:today|this|to|on)\b)""",
    "stretch": rf"""
        \b(?i:the|these|those)\s+(?P<which>(?i:past|last|next|coming))\s+(?:(?P<count>(?i:{NUMBER}))\s+)?
        (?P<unit>(?i:day|week|month|year))s?\b(?!\s+of)""",
    "day_beside": r"""
        \b(?P<words>(?i:(?:the\s+)?day\s+before\s+yesterday|(?:the\s+)?day\s+after\s+tomorrow|yesterday|today|tomorrow
        |tonight|last\s+night|this\s+(?:morning|afternoon|evening)))\b""",
    "weekend": r"\b(?P<which>(?i:last|this|next|the))\s+weekend\b",
    "season": r"\b(?P<which>(?i:last|this|next))\s+(?P<season>(?i:spring|summer|autumn|fall|winter))\b",
    "unit_beside": r"\b(?P<which>(?i:this|last|next))\s+(?P<unit>(?i:week|month|quarter|year))\b",
    "unit_around": r"""
        \b(?i:end|close|beginning|start|middle|rest|remainder)\s+of\s+(?P<which>the)\s+
            (?P<unit>(?i:week|month|quarter|year))\b(?!\s+\d)
        | \b(?P<closing>(?i:year|month|week))(?:['’]s|-|\s)end\b""",
    "month": rf"""
        \b(?i:in|by|since|until|till|during|through|throughout|of|for|early|late|mid|around|before|after|from|this|last
            |next)[\s-]+(?:the\s+(?:end|beginning|start|middle|month)\s+of\s+)?
        (?P<month>{MONTH})(?!['’]s|\s+\d|\s+[A-Z]|\w)""",
    "year": rf"""
        \b(?i:in|since|by|of|until|till|during|before|after|from|through|around|the|early|late|mid|spring|summer|fall
            |autumn|winter)[\s-](?P<year>{YEAR})\b
        | \bfor\s+(?P<year_for>{YEAR})(?=[.,;:)”"’]|\s+(?:is|was|will|and|that|at|of)\b|\s*$)""",
    "weekdays": rf"{_FROM}(?P<first>{WEEKDAY}){_TO}(?P<last>{WEEKDAY})\b",
    "day_of_month": r"""
        \b(?i:on|by|until|since)\s+the\s+(?P<day>(?:3[01]|[12]\d|[1-9])(?:st|nd|rd|th))(?![\w-]|\s+[a-z])""",
    "weekday": rf"\b(?:(?P<which>(?i:last|next|this))\s+)?(?P<weekday>{WEEKDAY})\b",
}
PATTERNS = {name: re.compile(source, re.VERBOSE) for name, source in _SOURCES.items()}

# What stands right before a time and says how it is meant; vague parts (late, the spring of) stand between.
PART = re.compile(
    r"""\b(?:the\s+)?(?:(?P<end>(?:end|close)\s+of)
        | (?:beginning|start|middle|rest|remainder|early\s+part|month)\s+of | early | late | mid | earlier | later
        | (?:spring|summer|autumn|fall|winter)(?:\s+of)?)[\s-]+(?:in\s+)?(?:the\s+)?$""",
    re.IGNORECASE | re.VERBOSE,
)
RELATION = re.compile(
    r"""\b(?:(?P<since>since) | (?P<open>before|after|prior\s+to|ahead\s+of)
        | (?P<limit>by|until|till|through|up\s+to|(?:no|not)\s+later\s+than|within))\s+(?:the\s+)?$""",
    re.IGNORECASE | re.VERBOSE,
)
# What the claim only compares with: “than in 2014”, “as much as they did a year ago”.
COMPARED = re.compile(
    r"""\b(?:(?<!later\ )(?<!earlier\ )(?<!sooner\ )than | compared\s+(?:with|to) | as\s+(?:\w+\s+){1,3}as
        | (?:what|where)\s+\w+\s+(?:was|were|had\s+been|stood))\b[^,;.]{0,40}$""",
    re.IGNORECASE | re.VERBOSE,
)
