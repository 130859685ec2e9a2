"""Fix and replay: librarians correct records in quarantine or with findings, and let them go through the gate again."""

from collections.abc import Iterable
from dataclasses import dataclass

from common.errors import InputError
from ingest import readers
from ingest.commit import Committer, Outcome
from ingest.edit import apply_edits, to_json
from ingest.prepare import Prepared, Preparer, digest_of
from ingest.quarantine import Quarantined
from ingest.record import RawRecord, RecordKey
from services.workspace import Workspace


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


def with_finding(workspace: Workspace, number: int) -> Original:
    """The original of the record that a finding is about.

    Raises:
        InputError: There is no such finding.
    """
    return archived(workspace, workspace.quarantine.finding(number).key)


def archived(workspace: Workspace, key: RecordKey) -> Original:
    """The original of a record in the archive.

    Raises:
        InputError: It is not there.
    """
    found = workspace.archive.get(key)
    if found is None or not found.data:
        raise InputError(f"{key.source} {key.id}: not in the archive")
    return Original(key, RawRecord(found.data, found.format, 1, 0), found.encoding or None, "")


def _of_entry(entry: Quarantined) -> Original:
    format_name = entry.format or readers.detect(entry.data, f"quarantine {entry.id}").format
    return Original(
        entry.key, RawRecord(entry.data, format_name, entry.position, entry.offset), entry.encoding, entry.file
    )


def fix_by_edits(workspace: Workspace, original: Original, steps: Iterable[str], author: str) -> None:
    """Corrects a record by edits such as ``245$a=Title``.

    Raises:
        InputError: The bytes can't be decoded, or an edit is not understood.
    """
    record = readers.decode(original.raw, original.encoding)
    apply_edits(record, steps)
    workspace.corrections.put(digest_of(original.raw.data), to_json(record), "marcjson", author)


def fix_by_record(workspace: Workspace, original: Original, data: bytes, name: str, author: str) -> None:
    """Corrects a record by another one in its place, in any format that is read.

    Raises:
        InputError: ``data`` is not one record.
    """
    format_name = readers.detect(data, name).format
    readers.decode(RawRecord(data, format_name, 1, 0), None)
    workspace.corrections.put(digest_of(original.raw.data), data, format_name, author)


def replay(workspace: Workspace, originals: Iterable[Original], author: str) -> Outcome:
    """Lets records go through mapping and gate again, with corrections and the shapes as they are now."""
    committer = Committer(workspace.graph, workspace.archive, workspace.quarantine, workspace.touched, author)
    overlay = workspace.corrections.overlay()
    with workspace.directory.ingest_lock():
        for original in originals:
            prepared = _prepare(workspace, original, overlay)
            known = workspace.archive.latest([prepared.key]).get(prepared.key)
            unchanged = known is not None and known.status == "live" and known.digest == prepared.digest
            committer.commit([prepared], original.file, remap=unchanged)
            if prepared.key != original.key and not prepared.reason:
                workspace.quarantine.replace([original.key], [], {})
    return committer.outcome


def _prepare(workspace: Workspace, original: Original, overlay: dict[bytes, tuple[bytes, str]]) -> Prepared:
    """The source as it was said at ingest stands in the key, unless the record could not be read then."""
    source = None if original.key.source == "unreadable" else original.key.source
    preparer = Preparer(workspace.settings.base, source, original.encoding, overlay)
    return preparer.prepare([original.raw]).records[0]
