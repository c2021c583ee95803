import pytest
from hypothesis import given
from hypothesis import strategies as st

from apps.monitoring.text import MOST_CHARACTERS, safe_line, without_colours

RED, OFF = "\x1b[31m", "\x1b[0m"


class TestSafeLine:
    @pytest.mark.parametrize(
        ("written", "kept"),
        [
            ("plain text, Grüße, 港口 ✓\tcolumn", "plain text, Grüße, 港口 ✓\tcolumn"),
            (f"{RED}red{OFF}", f"{RED}red{OFF}"),
            ("\x1b[1;38;2;255;0;10mtrue colour\x1b[m", "\x1b[1;38;2;255;0;10mtrue colour\x1b[m"),
            ("\x9b31mred by a C1 code", f"{RED}red by a C1 code"),
            ("\x1b[2J\x1b[H\x1b[6ncleared", "cleared"),
            ("\x1b]0;title\x07after", "after"),
            ("\x1b]8;;https://evil.example\x1b\\link\x1b]8;;\x1b\\", "link"),
            ("\x1b]52;c;cm0gLXJmIC8=\x07clipboard", "clipboard"),
            ("\x1b]52;c;never ended", ""),
            ("\x1bPq#0;2;0;0;0\x1b\\sixel", "sixel"),
            ("\x1b_payload\x1b\\\x1b^payload\x1b\\\x1bXpayload\x1b\\strings", "strings"),
            ("\x9d0;title\x9cC1 string", "C1 string"),
            ("\x1bcreset \x1b(0charset \x1b7saved", "reset charset saved"),
            ("bell\x07 back\x08space null\x00 delete\x7f", "bell backspace null delete"),
            (" 10%|#   |\r 50%|##  |\r100%|####|\r\n", "100%|####|"),
            ("\u202egnp.exe", "gnp.exe"),
            ("half a code \x1b[3", "half a code "),
            ("\x1b", ""),
            ("\x1b[>4;2m private parameters are no colour", " private parameters are no colour"),
            ("half a character \ud83d", "half a character ?"),
        ],
    )
    def test_keeps_text_and_colours_and_nothing_else(self, written, kept):
        assert safe_line(written) == kept

    def test_cuts_what_nobody_would_read(self):
        line = safe_line("x" * 100_000)

        assert line.startswith("x" * MOST_CHARACTERS)
        assert line.endswith("… (83616 more characters)")

    @given(st.text(alphabet=st.one_of(st.characters(), st.sampled_from("\x1b[]m;0123\x9b\x9d\x90\x07\\")), max_size=60))
    def test_whatever_is_written_no_control_is_left(self, written):
        plain = without_colours(safe_line(written))

        assert not any((ord(character) < 32 and character != "\t") or 0x7F <= ord(character) < 0xA0 for character in plain)
        assert safe_line(safe_line(written)) == safe_line(written)
