"""Whose words they are: statements, reporting words, what they bring in, who speaks, and who that is."""

from utils.layers import Layer
from utils.layers.voices import mentions, persons, quotes

LAYERS = {
    "quotes": Layer(quotes.quotes, needs=("sentences",)),
    "names": Layer(mentions.names),
    "small_letters": Layer(lambda raws, segments: mentions.small_letters(raws), reads_segments=False),
    "persons": Layer(
        persons.persons,
        needs=("quotes", "names", "small_letters"),
        lacks=("quotes",),
        terms=("small_letters",),
        over_all=True,
    ),
}
