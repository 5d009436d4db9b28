"""Which server binaries serve which data folder."""

from pathlib import Path

import pytest

from smartborder.node.store import servers
from smartborder.node.store.servers import NoServerBinaries, NoServerForData, Server


def server(major: int, source: str) -> Server:
    return Server(bin=Path(f"/{source}/{major}"), major=major, version=f"{major}.1", source=source)


FIFTEEN, SEVENTEEN, WHEEL = server(15, "machine"), server(17, "machine"), server(18, "wheel")
OLD = server(14, "machine")


@pytest.mark.parametrize(
    ("there", "data", "wanted", "expected"),
    [
        ([SEVENTEEN, FIFTEEN, WHEEL], None, None, SEVENTEEN),
        ([SEVENTEEN, FIFTEEN, WHEEL], None, "wheel", WHEEL),
        ([OLD, WHEEL], None, None, WHEEL),
        ([SEVENTEEN, FIFTEEN, WHEEL], 15, None, FIFTEEN),
        ([SEVENTEEN, FIFTEEN, WHEEL], 18, None, WHEEL),
        ([server(18, "machine"), WHEEL], 18, None, server(18, "machine")),
        ([server(18, "machine"), WHEEL], 18, "wheel", WHEEL),
        ([FIFTEEN, WHEEL], 15, "wheel", FIFTEEN),
    ],
)
def test_choice(there, data, wanted, expected):
    assert servers.choose(there, data, wanted) == expected


def test_data_of_18_with_binaries_of_15_only():
    with pytest.raises(NoServerForData) as failure:
        servers.choose([FIFTEEN], 18)
    assert "needs PostgreSQL 18" in failure.value.detail
    assert "15.1 (machine)" in failure.value.detail
    assert failure.value.exit_code == 3


@pytest.mark.parametrize(
    ("there", "wanted"), [([], None), ([OLD], None), ([FIFTEEN], "wheel"), ([WHEEL], "machine")]
)
def test_nothing_usable(there, wanted):
    with pytest.raises(NoServerBinaries):
        servers.choose(there, None, wanted)


@pytest.mark.parametrize(
    ("content", "expected"), [("15\n", 15), ("18", 18), ("", None), ("x", None), (None, None)]
)
def test_version_of_a_data_folder(tmp_path, content, expected):
    if content is not None:
        (tmp_path / "PG_VERSION").write_text(content)
    assert servers.data_version(tmp_path) == expected


def test_a_folder_of_other_programs_is_no_server(tmp_path):
    assert servers.inspect(tmp_path, "machine") is None
    for name in ("postgres", "initdb", "pg_dump", "pg_restore"):
        (tmp_path / name).write_text("#!/bin/sh\necho 'postgres (PostgreSQL) 16.4 (Debian)'\n")
    assert servers.inspect(tmp_path, "machine") is None  # not executable
    (tmp_path / "postgres").chmod(0o755)
    found = servers.inspect(tmp_path, "machine")
    assert found == Server(bin=tmp_path, major=16, version="16.4", source="machine")
