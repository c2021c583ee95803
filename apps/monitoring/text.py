"""Making lines safe to show: a log is written by strangers, and terminals, browsers and people obey what is in it."""

import re

MOST_CHARACTERS = 16_384
_ESC = "\x1b"
# In the order they must be tried. Strings (OSC, DCS, SOS, PM, APC) end with BEL or ST, or with the line.
_CONTROL = re.compile(
    r"(?P<sgr>(?:\x1b\[|\x9b)(?P<codes>[0-9;:]{0,64})m)"
    r"|(?:\x1b\[|\x9b)[\x30-\x3f]*[\x20-\x2f]*[\x40-\x7e]?"
    r"|(?:\x1b[\]PX^_]|[\x9d\x90\x98\x9e\x9f]).*?(?:\x07|\x1b\\|\x9c|\Z)"
    r"|\x1b[\x20-\x2f]*[\x30-\x7e]?"
    r"|[\x00-\x08\x0a-\x1f\x7f-\x9f]"
    r"|[\u202a-\u202e\u2066-\u2069\u2028\u2029]",
    re.DOTALL,
)
_SGR = re.compile(r"\x1b\[[0-9;:]*m")


def safe_line(text: str) -> str:
    """One line without anything that a terminal would carry out, but colours (SGR), and of bounded length.

    What a carriage return overwrote is left out, as a terminal would show it; text direction marks go too, since they
    can make a line read otherwise than it is.
    """
    text = text.rstrip("\r\n")
    if "\r" in text:
        text = text.rsplit("\r", 1)[1]
    cut = len(text) - MOST_CHARACTERS
    text = text[:MOST_CHARACTERS]
    if not text.isprintable():
        text = _CONTROL.sub(_kept, text).encode("utf-8", "replace").decode()
    return text if cut <= 0 else f"{text}{_ESC}[0m … ({cut} more characters)"


def without_colours(text: str) -> str:
    """A safe line as plain text."""
    return _SGR.sub("", text) if _ESC in text else text


def _kept(match: re.Match[str]) -> str:
    return f"{_ESC}[{match['codes']}m" if match["sgr"] else ""
