"""What can be a source without a name: persons by office or trade, bodies, papers, and some or others."""

from utils.layers.voices.names import BODIES, POSSESSIVE, of_an_office, personal, title
from utils.layers.voices.phrases import DETERMINERS, PREPOSITIONS, PRONOUNS, adverb

ANYBODY = frozenset(
    """
    all another any anybody anyone both couple dozens each eight either everybody everyone few five four half
    hundreds majority many million millions minority more most neither nine none number one ones other others
    percent plurality seven several six some somebody someone ten tens those thousands three two""".split()
)
PEOPLE = frozenset(
    """
    adult aid ally authorities birther boy boyfriend brass brothers businessmen celebrity chair child children
    colleague collective comrade conservative couple cousin crew crowd daughter democrat dissident dockhand elite
    evangelical ex-husband ex-wife family father fellow fiancée figure folk folks friend girl girlfriend grader
    grandfather grandmother grandson heavyweight hero host household hundreds husband individual insider islander
    kid kin layman liberal libertarian loyalist man men moderate mother native neighbor neighbour nephew newcomer
    niece nominee non-profit nonprofit official operative parent parents partner people person progressive pundit
    recruit regulars relative relatives republican residents ringleader royals sibling side sides sister socialist
    son source spouse survivor teen teenager the trio troop troops twin uncle veteran victim widow wife wives woman
    women youth youths""".split()
)
COLLECTIVES = BODIES | frozenset(
    """
    academy activist-group airline alliance bench bloc branch broadcaster brotherhood business cabinet capital
    cartel caucus cell center centre charity church city clinic club coalition college command congregation congress
    cooperative corporation counsel country county coup court crew delegation democracy desk directorate division
    embassy establishment faction factory faculty family federation firm force forces foundation fund gallery gang
    guild headquarters hospital house industry infirmary institute institution intelligence judiciary jury justice
    kingdom league left legislature lobby magazine mainstream management media military militia ministry mission
    movement museum nation network ngo ngos opposition organisation organization outfit outlet palace panel
    parliament partnership people plant platform police politburo presidency press prosecution province public
    regime region regulator retailer right school secretariat sector senate server service services shop squad staff
    startup state states store studio syndicate team tribunal troupe trust union unit watchdog works""".split()
)
PAPERS = frozenset(
    """
    abstract account accounts ad advertisement advisory affidavit agreement allegation analyses analysis
    announcement answer appendix article assessment audit autobiography average averages bill biography blog book
    brief briefing broadcast bulletin cable calculation calculations caption card census censuses chapter charge
    charges chart charter claim column comment commentary comments communiqué complaint constitution contract count
    court-filing cover coverage data database declaration decree deposition diary directive dispatch document
    documents dossier draft edict edition editorial email emails entry essay estimate estimates exposé extract
    figures file files filing filings findings footage forecast form guidance guide guideline handbook headline
    indictment information injunction interview item journal judgment law lawsuit leaflet leak letter letters list
    log magazine mail manifesto manual map material memo memoir memorandum message minutes newsletter newspaper note
    notes notice numbers obituary opinion order page pages pamphlet paper papers paragraph paragraphs petition photo
    piece placard plea poem policy poll polling polls post poster posting posts preamble press probe proclamation
    profile projection proposal prospectus protocol quote readout rebuttal receipt record recording records release
    report reporting reports research resolution response results review rule rules ruling rulings rumours schedule
    screen script section sheet sheets show slogan song speech spot spreadsheet statement statements statistics
    story studies study submission subpoena suit summary survey surveys tape telegram telegraph test testimony text
    texts thesis title trailer transcript transcripts translation treaty tweet tweets verdict verse version video
    videos voicemail warning warrant web website websites wire witness-statement wording writing""".split()
)
NO_SOURCES = frozenset(
    "according ahead apart left maybe nevertheless perhaps rather remembers right together very worth".split()
)


CLAUSE = (DETERMINERS | PRONOUNS) - ANYBODY  # behind the head of a phrase they say that it is none


def can_speak(phrase: str) -> bool:
    """Say whether a phrase without a name can be a source: its head is somebody, a body or a paper.

    phrase: without its article.
    """
    words = [*filter(None, (POSSESSIVE.sub("", word) for word in phrase.split()))]
    every = range(1, len(words))
    end = next((at for at in every if words[at].lower() in PREPOSITIONS and not of_an_office(words, at)), len(words))
    core = [word.lower() for word in words[:end]]
    if not core or any(word in CLAUSE for word in core[1:]):
        return False
    head = core[-1].rpartition("-")[2] or core[-1]
    if words[end - 1][0].isupper():
        return True
    if core[0] in ANYBODY or core[0].isdigit() and len(core) < 3:
        return not adverb(head)
    ones = {head, head.removesuffix("s"), head.removesuffix("es")} | (
        {head[:-3] + "y"} if head.endswith("ies") else set()
    )
    if ones & (PEOPLE | COLLECTIVES | PAPERS | ANYBODY):
        return len(core) > 1 or head not in NO_SOURCES
    return any(personal(one) or title(one) for one in ones) or head.endswith(("men", "women", "folk"))


def speaks_surely(phrase: str) -> bool:
    """Say whether a phrase beside words between marks is more than an adverb or a verb; of nouns, any will do."""
    return phrase.lower() not in NO_SOURCES and not (" " not in phrase and adverb(phrase.lower()))
