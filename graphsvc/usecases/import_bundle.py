"""Import a bundle: read, understand, and write all of it at once, or nothing."""

import hashlib
from collections.abc import Callable, Iterable, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path

from graphsvc.domain.bulk import without_collection
from graphsvc.domain.errors import (
    BundleRejected,
    BundleTooLarge,
    CyclicHierarchy,
    DanglingReference,
    DuplicateKey,
    VersionConflict,
)
from graphsvc.domain.records import Ref, ref_of
from graphsvc.exchange.archives import Limits
from graphsvc.exchange.bundle import DEFAULT_LIMITS, Bundle, read_bundle
from graphsvc.exchange.refused_writes import rejection_of
from graphsvc.exchange.report import ImportReport, Rejection
from graphsvc.exchange.understand import Options, Understood, understand
from graphsvc.ports import GraphStore, Put

ONE_TRANSACTION = 200_000
_ATTEMPTS = 3  # somebody may write between our reading and our writing
Progress = Callable[[str, int, int], None]


def import_bundle(
    store: GraphStore,
    paths: Iterable[Path] | Path,
    *,
    by: str,
    today: date,
    create_vocabulary: bool = False,
    partial: bool = False,
    dry_run: bool = False,
    labels: Mapping[str, str] | None = None,
    limits: Limits = DEFAULT_LIMITS,
    progress: Progress | None = None,
) -> ImportReport:
    """Import the tables of these paths (folder, zip, CSV files).

    One transaction up to 200,000 records; more only into an empty store (BundleTooLarge otherwise).
    Importing the same bundle again changes nothing. `labels`: code -> word that cells may use for it.
    `progress(stage, done, total)` is called with the stages `read`, `validate` and `write`.

    Raises BundleRejected, whose `report` lists every rejection, when anything is wrong (with `partial`, only
    when nothing could be read at all: the sound rows are written, and the report lists the others).
    """
    tell = progress or _silent
    tell("read", 0, 1)
    with without_collection():
        bundle = read_bundle(paths, limits=limits)
    tell("read", 1, 1)
    options = Options(today, labels or {}, create_vocabulary, partial)
    for attempt in range(1, _ATTEMPTS + 1):
        try:
            with without_collection():
                return _import(store, bundle, options, by, dry_run, tell)
        except VersionConflict:
            if attempt == _ATTEMPTS:
                raise
    raise AssertionError("unreachable")


def _import(
    store: GraphStore, bundle: Bundle, options: Options, by: str, dry_run: bool, tell: Progress
) -> ImportReport:
    revision = store.info().revision
    understood = understand(bundle, store, options, tell)
    report = _report(bundle, understood, revision, dry_run)
    if report.rejected and not (options.partial and bundle.tables):
        raise _refused(report, report.rejected)
    if dry_run:
        return report
    tell("write", 0, 1)
    try:
        revision = _write(store, bundle, understood, options, by, revision)
    except (CyclicHierarchy, DanglingReference, DuplicateKey) as refusal:  # the graph changed meanwhile
        row = rejection_of(refusal, understood.origins)
        if row is None:
            raise
        raise _refused(report, (*report.rejected, row)) from refusal
    tell("write", 1, 1)
    return _report(bundle, understood, revision, dry_run)


def _refused(report: ImportReport, rejected: tuple[Rejection, ...]) -> BundleRejected:
    """Nothing was written: the report counts nothing but its rejections."""
    return BundleRejected(
        replace(report, created=0, updated=0, unchanged=0, created_vocabulary=(), rejected=rejected)
    )


def _report(bundle: Bundle, understood: Understood, revision: int, dry_run: bool) -> ImportReport:
    stored = understood.stored
    existing = [(r, s.record) for r in understood.records if (s := stored.get(ref_of(r))) is not None]
    unchanged = sum(record == before for record, before in existing)
    return ImportReport(
        created=len(understood.records) - len(existing),
        updated=len(existing) - unchanged,
        unchanged=unchanged,
        rejected=understood.rejected,
        ignored_columns=bundle.ignored_columns,
        notices=(*bundle.notices, *understood.notices),
        created_vocabulary=understood.created_vocabulary,
        revision=revision,
        dry_run=dry_run,
    )


def _write(
    store: GraphStore, bundle: Bundle, understood: Understood, options: Options, by: str, revision: int
) -> int:
    stored = understood.stored
    changed = [r for r in understood.records if (s := stored.get(ref_of(r))) is None or s.record != r]
    if store.info().loading or len(changed) > ONE_TRANSACTION:
        return _load(store, bundle, understood, options, by)
    if not changed:
        return revision
    expected: dict[Ref, int] = {}
    for record in changed:
        ref = ref_of(record)
        before = stored.get(ref)
        expected[ref] = before.version if before else 0
    key = f"import:{_fingerprint(bundle, options)}:{revision}"
    return store.apply([Put(r) for r in changed], by=by, idempotency_key=key, expected_versions=expected)


def _load(store: GraphStore, bundle: Bundle, understood: Understood, options: Options, by: str) -> int:
    if not store.info().loading and not store.is_empty():
        raise BundleTooLarge(len(understood.records), ONE_TRANSACTION)
    return store.load(understood.records, by=by, idempotency_key=f"load:{_fingerprint(bundle, options)}")


def _fingerprint(bundle: Bundle, options: Options) -> str:
    """The bundle and what was asked: a retry after a lost answer is the same import."""
    asked = f"{bundle.fingerprint}|{options.create_vocabulary}|{options.partial}"
    return hashlib.sha256(asked.encode()).hexdigest()[:40]


def _silent(stage: str, done: int, total: int) -> None:
    """No progress wanted."""
