"""Capitalised words that are no person's name: places, bodies, days of note, and words that open a sentence."""

PLACES = frozenset(
    """
    afghanistan africa alabama arabia alaska albania algeria america andorra angola antarctica argentina arizona
    arkansas armenia asia atlanta australia austria azerbaijan baghdad bahamas bahrain baltimore bangladesh barbados
    beijing belarus belgium belize benin berlin bhutan bogota bolivia boston botswana brazil britain brooklyn brunei
    brussels bulgaria burma burundi cairo california cambodia cameroon canada caracas chicago chile china cincinnati
    colombia colorado congo connecticut copenhagen croatia cuba cyprus czechia damascus dc delaware delhi denmark
    denver detroit djibouti dominica dubai dublin ecuador edinburgh egypt england eritrea estonia ethiopia europe
    fiji finland florida france gabon gambia gaza geneva germany ghana glasgow greece greenland grenada guantanamo
    guatemala guinea guyana haiti harlem havana hawaii helsinki honduras hungary iceland idaho illinois india
    indiana indonesia iowa iran iraq ireland israel italy jakarta jamaica japan jerusalem kabul kansas kazakhstan
    kentucky kenya korea kosovo kuwait kyrgyzstan laos latvia lebanon lesotho liberia libya lima lisbon lithuania
    london louisiana luxembourg macedonia madrid maine malawi malaysia maldives mali malta manhattan maryland
    massachusetts mauritania mauritius mexico miami michigan minneapolis minnesota mississippi missouri moldova
    monaco mongolia montana montenegro montreal morocco moscow mozambique myanmar namibia nebraska nepal netherlands
    nevada nicaragua niger nigeria norway ohio oklahoma oman ontario oregon orlando oslo ottawa pakistan palestine
    panama paraguay paris pennsylvania peru philadelphia philippines phoenix poland portugal prague qatar quebec
    quito romania rome russia rwanda samoa saudi scotland seattle senegal serbia seychelles shanghai singapore slovakia
    slovenia somalia spain stockholm sudan suriname swaziland sweden switzerland sydney syria taiwan tajikistan
    tanzania tehran tennessee texas thailand togo tokyo toronto tunisia turkey turkmenistan uganda uk ukraine
    uruguay us usa utah uzbekistan vanuatu vatican venezuela vermont vienna vietnam virginia wales warsaw wisconsin
    wyoming yemen zambia zimbabwe""".split()
)
OPENS_PLACE = frozenset(  # New Jersey, South Coast, Lake Worth
    """
    buenos cape central costa county east eastern el fort great greater la lake las los lower middle mount new north
    northeastern northern northwestern port puerto saint san santa santo south southeastern southern southwestern st
    the upper west western""".split()
)
CLOSES_PLACE = frozenset(
    """
    airport avenue bay beach boulevard bridge canyon capitol city coast corner county creek desert district drive
    falls field fields forest garden gardens gulf harbor harbour heights highway hill hills island islands isle lake
    lane mountain mountains ocean park parkway peninsula plaza port prison province quay region republic ridge river
    road sea square states station strait street terrace tower town township trail valley village way wharf""".split()
)
BODY_WORDS = frozenset(
    """
    academy accords accountability act action administration advertiser advisers advisory affairs agencies agency
    agreement airlines airways alliance amendment analysts analytics appeals apps archive archives army arts
    assembly associates association attorneys auditors authority award awards bank banking board book books brief
    brigade broadcasting brothers bureau business cabinet campaign capital caucus center centers centre channel
    chronicle church circuit citizens class clinic club coalition code college commerce commission committee
    communications companies company conference conferences congress congressional constitution convention
    cooperative corp corporation council country court courts credit crime cruise cup customs daily deal debate
    defence defense democracy democratic democrats department digest dispatch division doctrine economy edition
    editors education embassy energy enforcement engineering enterprise enterprises equity examiner exchange express
    fargo farms federation ferries finance financial firm forces forum foundation free front fund gazette girls
    global globe government governments group groups guard guardian guild hall headquarters health herald history
    holdings homeland hospital hotel house immigration inc industries industry initiative inquirer inspectors
    institute institution insurance intelligence international investigations investors jazeera journal journalism
    justice lab labor laboratories laboratory labour law league legislature liberty library lines llc llp ltd
    magazine management marines market markets media meeting memorial merchants ministries ministry mirror mission
    monitor movement museum nation national nations navy network networks news newspaper newspapers newsweek
    observer office officials oil online operations opinion order organisation organization pact palace parliament
    partners partnership party patriots patrol peace people peoples petroleum pharmaceuticals plan plc police policy
    politics poll polls post posts press prize process products program project projects protection public qaeda
    quarterly radio railway record records refugees register relations report reports republicans research reserve
    resources review revolution rights royal rule scandal school schools science sciences secretariat securities
    security senate service services shabaab shop show shows society soldiers solutions speech speeches spokesman
    staff standard star statistics store strategies strategy studies studio studios summit sun supporters survey
    surveys survivors syndicate system systems task taxes team technologies technology telegraph television theater
    theatre times today trade transit travel treasury treaty tribune trust tv union unions united universities
    university veterans voice war watch week weekly women workers works world worldwide yard youth""".split()
)
PEOPLES = frozenset(
    """
    afghan african african-american american arab argentine asian australian austrian belgian black bolivarian
    bolivian brazilian british canadian caribbean catholic chilean chinese christian christians colombian communist
    conservative cuban danish democrat democrats dutch east-european ecuadorian egyptian english european
    evangelical federal finnish french german greek haitian hispanic hungarian icelandic indian indonesian iranian
    iraqi irish islamic israeli italian jamaican japanese jew jewish jews jordanian kenyan korean kurdish latin
    latina latino lebanese liberal libyan marxist mexican moroccan muslim muslims native nazi nicaraguan nigerian
    nordic norwegian orthodox pakistani palestinian panamanian persian peruvian polish portuguese protestant
    puerto-rican republican republicans roman romanian russian saudi scottish serbian shia shiite slovak socialist
    somali soviet spanish sunni swedish swiss syrian taiwanese tea thai tunisian turkish ukrainian vatican
    venezuelan vietnamese welsh white yemeni""".split()
)
NATIONALS = ("americans", "europeans")
EVENTS = frozenset(
    """
    christmas day easter election eve facebook google halloween hanukkah holiday instagram internet ramadan sabbath
    thanksgiving trumpism twitter weekend youtube""".split()
)
OPENERS = frozenset(
    """
    a above according accordingly across actually additionally again against ahead all almost alone already also
    alternatively although always amid amidst among an and another any anybody anyone anything apart apparently
    approximately around as ask asked at away back basically because before behind being below beneath beside
    besides better between beyond both briefly broadly but by call called cc certainly clearly close come compared
    consequently consider conversely countless crucially currently dear derelict despite did do does doesn’t doing
    done don’t down during each early effectively either elsewhere enough especially essentially even eventually
    ever every everybody everyone everything except few fewer finally first following for former fortunately four
    from further furthermore generally get given giving go going good had half happily has have having he hence her
    here his historically hopefully how however i ideally if immediately importantly in incidentally including
    increasingly indeed initially inside instead interestingly ironically is isn’t it its i’ll i’m i’ve just largely
    last late lately later latter least leaving left less let like likewise little long look looking lots made
    mainly make many maybe me meanwhile mention minutes moments more moreover most mostly much my namely naturally
    near nearly neither never nevertheless next no nobody none nonetheless nor not notably nothing notwithstanding
    now obviously of off often oh ok okay on once one only onto opposite or ordinarily other others otherwise ought
    our out outside over overall part particularly past per perhaps plus poor possibly predictably presumably
    previously probably put quick quickly quite rather read really recently regardless relatedly remarkably remember
    right sadly said same say saying see seemingly seven several she short shortly should similarly simply since six
    small so some somebody somehow someone something sometimes somewhere soon speaking specifically starting still
    such suddenly supposedly sure surely surprisingly take taking ten than thank thanks that the their them then
    there thereafter therefore these they think this those though three through throughout thus to today together
    tomorrow tonight too toward towards two typically ultimately under underneath unfortunately unless unlike
    unsurprisingly until unto up upon us use using usually very via was watch we well were what whatever when
    whenever where whereas wherever whether which while who whoever whom whose why will with within without worse
    would yes yesterday yet you your""".split()
)
