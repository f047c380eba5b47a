"""The vocabulary of an invented country: Zarovia, its harbours, factions, newspapers and people."""

from __future__ import annotations

PUBLICATIONS = (
    ("Zarovia Monitor", "In-Depth Reports on the Lake Provinces"),
    ("Straits Observer", "Analysis of Armed Politics between Two Seas"),
    ("Highland Conflict Review", "Militancy, Trade and Truces in the Upper Valleys"),
    ("Delta Security Letter", "A Fortnightly Reading of the River War"),
)
VOLUMES = ("II", "IV", "IX", "XI", "XIV", "XVIII", "XX")
FIRST_NAMES = (
    "Ḥasan", "Nurlan", "Søren", "Façal", "Agnieszka", "Mộng", "Tomás", "Elif", "Ioana", "Ṭāriq", "Jonas", "Maren",
    "Kwabena", "Lucía", "Pavel", "Yasmin", "Henrik", "Odile", "Ruslan", "Ingrid", "Samir", "Beatriz",
)  # fmt: skip
LAST_NAMES = (
    "Benʿattar", "Lindqvist", "Ağaoğlu", "Żółkiewska", "al-Ṭarmūnī", "Echeverri", "Nguyễn", "Øverland", "Dellmann",
    "Ashgrove", "Marroquín", "Toweh", "Castellane", "Farouqi", "Ostrander", "Vanterpool", "Halloway", "Ibragimov",
    "van der Meulen", "Quispe", "Raʾisi", "Petrović",
)  # fmt: skip
PLACES = (
    "Old Harbour", "Karvan", "Çatak", "the Øre canal", "Ṭarmūn", "the Salt Quay", "Bellaford", "Upper Jadra",
    "the Muḥsin district", "Lower Jadra", "the Reed Islands", "Fjordby", "Point Offa", "the Affluence valley",
    "Saint-Léonce", "the Ẓahra plateau", "Ninefields", "the Gulf of Merrow",
)  # fmt: skip
GROUPS = (
    ("the River League", "RL"),
    ("the Salt Front for Self-Rule", "SFSR"),
    ("Ḥarakat al-Fajr", "حركة الفجر"),
    ("the Office for Harbour Affairs", "OHA"),
    ("Jaysh al-Nahr", "جيش النهر"),
    ("the Confederation of Lock-Keepers", "CLK"),
    ("the Free Ferrymen", "FF"),
    ("Liwāʾ al-Ṣabr", "لواء الصبر"),
    ("the Provisional Dike Authority", "PDA"),
    ("the Upland Volunteers", "UV"),
)
PAPERS = (
    "Karvan Courier", "Delta Post", "The Lowland Times", "Harbour Gazette", "Al-Marsā", "Le Fanal de Bellaford",
    "jadra.net", "Twitter/@harbourwatch", "Salt & Tide", "Reed Island Radio", "L'Écho du Phare", "Zarovia24.com",
    "Upland Tribune", "The Affluence Herald", "Ṣawt al-Nahr", "Fjordby Avis", "Office of the Ombudsman, Karvan",
)  # fmt: skip
PUBLISHERS = (
    "Lowland Observatory", "Merrow University Press", "Institute for Harbour Studies", "Ministry of Dikes",
    "Fjordby Council on Foreign Affairs",
)  # fmt: skip
WORKS = (
    "The Affairs of the Reed Islands", "A Difficult Peace", "Ferries, Tariffs and Rifles", "Who Governs the Locks?",
    "Conflict Finance on the Øre", "Truces That Hold", "Officers Without an Army", "Waterways of the Upper Jadra",
)  # fmt: skip
SUBJECTS = (
    "the interim council", "a spokesman for the fleet's co-owners", "the newly formed dredging ministry",
    "every district officer", "a former quartermaster", "the five-member committee", "local traffickers",
    "the harbour-master's deputy", "officials close to the talks", "an affiliate of the movement",
    "the second of the two delegations", "a sub-commander known only as “the Ferryman”", "the truce's guarantors",
    "the customs office", "a coalition of grain merchants", "three of the lock-keepers",
)  # fmt: skip
VERBS = (
    "announced", "postponed", "refused to ratify", "quietly financed", "re-examined", "documented", "underestimated",
    "condemned", "tried to block", "reaffirmed", "offered to mediate", "claimed credit for", "dismissed", "confiscated",
    "acknowledged", "redefined",
)  # fmt: skip
OBJECTS = (
    "the transfer of four river gunboats", "a long-delayed registration of small arms", "the reopening of the flotilla's yard",
    "an anti-dredging petition", "the mid-winter offensive", "a face-saving timetable for withdrawal",
    "the co-ordination of checkpoints along the dike", "compensation for some 1,200 flooded households",
    "a fifty-fifty division of the ferry tariffs", "the cross-border traffic in diesel fuel",
    "an inefficient but popular food subsidy", "the arrest of eleven ex-combatants",
    "the official figure of 3.5 million displaced", "a non-aggression pact with the uplanders",
    "the suspension of Article 14", "rumours of a second front",
)  # fmt: skip
CIRCUMSTANCES = (
    "before the first snow", "despite considerable opposition", "after nine hours of talks", "in the spring of 2019",
    "although implementation remained uneven", "while neighbouring governments looked on", "at a cost of $4.2 million",
    "without waiting for the observers' findings", "under pressure from creditors", "as the memorandum requires",
    "in what Dr. Vell called a “breathtaking” reversal", "for the third time in a decade",
    "with the help of U.S. and E.U. advisers", "on both banks of the river", "in defiance of the cease-fire",
    "roughly 40 km from the nearest barracks",
)  # fmt: skip
CLAUSES = (
    "which few observers had expected", "who had fled the coast in 2014", "whose treasury was kept abroad",
    "a step that baffled its allies", "the first such move since the flood",
)  # fmt: skip
CONNECTIVES = (
    "In addition,", "By contrast,", "At the same time,", "Even so,", "For its part,", "A few weeks later,",
    "According to witnesses,", "As a result,", "Privately, however,", "In the affected villages,",
)  # fmt: skip
SPEECHES = (
    "We were offered flour and given rifles", "Nobody counts boats at night", "The dike is our only constitution",
    "If the office closes, the ferries stop", "There is no difference between a toll and a tax",
)  # fmt: skip
PLAIN_PARENTHESES = (
    "(about $1,900 a month)", "(a claim made in May 2019)", "(whose share is 40 percent)", "(see below)",
    "(alias Abu Fāris)", "(the so-called “fifth lock”)",
)  # fmt: skip
COMPOUNDS = (
    "ethno-separatist", "reed-cutting", "toll-gatherer", "semi-submerged", "north-facing", "blue-collar",
    "dual-purpose", "ferry-borne", "self-styled", "well-informed", "two-thirds", "tax-free", "quasi-judicial",
)  # fmt: skip
HEADS = (
    "The Road to the Locks", "Tariffs and Traffic", "What the Ferrymen Want", "A Fifth Front?", "Finance and Fuel",
    "The Office and Its Officers", "Regional Stakes", "Outlook", "Conclusion", "The Iraq-Zarovia Comparison",
    "Old Allies, New Rivals", "Truce or Cease-Fire?", "Affiliates Abroad",
)  # fmt: skip
TITLE_STARTS = (
    "Salt and Rifles", "The Ferrymen's Gamble", "A Truce on the Øre", "Ḥarakat al-Fajr's Second Winter",
    "Who Keeps the Locks", "The Office Strikes Back", "Counting the Boats", "Why the River League Waits",
    "Traffic, Tolls and Trust", "The Offensive That Was Not", "Karvan's Quiet Councillors", "Beyond the Reed Islands",
)  # fmt: skip
TITLE_ENDS = (
    "How a Harbour Dispute Became a War", "The Finances of a Divided Front", "Lessons from the Ninefields Affair",
    "Can the Cease-Fire Survive Its Sponsors?", "Counter-Smuggling in Upper Jadra", "The Limits of Self-Rule",
)  # fmt: skip
BIOS = (
    "is a senior fellow at the Lowland Observatory and the author of “Truces That Hold”.",
    "writes on river trade and armed politics. Her work has appeared in Salt & Tide and elsewhere.",
    "is an independent analyst based in Fjordby, where he teaches at the School of Foreign Affairs.",
    "holds a doctorate in conflict studies from Merrow University. His research focuses on finance.",
    "is a former customs officer who now advises the Institute for Harbour Studies.",
)
EXPLANATIONS = (
    "The figure leaves out the villages of the east bank, for which no office kept count.",
    "Different spellings of the name are in use; the one preferred here is that of the movement's own statements.",
    "Ferry tariffs were fixed in 1998 and have been raised twice since, most recently by 4.5 percent.",
    "Both sides dispute this account, and the first findings of the joint committee were never published in full.",
    "The flotilla is said to have had nine boats before the flood; no more than five were seen afterwards.",
)
CAPTION_TEXTS = (
    "Ferries at the Salt Quay after the first night of the truce (source: Lowland Observatory)",
    "A checkpoint on the dike road near Ninefields",
    "The official opening of the fifth lock, attended by both delegations",
)
SIDEBARS = (
    ("Who Is Who in the Harbour", "The Office answers to the interim council; its officers do not. Ferrymen pay both."),
    ("Key Dates", "The flood came in March, the truce in May, and the first offensive in the week after the harvest."),
    ("Five Figures", "Nine boats, 1,200 households, four gunboats, eleven arrests and one fifty-fifty division."),
)
TABLES = (
    (("Port", "2019", "2020"), ("Old Harbour", "1,204", "988"), ("Salt Quay", "310", "455"), ("Fjordby", "77", "81")),
    (("Faction", "Boats", "Men"), ("River League", "9", "640"), ("Free Ferrymen", "22", "180")),
)  # fmt: skip
