"""Sessions are known by a digest of their cookies (apps/accounts/sessions.py); those that are open stay so."""

from django.db import migrations

_DIGEST = "left(translate(encode(sha256(convert_to(session_key, 'UTF8')), 'base64'), '+/', '-_'), 40)"


class Migration(migrations.Migration):
    dependencies = [("accounts", "0005_last_project"), ("sessions", "0001_initial")]

    operations = [
        migrations.RunSQL(
            [
                f"UPDATE django_session SET session_key = {_DIGEST}",
                f"UPDATE accounts_opensession SET session_key = {_DIGEST}",
            ],
            # What a digest is of is not to be had back: whoever goes back signs in again.
            ["DELETE FROM accounts_opensession", "DELETE FROM django_session"],
        )
    ]
