"""Whatever a record holds, mapping neither fails nor says what is no RDF."""

import copy

from hypothesis import HealthCheck, example, given, settings
from hypothesis import strategies as st

from ingest.mappings.marc21 import map_record
from ingest.mappings.table import AUTHORITY, BIBLIOGRAPHIC, HOLDINGS
from ingest.record import DataField, MarcRecord, RecordGraph, RecordKey
from ingest.wellformed import is_well_formed

FUZZ = settings(
    max_examples=150,
    deadline=None,
    database=None,
    derandomize=True,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.function_scoped_fixture, HealthCheck.data_too_large],
)
TABLES = (BIBLIOGRAPHIC, AUTHORITY, HOLDINGS)
TAGS = sorted({tag for table in TABLES for tag in table.fields} | {"880", "999", "00A", "abc", "   "})
CONTROL = sorted({tag for table in TABLES for tag in table.control} - {"LDR"})
CODES = "abcdefghijklmnopqrstuvwxyz0123456789= $A\u00e9"
NASTY = (
    "",
    " ",
    ".",
    "()",
    "(DE-588)",
    "(DLC)n  79021164",
    "http://[foo",
    "http://",
    "http://a b/%zz",
    "https://[::1]:99999/",
    "http://id.loc.gov/authorities/names/%zz[1]",
    "https://id.loc.gov/vocabulary/relators/a b",
    "(uri)http://a.org/<x>|y",
    "urn:nbn:de:%zz <x>",
    "ftp://user:pass@host:port/",
    "\x00\x01\x1b\x7f\x85\u2028",
    "\u202eabc\u2066\u200f",
    "\U0001f600\U0001f468\u200d\U0001f469\ufe0f",
    "\ufffe\uffff\ue000\U000fffff",
    "e\u0301\u0301\u0301",
    '"\\\n\r\t',
    "880-01",
    "245-01/$1",
    "19uu",
    "[between 1850 and 18--?]-9999",
    "²³ ٣٤٥ 一二三",
    "0" * 40,
    "X" * 100_000,
    "红楼梦" * 35_000,
    "a-" * 50_000,
    "(" * 1000 + ")" * 1000,
)

values = st.one_of(st.sampled_from(NASTY), st.text(max_size=40), st.text("0123456789Xu-|# ", max_size=45))
subfields = st.lists(st.tuples(st.sampled_from(CODES), values), max_size=8)
indicators = st.sampled_from(" 0123456789|#z")
fields = st.builds(DataField, st.sampled_from(TAGS), indicators, indicators, subfields)
controls = st.lists(st.tuples(st.sampled_from(CONTROL), values), max_size=6)
leaders = st.one_of(
    st.sampled_from(["", "00000nam a2200000 i 4500", "00000nz  a2200000n  4500", "00000cy  a22000003i 4500"]),
    st.text("acdefgijkmoprtuvxyzbsn 0123", min_size=24, max_size=24),
    st.text(max_size=30),
)
records = st.builds(MarcRecord, leaders, controls, st.lists(fields, max_size=12))


def statements(graph: RecordGraph) -> list[str]:
    """All that a record says, cited authorities included."""
    return [*graph.statements, *(line for _, lines in graph.cited.values() for line in lines)]


def check(record: MarcRecord, key: RecordKey) -> None:
    """Maps ``record`` and looks at every statement."""
    graph = map_record(record, key, "https://x.example/")
    found = statements(graph)
    assert [line for line in found if not is_well_formed(line)] == []
    assert [line for line in found if line.startswith("_:") or " _:" in line.split('"', 1)[0]] == []
    assert len(graph.statements) == len(graph.origins) == len(set(graph.statements))
    assert all(-1 <= origin < len(record.fields) for origin in graph.origins)


@FUZZ
@given(record=records, source=st.one_of(st.just("s"), values), identifier=st.one_of(st.just("1"), values))
@example(
    record=MarcRecord("", [], [DataField("856", "4", "0", [("u", "http://[foo")])]),
    source="a/b c",
    identifier="\u202e%zz",
)
def test_any_record_becomes_rdf(record: MarcRecord, source: str, identifier: str) -> None:
    """Random tags, indicators, codes and values of any kind of record give well-formed statements, or none."""
    check(record, RecordKey(source, identifier))


@FUZZ
@given(data=st.data())
def test_a_damaged_record_becomes_rdf(sample_records: list[MarcRecord], data: st.DataObject) -> None:
    """Real records in which values, codes, tags and links are exchanged for others likewise."""
    record = copy.deepcopy(data.draw(st.sampled_from(sample_records)))
    for _ in range(data.draw(st.integers(1, 6))):
        if record.fields:
            damage(data.draw(st.sampled_from(record.fields)), data)
    check(record, RecordKey("s", "1"))


def damage(field: DataField, data: st.DataObject) -> None:
    """Changes one thing about a field."""
    what = data.draw(st.sampled_from(["value", "code", "tag", "indicator", "link", "none"]))
    at = data.draw(st.integers(0, max(len(field.subfields) - 1, 0)))
    if what == "tag":
        field.tag = data.draw(st.sampled_from(TAGS))
    elif what == "indicator":
        field.ind1, field.ind2 = data.draw(indicators), data.draw(indicators)
    elif what == "link":
        field.subfields.insert(0, ("6", data.draw(st.sampled_from(["880-01", "245-01/$1", "100-00/(3/r", "x", ""]))))
    elif what == "none" or not field.subfields:
        field.subfields.clear()
    elif what == "value":
        field.subfields[at] = (field.subfields[at][0], data.draw(values))
    else:
        field.subfields[at] = (data.draw(st.sampled_from(CODES)), field.subfields[at][1])
