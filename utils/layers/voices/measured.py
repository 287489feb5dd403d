"""How often the rules are right on real news: facts, measured against people's marks, that no text here can give again.

The articles are those of PolNeAR, US news of 2016 in which people marked every attribution (Newell, Margolin and Ruths
2018, An Attribution Relations Corpus for Political News). Its test part was looked at once and no rule was made from
it; its dev part was looked at while they were made, so its figures are kinder than others would be. Who is who was
judged on these and on 74 articles on Venezuela, of all sides.
"""

TEST, DEV, BOTH = "PolNeAR test", "PolNeAR dev", "PolNeAR dev and Venezuela"
SOURCES = {
    TEST: "84 articles kept back; quotations, and speakers judged by eye",
    DEV: "84 articles the rules were made with; words, and mentions of speakers",
    BOTH: "158 articles; persons: 200 forms drawn by seed and judged by eye; names: every speaker, by words",
}
MEASURED = (  # corpus, of what, precision, recall, speaker
    (TEST, "direct", 0.909, 0.949, 0.92),
    (TEST, "partial or indirect", None, None, 0.76),
    (TEST, "he", None, None, 0.91),
    (TEST, "she", None, None, 0.89),
    (TEST, "they", None, None, 0.37),
    (TEST, "office", None, None, 0.85),
    (DEV, "direct", 0.984, 0.989, 0.942),
    (DEV, "partial", 0.892, None, 0.937),
    (DEV, "indirect", 0.869, 0.688, 0.900),
    (DEV, "loose", 0.666, None, 0.813),
    (DEV, "name", None, None, 0.957),
    (DEV, "he", None, None, 0.958),
    (DEV, "she", None, None, 0.908),
    (DEV, "they", None, None, 0.894),
    (DEV, "organisation", None, None, 0.896),
    (DEV, "unnamed", None, None, 0.812),
    (BOTH, "person", 0.98, 0.99, None),
    (BOTH, "a name", 0.998, None, None),
    (BOTH, "no name", 0.953, None, None),
)
