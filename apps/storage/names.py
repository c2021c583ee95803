"""What files in buckets may be called, so that each is a plain file in a plain folder wherever it is copied to."""

LONGEST_KEY, LONGEST_PART = 900, 255


def wrong_with(key: str) -> str:
    """What is wrong with the name of a file, as a sentence; empty when nothing is."""
    if not key or len(key.encode()) > LONGEST_KEY:
        return f"A name has 1 to {LONGEST_KEY} bytes."
    parts = key.split("/")
    if any(part in ("", ".", "..") for part in parts):
        return "No part of a name is empty, `.` or `..`."
    if any(len(part.encode()) > LONGEST_PART for part in parts):
        return f"No part of a name is longer than {LONGEST_PART} bytes."
    if "\\" in key or not key.isprintable():
        return "A name has no backslashes and no control characters."
    return ""


def wrong_with_folder(prefix: str) -> str:
    """The same for a folder, which ends with a slash; the top is empty."""
    if not prefix:
        return ""
    return wrong_with(prefix[:-1]) if prefix.endswith("/") else "A folder ends with a slash."
