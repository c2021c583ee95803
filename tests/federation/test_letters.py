"""Letters: what nobody on the way can change, read, or use as another."""

from datetime import timedelta
from typing import Any
from uuid import uuid4

import pytest
from django.utils import timezone

from apps.federation import letters
from apps.federation.errors import LetterRefused
from apps.federation.letters import Letter, PrivateKeys

OURS, THEIRS = PrivateKeys.new(), PrivateKeys.new()


def written(*, lasts: timedelta = timedelta(days=1), keys: PrivateKeys = OURS, **body: Any) -> str:
    now = timezone.now().replace(microsecond=0)
    return letters.write(Letter(uuid4(), "invite", uuid4(), 10000, 20000, body or {"note": "x"}, now, now + lasts), keys)


class TestLetter:
    def test_says_what_was_written(self):
        text = written()

        letters.prove(text, key=OURS.public.sign)
        opened = letters.open_letter(text)
        assert (opened.kind, opened.sender, opened.recipient, opened.body) == ("invite", 10000, 20000, {"note": "x"})

    @pytest.mark.parametrize(
        ("text", "key"),
        [
            (written(), THEIRS.public.sign),
            (written(keys=THEIRS), OURS.public.sign),
            (written(lasts=timedelta(seconds=-1)), OURS.public.sign),
            (written()[:-4] + "AAAA", OURS.public.sign),
            (written(), "no key"),
        ],
        ids=["another key", "another writer", "late", "changed", "no key"],
    )
    def test_that_is_not_theirs_is_refused(self, text, key):
        with pytest.raises(LetterRefused):
            letters.prove(text, key=key)

    @pytest.mark.parametrize("text", ["", "hello", "a.b.c", "e30.e30.", "x" * 40_000])
    def test_that_is_none_is_refused(self, text):
        with pytest.raises(LetterRefused):
            letters.open_letter(text)

    @pytest.mark.parametrize(
        "body",
        [{"reason": "\0"}, {"officer": "\ud800"}, {"terms": {"brings": [{"\0": 1}]}}],
        ids=["NUL", "half a character", "NUL deep inside"],
    )
    def test_that_no_database_keeps_is_refused(self, body):
        with pytest.raises(LetterRefused):
            letters.open_letter(written(**body))


class TestSealed:
    def test_only_its_reader_opens_it_and_only_in_its_agreement(self):
        agreement = uuid4()
        sealed = letters.seal("token", key=THEIRS.public.seal, about=agreement)

        assert letters.unseal(sealed, keys=THEIRS, about=agreement) == "token"
        for keys, about in ((OURS, agreement), (THEIRS, uuid4())):
            with pytest.raises(LetterRefused):
                letters.unseal(sealed, keys=keys, about=about)


class TestFingerprint:
    def test_is_eight_words_that_change_with_either_key(self):
        ours, theirs = OURS.public, THEIRS.public

        assert len(ours.fingerprint.split()) == 8
        assert len({keys.fingerprint for keys in (ours, theirs, type(ours)(ours.sign, theirs.seal))}) == 3
