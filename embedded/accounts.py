"""System users, for what refuses or should not run as root."""

import os
import pwd
import subprocess
from pathlib import Path


def running_as_root() -> bool:
    return os.geteuid() == 0


def ensure_user(name: str) -> pwd.struct_passwd:
    """The system user `name`, made when it is missing (root only). Raises CalledProcessError when it cannot be made."""
    try:
        return pwd.getpwnam(name)
    except KeyError:
        subprocess.run(
            ["useradd", "--system", "--user-group", "--no-create-home", "--shell", "/usr/sbin/nologin", name],
            check=True,
            capture_output=True,
        )
        return pwd.getpwnam(name)


def own(directory: Path, user: pwd.struct_passwd | None) -> None:
    """Make `directory` private to `user` (to the current one when None)."""
    directory.mkdir(parents=True, exist_ok=True)
    if user is not None:
        os.chown(directory, user.pw_uid, user.pw_gid)
    directory.chmod(0o700)
