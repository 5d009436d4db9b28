"""The signature of a push: a key that a restored node has again, one text that is signed."""

from datetime import UTC, datetime

from smartborder.node.carriers import push_wire

KEY = push_wire.signing_key(bytes(range(32)))
AT = datetime(2026, 11, 24, 10, tzinfo=UTC)


def test_the_key_of_a_node_never_changes_by_a_change_of_ours():
    assert push_wire.public_key(KEY) == "whpk_raWvlHX1v+9xWvBeWH3HEwTkTBDBp4ZVYj1alxxE6nk="
    other = push_wire.signing_key(bytes(32))
    assert push_wire.public_key(other) != push_wire.public_key(KEY)


def test_id_time_and_body_are_signed_and_nothing_can_be_moved_between_them():
    signed = push_wire.signed(KEY, "push-1", AT, b"UNB'")
    assert signed["webhook-timestamp"] == "1795514400"
    assert signed["webhook-signature"] == (
        "v1a,fxtxmYv6iOMUdtuefjLpo0uGNJhAZqhVaAz1ABXeCibBHLWlf826GwD9ZpXl/SPpEyeoh7EXb8dSBb+tKPhoCA=="
    )
    for push, at, body in (("push-2", AT, b"UNB'"), ("push-1", AT.replace(hour=11), b"UNB'"),
                           ("push-1", AT, b"UNB")):  # fmt: skip
        other = push_wire.signed(KEY, push, at, body)["webhook-signature"]
        assert other != signed["webhook-signature"]
