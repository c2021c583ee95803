"""Mail. An empty URL: none is sent, and pages say so."""

from portal.settings.environment import environment

MAIL_URL = environment().mail_url.get_secret_value()
MAIL_FROM = environment().mail_from
