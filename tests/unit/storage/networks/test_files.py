"""Attachments: complete or absent, of accepted types and sizes, never outside the data folder."""

from collections.abc import AsyncIterator
from hashlib import sha256
from pathlib import Path

import pytest

from bot.domain.attachment import Attachment
from bot.ports.files import FileRefused
from storage.networks.files import DataFolder
from tests.support.stores import TYPES

PDF = b"%PDF-1.7 plan du moulin"


@pytest.fixture
def folder(tmp_path: Path) -> DataFolder:
    return DataFolder(tmp_path / "files", TYPES, 1000)


async def pieces(*content: bytes) -> AsyncIterator[bytes]:
    for piece in content:
        yield piece


async def refusal(folder: DataFolder, name: str, media_type: str, *content: bytes) -> str:
    with pytest.raises(FileRefused) as raised:
        await folder.keep(name, media_type, pieces(*content))
    return raised.value.reason


def left(tmp_path: Path) -> list[Path]:
    return [path for path in tmp_path.rglob("*") if path.is_file()]


async def test_a_file_is_kept_under_the_hash_of_its_content(folder: DataFolder) -> None:
    digest = sha256(PDF).hexdigest()

    kept = await folder.keep("plan.PDF", "application/pdf; x=1", pieces(PDF[:3], PDF[3:]))

    assert Attachment(digest, "plan.PDF", "application/pdf", len(PDF)) == kept
    path = folder.path(digest)
    assert path is not None
    assert PDF == path.read_bytes()


async def test_the_same_content_is_kept_once(folder: DataFolder, tmp_path: Path) -> None:
    await folder.keep("a.pdf", "application/pdf", pieces(PDF))
    await folder.keep("b.pdf", "application/pdf", pieces(PDF))

    assert 1 == len(left(tmp_path))


@pytest.mark.parametrize(
    ("given", "kept"),
    [
        ("../../etc/plan.pdf", "plan.pdf"),
        ("C:\\Dossier\\plan.pdf", "plan.pdf"),
        ("pl\x00an\n.pdf", "plan.pdf"),
        ("é" * 300 + ".pdf", "é" * 116 + ".pdf"),
    ],
)
async def test_a_name_is_stripped_of_paths_and_signs(
    folder: DataFolder, given: str, kept: str
) -> None:
    attachment = await folder.keep(given, "application/pdf", pieces(PDF))

    assert kept == attachment.name


async def test_what_is_not_accepted_is_refused_and_leaves_nothing(
    folder: DataFolder, tmp_path: Path
) -> None:
    assert "type" == await refusal(folder, "virus.exe", "application/pdf", PDF)
    assert "type" == await refusal(folder, "plan.pdf", "text/html", PDF)
    assert "type" == await refusal(folder, "plan.pdf", "application/pdf", b"MZ\x90\x00")
    assert "type" == await refusal(folder, "pdf", "application/pdf", PDF)
    assert "type" == await refusal(folder, "", "", PDF)
    assert "empty" == await refusal(folder, "plan.pdf", "application/pdf")
    assert "size" == await refusal(folder, "plan.pdf", "application/pdf", PDF, b"x" * 1000)

    assert [] == left(tmp_path)


async def test_an_upload_that_breaks_off_leaves_nothing(folder: DataFolder, tmp_path: Path) -> None:
    async def broken() -> AsyncIterator[bytes]:
        yield PDF
        raise ConnectionResetError

    with pytest.raises(ConnectionResetError):
        await folder.keep("plan.pdf", "application/pdf", broken())

    assert [] == left(tmp_path)


@pytest.mark.parametrize("digest", ["", "ab", "../" * 20, "A" * 64, "0" * 64])
def test_what_is_not_there_has_no_path(folder: DataFolder, digest: str) -> None:
    assert folder.path(digest) is None
