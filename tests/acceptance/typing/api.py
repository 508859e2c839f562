"""The public interface as type checkers see it; nobody runs this."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import UTC, date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, assert_type

import ct_trafficking_resources as ctr
from ct_trafficking_resources import cards
from ct_trafficking_resources.checks.schemas import schema_names, schema_path, schema_registry
from ct_trafficking_resources.model import (
    Coverage,
    EditionInfo,
    Hotline,
    Hours,
    Law,
    Membership,
    Misprint,
    Tombstone,
)
from ct_trafficking_resources.updates.apply import Application
from ct_trafficking_resources.vocabulary import MembershipRole, TaskForceStatus, ValueKind

if TYPE_CHECKING:
    from referencing import Registry

# The five lines of the README.
d = ctr.load()
assert_type(d, ctr.Directory)
assert_type(d.hotline.voice.uri, str)
assert_type(d.hotline.voice.display, str)
for channel in d.find(audience="victim", mode="text"):
    assert_type(channel, ctr.HelpChannel)
    if channel.text:
        print(channel.name, channel.text.display)
assert_type(d.get("international-institute-of-connecticut", follow=True), ctr.Record)

# Editions.
ctr.load("2026.11.0")
ctr.load("2026.11.0", sha256="0" * 64)
ctr.load(Path("mine.json"), sha256="0" * 64)
ctr.load(26)  # type: ignore[arg-type]
assert_type(ctr.available_editions(), tuple[EditionInfo, ...])
assert_type(ctr.available_editions()[0].withdrawn, str | None)
assert_type(d.edition, str)
assert_type(d.released, date)
assert_type(d.review_by, date)
assert_type(d.digest, str)
assert_type(d.pin, str)

# Records.
assert_type(d.task_forces, tuple[ctr.TaskForce, ...])
assert_type(d.organizations, tuple[ctr.Organization, ...])
assert_type(d.partners, tuple[ctr.Organization, ...])
assert_type(d.members("ct-human-trafficking-task-force"), tuple[ctr.Organization, ...])
assert_type(d.channels, tuple[ctr.HelpChannel, ...])
assert_type(d.laws, tuple[Law, ...])
assert_type(d.tombstones, tuple[Tombstone, ...])
assert_type(d.misprints, tuple[Misprint, ...])
assert_type(d.hotline, Hotline)
assert_type(d.hotline.text, ctr.ContactPoint)
assert_type(d.hotline.chat, ctr.ContactPoint | None)

# Look-up.
assert_type(d.channel("ct-dcf-careline"), ctr.HelpChannel)
assert_type(d.channel("ct-dcf-careline").voice, ctr.ContactPoint | None)
assert_type(d.organization("ciri"), ctr.Organization)
assert_type(d.task_force("rhtrt"), ctr.TaskForce)
assert_type(d["ciri"], ctr.Record)
assert_type(d.get("ciri"), ctr.Record)
assert_type(d.get("ciri", None), ctr.Record | None)
assert_type(d.get("ciri", 3), ctr.Record | int)
assert_type("ciri" in d, bool)
assert_type(len(d), int)
assert_type(iter(d), Iterator[ctr.Record])
assert_type(d.as_of(date(2026, 11, 23)), ctr.Directory)
d.channel("ct-dcf-careline").voice.uri  # type: ignore[union-attr]
d.hotline.voise  # type: ignore[attr-defined]
d["ciri"] = None  # type: ignore[index]

# A record is told apart by its class.
record = d["ciri"]
if isinstance(record, ctr.Organization):
    assert_type(record.memberships, tuple[Membership, ...])
    assert_type(record.memberships[0].role, MembershipRole | str)
elif isinstance(record, ctr.HelpChannel):
    assert_type(record.rank, int)
    assert_type(record.coverage, Coverage)
elif isinstance(record, ctr.TaskForce):
    assert_type(record.status, TaskForceStatus | str)
else:
    assert_type(record, Law)

# Contact points.
contact = d.hotline.voice
assert_type(contact.mode, ctr.Mode | str)
assert_type(contact.kind, ValueKind | str)
assert_type(contact.value, str)
assert_type(contact.hours, Hours | None)
assert_type(contact.languages, tuple[str, ...])
assert_type(contact.interpreter_languages, tuple[str, ...])
assert_type(contact.is_open(datetime.now(UTC)), bool | None)
assert_type(contact.evidence.sources[0].read, date)
assert_type(contact.evidence.newest, date)
contact.value = "911"  # type: ignore[misc]
ctr.ContactPoint(id="voice")  # type: ignore[call-arg]

# Search.
assert_type(
    d.find(
        audience=ctr.Audience.VICTIM,
        purpose=ctr.Purpose.LEGAL_HELP,
        mode=ctr.Mode.VOICE,
        language="es",
        open_at=datetime.now(UTC),
        town="Hartford",
    ),
    tuple[ctr.HelpChannel, ...],
)
d.find("victim")  # type: ignore[call-arg]
d.find(audience=3)  # type: ignore[arg-type]
d.find(colour="red")  # type: ignore[call-arg]

# Errors.
try:
    d["no-such-record"]
except ctr.WithdrawnRecord as withdrawn:
    assert_type(withdrawn.date, str | None)
    assert_type(withdrawn.successor, str | None)
    assert_type(withdrawn.tombstone, Tombstone)
except ctr.UnknownRecord as unknown:
    assert_type(unknown.id, object)
ctr.DigestMismatch("edition 2026.11.0", expected="0", actual="1")
ctr.DigestMismatch("edition 2026.11.0")  # type: ignore[call-arg]

# Schemas.
assert_type(schema_names(), tuple[str, ...])
assert_type(schema_path("edition"), AbstractContextManager[Path])
registry: Registry[Any] = schema_registry()
ctr.no_such_name  # type: ignore[attr-defined]
cards.no_such_name  # type: ignore[attr-defined]

# Comparison.
assert_type(ctr.compare("2018.2.0", d), ctr.Comparison)
ctr.compare(2018, d)  # type: ignore[arg-type]

# Partners' updates.
report = ctr.check_update(b"{}", "ct-dcf", d, confirmed=[{"record": "pd-bridgeport"}])
assert_type(report, ctr.UpdateReport)
assert_type(report.ok, bool)
assert_type(report.findings, tuple[ctr.Finding, ...])
assert_type(report.changes, tuple[ctr.Change, ...])
assert_type(report.to_dict(), dict[str, Any])
ctr.check_update("form.xlsx")
ctr.check_update(Path("form.json"), on=date(2026, 11, 24))
ctr.check_update(5)  # type: ignore[arg-type]
assert_type(ctr.apply_update(Path("form.json"), Path("records"), dry_run=True), Application)
