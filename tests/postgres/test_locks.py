"""Locks between processes; two open files of one process exclude each other like two processes."""

from __future__ import annotations

import os
import threading
import time
from typing import TYPE_CHECKING

import pytest

from monitor.postgres.errors import PostgresError
from monitor.postgres.locks import FileLock, alone

if TYPE_CHECKING:
    from pathlib import Path


def test_sharers_keep_out_an_owner_until_the_last_lets_go(tmp_path: Path) -> None:
    first, second, owner = (FileLock(tmp_path / "users.lock") for _ in range(3))
    first.share()
    second.share()
    assert not owner.try_to_own()
    first.close()
    assert not owner.try_to_own()
    second.close()
    assert owner.try_to_own()
    owner.close()


def test_a_lock_is_shared_unless_somebody_owns_it(tmp_path: Path) -> None:
    first, second = (FileLock(tmp_path / "users.lock") for _ in range(2))
    assert (first.try_to_share(), second.try_to_share()) == (True, True)
    first.close()
    assert second.try_to_own()
    third = FileLock(tmp_path / "users.lock")
    assert not third.try_to_share()
    second.close()
    assert third.try_to_share()
    third.close()


def test_closing_twice_closes_no_other_file(tmp_path: Path) -> None:
    lock = FileLock(tmp_path / "a")
    lock.close()
    other = os.open(tmp_path / "b", os.O_RDWR | os.O_CREAT)
    lock.close()
    os.fstat(other)
    os.close(other)


def test_alone_waits_for_its_turn(tmp_path: Path) -> None:
    path, order = tmp_path / "start.lock", []

    def second() -> None:
        with alone(path, within_s=5):
            order.append("second")

    with alone(path, within_s=5):
        waiting = threading.Thread(target=second)
        waiting.start()
        time.sleep(0.1)
        order.append("first")
    waiting.join()
    assert order == ["first", "second"]


def test_alone_gives_up_in_time_and_says_why(tmp_path: Path) -> None:
    path = tmp_path / "start.lock"
    with alone(path, within_s=1), pytest.raises(PostgresError) as given_up, alone(path, within_s=0.1):
        pass
    assert str(given_up.value) == f"Another process has held {path} for 0 s; it may be stuck."


def test_alone_lets_go_after_an_error(tmp_path: Path) -> None:
    with pytest.raises(ZeroDivisionError), alone(tmp_path / "start.lock", within_s=1):
        raise ZeroDivisionError
    with alone(tmp_path / "start.lock", within_s=0):
        pass


@pytest.mark.skipif(os.geteuid() == 0, reason="root may open every file")
def test_lock_of_another_user_is_told_in_a_sentence(tmp_path: Path) -> None:
    (tmp_path / "users.lock").touch(mode=0o000)
    with pytest.raises(PostgresError, match="belongs to another user; start Monitor as the user who started it first"):
        FileLock(tmp_path / "users.lock")
