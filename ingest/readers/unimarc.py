"""UNIMARC (and CNMARC) in the clothes of MARC 21: recognised, so that 200 is never taken for a MARC 21 field."""

import io
import re
from typing import TYPE_CHECKING

from common.errors import InputError
from ingest.record import MarcRecord, Record, Unreadable

if TYPE_CHECKING:
    from ingest.readers import Reader

# UNIMARC 100 $a: date entered on file, type of date…; MARC 21's 100 $a is a name.
_GENERAL_DATA = re.compile(r"[0-9 ]{8}[a-z|# ]|[0-9]{8}\Z")
_SAMPLE = 20


def is_unimarc(record: Record) -> bool:
    """Whether the fields are UNIMARC's: coded general data in 100, or a title in 200 and none in 245."""
    if not isinstance(record, MarcRecord):
        return False
    tags = {field.tag for field in record.fields}
    for field in record.tagged("100"):
        if _GENERAL_DATA.match(field.get("a") or ""):
            return True
    if "245" in tags or "200" not in tags:
        return False
    titled = any(field.get("a") for field in record.tagged("200"))
    return titled and (record.leader[20:24] != "4500" or bool(tags & {"101", "102", "801", "210", "215"}))


def look(reader: "Reader", head: bytes) -> tuple[str, str]:
    """What makes the first records of ``head`` UNIMARC (empty: nothing), and the encoding of the first."""
    encoding, found, seen = "", "", 0
    for raw in reader.read(io.BytesIO(head), len(head) + 1):
        try:
            record = reader.decode(raw.data)
        except InputError:
            continue
        finally:
            seen += 1
        encoding = encoding or record.encoding
        if is_unimarc(record):
            return "100 $a holds coded data, or 200 the title", encoding
        if seen >= _SAMPLE and not isinstance(raw, Unreadable):
            break
    return found, encoding
