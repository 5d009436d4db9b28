from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from smartborder.kernel.time import FixedTime
from smartborder.node.access import sign_in, users
from smartborder.node.access.roles import Role
from smartborder.node.access.users import PURPOSE, User
from smartborder.node.home import NodeHome
from smartborder.node.store.session import SYSTEM, Store

pytestmark = pytest.mark.node
PASSWORD = "a sentence nobody guesses"


@pytest.fixture
def time() -> FixedTime:
    return FixedTime(datetime(2026, 11, 24, 3, tzinfo=UTC))


@pytest.fixture
def store(home: NodeHome, time: FixedTime) -> Iterator[Store]:
    made = Store(home, time=time, pool_size=1)
    yield made
    made.close()


@pytest.fixture
def user(store: Store, request: pytest.FixtureRequest) -> User:
    with store.act(SYSTEM, PURPOSE) as s:
        return users.add(s, login=request.node.name, name="Ines", roles=["officer"])


def resumed(store: Store, token: str, *, attended: bool = True) -> User | None:
    with store.act(SYSTEM, PURPOSE) as s:
        try:
            return sign_in.resume(s, token, attended=attended)
        except sign_in.NotSignedIn:
            return None


def begin(store: Store, user: User) -> str:
    with store.act(SYSTEM, PURPOSE) as s:
        return sign_in.begin(s, user).token


def test_a_link_works_once(store: Store, user: User) -> None:
    with store.act(SYSTEM, PURPOSE) as s:
        token = sign_in.make_link(s, user)
        assert sign_in.link_owner(s, token) == user
        assert sign_in.with_link(s, token).user == user
    with store.act(SYSTEM, PURPOSE) as s, pytest.raises(sign_in.LinkSpent):
        sign_in.with_link(s, token)


@pytest.mark.parametrize(("minutes", "works"), [(29, True), (30, False)])
def test_a_link_ends_after_half_an_hour(
    store: Store, time: FixedTime, user: User, minutes: int, works: bool
) -> None:
    with store.act(SYSTEM, PURPOSE) as s:
        token = sign_in.make_link(s, user)
    time.move(timedelta(minutes=minutes))
    with store.act(SYSTEM, PURPOSE) as s:
        try:
            assert sign_in.with_link(s, token).user == user
        except sign_in.LinkSpent:
            assert not works
        else:
            assert works


def test_nothing_in_the_database_opens_a_session(store: Store, user: User) -> None:
    token = begin(store, user)
    with store.act(SYSTEM, PURPOSE) as s:
        kept = bytes(
            s.one("SELECT token FROM access.session WHERE user_id = :u", u=user.id)["token"]
        )
    assert token.encode() not in kept
    assert resumed(store, kept.hex()) is None
    assert resumed(store, token) == user


@pytest.mark.parametrize(("minutes", "runs"), [(29, True), (30, False)])
def test_a_session_ends_after_half_an_hour_of_silence(
    store: Store, time: FixedTime, user: User, minutes: int, runs: bool
) -> None:
    token = begin(store, user)
    time.move(timedelta(minutes=minutes))
    assert (resumed(store, token) is not None) is runs


def test_what_a_page_asks_by_itself_keeps_no_session_alive(
    store: Store, time: FixedTime, user: User
) -> None:
    token = begin(store, user)
    time.move(timedelta(minutes=20))
    assert resumed(store, token, attended=False) == user
    time.move(timedelta(minutes=15))
    assert resumed(store, token) is None


def test_a_session_in_use_ends_after_twelve_hours(
    store: Store, time: FixedTime, user: User
) -> None:
    token = begin(store, user)
    for _ in range(35):
        time.move(timedelta(minutes=20))
        assert resumed(store, token) == user
    time.move(timedelta(minutes=20))
    assert resumed(store, token) is None


def test_signing_out_and_closing_the_account_end_sessions(store: Store, user: User) -> None:
    first, second = begin(store, user), begin(store, user)
    with store.act(SYSTEM, PURPOSE) as s:
        sign_in.end(s, first)
    assert resumed(store, first) is None
    assert resumed(store, second) == user
    with store.act(SYSTEM, PURPOSE) as s:
        users.close(s, user.id)
    assert resumed(store, second) is None


def test_new_roles_hold_in_a_running_session(store: Store, user: User) -> None:
    token = begin(store, user)
    with store.act(SYSTEM, PURPOSE) as s:
        users.give_roles(s, user.id, ["supervisor", "secondary"])
    seen = resumed(store, token)
    assert seen is not None
    assert seen.roles == (Role.SUPERVISOR, Role.SECONDARY)


def attempt(store: Store, login: str, password: str, address: str = "192.0.2.1") -> bool:
    with store.act(SYSTEM, PURPOSE) as s:
        return sign_in.with_password(s, login, password, address) is not None


def test_password_and_throttling(store: Store, time: FixedTime, user: User) -> None:
    assert not attempt(store, user.login, PASSWORD)  # none set yet
    with store.act(SYSTEM, PURPOSE) as s:
        users.set_password(s, user.id, PASSWORD)
        assert s.value("SELECT password FROM access.user WHERE id = :u", u=user.id).startswith(
            "$argon2id$"
        )
    assert attempt(store, user.login, PASSWORD)
    for _ in range(5):
        assert not attempt(store, user.login, "wrong")
    with pytest.raises(sign_in.TooManyFailures):
        attempt(store, user.login, PASSWORD)
    time.move(timedelta(minutes=16))
    assert attempt(store, user.login, PASSWORD)


def test_a_short_password_is_refused(store: Store, user: User) -> None:
    with store.act(SYSTEM, PURPOSE) as s, pytest.raises(users.PasswordTooShort):
        users.set_password(s, user.id, "elevenchars")


def test_an_address_that_tries_many_names_is_stopped(store: Store) -> None:
    with store.act(SYSTEM, PURPOSE) as s:
        from smartborder.node.access.tokens import hashed

        s.many("INSERT INTO access.failure (key, at) VALUES (:key, :at)",
               [{"key": hashed("address:198.51.100.7"), "at": s.now}] * 30)  # fmt: skip
    with pytest.raises(sign_in.TooManyFailures):
        attempt(store, "somebody-else", PASSWORD, "198.51.100.7")


@pytest.mark.parametrize(
    "roles", [[], ["king"], ["auditor", "officer"], ["administrator", "officer"]]
)
def test_roles_that_cannot_be_given(store: Store, roles: list[str]) -> None:
    with store.act(SYSTEM, PURPOSE) as s, pytest.raises(users.RolesUnusable):
        users.add(s, login="x", name="X", roles=roles)


def test_a_login_name_is_taken_once(store: Store, user: User) -> None:
    with store.act(SYSTEM, PURPOSE) as s, pytest.raises(users.UserExists):
        users.add(s, login=user.login, name="Other", roles=["analyst"])
