"""Hostile files whose frame is wrong: cross references, object streams, page trees, labels, encryption."""

from __future__ import annotations

import struct
import zlib
from io import BytesIO
from typing import Any

from fpdf import FPDF
from fpdf.enums import EncryptionMethod
from reportlab.pdfgen.canvas import Canvas

from tests.ingest_guard.raw_pdf import (
    CATALOG,
    CONTENTS,
    FONT,
    PAGE,
    SENTENCE,
    flate,
    objects,
    repeated,
    sound_pdf,
    stream,
    write_pdf,
)

MEGABYTE = 1024 * 1024


def xref_stream_pdf(entries: bytes, *, data: bytes | None = None, packed: dict[int, bytes] | None = None) -> bytes:
    """Return a PDF with a cross-reference stream, which has `entries` on top of its own and perhaps other `data`.

    Objects in `packed` are kept in an object stream, number 8.
    """
    out = bytearray(b"%PDF-1.7\n")
    rows: dict[int, tuple[int, int, int]] = {0: (0, 0, 255)}
    bodies = objects()
    if packed:
        head = b" ".join(b"%d 0" % number for number in packed)
        bodies = {n: body for n, body in bodies.items() if n not in packed}
        bodies[8] = stream(
            head + b" " + b" ".join(packed.values()), b"/Type /ObjStm /N %d /First %d" % (len(packed), len(head) + 1)
        )
        rows |= {number: (2, 8, at) for at, number in enumerate(packed)}
    for number, body in bodies.items():
        rows[number] = (1, len(out), 0)
        out += b"%d 0 obj\n" % number + body + b"\nendobj\n"
    start = len(out)
    rows[9] = (1, start, 0)
    table = b"".join(struct.pack(">BIB", *rows.get(number, (0, 0, 0))) for number in range(10))
    own = b"/Type /XRef /Size 10 /Root 1 0 R "
    own += b"" if b"/W " in entries else b"/W [1 4 1] "
    out += b"9 0 obj\n" + stream(table if data is None else data, own + entries.replace(b"START", b"%d" % start))
    return bytes(out) + b"\nendobj\nstartxref\n%d\n%%%%EOF\n" % start


def xref_stream_sound() -> bytes:
    """Return a sound PDF of the newer form, with two objects in an object stream."""
    return xref_stream_pdf(b"", packed={3: PAGE, 5: FONT})


def xref_stream_wide() -> bytes:
    """Return cross references whose fields are two thousand million bytes wide."""
    return xref_stream_pdf(b"/W [1 2000000000 1] ")


def xref_stream_negative() -> bytes:
    """Return cross references of fields narrower than nothing."""
    return xref_stream_pdf(b"/W [-1 -4 -1] /Index [0 -5] ")


def xref_stream_index() -> bytes:
    """Return cross references that announce two thousand million objects."""
    return xref_stream_pdf(b"/Index [0 2000000000] ")


def xref_stream_no_width() -> bytes:
    """Return two thousand million entries of no bytes at all."""
    return xref_stream_pdf(b"/W [0 0 0] /Index [0 2000000000] ")


def xref_stream_prev_itself() -> bytes:
    """Return a cross-reference stream that names itself as the one before."""
    return xref_stream_pdf(b"/Prev START ")


def xref_stream_bomb() -> bytes:
    """Return cross references of 300 megabytes in a few kilobytes."""
    return xref_stream_pdf(b"/Filter /FlateDecode ", data=repeated(b"\0", 300))


def object_stream_many() -> bytes:
    """Return an object stream that announces two thousand million objects."""
    return xref_stream_pdf(b"", packed={3: PAGE, 5: FONT}).replace(b"/N 2 /First 8", b"/N 2000000000 /First 8")


def object_stream_in_itself() -> bytes:
    """Return an object stream that is one of its own objects."""
    return xref_stream_pdf(b"", packed={3: PAGE, 5: FONT, 8: b"<< /Type /ObjStm >>"}).replace(b"8 0 obj", b"7 0 obj")


def object_stream_extends_itself() -> bytes:
    """Return an object stream that goes on in itself."""
    return xref_stream_pdf(b"", packed={3: PAGE, 5: FONT}).replace(b"/First 8", b"/First 8 /Extends 8 0 R")


def xref_count() -> bytes:
    """Return a cross-reference table that announces two thousand million lines."""
    return sound_pdf().replace(b"xref\n0 6", b"xref\n0 2000000000")


def xref_numbers() -> bytes:
    """Return a cross-reference table that starts at the largest of numbers."""
    return sound_pdf().replace(b"xref\n0 6", b"xref\n%d 6" % 2**63)


def start_beyond_end() -> bytes:
    """Return a file whose table is said to stand far behind its end."""
    head, _, _ = sound_pdf().rpartition(b"startxref\n")
    return head + b"startxref\n99999999999999999999\n%%EOF\n"


def start_before_begin() -> bytes:
    """Return a file whose table is said to stand before its beginning."""
    head, _, _ = sound_pdf().rpartition(b"startxref\n")
    return head + b"startxref\n-1\n%%EOF\n"


def offsets_exchanged() -> bytes:
    """Return a file in which each object is said to stand where another does."""
    data = sound_pdf()
    start = data.rindex(b"xref\n0 6\n")
    lines = data[start:].split(b"\n")
    lines[3:8] = lines[4:8] + lines[3:4]
    return data[:start] + b"\n".join(lines)


def prev_pair() -> bytes:
    """Return two cross-reference tables that are each the one before the other."""
    data = sound_pdf()
    first = data.rindex(b"xref\n0 6")
    second = len(data) + 60
    data = data.replace(b"/Root 1 0 R ", b"/Root 1 0 R /Prev %d " % second, 1)
    shift = len(data) - len(sound_pdf())
    data += b" " * (second - len(data))
    data += b"xref\n0 0\ntrailer\n<< /Size 6 /Root 1 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n" % (first, second)
    return data if shift else b""


def prev_chain(count: int = 3_000) -> bytes:
    """Return a file changed three thousand times, each time with a table of its own."""
    out = bytearray(sound_pdf())
    before = out.rindex(b"xref\n0 6")
    for _ in range(count):
        start = len(out)
        out += b"xref\n0 0\ntrailer\n<< /Size 6 /Root 1 0 R /Prev %d >>\nstartxref\n%d\n%%%%EOF\n" % (before, start)
        before = start
    return bytes(out)


def trailer_size() -> bytes:
    """Return a file said to have two thousand million objects."""
    return sound_pdf().replace(b"/Size 6", b"/Size 2147483647")


def root_missing() -> bytes:
    """Return a file without a root."""
    return sound_pdf().replace(b"/Root 1 0 R", b"/Rood 1 0 R")


def root_is_a_page() -> bytes:
    """Return a file whose root is one of its pages."""
    return sound_pdf().replace(b"/Root 1 0 R", b"/Root 3 0 R")


def length_pair() -> bytes:
    """Return two streams, each of which is as long as the other says."""
    return write_pdf(objects(o4=stream(CONTENTS, length=b"6 0 R"), o6=stream(b"99", length=b"4 0 R")))


def length_negative() -> bytes:
    """Return a stream shorter than nothing."""
    return write_pdf(objects(o4=stream(CONTENTS, length=b"-5")))


def length_enormous() -> bytes:
    """Return a stream said to be larger than any memory."""
    return write_pdf(objects(o4=stream(CONTENTS, length=b"99999999999999999999")))


def count_lies() -> bytes:
    """Return a page tree that says it has two thousand million pages."""
    return write_pdf(objects(o2=b"<< /Type /Pages /Kids [3 0 R] /Count 2147483647 >>"))


def count_negative() -> bytes:
    """Return a page tree that says it has fewer pages than none."""
    return write_pdf(objects(o2=b"<< /Type /Pages /Kids [3 0 R] /Count -2147483648 >>"))


def kids_nonsense() -> bytes:
    """Return a page tree whose pages are numbers, words, nothing and what is not there."""
    return write_pdf(objects(o2=b"<< /Type /Pages /Kids [7 (page) null 99 0 R << >> 3 0 R 4 0 R] /Count 7 >>"))


def kids_itself_as_list() -> bytes:
    """Return a page tree whose list of pages is the list."""
    return write_pdf(objects(o2=b"<< /Type /Pages /Kids 6 0 R /Count 1 >>", o6=b"[6 0 R 3 0 R 6 0 R]"))


def one_page_many_times() -> bytes:
    """Return half a million references to one page."""
    return write_pdf(objects(o2=b"<< /Type /Pages /Kids [" + b"3 0 R " * 500_000 + b"] /Count 500000 >>"))


def page_tree_doubling() -> bytes:
    """Return a page tree of thirty nodes, each of which holds the next one twice: 2^30 pages."""
    bodies = {1: b"<< /Type /Catalog /Pages 10 0 R >>", 4: stream(CONTENTS), 5: FONT}
    for number in range(10, 40):
        bodies[number] = b"<< /Type /Pages /Kids [%d 0 R %d 0 R] /Count %d >>" % (number + 1, number + 1, 2**20)
    bodies[40] = PAGE.replace(b"/Parent 2 0 R", b"/Parent 39 0 R")
    return write_pdf(bodies)


def parent_ring() -> bytes:
    """Return a page that is its own parent, from which it inherits its size."""
    return write_pdf(objects(o3=PAGE.replace(b"/Parent 2 0 R /MediaBox [0 0 612 792]", b"/Parent 3 0 R")))


def labels_ring() -> bytes:
    """Return page labels in a tree whose root is its own child."""
    catalog = CATALOG.replace(b">>", b"/PageLabels 6 0 R >>")
    return write_pdf(objects(o1=catalog, o6=b"<< /Kids [6 0 R 6 0 R] /Nums [0 << /S /D >>] >>"))


def labels_of_large_numbers() -> bytes:
    """Return a page labelled with two thousand million in Roman numbers, and as many letters."""
    nums = b"[0 << /S /r /St 2000000000 >> 1 << /S /a /St 2000000000 >> -9 << /S /D /P (x) >>]"
    return write_pdf(objects(o1=CATALOG.replace(b">>", b"/PageLabels << /Nums " + nums + b" >> >>")))


def deep_dictionaries(depth: int = 100_000) -> bytes:
    """Return a dictionary inside a dictionary, a hundred thousand times."""
    return write_pdf(
        objects(o6=b"<< /A " * depth + b"1 " + b">> " * depth, o3=PAGE.replace(b">> >>", b">> /Deep 6 0 R >>"))
    )


def filters_ten_thousand() -> bytes:
    """Return a stream behind ten thousand filters."""
    return write_pdf(objects(o4=stream(CONTENTS, b"/Filter [" + b"/AHx " * 10_000 + b"]")))


def filter_unknown() -> bytes:
    """Return a page behind a filter nobody knows."""
    return write_pdf(objects(o4=stream(CONTENTS, b"/Filter /Squeezed")))


def filter_itself() -> bytes:
    """Return a stream whose filter and its parameters are the stream."""
    return write_pdf(objects(o4=stream(CONTENTS, b"/Filter 4 0 R /DecodeParms 4 0 R")))


def zeros_in_ascii85() -> bytes:
    """Return four zeros for each letter, and those deflated before."""
    data = zlib.compress(b"z" * 40_000_000 + b"~>", 9)
    return write_pdf(objects(o4=stream(data, b"/Filter [/FlateDecode /ASCII85Decode]")))


def codes_of_lzw() -> bytes:
    """Return LZW codes of which each is a letter longer than the one before, deflated before."""
    codes = [256, 32, *range(258, 4000)] * 200
    bits, held, out = 0, 0, bytearray()
    for at, code in enumerate(codes):  # a code's width grows at fixed places and starts again at a clear code
        since = at % 3744
        width = 9 if since < 254 else 10 if since < 766 else 11 if since < 1790 else 12
        bits, held = (bits << width) | code, held + width
        while held >= 8:
            out.append(bits >> (held - 8) & 255)
            held -= 8
            bits &= (1 << held) - 1
    return write_pdf(objects(o4=stream(zlib.compress(bytes(out), 9), b"/Filter [/FlateDecode /LZWDecode]")))


def _encrypted(encrypt: bytes, ids: bytes = b"/ID [<00> <00>] ") -> bytes:
    return write_pdf(objects(), trailer=b"/Encrypt << " + encrypt + b" >> " + ids)


def encrypt_ring() -> bytes:
    """Return an encryption that is a reference to itself."""
    return write_pdf(objects(o6=b"6 0 R"), trailer=b"/Encrypt 6 0 R /ID [<00> <00>] ")


def encrypt_without_id() -> bytes:
    """Return an encryption whose key is made of something that is missing."""
    keys = b"/O <" + b"00" * 32 + b"> /U <" + b"00" * 32 + b"> /P -4"
    return _encrypted(b"/Filter /Standard /V 1 /R 2 " + keys, b"")


def encrypt_key_length() -> bytes:
    """Return a key of two thousand million bits."""
    keys = b"/O <" + b"00" * 32 + b"> /U <" + b"00" * 32 + b"> /P -4"
    return _encrypted(b"/Filter /Standard /V 2 /R 3 /Length 2000000000 " + keys)


def encrypt_newest() -> bytes:
    """Return the newest kind of encryption with keys of nonsense."""
    keys = b"/O <" + b"ab" * 48 + b"> /U <" + b"cd" * 48 + b"> /OE <00> /UE <00> /Perms <00> /P -4"
    return _encrypted(b"/Filter /Standard /V 5 /R 6 /Length 256 /CF << /StdCF 9 >> /StmF /StdCF /StrF /StdCF " + keys)


def encrypt_public_key() -> bytes:
    """Return a file for those who have a certificate."""
    return _encrypted(b"/Filter /Adobe.PubSec /SubFilter /adbe.pkcs7.s5 /V 4 /Recipients [<00>]")


def encrypt_numbers() -> bytes:
    """Return an encryption whose every entry is a word."""
    return _encrypted(b"/Filter /Standard /V (two) /R /three /O 5 /U null /P [] /Length (long)")


def locked_rc4(word: str = "a quiet harbour") -> bytes:
    """Return a file that opens with a password; one without is sound."""
    out = BytesIO()
    page: Any = Canvas(out, encrypt=_rc4(word))
    for at in range(20):
        page.drawString(72, 720 - 15 * at, SENTENCE.strip())
    page.save()
    return out.getvalue()


def _rc4(word: str) -> Any:
    from reportlab.lib.pdfencrypt import StandardEncryption  # noqa: PLC0415 (untyped, and slow to import)

    return StandardEncryption(word, ownerPassword="the harbour master", strength=128)


def locked_aes(word: str = "a quiet harbour") -> bytes:
    """Return the same, locked in the newest way."""
    page: Any = FPDF()
    page.set_encryption(
        owner_password="the harbour master", user_password=word, encryption_method=EncryptionMethod.AES_256
    )
    page.add_page()
    page.set_font("Helvetica", size=11)
    for _ in range(20):
        page.multi_cell(0, 5, SENTENCE.strip(), new_x="LMARGIN", new_y="NEXT")
    return bytes(page.output())


def two_files_in_one() -> bytes:
    """Return one sound file behind another."""
    return sound_pdf() + sound_pdf()


def much_behind_the_end() -> bytes:
    """Return a sound file with five megabytes behind its end."""
    return sound_pdf() + b"\0" * 5 * MEGABYTE


def nothing_but_zeros() -> bytes:
    """Return a first line and a megabyte of zeros."""
    return b"%PDF-1.7\n" + bytes(MEGABYTE)


def objects_without_end() -> bytes:
    """Return a hundred thousand objects that begin and never end, and no table."""
    return b"%PDF-1.7\n" + b"".join(b"%d 0 obj << /A [ (" % number for number in range(100_000))


def objects_many() -> bytes:
    """Return two hundred thousand objects nobody needs, without a table: all have to be found."""
    many = b"".join(b"%d 0 obj %d endobj\n" % (number, number) for number in range(10, 200_000))
    head, _, _ = sound_pdf().rpartition(b"xref\n0 6")
    return head + many + b"trailer << /Root 1 0 R >>\n"


def flate_cut() -> bytes:
    """Return a page whose letters are cut off in the middle of being inflated."""
    body = flate(CONTENTS)
    return write_pdf(objects(o4=body.replace(body[-60:-20], b"\xff" * 40)))
