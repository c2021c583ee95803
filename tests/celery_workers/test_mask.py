"""What a replica prints is free of its secrets, however it prints them."""

import base64
import json
from urllib.parse import quote

import pytest

from celery_workers.local.runner.secrets import LEAST_BYTES, Mask

VALUE = b"p4ss/word+with?signs"
LONG = bytes(range(33, 126)) * 3


def masked(value: bytes, output: bytes, *, step: int = 0) -> bytes:
    mask = Mask([value])
    pieces = [output] if not step else [output[at : at + step] for at in range(0, len(output), step)]
    return b"".join(mask.feed(piece) for piece in pieces) + mask.end()


@pytest.mark.parametrize("step", [0, 1, 7])
@pytest.mark.parametrize(
    "printed",
    [
        VALUE,
        base64.b64encode(VALUE).rstrip(b"="),
        base64.urlsafe_b64encode(VALUE).rstrip(b"="),
        quote(VALUE.decode(), safe="").encode(),
        VALUE + b"\r" + VALUE,
    ],
)
def test_no_form_of_it_is_left(printed, step):
    shown = masked(VALUE, b"before " + printed + b" after\n", step=step)

    assert printed not in shown
    assert VALUE not in shown
    assert shown.startswith(b"before ***")


@pytest.mark.parametrize("before", [b"", b"a", b"ab", b"abc", b"ann:"])
@pytest.mark.parametrize("after", [b"", b"x", b"xy"])
def test_not_inside_a_longer_base64_either(before, after):
    """Of what remains, at most the last signs, which also stand for what came after, are left."""
    encoded = base64.b64encode(before + VALUE + after)

    shown = masked(VALUE, encoded + b"\n")

    assert b"***" in shown
    assert len(shown) <= len(before) * 4 // 3 + 2 + len(b"***") + len(after) * 4 // 3 + 4 + 1


@pytest.mark.parametrize("width", [64, 76])
def test_not_in_lines_of_base64(width):
    encoded = base64.b64encode(LONG)
    lines = [encoded[at : at + width] for at in range(0, len(encoded), width)]

    shown = masked(LONG, b"\n".join(lines) + b"\n")

    assert not [line for line in lines if len(line) >= 8 and line in shown]


def test_each_line_of_several():
    key = "-----BEGIN-----\nline one of it\nline two of it\n}\n"

    shown = masked(key.encode(), f"x line two of it y }}\n{json.dumps(key)}\n".encode())

    assert shown == b'x *** y }\n"***"\n'


def test_what_is_short_is_not_masked():
    assert masked(b"1" * (LEAST_BYTES - 1), b"11111 111111\n") == b"11111 111111\n"
    assert masked(b"1" * LEAST_BYTES, b"11111 111111\n") == b"11111 ***\n"


def test_a_line_without_end_is_passed_on_and_masked():
    output = b"x" * 200_000 + VALUE + b"y" * 200_000

    mask = Mask([VALUE])
    shown = [mask.feed(output[at : at + 65536]) for at in range(0, len(output), 65536)]

    assert sum(map(len, shown)) > 300_000
    assert b"".join(shown) + mask.end() == b"x" * 200_000 + b"***" + b"y" * 200_000


def test_without_secrets_nothing_is_kept_back():
    assert Mask([]).feed(b"no end of a line") == b"no end of a line"
