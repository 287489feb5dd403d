"""Whose words they are: statements, reporting words, what they bring in, who speaks, and who that is."""

from utils.layers import Layer
from utils.layers.voices import persons, quotes

LAYERS = {
    "quotes": Layer(quotes.quotes, needs=("sentences",)),
    "persons": Layer(persons.persons, needs=("quotes",), lacks=("quotes",), over_all=True),
}
