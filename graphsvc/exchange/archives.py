"""The files behind the paths a person gives: a folder, a zip, single files; sizes checked before reading."""

import stat
import zipfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

from graphsvc.exchange.report import Notice, Rejection, Remedy

MEBIBYTE = 1024 * 1024
MAX_FILES = 64
MAX_RATIO = 200
RATIO_FREE = MEBIBYTE
WORKBOOKS = frozenset({".xlsx", ".xlsm", ".xls", ".ods"})
TEXT_TABLES = frozenset({".csv", ".tsv", ".txt"})


@dataclass(frozen=True, slots=True)
class Limits:
    """What is refused before it is read: bytes of one file, bytes of a whole archive, files of a bundle."""

    file_bytes: int = 10 * MEBIBYTE
    total_bytes: int = 50 * MEBIBYTE
    files: int = MAX_FILES


@dataclass(frozen=True, slots=True)
class SourceFile:
    """A file of a bundle: its name as reports say it, its content; `alone` if the person named this file
    itself.
    """

    name: str
    data: bytes
    alone: bool


class FileRefused(Exception):
    """A file or an archive cannot be taken."""

    def __init__(self, file: str, rule: str, remedy: str = "", value: str = "", **facts: object) -> None:
        super().__init__(rule)
        self.rejection = Rejection(file, 0, "", value, rule, Remedy(remedy or rule, facts))


def open_sources(paths: Sequence[Path], limits: Limits, notices: list[Notice]) -> Iterator[SourceFile]:
    """The tables among these paths, in name order. Raises FileRefused; what is left out is told in
    `notices`.
    """
    left = limits.files
    for path in paths:
        for source in _sources_of(path, limits, notices):
            left -= 1
            if left < 0:
                raise FileRefused(path.name, "too_many_files", limit=limits.files)
            yield source


def _sources_of(path: Path, limits: Limits, notices: list[Notice]) -> Iterator[SourceFile]:
    suffix = path.suffix.lower()
    if path.is_dir():
        yield from _in_folder(path, limits, notices)
    elif not path.is_file():
        raise FileRefused(path.name, "file_not_found", "check_path")
    elif suffix in WORKBOOKS:
        raise FileRefused(path.name, "workbook_not_read", "save_as_csv_or_zip")
    elif suffix == ".zip":
        yield from _in_zip(path, limits, notices)
    else:
        yield SourceFile(path.name, _read(path, limits), alone=True)


def _in_folder(folder: Path, limits: Limits, notices: list[Notice]) -> Iterator[SourceFile]:
    for path in sorted(folder.iterdir()):
        if path.is_dir() or path.name.startswith("."):
            continue
        if _is_table(path.name, notices):
            yield SourceFile(path.name, _read(path, limits), alone=False)


def _read(path: Path, limits: Limits) -> bytes:
    try:
        found = path.stat()
        if not stat.S_ISREG(found.st_mode):  # a device never ends, a pipe never begins
            raise FileRefused(path.name, "file_unreadable", "check_path")
        if found.st_size > limits.file_bytes:
            raise FileRefused(path.name, "file_too_large", limit_bytes=limits.file_bytes)
        return path.read_bytes()
    except OSError as error:
        raise FileRefused(path.name, "file_unreadable", "check_path", reason=error.strerror or "") from None


def _is_table(name: str, notices: list[Notice]) -> bool:
    suffix = PurePosixPath(name).suffix.lower()
    if suffix in TEXT_TABLES:
        return True
    if suffix in WORKBOOKS:
        raise FileRefused(name, "workbook_not_read", "save_as_csv_or_zip")
    notices.append(Notice("file_ignored", {"file": name}))
    return False


def _in_zip(path: Path, limits: Limits, notices: list[Notice]) -> Iterator[SourceFile]:
    if path.stat().st_size > limits.total_bytes:
        raise FileRefused(path.name, "file_too_large", limit_bytes=limits.total_bytes)
    try:
        with zipfile.ZipFile(path) as archive:
            members = _safe_members(path.name, archive, limits)
            for info in members:
                if _is_table(info.filename, notices):
                    yield SourceFile(
                        info.filename, _member_bytes(path.name, archive, info, limits), alone=False
                    )
    except (zipfile.BadZipFile, NotImplementedError, EOFError, OSError, ValueError) as error:
        raise FileRefused(path.name, "zip_unreadable", "zip_again", reason=type(error).__name__) from None


def _safe_members(name: str, archive: zipfile.ZipFile, limits: Limits) -> list[zipfile.ZipInfo]:
    """The files of the archive in name order, once names, number, sizes and ratios were checked."""
    members = [info for info in archive.infolist() if not info.is_dir()]
    if len(members) > limits.files:
        raise FileRefused(name, "too_many_files", limit=limits.files)
    if sum(info.file_size for info in members) > limits.total_bytes:
        raise FileRefused(name, "archive_too_large", limit_bytes=limits.total_bytes)
    for info in members:
        _check_member(name, info, limits)
    wanted = [i for i in members if not any(p.startswith((".", "__MACOSX")) for p in i.filename.split("/"))]
    return sorted(wanted, key=lambda info: info.filename)


def _check_member(name: str, info: zipfile.ZipInfo, limits: Limits) -> None:
    parts = info.filename.replace("\\", "/").split("/")
    if info.filename.startswith(("/", "\\")) or ".." in parts or ":" in parts[0]:
        raise FileRefused(name, "zip_path_outside", "zip_again", value=info.filename[:120])
    if stat.S_ISLNK(info.external_attr >> 16):
        raise FileRefused(name, "zip_link", "zip_again", value=info.filename[:120])
    if info.flag_bits & 0x1:
        raise FileRefused(name, "zip_encrypted", "zip_without_password")
    if info.file_size > limits.file_bytes:
        raise FileRefused(info.filename, "file_too_large", limit_bytes=limits.file_bytes)
    if info.file_size > RATIO_FREE and info.file_size > MAX_RATIO * max(info.compress_size, 1):
        raise FileRefused(name, "zip_ratio", "zip_again", value=info.filename[:120], limit=MAX_RATIO)


def _member_bytes(name: str, archive: zipfile.ZipFile, info: zipfile.ZipInfo, limits: Limits) -> bytes:
    """The content, never more than announced whatever the archive's own headers say."""
    try:
        with archive.open(info) as stream:
            data = stream.read(limits.file_bytes + 1)
    except RuntimeError:  # zipfile's answer to an encrypted member
        raise FileRefused(name, "zip_encrypted", "zip_without_password") from None
    except Exception as error:  # noqa: BLE001 - zlib, lzma and bz2 each have their own family
        raise FileRefused(name, "zip_unreadable", "zip_again", reason=type(error).__name__) from None
    if len(data) > limits.file_bytes:
        raise FileRefused(info.filename, "file_too_large", limit_bytes=limits.file_bytes)
    return data
