"""Choices: would a claim survive other ways of counting? Its specification curve, and the card that tells it whole."""

from utils.measures.choices.cards import Card as Card
from utils.measures.choices.cards import card
from utils.measures.choices.claims import Claim as Claim
from utils.measures.choices.claims import claim
from utils.measures.choices.curves import curve, passages_of, sensitivity, summary
from utils.measures.choices.grids import grid

__all__ = ["card", "claim", "curve", "grid", "passages_of", "sensitivity", "summary"]
