"""Django's settings, one file a subject; `environment.py` is the only one that reads the environment."""

from portal.settings.api import *  # noqa: F403
from portal.settings.celery import *  # noqa: F403
from portal.settings.database import *  # noqa: F403
from portal.settings.federation import *  # noqa: F403
from portal.settings.forecasts import *  # noqa: F403
from portal.settings.frame import *  # noqa: F403
from portal.settings.logs import *  # noqa: F403
from portal.settings.mail import *  # noqa: F403
from portal.settings.redis import *  # noqa: F403
from portal.settings.security import *  # noqa: F403
from portal.settings.signin import *  # noqa: F403
