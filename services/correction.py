"""Fix and replay: librarians correct records in quarantine or with findings, and let them go through the gate again."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace

from common.errors import InputError
from ingest import readers
from ingest.archive import LIVE, digest_of
from ingest.commit import Committer, Outcome
from ingest.corrections import Overlay, corrected
from ingest.models import model_of
from ingest.prepare import Prepared, Preparer
from ingest.quarantine import Quarantined
from ingest.record import RawRecord, Record, RecordKey, Unreadable
from services.ingestion import resolve
from services.workspace import Workspace

QUARANTINE, FINDING = "quarantine", "finding"
_NUMBERS = re.compile(r"\d+")


@dataclass(frozen=True, slots=True)
class Original:
    """A record's original bytes and how they are read."""

    key: RecordKey
    raw: RawRecord
    encoding: str | None
    file: str


def quarantined(workspace: Workspace, number: int) -> Original:
    """The original of a quarantine entry.

    Raises:
        InputError: There is no such entry.
    """
    return _of_entry(workspace.quarantine.entry(number))


def all_quarantined(workspace: Workspace) -> Iterator[Original]:
    """The originals of everything in quarantine as it stands now."""
    for number in [entry.id for entry in workspace.quarantine.entries()]:
        yield quarantined(workspace, number)


def with_finding(workspace: Workspace, number: int) -> Original:
    """The original of the record that a finding is about.

    Raises:
        InputError: There is no such finding.
    """
    return archived(workspace, workspace.quarantine.finding(number).key)


def all_with_findings(workspace: Workspace) -> Iterator[Original]:
    """The originals of all records that have findings."""
    keys = {listed.key: None for listed in workspace.quarantine.findings()}
    return (archived(workspace, key) for key in keys)


def archived(workspace: Workspace, key: RecordKey) -> Original:
    """The original of a record in the archive.

    Raises:
        InputError: It is not there.
    """
    found = workspace.archive.get(key)
    if found is None or not found.data:
        raise InputError(f"{key.source} {key.id}: not in the archive")
    return Original(key, RawRecord(found.data, found.format, 1, 0, key, found.encoding or None), None, "")


def alike(workspace: Workspace, kind: str, number: int) -> list[Original]:
    """The originals of all entries or findings of the same shape and place as ``number``, that one first.

    Raises:
        InputError: There is no such entry or finding.
    """
    if kind == QUARANTINE:
        entry = workspace.quarantine.entry(number)
        sort = sort_of(entry)
        others = (e for e in workspace.quarantine.entries() if e.id != number and sort_of(e) == sort)
        return [_of_entry(each) for each in (entry, *others)]
    listed = workspace.quarantine.finding(number)
    found = workspace.quarantine.findings(shape=listed.finding.shape)
    same = [other.key for other in found if other.finding.place == listed.finding.place]
    return [archived(workspace, key) for key in dict.fromkeys((listed.key, *same))]


def sort_of(entry: Quarantined) -> tuple[str, str]:
    """Shape and place of the gravest finding; where there is none, the reason without its numbers."""
    if entry.findings:
        return entry.findings[0].shape, entry.findings[0].place
    return "", _NUMBERS.sub("…", entry.reason)


def _of_entry(entry: Quarantined) -> Original:
    raw = RawRecord(entry.data, entry.format, entry.position, entry.offset, encoding=entry.encoding)
    return Original(entry.key, raw, entry.encoding, entry.file)


def current(workspace: Workspace, original: Original) -> Record:
    """The record as it is mapped now: corrected, if it has been.

    Raises:
        InputError: The bytes can't be decoded.
    """
    raw = corrected(original.raw, digest_of(original.raw.data), workspace.corrections.overlay())
    assert isinstance(raw, RawRecord)  # noqa: S101  an original is never Unreadable
    if not raw.format:
        raw = replace(raw, format=readers.detect(raw.data, f"{original.file} record {raw.position}").format)
    return readers.decode(raw, raw.encoding)


def edited(workspace: Workspace, original: Original, steps: Iterable[str]) -> Record:
    """The record with edits such as ``245$a=Title``, of a document ``title=Title``.

    Raises:
        InputError: The bytes can't be decoded, or an edit is not understood.
    """
    record = current(workspace, original)
    model_of(record).edit(record, steps)
    return record


def read_record(data: bytes, name: str, encoding: str | None = None) -> Record:
    """The one record of ``data``, in any format that is read.

    Raises:
        InputError: ``data`` is not one record.
    """
    return readers.decode(RawRecord(data, readers.detect(data, name).format, 1, 0), encoding)


def preview(workspace: Workspace, original: Original, record: Record) -> Prepared:
    """What mapping and gate would make of ``record`` in place of ``original``; nothing is written."""
    digest = digest_of(original.raw.data)
    model = model_of(record)
    return _prepare(workspace, original, {digest: (model.write(record), model.written_as)})


def fix(workspace: Workspace, fixes: Iterable[tuple[Original, Record]], origin: str, author: str) -> Outcome:
    """Keeps corrected records and lets them go through mapping and gate.

    Args:
        workspace: Where.
        fixes: Originals and what stands in their place.
        origin: ``quarantine 12``: what ``undo`` takes back together.
        author: Token id or ``system:…``.
    """
    with workspace.directory.ingest_lock():
        originals = []
        for original, record in fixes:
            model, digest = model_of(record), digest_of(original.raw.data)
            workspace.corrections.put(digest, model.write(record), model.written_as, author, origin)
            originals.append(original)
        return _replay_all(workspace, originals, author)


def replay(workspace: Workspace, originals: Iterable[Original], author: str) -> Outcome:
    """Lets records go through mapping and gate again, with corrections and the shapes as they are now."""
    with workspace.directory.ingest_lock():
        return _replay_all(workspace, originals, author)


def _replay_all(workspace: Workspace, originals: Iterable[Original], author: str) -> Outcome:
    """Replays and resolves, under the ingest lock."""
    committer = _committer(workspace, author)
    overlay = workspace.corrections.overlay()
    for original in originals:
        _replay(workspace, committer, original, overlay)
    resolve(workspace)
    return committer.outcome


def undo(workspace: Workspace, origin: str, author: str) -> Outcome:
    """Takes corrections back: the records are again what their source says.

    Raises:
        InputError: Nothing was corrected for ``origin``.
    """
    with workspace.directory.ingest_lock():
        digests = workspace.corrections.made_for(origin)
        if not digests:
            raise InputError(f"nothing was corrected for {origin}")
        committer = _committer(workspace, author)
        for digest in digests:
            workspace.corrections.remove(digest)
            overlay = workspace.corrections.overlay()
            for original in _holders(workspace, digest):
                prepared = _prepare(workspace, original, overlay)
                if prepared.reason:
                    _withdraw(workspace, committer, original.key, overlay)
                _replay(workspace, committer, original, overlay)
        resolve(workspace)
    return committer.outcome


def _committer(workspace: Workspace, author: str) -> Committer:
    return Committer(workspace.graph, workspace.archive, workspace.quarantine, workspace.touched, author)


def _replay(workspace: Workspace, committer: Committer, original: Original, overlay: Overlay) -> None:
    prepared = _prepare(workspace, original, overlay)
    known = workspace.archive.latest([prepared.key]).get(prepared.key)
    archived_so = known is not None and known.status == LIVE and known.digest == prepared.digest
    prepared.file = original.file
    committer.commit([prepared], remap=archived_so)
    if prepared.key != original.key and not prepared.reason:
        workspace.quarantine.replace([original.key], [], {})


def _prepare(workspace: Workspace, original: Original, overlay: Overlay) -> Prepared:
    """The source as it was said at ingest stands in the key, unless the record could not be read then."""
    source = None if original.key.source == "unreadable" else original.key.source
    preparer = Preparer(workspace.settings.base, source, original.encoding, overlay)
    return preparer.prepare([_readable(original)]).records[0]


def _readable(original: Original) -> RawRecord | Unreadable:
    """What could not be read is looked at again: the readers may have learnt."""
    raw = original.raw
    if raw.format:
        return raw
    try:
        return replace(raw, format=readers.detect(raw.data, original.file).format)
    except InputError as error:
        return Unreadable(raw.data, raw.position, raw.offset, str(error))


def _holders(workspace: Workspace, digest: bytes) -> list[Original]:
    """Where the original bytes are now: in the graph as a record's newest version, or in quarantine."""
    key = workspace.archive.unchanged(digest)
    if key is not None:
        return [archived(workspace, key)]
    return [_of_entry(entry) for entry in workspace.quarantine.entries() if digest_of(entry.data) == digest]


def _withdraw(workspace: Workspace, committer: Committer, key: RecordKey, overlay: Overlay) -> None:
    """Takes a record that only its correction had let in out of the graph again; an older version comes back."""
    newest = workspace.archive.get(key)
    if newest is None or newest.status != LIVE:
        return
    committer.retract([key])
    for version in range(newest.version - 1, 0, -1):
        older = workspace.archive.get(key, version)
        if older is not None and older.status == LIVE and older.digest != newest.digest:
            raw = RawRecord(older.data, older.format, 1, 0, key, older.encoding or None)
            committer.commit(Preparer(workspace.settings.base, overlay=overlay).prepare([raw]).records)
            return
