"""What a process that serves keeps in memory from its start."""

import gc


def settle() -> None:
    """Look through everything that is there once more, and never again: call it when all is imported.

    Else the garbage collector stops whatever is being answered for a tenth of a second, every hundred lists or so, to walk
    over half a million objects of modules that stay as long as the process does.
    """
    gc.collect()
    gc.freeze()
