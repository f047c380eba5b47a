"""Words that tell what a capitalised phrase is: an organisation, a place, a person with an office, or none of them.

All in folded form. Nothing here names an organisation or a place: those are the gazetteer's.
"""

from __future__ import annotations


def _words(text: str) -> frozenset[str]:
    return frozenset(text.split())


# What an organisation's name ends with, or begins with before "of", "for" or "in"; by the kind of actor it makes.
HEADS: dict[str, frozenset[str]] = {
    "armed_group": _words("""army armies front fronts forces force brigade brigades battalion battalions militia militias guard guards
        guardsmen corps fighters regiment division commandos commando tigers rifles rangers cartel clan gang mafia
        squad squads legion column columns wing cell cells resistance mujahideen mujahidin fedayeen partisans
        insurgents rebels warriors defenders vanguard vanguards volunteers platoon faction bloc phalange phalanges
        self-defense vigilantes jihad hawks falcons lions panthers scouts knights syndicate syndicates outfit
        detachment detachments brotherhood"""),
    "political": _words("""party parties congress league movement movements union alliance alliances coalition coalitions bloc front
        opposition wing platform pact caucus democrats socialists communists republicans"""),
    "government": _words("""ministry ministries government governments council councils parliament assembly senate court courts cabinet
        presidency administration authority authorities department directorate directorates chamber duma legislature
        emirate caliphate treasury prosecutor ombudsman tribunal bundestag knesset majlis"""),
    "state_force": _words("""police gendarmerie constabulary navy airforce coastguard command commands intelligence service services
        bureau agency customs marines armada infantry fleet squadron unit units patrol security carabinieri guard
        brigade battalion corps regiment division force forces staff junta"""),
    "organisation": _words("""organization organizations committee committees commission commissions federation confederation association
        network group groups mission missions community secretariat office conference jirga shura loya society
        societies unions consortium fund taskforce"""),
    "operation": frozenset(["operation", "exercise"]),
}
HEAD_KINDS = {head: kind for kind in reversed(HEADS) for head in HEADS[kind]}
# What an organisation's name in another language begins with.
FOREIGN_HEADS: dict[str, str] = {
    **dict.fromkeys(
        _words("""lashkar lashkare jaish jaysh jaishe jund jundallah jundullah harakat harkat haraka harakatul katibat katiba
        kataib kataeb kateeba liwa liwaa saraya sarayat jabhat jebhat ansar ansarul ansaru firqat faylaq mujahideen
        mujahidin sipah sipahe fath ejercito frente fuerzas forcas comando comandos columna bloque autodefensas armee
        brigadas brigade brigada batallon milices milicia milicias forces front exercito fronte brigate armata primeiro
        tercera guardia cartel clan los banda sangar lashkari fatah fateh asaib asaeb"""),
        "armed_group",
    ),
    **dict.fromkeys(
        _words("""partido partidul parti partito partiya partei hizb hezb hizbul hizbe jamaat jamaa jamaah jemaah jamiat
        jamiatul tehreek tehrik tahrik movimiento movimento mouvement alianza union coalicion rassemblement nahda
        majlis anjuman pasban ittihad tanzim tanzeem islah hayat hayyat"""),
        "political",
    ),
    **dict.fromkeys(
        _words("policia policie gendarmerie guardia fiscalia procuraduria armada marinha garde"), "state_force"
    ),
    **dict.fromkeys(["ministerio", "ministere", "gobierno", "gouvernement", "conseil", "consejo"], "government"),
}
# What is printed in capitals and is no actor: it takes the place names in it along.
THINGS = _words("""agreement agreements accord accords plan plans initiative initiatives corridor school schools university
    universities college academy institute institution foundation center centers war wars day act acts law laws
    constitution treaty treaties summit conference report reports index road protocol protocols declaration charter
    resolution pipeline project projects program programs programme process dialogue talks strategy doctrine framework
    convention roadmap deal cup games festival spring revolution uprising massacre genocide crisis prize award hotel
    bank company corporation corp ltd limited inc plc airlines airways airline mosque church cathedral temple hospital
    stadium theater museum library monument embassy consulate times news post daily herald tribune journal radio tv
    television press gazette observer chronicle mirror monitor review magazine weekly channel broadcasting media
    telegraph standard guardian insider watch project code age era century month quarter week year operationalization
    ring belt highway railway railroad expressway motorway line stock exchange market markets empire dynasty sultanate
    dollar euro peso rial republican ramadan eid christmas easter ashura god war2 mr missile missiles rocket drone
    rifle tank jet fighter-jet system systems compact vision quran bible language article section chapter paragraph
    battle siege offensive incident attack attacks bombing shooting raid""")
# What a place's name ends with.
PLACES_AFTER = _words("""river rivers delta basin sea ocean lake lakes strait straits mountain mountains hills hill range desert forest
    valley plateau plains plain peninsula island islands gulf coast highlands lowlands swamp marshes reef canal dam
    bridge airport port crossing pass refinery gate square camp prison base airbase triangle archipelago bay oasis
    heights falls springs steppe woods park neighborhood quarter village town city district province governorate
    county municipality township prefecture region state oblast department canton division subcounty locality commune
    ward suburb zone borough parish territory territories cape atoll cay shoal wadi junction barracks garrison jail
    penitentiary settlement kibbutz outpost hamlet checkpoint field oilfield""")
# What a place's name begins with.
PLACES_BEFORE = _words("""lake mount mt cape gulf strait straits sea bay isle island islands port fort camp wadi jebel jabal djebel tell
    tall khor koh bab ras horn valley rio rivier nahr shatt umm deir dayr ain ayn beit bayt kafr khan qal qalat puerto
    villa ciudad""")
# The facilities that belong to their name even in small letters: "al-Sina'a prison".
FACILITIES = _words("prison jail camp airport airbase refinery dam barracks base checkpoint")
# Left out of a name, but they say that what stands before is a place.
PLACE_NOUNS = _words("""province provinces district districts governorate governorates village villages town towns city county counties
    township townships municipality municipalities region regions department departments prefecture prefectures oblast
    subdistrict neighborhood neighborhoods area areas state states division commune communes locality suburb hamlet
    settlement parish canton camp camps""")
ADMIN1_NOUNS = frozenset(
    _words("province provinces governorate governorates region regions state states oblast oblasts wilaya wilayat")
)
ADMIN2_NOUNS = _words("""district districts county counties township townships municipality municipalities department departments
    prefecture prefectures subdistrict raion cercle""")
CITY_NOUNS = _words("city cities town towns village villages airport")
COMPASS = _words("""north south east west northern southern eastern western central northeast northwest southeast southwest
    northeastern northwestern southeastern southwestern upper lower greater mid inner outer rural urban downtown""")
# Before a name: an office or rank. What follows is a person; the word is left out of the name.
OFFICES = _words("""president presidents minister ministers premier chancellor general gen lieutenant lt colonel col major maj
    captain capt brigadier brig admiral adm commander commanders cmdr sergeant sgt marshal field chief chiefs leader
    leaders emir amir spokesman spokesperson spokeswoman spokesmen governor governors gov senator sen representative
    rep ambassador envoy secretary director deputy vice prime foreign interior defense justice finance information
    culture king queen prince crown princess emperor sultan sheikh shaykh shaikh sheik mullah mulla maulana maulawi
    mawlawi mufti ayatollah hojatoleslam imam qari hafiz haji hajji sayyid sayed seyyed pastor bishop archbishop
    cardinal pope father reverend rev rabbi dr doctor professor prof mr mrs ms sir dame lord lady judge justice
    attorney prosecutor mayor councillor councilor congressman congresswoman lawmaker legislator warlord ideologue
    cleric preacher militant jihadist operative financier founder cofounder analyst analysts journalist activist
    politician dissident businessman tycoon oligarch kingpin boss strongman dictator ruler rebel comandante general
    jefe opposition candidate successor brother son daughter wife sister cousin nephew father named called alias aka
    nicknamed supremo don capo ustad ustaz mwalimu baba tata comrade""")
# Of them, those that stay where the name would else be one word.
HONORIFICS = _words("""sheikh shaykh shaikh sheik mullah mulla maulana maulawi mawlawi mufti ayatollah imam qari hafiz haji hajji
    sayyid pastor bishop king queen prince princess pope ustad ustaz comandante mwalimu""")
# Small words inside a name of a person.
PARTICLES = frozenset(
    _words("al el ul ur ud bin ibn bint ben de da do dos del der den van von la le abu abd ould wuld ag e")
)
# Small words inside a name of an organisation.
LINKS = frozenset(
    _words("of for and the al el de del la las los du des do da dos das e y et i ul ur wal wa bil fi li lil")
)
# What begins a sentence and no name.
OPENERS = _words("""the a an in on at by for from with without to of as and but or nor yet so if when while where who whom whose
    which what why how that this these those there here it its he his she her they their them we our us i my you your
    although though because since until unless after before during despite amid among between against beyond under over
    above below through throughout across outside inside around about along within upon toward towards into onto off out up down near
    next then thus hence therefore however moreover furthermore additionally meanwhile nevertheless nonetheless instead
    indeed likewise similarly conversely consequently accordingly subsequently previously recently currently initially
    finally eventually ultimately lastly firstly secondly thirdly first second third last later earlier today yesterday
    tomorrow now once again also still even only just not no none neither either both each every all any some many most
    more much few several other others another such same one two three four five six seven eight nine ten given
    according following including regarding concerning considering notably specifically particularly especially
    generally typically usually often sometimes never always perhaps maybe rather whereas whether like unlike besides
    apart due owing per via versus is are was were be been being has have had do does did will would can could may might
    must shall should let yes former late new old local senior top many key ex anti pro non post pre
    ironically crucially importantly interestingly unfortunately fortunately clearly obviously apparently reportedly
    allegedly arguably together elsewhere everywhere meantime afterward afterwards thereafter overall officially
    publicly privately internationally regionally domestically militarily politically economically historically
    january february march april june july august september october november december monday tuesday wednesday thursday
    friday saturday sunday""")
SPEECH = _words("""said says told tells claimed claims stated states announced argued argues warned warns added adds noted notes
    declared vowed pledged ordered denied insisted urged accused acknowledged confirmed explained promised threatened
    appeared resigned fled says is will would did does died met visited appointed dismissed fired commanded led founded was has had served became
    joined defected replaced succeeded returned spoke wrote reiterated emphasized stressed rejected criticized praised
    condemned admitted described called signed took himself herself""")
LOCATIVES = _words("in at near from around outside inside toward towards between to of via through across")
MONTHS = _words("january february march april may june july august september october november december")
HEADS_OF = _words("house board league sons soldiers")  # organisations only before "of"
AUXILIARIES = _words("has had was is will would did does")
FIGHTERS = _words("""fighters militants militant rebels insurgents guerrillas gunmen members cadres factions faction militia militias
    group groups movement loyalists supporters activists commanders commander operatives forces leadership troops
    combatants recruits cells affiliate affiliates leader leaders spokesman militiamen jihadists terrorists""")
# Words of which alone no organisation's name is made: "Armed Forces", "Special Units".
GENERIC = _words("""armed security special air joint local foreign general high main new public""")
# Acronyms and last words of explained phrases that are no actors.
NO_ACTORS = _words(
    """ied ieds uav uavs gdp ngo ngos tv usd covid vip suv rpg rpgs hiv aids idp idps cctv gps sms pdf html http https
    ceo sos pow pows wmd wmds ak svbied svbieds vbied vbieds manpads ssr ddr cve pve lng lpg ict iot ai id ids dna faq
    usa uk eu un areas area understanding destruction product products device devices vehicle vehicles weapons rights
    aircraft zone zones system systems management syndrome disease virus fuel gas oil dollars dollar currency index ltd
    person persons people peoples tax income utc gmt est gb mb km kg mph"""
)
# Peoples, tongues and faiths whose fighters are no organisation.
PEOPLES = _words(
    """tuareg tuaregs fulani fulanis peul hausa hausas igbo yoruba kanuri dogon bambara songhai toubou tebu zaghawa
    masalit fur nuer dinka shilluk murle hutu hutus tutsi tutsis hema lendu banyamulenge luo kikuyu kalenjin oromo
    oromos amhara amharas tigrayan tigrayans tigrinya afar afars somali somalis sidama gumuz anuak arab arabs berber
    berbers amazigh kabyle sahrawi bedouin bedouins kurd kurds kurdish yazidi yazidis yezidi turkmen turkoman assyrian
    druze alawite alawites maronite copt copts coptic sunni sunnis shia shias shiite shiites shi'a sufi sufis salafi
    salafis salafist salafists wahhabi wahhabis deobandi barelvi ahmadi ahmadis ismaili zaydi zaidi ibadi hazara hazaras
    pashtun pashtuns pathan pathans tajik tajiks uzbek uzbeks baluch baloch baluchi balochi brahui sindhi sindhis
    punjabi punjabis mohajir mohajirs muhajir kashmiri kashmiris sikh sikhs hindu hindus muslim muslims christian
    christians jew jews jewish catholic catholics protestant protestants orthodox buddhist buddhists uyghur uyghurs
    uighur uighurs tibetan tibetans han hui mongol mongols kazakh kazakhs chechen chechens ingush dagestani dagestanis
    circassian tatar tatars avar avars ossetian ossetians abkhaz armenian azeri azeris rohingya rohingyas karen karens
    karenni kachin kachins shan chin chins mon wa kokang bamar burman rakhine arakanese moro moros malay malays papuan
    papuans tamil tamils sinhalese naga nagas bodo bodos meitei kuki kukis mizo assamese bengali bengalis maoist maoists
    marxist leninist islamist islamists jihadist jihadists takfiri anglophone anglophones francophone francophones
    ambazonian ambazonians biafran biafrans basque catalan corsican roma gypsy mapuche maya quechua aymara miskito garifuna
    western african asian european arabian balkan caucasian latin eastern northern southern central nationalist"""
)
# Offices that only describe another: no name follows them directly.
MODIFIERS = _words(
    """deputy vice prime foreign interior defense justice finance information culture field opposition rebel crown
    attorney militant jihadist candidate rep dame lady judge don capo baba tata son daughter wife sister cousin nephew
    supreme named called alias aka nicknamed"""
)
# Before a name that something is aimed at.
BEFORE_TARGETS = _words(
    """on against over behind beyond above below attacked attack raided stormed seized captured besieged retook bombed
    shelled entered reached left took take hold holds held occupied visited visit toured lost overran abandoned
    liberated recaptured control controls controlled"""
)
# Who rules in a capital.
RULERS = _words("regime government authorities junta administration rulers elites")
# What states do.
METONYM_VERBS = _words(
    """said says accused denies denied insists insisted claims claimed believes believed wants wanted hopes hoped fears
    feared refused refuses agreed agrees announced announces argues argued blames blamed calls called watches watched
    offered offers promised promises supports supported backs backed rejects rejected responded responds sees views
    considers considered worries warned warns demands demanded decided decides has had is was will would recalled
    expelled sent condemned"""
)
# Behind "Iraqi military": what is then spoken of is not the force.
OF_FORCES = _words(
    """source sources official officials operation operations aid assistance base bases rule intervention outpost
    outposts budget spending equipment academy coup court courts vehicle vehicles aircraft presence hardware camp camps
    barracks uniform uniforms helicopter helicopters convoy convoys checkpoint checkpoints headquarters training
    cooperation intelligence government regime analyst analysts expert experts"""
)

# Unions of the above, made once: they are asked of every word.
TITLES = OFFICES - MODIFIERS  # offices that stand before a person's name
