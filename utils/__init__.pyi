"""What a notebook may import from `utils`: each name once, with the room or module where it is at home."""

from utils.corpus.corpus import Corpus as Corpus
from utils.corpus.corpus import CorpusError as CorpusError
from utils.corpus.library import answer_key as answer_key
from utils.corpus.library import available as available
from utils.corpus.library import load as load
from utils.corpus.library import paste as paste
from utils.figures import marks as marks
from utils.layers import tokens as tokens
from utils.layers.voices import cues as cues
from utils.measures import choices as choices
from utils.measures import compare as compare
from utils.measures import copies as copies
from utils.measures import quotes as quotes
from utils.measures import readability as readability
from utils.measures import reading as reading
from utils.measures import sentiment as sentiment
from utils.measures import terms as terms
from utils.measures import validity as validity
from utils.measures.terms import stopwords as stopwords
from utils.passages import export as export
from utils.passages import persons as persons
from utils.passages import voices as voices
from utils.passages.html import plain as plain
from utils.passages.html import say as say
from utils.stats import intervals as intervals
from utils.stats import periods as periods
from utils.teaching import company as company
from utils.teaching import exercises as exercises
from utils.teaching import limits as limits
from utils.teaching import remarks as remarks

from . import explore as explore
from . import figures as figures
from . import lexicons as lexicons
from . import passages as passages
from . import progress as progress
