"""The capitals of countries: a capital is the city before it is the province, and may stand for its government."""

from __future__ import annotations

_ROWS = """
AD Andorra la Vella|AE Abu Dhabi|AF Kabul|AL Tirana|AM Yerevan|AO Luanda|AR Buenos Aires|AT Vienna|AU Canberra|AZ Baku
BA Sarajevo|BD Dhaka|BE Brussels|BF Ouagadougou|BG Sofia|BH Manama|BI Gitega|BI Bujumbura|BJ Porto-Novo|BJ Cotonou
BN Bandar Seri Begawan|BO La Paz|BO Sucre|BR Brasília|BT Thimphu|BW Gaborone|BY Minsk|BZ Belmopan|CA Ottawa|CD Kinshasa
CF Bangui|CG Brazzaville|CH Bern|CI Abidjan|CI Yamoussoukro|CL Santiago|CM Yaoundé|CN Beijing|CO Bogotá|CR San José
CU Havana|CV Praia|CY Nicosia|CZ Prague|DE Berlin|DJ Djibouti City|DK Copenhagen|DO Santo Domingo|DZ Algiers|EC Quito
EE Tallinn|EG Cairo|ER Asmara|ES Madrid|ET Addis Ababa|FI Helsinki|FJ Suva|FR Paris|GA Libreville|GB London|GE Tbilisi
GH Accra|GM Banjul|GN Conakry|GQ Malabo|GR Athens|GT Guatemala City|GW Bissau|GY Georgetown|HN Tegucigalpa|HR Zagreb
HT Port-au-Prince|HU Budapest|ID Jakarta|IE Dublin|IL Jerusalem|IL Tel Aviv|IN New Delhi|IN Delhi|IQ Baghdad|IR Tehran
IS Reykjavik|IT Rome|JM Kingston|JO Amman|JP Tokyo|KE Nairobi|KG Bishkek|KH Phnom Penh|KM Moroni|KP Pyongyang|KR Seoul
KW Kuwait City|KZ Astana|KZ Nur-Sultan|LA Vientiane|LB Beirut|LK Colombo|LR Monrovia|LS Maseru|LT Vilnius
LU Luxembourg City|LV Riga|LY Tripoli|MA Rabat|MC Monaco|MD Chisinau|ME Podgorica|MG Antananarivo|MK Skopje|ML Bamako
MM Naypyidaw|MM Nay Pyi Taw|MN Ulaanbaatar|MR Nouakchott|MT Valletta|MU Port Louis|MV Malé|MW Lilongwe|MX Mexico City
MY Kuala Lumpur|MZ Maputo|NA Windhoek|NE Niamey|NG Abuja|NI Managua|NL The Hague|NL Amsterdam|NO Oslo|NP Kathmandu
NZ Wellington|OM Muscat|PA Panama City|PE Lima|PG Port Moresby|PH Manila|PK Islamabad|PL Warsaw|PS Ramallah|PT Lisbon
PY Asunción|QA Doha|RO Bucharest|RS Belgrade|RU Moscow|RW Kigali|SA Riyadh|SB Honiara|SD Khartoum|SE Stockholm
SG Singapore|SI Ljubljana|SK Bratislava|SL Freetown|SN Dakar|SO Mogadishu|SR Paramaribo|SS Juba|SV San Salvador
SY Damascus|SZ Mbabane|TD N'Djamena|TG Lomé|TH Bangkok|TJ Dushanbe|TL Dili|TM Ashgabat|TN Tunis|TR Ankara
TT Port of Spain|TW Taipei|TZ Dodoma|UA Kyiv|UA Kiev|UG Kampala|US Washington|UY Montevideo|UZ Tashkent|VE Caracas
VN Hanoi|XK Pristina|YE Sanaa|ZA Pretoria|ZM Lusaka|ZW Harare
"""
# (country code, capital as printed in English)
CAPITALS = tuple((row[:2], row[3:]) for line in _ROWS.split("\n") for row in line.split("|") if row)
