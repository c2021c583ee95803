"""A backup is one tar file: the database as of one moment, every object that its rows name, and the manifest, last.

The keys are not in it, only their fingerprints: a backup lies where many can read it, the keys must not. (`make backup`
adds the embedded installation's own, for there they lie nowhere else.)
"""

FORMAT = 1
MANIFEST = "manifest.json"
DATABASE = "database.dump"
OBJECTS = "objects/"
SECRETS = "secrets/"


class BackupRefused(Exception):
    """It was not done, and nothing was changed; the message says why and what would be right."""
