"""Who people are. What they may do is the business of tenants."""

from collections.abc import Iterator
from typing import Any, ClassVar
from uuid import UUID

from allauth.mfa.models import Authenticator
from django.contrib.auth.models import AbstractBaseUser, BaseUserManager, PermissionsMixin
from django.contrib.sessions.models import Session
from django.db import models
from django.db.models import Exists, OuterRef, QuerySet
from django.db.models.functions import Lower, Now
from django.utils import timezone
from django.utils.crypto import salted_hmac

from apps.core.fields import EncryptedTextField
from apps.core.ids import new_id


class Kind(models.TextChoices):
    PERSON = "person"
    SERVICE = "service"


class UserManager(BaseUserManager["User"]):
    def people(self) -> "models.QuerySet[User]":
        """Accounts of persons, without those of programs."""
        return self.filter(kind=Kind.PERSON)

    def create_user(self, *, email: str, name: str, password: str | None = None, **fields: Any) -> "User":
        user = self.model(email=self.normalize_email(email).lower(), name=name, **fields)
        user.set_password(password)
        user.save(using=self._db)
        return user

    def get_by_natural_key(self, email: str | None) -> "User":
        return self.get(email=(email or "").lower())

    def with_second_factor(self) -> Any:
        """Accounts, each with `has_second_factor`."""
        return self.annotate(has_second_factor=Exists(second_factors().filter(user=OuterRef("pk"))))


def second_factors() -> QuerySet[Authenticator]:
    """What people prove themselves with besides a password; recovery codes only stand in for it."""
    factors: QuerySet[Authenticator] = Authenticator.objects.exclude(type=Authenticator.Type.RECOVERY_CODES)
    return factors


class User(AbstractBaseUser, PermissionsMixin):
    """A person, or a program (a service account, see tenants), which has neither password nor session.

    `access_version` is raised by every change of what they may do; open sockets compare it.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    email = models.EmailField(unique=True)
    name = models.CharField(max_length=150)
    kind = models.CharField(max_length=10, choices=Kind.choices, default=Kind.PERSON, editable=False)
    is_active = models.BooleanField(default=True)
    language = models.CharField(max_length=10, blank=True, help_text="Empty follows the browser.")
    time_zone = models.CharField(max_length=60, blank=True, help_text="IANA name; empty follows the browser.")
    theme = models.CharField(max_length=10, default="system")
    last_project_id = models.UUIDField(null=True, editable=False, help_text="Where a fresh sign-in to the console begins.")
    password_is_temporary = models.BooleanField(default=False, help_text="Made by an administrator; to be changed.")
    access_version = models.PositiveBigIntegerField(default=1, editable=False)
    session_epoch = models.PositiveIntegerField(default=0, editable=False, help_text="Raised to end all sessions.")
    generation = models.PositiveBigIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    objects: ClassVar[UserManager] = UserManager()
    USERNAME_FIELD = "email"
    EMAIL_FIELD = "email"
    REQUIRED_FIELDS = ["name"]

    class Meta:
        constraints = [models.UniqueConstraint(Lower("email"), name="one_user_an_address")]

    @property
    def label(self) -> str:
        """How trails and timelines call the account."""
        return self.email if self.kind == Kind.PERSON else f"service account {self.name}"

    def __str__(self) -> str:
        return self.label

    def get_session_auth_hash(self) -> str:
        """What a session must have been opened with to count: this password, in this epoch."""
        return self._in_epoch(super().get_session_auth_hash())

    def get_session_auth_fallback_hash(self) -> Iterator[str]:
        return map(self._in_epoch, super().get_session_auth_fallback_hash())

    def _in_epoch(self, digest: str) -> str:
        if not self.session_epoch:
            return digest
        return salted_hmac("hanse.session-epoch", f"{digest}:{self.session_epoch}", algorithm="sha256").hexdigest()


class OpenSessionQuerySet(models.QuerySet["OpenSession"]):
    def of_user(self, user_id: UUID) -> "OpenSessionQuerySet":
        """Sessions of the user that still count."""
        alive = Session.objects.filter(session_key=OuterRef("session_key"), expire_date__gt=Now())
        return self.filter(Exists(alive), user_id=user_id)

    def over(self) -> "OpenSessionQuerySet":
        return self.exclude(Exists(Session.objects.filter(session_key=OuterRef("session_key"))))


class OpenSession(models.Model):
    """What is remembered of a session besides its content: whose, from where, by which browser, opened how."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="open_sessions")
    session_key = models.CharField(max_length=40, unique=True)
    opened_with = models.CharField(max_length=20, help_text="password, passkey or single-sign-on; empty: not known.")
    second_factor = models.BooleanField(default=False, help_text="Opened with one, or with a passkey.")
    address = models.CharField(max_length=60, blank=True)
    user_agent = models.CharField(max_length=300, blank=True)
    created_at = models.DateTimeField(default=timezone.now, editable=False)
    last_seen_at = models.DateTimeField(default=timezone.now)

    objects: ClassVar[models.Manager["OpenSession"]] = OpenSessionQuerySet.as_manager()

    class Meta:
        indexes = [models.Index(fields=["user", "-id"], name="sessions_of_user")]


class Group(models.Model):
    """People who are given roles together."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    name = models.CharField(max_length=100, unique=True)
    users = models.ManyToManyField(User, related_name="member_groups", blank=True)
    generation = models.PositiveBigIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return self.name


class Provider(models.Model):
    """Somebody who says who people are: a company's OpenID Connect provider.

    It speaks for the addresses of its `domains` and no others, so that one company's provider cannot name another's people.
    """

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    slug = models.CharField(max_length=40, unique=True)
    name = models.CharField(max_length=100, help_text="As the button of the sign-in page calls it.")
    issuer = models.URLField(max_length=300)
    client_id = models.CharField(max_length=200)
    secret = EncryptedTextField()
    domains = models.JSONField(default=list)
    creates_accounts = models.BooleanField(default=True)
    asks_second_factor = models.BooleanField(default=False)
    signs_out_there = models.BooleanField(default=False, help_text="Whoever signs out here is signed out there too.")
    groups_claim = models.CharField(max_length=100, blank=True)
    group_rules = models.JSONField(default=list, help_text='[{"value": of the claim, "group": id of a group}]')
    is_active = models.BooleanField(default=True)
    generation = models.PositiveBigIntegerField(default=1, editable=False)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    def __str__(self) -> str:
        return self.slug


class ProviderAccount(models.Model):
    """A person as a provider knows them: by its subject, which stays when names and addresses change."""

    id = models.UUIDField(primary_key=True, default=new_id, editable=False)
    provider = models.ForeignKey(Provider, on_delete=models.CASCADE, related_name="accounts")
    user = models.ForeignKey(User, on_delete=models.CASCADE, related_name="provider_accounts")
    subject = models.CharField(max_length=255)
    created_at = models.DateTimeField(default=timezone.now, editable=False)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["provider", "subject"], name="one_account_a_subject"),
            # An address that a provider gives to another person must not bring that person into the leaver's account.
            models.UniqueConstraint(fields=["provider", "user"], name="one_subject_an_account"),
        ]
