"""Names of months in the languages in which sources of English periodicals appear; a date is read as it is printed.

Only names that no English word meets beside a day or a year stand here; English ones are known to `dates`.
"""

from __future__ import annotations

PRINTED = {
    1: "janvier januar enero ocak gennaio janeiro januari",
    2: "f\u00e9vrier fevrier februar febrero \u015fubat febbraio fevereiro februari",
    3: "mars m\u00e4rz marzo mart mar\u00e7o maart marts",
    4: "april avril abril nisan aprile",
    5: "mai mayo may\u0131s maggio maio mei",
    6: "juin juni junio haziran giugno junho",
    7: "juillet juli julio temmuz luglio julho",
    8: "ao\u00fbt aout agosto a\u011fustos augustus",
    9: "september septembre septiembre eyl\u00fcl settembre setembro",
    10: "oktober octobre octubre ekim ottobre outubro",
    11: "november novembre noviembre kas\u0131m novembro",
    12: "december d\u00e9cembre decembre dezember diciembre aral\u0131k dicembre dezembro desember",
}
FOREIGN = {name: number for number, names in PRINTED.items() for name in names.split()}
# Both as French and Spanish print them and as German and Turkish do; longer names first, for a regular expression.
FOREIGN_MONTH = "|".join(sorted({*FOREIGN, *(name.capitalize() for name in FOREIGN)}, key=len, reverse=True))
