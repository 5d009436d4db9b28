"""What a node writes about itself, and what becomes of its logs."""

import os

import pytest

from smartborder.node.process import logs, pids, state
from smartborder.node.process.state import Process, State, Trouble


def test_what_is_written_is_read(tmp_path):
    written = State(
        phase="ready",
        supervisor=state.process(os.getpid()),
        parts={"web": Process(pid=1, started="5", restarts=2)},
        trouble=Trouble(code="node.part-failed", detail="x", where={"port": 1}),
    )
    state.write(tmp_path, written)
    assert state.read(tmp_path) == written
    state.clear(tmp_path)
    assert state.read(tmp_path) == State()


@pytest.mark.parametrize("content", [b"", b"{", b'{"phase": "flying"}', b"[]"])
def test_half_a_file_means_stopped(tmp_path, content):
    (tmp_path / "node.json").write_bytes(content)
    assert state.read(tmp_path).phase == "stopped"


def test_a_pid_used_again_is_another_process():
    ours = state.process(os.getpid())
    assert ours.alive
    assert not Process(pid=ours.pid, started="1").alive
    assert not Process(pid=2**22 + 1, started=None).alive


def test_processes_inside_a_folder(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    assert pids.inside(tmp_path) == {os.getpid()}
    assert pids.inside(tmp_path / "other") == set()
    (tmp_path / "link").symlink_to(tmp_path)
    assert pids.inside(tmp_path / "link") == {os.getpid()}


def test_logs_turn_over_and_the_oldest_goes(tmp_path):
    log = tmp_path / "web.log"
    with log.open("ab") as writer:
        for number in range(5):
            writer.write(b"%d" % number * 11)
            writer.flush()
            logs.rotate(tmp_path, limit=10, kept=3)
        writer.write(b"now\n")
    assert log.read_bytes() == b"now\n"
    assert [(tmp_path / f"web.log.{n}").read_bytes()[:1] for n in (1, 2, 3)] == [b"4", b"3", b"2"]
    assert not (tmp_path / "web.log.4").exists()


def test_a_small_log_stays(tmp_path):
    (tmp_path / "web.log").write_text("one\n\n")
    logs.rotate(tmp_path, limit=10)
    assert [p.name for p in tmp_path.iterdir()] == ["web.log"]
    assert logs.last_line(tmp_path / "web.log") == "one"
    assert logs.last_line(tmp_path / "none.log") == "no log"
