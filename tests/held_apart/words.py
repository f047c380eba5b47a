"""The invented world the issues are about: waterways, ferries and customs houses of countries on no map."""

from __future__ import annotations

PLACES = """Halmar|Port Almeyra|Osterøy Sound|the Brackwater estuary|Kłodzin|Saint-Égide|the Lower Tarn|Ḥalfāya|Vesterholm
Carrefour-des-Eaux|Quayle Bay|the Narrows of Ottl|Çeşmeli|the Isle of Ruan|Upper Dvina Lock|Puerto Íñigo|Old Marrow""".replace(
    "\n", "|"
).split("|")
BODIES = """the Harbour Board|the Ferrymen’s Union|the Inland Waterways Office|the Joint Dredging Commission|the customs service
the Ministry of Fisheries|the Association of Lock-Keepers|the Coastal Brigade|the Pilots’ Guild|the Upstream Council
the Salt Merchants’ League|the Free Haul Movement (FHM)|the River Police|the Board of Soundings""".replace(
    "\n", "|"
).split("|")
PEOPLE = """Ilse Brandvik|Tadeusz Wójcik|Renée Ouellet|Màiri MacAskill|João Figueirôa|Sükrü Dağdelen|Anders af Ugglas
Zdeňka Horáková|Pádraig Ó Floinn|Ngozi Effiong|Marit van der Zwaag|Dag Øyvind Lie|Esma Çelikkol|Fernand Baqué""".replace(
    "\n", "|"
).split("|")
THINGS = """freight tolls|lamp oil|the winter ferries|river pilots|grain barges|smuggled flour|dredging licences|sluice repairs
fishing quotas|the coffin ships|quarantine flags|coal lighters|buoy maintenance|tidal surveys|salvage rights|offshore moorings""".replace(
    "\n", "|"
).split("|")
ACTS = """suspended|renegotiated|financed|classified as secret|quietly abolished|affirmed|rescheduled|auctioned off|confiscated
underestimated|transferred to contractors|simplified|certified|offloaded|flooded with complaints|refurbished""".replace(
    "\n", "|"
).split("|")
QUALITIES = """long-delayed|half-finished|self-styled|low-lying|inefficient|flat-bottomed|second-hand|ill-fated|cross-channel|unaffordable
publicly owned|state-of-the-art|well-guarded|deep-draught|ineffective|short-lived|first-class|off-season""".replace(
    "\n", "|"
).split("|")
SENTENCES = (
    "In {month}, {body} {act} {things} between {place} and {place2}, which nobody on the quays had expected so early in the season",
    "The {quality} arrangement had been drafted in {place} by {person}, a former pilot who never hid his doubts about {things}",
    "Officials of {body} insist that {things} are a matter for the provinces, although the treaty of {old} says otherwise",
    "“We were told to wait for the tide, and the tide was told to wait for us,” said {person} at a hearing in {place}",
    "Roughly {percent} percent of {things} now pass through {place}, compared with barely {few} percent a decade ago",
    "What began as a quarrel over {things} has become a test of whether {body} can govern {place} at all",
    "{Body} has answered with {quality} patrols, a hotline for skippers and a fund of ${millions} million for {things}",
    "None of this would matter much if {place} were not the only deep harbour within {miles} miles of the frontier",
    "The figures are contested: {body} counts {hundreds} vessels, the insurers {hundreds2}, and the villagers along the dike laugh at both",
    "By contrast, {place2} has kept its {quality} locks open through three floods and a strike, and the difference is beginning to show",
    "Behind the dispute stands {person}, whose office in {place} issues certificates that are accepted everywhere and checked nowhere",
    "Moreover, the {quality} barges that carry {things} are registered abroad, so that neither {body} nor the courts can seize them",
    "It is difficult to find a family in {place} that has not lost somebody’s savings, or somebody’s boat, to {things}",
    "Since {old}, at least {few} governments have promised to deepen the channel; the channel has meanwhile filled by {feet} feet",
    "Even so, the commissioners who met in {place} chose the softest of the four formulas before them and adjourned for lunch",
    "The effect was immediate: offices closed, fees trebled, and {things} were {act} within a fortnight of the first notice",
    "A confidential memorandum, seen by this author, describes {things} as “sufficiently profitable to be nobody’s fault”",
    "{Person}, who chairs the working group, offered to resign twice and was twice persuaded to stay until the ice had gone",
    "Further downstream the picture differs again, since {body} there depends on {things} for almost a third of its revenue",
    "The opposition has called the scheme unworkable, unfair and, in a leaflet handed out in {place}, un-nautical",
    "There is a simpler explanation, however, and it lies in the {quality} contracts that {body} signed in {month} {old}",
    "Those who remember the blockade of {old} compare it with today’s queues and find that the queues are better organised",
    "For now, {place} and {place2} share one harbour master, two tariffs and no fewer than {few} interpretations of the law",
    "Yet the longer {things} remain {act}, the more likely it becomes that skippers will simply sail past {place} at night",
)
HEADS = (
    "A Harbour Without a Master",
    "Tolls and Their Collectors",
    "What the Soundings Show",
    "Conclusion",
    "The Floods of the Eighties",
    "Who Pays for the Buoys?",
    "Offices, Officers and Affidavits",
    "Background",
    "The View from Upstream",
    "Winter Traffic",
)
TITLES = (
    "Who Owns the Ferry at {place}?",
    "After the Ice: {body} Looks for a New Channel",
    "The Quiet Return of the River Pilots",
    "Flour, Fuel and Forged Seals: Smuggling around {place}",
    "Why {place} Cannot Afford Its Own Lighthouses",
    "A Treaty for Five Rivers and Four Languages",
    "Counting Barges, Discounting Risks",
    "The Customs War That Nobody Declared",
    "Strikes, Sluices and the Price of Salt",
)
BRIEF_TITLES = (
    "Pilots in {place} Return to Work",
    "{place} Reopens Its Eastern Lock",
    "Ferry Licences Withdrawn in {place}",
    "New Charts for {place}",
    "Court in {place} Frees Two Skippers",
)
OUTLETS = (
    ("The Brackwater Mail", "https://www.brackwatermail.example/"),
    ("Oster Tidende", "https://ostertidende.example/nyheter?id=4711"),
    ("al-Sahil", "https://al-sahil.example/ar/2/"),
    ("Kestrel News Agency", "https://kestrel.example/wire"),
    ("La Gaceta de Almeyra", "https://gaceta.example/puerto"),
    ("Halmar Courier", "https://halmarcourier.example/a-b_c/~desk"),
    ("Ministry of Waterways, Press Service", "https://gov.example/press"),
    ("Twitter/@quaywatch", "https://twitter.com/quaywatch"),
    ("lockkeeper.example", "https://lockkeeper.example/"),
    ("Reuters", "https://www.reuters.com/"),
)
WORKS = (
    ("Dredging and Its Discontents", "Journal of Fluvial Affairs"),
    ("Tariffs on the Tarn, 1880–1914", "Customs Review"),
    ("Fluid Sovereignty: Notes on Buffer Rivers", "Northern Law Quarterly"),
    ("The Pilot’s Dilemma", "Harbour Studies"),
)
BOOKS = ("Ships That Pass at Night", "Sluice and State", "The Economics of Ebb", "A Short History of Fog Signals")
HOUSES = (
    "Halmar: Northmole Press",
    "Cambridge: Fenland University Press",
    "Tidewater Books",
    "Vesterholm: Skipsforlag",
)
POSTS = (
    "Department of Maritime History, University of Halmar",
    "Institute for Inland Navigation, Vesterholm",
    "Senior Fellow, Centre for Coastal Policy",
)
BIOS = (
    "{name} is a lecturer in river law at the University of Halmar. {pronoun} latest book deals with the pilots of the Tarn.",
    "{name} writes on ports and customs for several newspapers and lives on a barge near Vesterholm.",
    "{name} is a senior fellow at the Centre for Coastal Policy in Port Almeyra.",
    "{name} holds a doctorate in economic history and advises the Association of Lock-Keepers on tariffs.",
)
CAPTIONS = (
    "Coal lighters waiting below the eastern lock, photographed from the old customs house.",
    "The harbour office after the flood, with the water mark of 1953 still visible above the door.",
    "Grain barges at first light; the pilots’ station is the white building on the left.",
)
TABLE_HEADS = (("Harbour", "Vessels", "Tolls, $m"), ("Lock", "Opened", "Draught, ft"))
