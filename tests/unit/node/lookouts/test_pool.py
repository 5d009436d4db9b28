"""Parts in processes of their own: in order, drawn a few ahead, and a lost process is seen."""

import os
import signal

import msgspec
import pytest

from smartborder.kernel.executor import InProcess
from smartborder.node.lookouts.pool import ProcessLost, ProcessPool


class Squares(msgspec.Struct):
    """Squares numbers; ends its own process at one number and fails at another."""

    killed_at: int = -1
    failing_at: int = -1

    def __call__(self):
        def square(number):
            if number == self.killed_at:
                os.kill(os.getpid(), signal.SIGKILL)
            if number == self.failing_at:
                raise ValueError("somebody's name")
            return number * number

        return square


@pytest.fixture
def from_here(monkeypatch):
    """The processes find this module as the tests do."""
    monkeypatch.setenv("PYTHONPATH", os.getcwd())


@pytest.mark.usefixtures("from_here")
def test_answers_come_in_the_order_of_the_parts():
    assert list(ProcessPool(2).run(Squares(), range(50))) == [n * n for n in range(50)]
    assert list(InProcess().run(Squares(), range(50))) == [n * n for n in range(50)]


@pytest.mark.usefixtures("from_here")
def test_parts_are_drawn_only_a_few_ahead():
    drawn = []
    answers = ProcessPool(2).run(Squares(), (drawn.append(n) or n for n in range(1000)))
    for _ in range(10):
        next(answers)
    answers.close()
    assert len(drawn) < 20


@pytest.mark.usefixtures("from_here")
def test_a_process_that_is_killed_ends_the_work_after_what_was_answered():
    answers = ProcessPool(1).run(Squares(killed_at=3), range(10))
    assert [next(answers) for _ in range(3)] == [0, 1, 4]
    with pytest.raises(ProcessLost):
        next(answers)


@pytest.mark.usefixtures("from_here")
def test_a_fault_is_told_by_its_kind_and_never_by_its_text():
    with pytest.raises(ProcessLost) as told:
        list(ProcessPool(1).run(Squares(failing_at=0), range(3)))
    assert "ValueError" in told.value.detail
    assert "somebody" not in str(told.value)
