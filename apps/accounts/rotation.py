"""Moving the keys of authenticator apps and the seeds of recovery codes to the first encryption key."""

from allauth.mfa.models import Authenticator
from django.db import transaction

from apps.core.fields import is_under_first_key, under_first_key
from apps.core.rotation import Found

# Where django-allauth keeps them in an authenticator's data.
_SECRETS = ("secret", "seed")


def rotate_second_factors(write: bool) -> Found:
    found = Found("mfa.Authenticator.data")
    for pk in Authenticator.objects.values_list("pk", flat=True).order_by("pk"):
        _rotate_one(pk, found, write=write)
    return found


@transaction.atomic
def _rotate_one(pk: int, found: Found, *, write: bool) -> None:
    factor = Authenticator.objects.select_for_update().filter(pk=pk).first()
    for name in _SECRETS:
        encrypted = factor.data.get(name) if factor else None
        if not encrypted:
            continue
        if is_under_first_key(encrypted):
            found.current += 1
        elif (renewed := under_first_key(encrypted)) is None:
            found.unreadable += 1
        elif write:
            factor.data[name] = renewed
            factor.save(update_fields=["data"])
            found.current += 1
        else:
            found.old += 1
