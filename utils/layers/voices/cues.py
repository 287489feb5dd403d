"""Reporting verbs and nouns, and the frames they take: the table that the quotes layer is read off.

A frame says where the content stands. With C the content and Y the one spoken to or about:

    clause       said (that) C · C, she said · “C,” she said
    that         announced that C · C, she announced, but never "announced C" without its "that"
    to           promised to C
    person       told Y (that) C · told Y to C
    person to    urged C, where C is "Y to do something"
    object       criticised C, where C is a thing
    marks        “C,” she went on: only beside marks
    name         called C, where C is "Y a disgrace" · described C, where C is "Y as a disgrace"
    about        complained about C, warned of C, called for C: the preposition stands in the table
    about person accused Y of C, criticised Y for C: likewise, after the person
"""

from functools import cache
from typing import NamedTuple

FRAMES = {
    "clause": """
        acknowledge add admit agree allege announce argue ask assert believe boast caution charge claim comment
        complain concede conclude confess confirm contend counter cry declare deny doubt emphasize estimate exclaim
        expect explain fear feel figure find grumble guess hope imply indicate insist interject joke know lament
        make~clear make~it~clear mean mention murmur muse mutter note observe opine pledge post predict promise
        propose protest quip quote reassure recall reckon recommend recount reiterate rejoin remark repeat reply
        request respond retort reveal say shout show speculate stress suggest suspect swear testify think tweet
        venture vow warn whisper wish wonder write yell""",
    "that": """
        accept announce answer ask assume clarify complain consider continue decide demand demonstrate describe
        detail determine disclose discover discuss dispute document emphasize explain figure~out find
        forecast foresee hear highlight hint illustrate imagine indicate inquire insinuate intimate judge
        learn maintain make~clear make~it~clear mention outline point~out posit proclaim profess promise propose
        protest query question read reaffirm realize reason recognize recommend rejoice report request require
        resolve reveal rule see show signal state stipulate submit suppose surmise theorize underscore understand urge
        verify warrant wonder worry""",
    "to": """
        agree aim ask claim consent decide decline demand expect hope intend offer plan pledge prefer profess
        promise propose refuse resolve swear threaten vote vow want wish""",
    "person": """
        advise ask assure convince inform notify persuade promise remind tell warn""",
    "person to": """
        advise allow ask beg believe call~on call~upon caution challenge command convince counsel dare
        encourage enjoin entreat exhort expect forbid implore instruct invite order permit persuade petition
        plead~with press pressure prod remind request urge want""",
    "object": """
        accept acknowledge admire admit advocate announce applaud attack belittle bemoan berate blame blast
        brush~off chide cite claim commend compliment concede condemn condone confirm contest credit criticize
        declare decry defend demand denounce deny deride describe detail disavow disclose discredit discuss dislike
        dismiss disparage dispute document doubt downplay dread echo embrace emphasize excoriate exhort
        explain express extol favor fear hail hate highlight illustrate lambast lambaste lament lampoon laud lay~out
        love mention mock note offer oppose outline pillory play~down pledge point~out praise predict prefer promise
        promote propose propound protest query reaffirm rebuke rebut recall recommend recount reference
        refute regret reiterate reject repeat report repudiate request resent reveal ridicule rip salute savage
        scold scorn shoot~down show shrug~off slam spell~out stress suggest sum~up support thank tout trumpet tweet
        underline underscore urge vilify voice want welcome""",
    "marks": """
        advise agonize appeal bark beam beg begin bellow blare bleat blog blurt~out boom burst~out cackle call
        call~out chant cheer chide chime~in chip~in chorus chuckle coax conclude console continue coo counsel
        croak crow cut~in deadpan drawl drone email enthuse exhort fire~back fret fume gasp giggle goad go~on
        grin grouse growl grunt gush hiss hit~back holler howl implore instruct interrupt intone jeer jest
        lecture lie marvel mimic moan moralize mouth mumble nod object offer orate order persist philosophize
        pipe~up plead pray preach press prod prompt pronounce put~in put~it quaver rage ramble rant rap rasp
        rave read recite reflect rejoice remonstrate resume riff roar scoff scold scream shoot~back shriek shrug
        shudder sigh sing smile snap snarl sneer snicker snort sob spit splutter squeal stammer start
        stutter summarize sum~up taunt tease text theorize thunder trill type urge utter vent volunteer wager
        wail weep weigh~in wheeze whimper whine worry write~back yelp""",
    "name": """
        attack blast brand call cast characterize condemn consider criticize declare deem denounce depict deride
        describe dismiss dub hail identify label mock paint portray praise proclaim rate regard see slam term view""",
}

ABOUT = """
    advise: against | advocate: for | agree: with on to | aim: for | allude: to | apologise: for | apologize: for |
    appeal: for | argue: for against over about | ask: about for | believe: in | boast: of about | brag: about |
    bristle: at | call: for | care: about | caution: against | comment: on | commit: to | complain: about of |
    conceive: of | disagree: with about on | double: down~on | dream: of | dwell: on | elaborate: on | go: after |
    hear: about of | hint: at | hit: out~at back~at | hope: for | inquire: about | insist: on | joke: about of |
    know: about | lash: out~at | learn: of about | lobby: for against | long: for | look: forward~to | muse: about |
    object: to | plead: for | point: to | press: for | protest: against | push: for back~on | rail: against |
    react: to | refer: to | reflect: on | respond: to with | rule: out | scoff: at | side: with |
    sneer: at | speak: of about out~against | stand: by | take: issue~with aim~at credit~for | talk: about of |
    testify: about to | think: about of | tweet: about | vote: against | vouch: for | warn: of about against |
    weigh: in~on | wonder: about | worry: about | write: about of"""

ABOUT_PERSON = """
    accuse: of | advise: on against | ask: about for | assure: of | attack: for over | blame: for | blast: for |
    brief: on | charge: with | chide: for | compare: to with | condemn: for | convince: of | credit: with for |
    criticize: for over | denounce: for | fault: for | inform: of | liken: to | mock: for | persuade: of |
    praise: for | question: about | rebuke: for | remind: of | ridicule: for | slam: for | suspect: of |
    tell: about of | thank: for | urge: toward | warn: of about against"""

NOUNS = """
    accusation acknowledgment admission agreement allegation announcement argument assertion assessment assurance
    belief bet bid call charge claim comment commitment complaint concern conclusion condemnation contention
    conviction criticism decision declaration demand desire determination disdain doubt eagerness emphasis fear
    finding hope idea impression insistence intention interest misgiving narrative notion offer opinion opposition
    plea pledge praise prediction promise pronouncement proposal question recognition refusal reluctance remark
    request reservation skepticism statement suggestion support suspicion theory threat view vow warning willingness
    wish worry"""
AFTER_NOUNS = frozenset("that to about of for whether".split())
ADJECTIVES = frozenset(
    """
    afraid aware certain clear concerned confident convinced critical determined disappointed doubtful eager
    fearful frustrated glad grateful happy hopeful keen optimistic pessimistic pleased proud reluctant
    sceptical skeptical supportive sure surprised unaware uncertain unsure unwilling wary willing worried""".split()
)
SURE = frozenset("afraid aware certain confident convinced glad hopeful sure".split())  # these need no "that"
AFTER_ADJECTIVES = frozenset("that to about of whether how why".split())

SPEAKING = frozenset(("clause", "that", "person"))
PERSONAL = frozenset(("person", "person to", "name"))
NAMING = frozenset("call dub brand label term deem".split())
CORE = frozenset("say claim argue insist warn note believe think suggest".split())
INNER = frozenset(
    """
    believe fear feel find hate hear hope know learn like love mean read realize see show think understand
    want""".split()
)
DEEDS = frozenset(  # what somebody does or feels about a thing, or makes another do, as often as what is said of it
    """
    accept admire advocate allow attack believe brush challenge condone confirm contest convince credit dare
    disavow discredit dislike document doubt dread embrace encourage expect favor fear forbid hail hate
    highlight illustrate invite love offer oppose permit persuade praise prefer press pressure prod promote
    reject repudiate request resent salute shoot show shrug support thank tout trumpet underline underscore want
    welcome""".split()
)
NEUTRAL = frozenset("say tell add state write reply respond ask answer announce according".split())
LOADED = frozenset(
    """
    accuse acknowledge admit allege assert attack blast boast brag charge claim complain concede confess
    contend demand denounce deny deride insist lament lash maintain mock quip rail ridicule scoff slam sneer
    swear threaten vow warn""".split()
)

# base, s, past, participle, ing
IRREGULAR = """
    admit admits admitted admitted admitting | beg begs begged begged begging |
    begin begins began begun beginning | brag brags bragged bragged bragging | burst bursts burst burst bursting |
    cast casts cast cast casting | choose chooses chose chosen choosing |
    commit commits committed committed committing | cut cuts cut cut cutting | dub dubs dubbed dubbed dubbing |
    feel feels felt felt feeling | find finds found found finding | forbid forbids forbade forbidden forbidding |
    forecast forecasts forecast forecast forecasting | foresee foresees foresaw foreseen foreseeing |
    fret frets fretted fretted fretting | go goes went gone going | grin grins grinned grinned grinning |
    hear hears heard heard hearing | hit hits hit hit hitting | hold holds held held holding |
    know knows knew known knowing | label labels labelled labeled labelling | lay lays laid laid laying |
    lie lies lied lied lying | make makes made made making | mean means meant meant meaning |
    nod nods nodded nodded nodding | plan plans planned planned planning |
    prefer prefers preferred preferred preferring | prod prods prodded prodded prodding |
    put puts put put putting | quip quips quipped quipped quipping | quote quotes quoted quoted quoting |
    rap raps rapped rapped rapping | read reads read read reading | rebut rebuts rebutted rebutted rebutting |
    refer refers referred referred referring | regret regrets regretted regretted regretting |
    rip rips ripped ripped ripping | say says said said saying | see sees saw seen seeing |
    seek seeks sought sought seeking | shoot shoots shot shot shooting | show shows showed shown showing |
    shrug shrugs shrugged shrugged shrugging | signal signals signaled signalled signaling |
    sing sings sang sung singing | slam slams slammed slammed slamming | snap snaps snapped snapped snapping |
    sob sobs sobbed sobbed sobbing | speak speaks spoke spoken speaking | spit spits spat spat spitting |
    stand stands stood stood standing | swear swears swore sworn swearing | take takes took taken taking |
    tell tells told told telling | think thinks thought thought thinking |
    understand understands understood understood understanding | weep weeps wept wept weeping |
    write writes wrote written writing"""


class Cue(NamedTuple):
    """One form of a reporting verb or noun: its lemma, its form (base, s, past, ing or noun), and its
    frames."""

    lemma: str
    form: str
    frames: frozenset[str]
    about: frozenset[str] = frozenset()
    about_person: frozenset[str] = frozenset()


def forms(lemma: str) -> dict[str, str]:
    """Give the inflected forms of a verb, each with its name: base, s, past or ing."""
    if lemma in _irregular():
        s, past, participle, ing = _irregular()[lemma]
        return {lemma: "base", s: "s", ing: "ing", participle: "past", past: "past"}
    stem = lemma[:-1] if lemma.endswith("e") else lemma
    if lemma.endswith("y") and lemma[-2] not in "aeiou":
        return {lemma: "base", lemma[:-1] + "ies": "s", lemma[:-1] + "ied": "past", lemma + "ing": "ing"}
    s = lemma + ("es" if lemma.endswith(("s", "sh", "ch", "x", "z")) else "s")
    return {lemma: "base", s: "s", stem + "ed": "past", stem + "ing": "ing"}


@cache
def _irregular() -> dict[str, list[str]]:
    return {verb: rest for verb, *rest in (line.split() for line in IRREGULAR.split("|"))}


@cache
def table() -> dict[str, list[Cue]]:
    """Give every form of every reporting verb, by its first word; verbs of several words ("point out")
    likewise.

    A form maps to one `Cue` per number of words: the word after ("out") stands in its `lemma` behind a blank.
    """
    frames: dict[str, set[str]] = {}
    for frame, verbs in FRAMES.items():
        for verb in verbs.split():
            frames.setdefault(verb.replace("~", " "), set()).add(frame)
    about, about_person = _prepositions(ABOUT), _prepositions(ABOUT_PERSON)
    found: dict[str, list[Cue]] = {}
    for verb in {*frames, *about, *about_person}:
        first, *rest = verb.split()
        taken = frozenset(frames.get(verb, ()))
        for spelling in {first, first[:-3] + "ise"} if first.endswith("ize") else {first}:
            for form, name in forms(spelling).items():
                cue = Cue(verb, name, taken, about.get(verb, frozenset()), about_person.get(verb, frozenset()))
                found.setdefault(form, []).append(cue)
    for many in found.values():
        many.sort(key=lambda cue: -len(cue.lemma.split()))
    return found


def lemma(cue: str) -> str:
    """Give the lemma of a cue as it stands in a text: say for "said", according for "according to", itself
    if unknown."""
    first = cue.lower().split()[0]
    return table()[first][-1].lemma.split()[0] if first in table() else first


@cache
def nouns() -> frozenset[str]:
    """Give the reporting nouns, singular and plural."""
    words = NOUNS.split()
    return frozenset(words) | {word[:-1] + "ies" if word.endswith("y") else word + "s" for word in words}


def _prepositions(lines: str) -> dict[str, frozenset[str]]:
    """Read "verb: preposition preposition | verb: …", a tilde standing for a blank."""
    pairs = (entry.split(":") for entry in lines.split("|"))
    return {verb.strip(): frozenset(word.replace("~", " ") for word in words.split()) for verb, words in pairs}
