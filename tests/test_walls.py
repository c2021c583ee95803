"""The second wall: what PostgreSQL itself shows and takes, when the application forgets to ask."""

# ruff: noqa: S608 (names of our own tables)

from collections.abc import Iterator
from typing import Any

import pytest
from allauth.mfa.models import Authenticator
from django.core.exceptions import ImproperlyConfigured
from django.db import DatabaseError, connection, models, transaction
from django.db.models import QuerySet

from apps.accounts.models import User
from apps.clusters.models import Cluster, Flavor
from apps.core import policies, walls
from apps.core.ids import Ids, new_id
from apps.core.models import OutboxMail, OutboxNotification
from apps.core.registries import SubjectScope
from apps.forecasts.models import Target
from apps.inference.models import App, AppKey, AppReplica, AppTraffic, RevisionFile
from apps.jobs import services as jobs
from apps.jobs.models import Job, JobCode, JobDataset, JobSecret, JobVolume, Schedule, ScheduleRun, Template
from apps.monitoring import services as monitoring
from apps.monitoring.models import Inbox, Mute, Notification
from apps.monitoring.services import Line
from apps.quotas.models import Cohort, Quota, Share, UserCap
from apps.storage.models import StoredObject, StoreKey
from apps.tenants import access
from apps.tenants.actor import Actor
from apps.tenants.models import ApiToken, Member, Project, Tenant
from apps.tenants.permissions import PERMISSIONS
from tests.factories import make_code, make_member, make_project, make_service_account
from tests.jobs.jobs import NOON, address, bring_to, spec
from tests.test_permissions import HTTP
from tests.test_two_tenants import OF_A_TENANT, identifiers, worlds
from tests.world import World

__all__ = ["worlds"]

# Tables that the worlds do not furnish yet; what is true of all tables is still asked of them.
BARE = {"core_operation"}
# Written, and not read again by whoever writes.
ONLY_ADDED = {"core_outboxevent", "core_outboxnotification"}
# Of an audit chain that is nobody's, the head must be moved on by whoever appends to it.
NOBODYS = {"audit_auditchain": f"tenant_id <> '{'00000000-0000-0000-0000-000000000000'}'"}


def query(sql: str, *parameters: Any) -> list[tuple[Any, ...]]:
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        return cursor.fetchall() if cursor.description else [(cursor.rowcount,)]


def tables() -> dict[str, bool]:
    """Every table of the database, and whether it has row-level security with a policy for hanse_web."""
    rows = query(
        "SELECT relname, relrowsecurity AND EXISTS (SELECT FROM pg_policies WHERE tablename = relname AND 'hanse_web' = ANY"
        " (roles)) FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')"
        " AND NOT relispartition"
    )
    return dict(rows)


def columns(table: str) -> set[str]:
    return {name for (name,) in query("SELECT column_name FROM information_schema.columns WHERE table_name = %s", table)}


def furnish(world: World) -> World:
    """And what tests of the walls need besides: a row in every table that can belong to a tenant."""
    owner, project = world.owner, world.project
    job = bring_to("running", owner, project, labels={"data": "digits"})
    source = world.directory / "model.npz"
    source.write_bytes(b"weights")
    jobs.add_artifact(job_id=job.pk, attempt=1, rank=0, name="model.npz", source=source)
    subject = {"scope": SubjectScope(**job.place), "subject_kind": "job", "subject_id": job.pk, "attempt": 1}
    monitoring.record_metrics(**subject, rank=None, points=[("loss", NOON, 0.5)])
    monitoring.append_lines(**subject, rank=0, lines=[Line(1, NOON, "out", "hello")], source_position=1, final=True)
    fields = {"name": "tenant's", "permissions": ["jobs.view"], "expires_at": "2099-01-01T00:00:00Z"}
    ApiToken.objects.create(user=owner.user, digest=new_id().hex, tenant=project.tenant, **fields)
    flavor = world.cluster.flavors.get()
    Share.objects.create(project=project, quota=world.quota, flavor=flavor, resource="cpu", guaranteed=1000)
    assert owner.post(address(project, job, "shares/"), {"email": world.newcomer.email}).status_code == 201
    assert owner.once(address(project), spec(name="once"), key="once").status_code == 201
    place = {"tenant": project.tenant, "project": project}
    app = App.objects.get(pk=world.app())
    AppReplica.objects.create(**place, app=app, number=1, revision=1)
    AppKey.objects.create(tenant=app.tenant, app=app, consumer="shop", digest=f"{app.pk}", created_by=owner.user)
    AppTraffic.objects.create(**place, app=app, minute=NOON, latency=[])
    RevisionFile.objects.create(app=app, revision=app.revisions.first(), path="model.npz", size_bytes=7)
    _furnish_inputs(world, job)
    _furnish_inbox(owner.user, job)
    return world


def _furnish_inputs(world: World, job: Job) -> None:
    """What a job is made of, and what submits it."""
    tenant, project = world.project.tenant, world.project
    JobCode.objects.create(job=job, tenant=tenant, code=make_code(project), state="ready")
    read = {"dataset_id": new_id(), "version_id": new_id(), "number": 1}
    JobDataset.objects.create(job=job, tenant=tenant, project=project, name="digits", **read)
    mounted = {"volume_id": new_id(), "access": "read", "path": "/volumes/scratch"}
    JobVolume.objects.create(job=job, tenant=tenant, project=project, name="scratch", **mounted)
    JobSecret.objects.create(job=job, tenant=tenant, project=project, name="tracker")
    StoreKey.objects.create(**job.place, job_id=job.pk, attempt=1)
    schedule = Schedule.objects.get(pk=world._schedule())
    ScheduleRun.objects.create(tenant_id=tenant.pk, schedule=schedule, due_at=NOON, outcome="skipped")


def _furnish_inbox(user: User, job: Job) -> None:
    """What somebody was told, is to be told, and does not want to be told."""
    about = {"object_kind": "job", "object_id": job.pk}
    told = {"code": "job.failed", "tenant_id": job.tenant_id, "project_id": job.project_id, "path": "/t/aurora", **about}
    Notification.objects.create(user=user, severity="error", **told)
    OutboxNotification.objects.create(**told)
    OutboxMail.objects.create(purpose="notification", user_id=user.pk, address=user.email)
    Inbox.objects.get_or_create(user=user)
    Mute.objects.create(user=user, label="digits", **about)


class TestTables:
    def test_each_has_a_policy_or_a_reason_why_it_needs_none(self, db):
        undecided = [table for table, walled in tables().items() if walled == (table in policies.EXEMPT)]

        assert undecided == [], (
            "Add a policy in a migration (apps/core/policies.py), or a reason to policies.EXEMPT: one, and not both."
        )

    def test_reasons_are_given_for_tables_that_are_there(self, db):
        assert set(policies.EXEMPT) <= set(tables())

    def test_only_those_without_a_wall_have_columns_that_name_a_tenant(self, db):
        """What names a tenant belongs to it."""
        assert [table for table in policies.EXEMPT if "tenant_id" in columns(table)] == []

    def test_the_roles_own_nothing_and_go_round_nothing(self, db):
        roles = query(
            "SELECT rolname, rolsuper OR rolbypassrls OR rolcreaterole OR rolreplication, (SELECT count(*) FROM pg_class"
            " WHERE relowner = pg_roles.oid) FROM pg_roles WHERE rolname IN ('hanse_web', 'hanse_worker') ORDER BY 1"
        )

        assert roles == [("hanse_web", False, 0), ("hanse_worker", False, 0)]

    @pytest.mark.parametrize("role", ["hanse_web", "hanse_worker"])
    def test_no_role_but_the_owner_can_change_or_empty_the_trail(self, db, role):
        for privilege in ("UPDATE", "DELETE", "TRUNCATE", "TRIGGER"):
            assert query("SELECT has_table_privilege(%s, 'audit_auditentry', %s)", role, privilege) == [(False,)]


@pytest.fixture
def furnished(worlds) -> tuple[World, World]:
    ours, theirs = worlds
    return furnish(ours), furnish(theirs)


class TestWithoutTheApplication:
    """hanse_web and SQL, and nothing in between."""

    def test_no_table_shows_a_row_while_nobody_has_entered(self, furnished):
        walled = sorted(table for table, walled in tables().items() if walled)
        empty = [table for table in walled if table not in BARE and query(f"SELECT count(*) FROM {table}") == [(0,)]]
        seen = {}
        for table in walled:
            with walls.transaction():
                if query("SELECT has_table_privilege(%s, 'SELECT')", table) == [(True,)]:
                    seen[table] = query(f"SELECT count(*) FROM {table} WHERE {NOBODYS.get(table, 'true')}")[0][0]

        assert empty == [], "a table without rows proves nothing: furnish the worlds with one"
        assert {table: count for table, count in seen.items() if count} == {}
        assert set(walled) - set(seen) == ONLY_ADDED

    def test_one_tenant_sees_rows_of_its_own_and_none_of_another(self, furnished):
        ours, theirs = furnished
        for table, walled in sorted(tables().items()):
            if not walled or table in {*ONLY_ADDED, *BARE} or not (key := _key_of_tenant(table)):
                continue
            with walls.transaction():
                access.enter(ours.owner.user.pk)
                found = dict(query(f"SELECT {key}, count(*) FROM {table} GROUP BY 1"))
            assert found.get(ours.project.tenant_id), table
            assert theirs.project.tenant_id not in found, table

    def test_nothing_is_written_into_another_tenant(self, furnished):
        """Each of their rows, once more under another id, as one of ours would write it."""
        ours, theirs = furnished
        written, tried = [], 0
        for table, walled in sorted(tables().items()):
            if not walled or not (key := _key_of_tenant(table)) or table in {"tenants_tenant", *BARE}:
                continue
            row = query(f"SELECT to_jsonb(t)::text FROM {table} AS t WHERE {key} = %s LIMIT 1", theirs.project.tenant_id)[0][
                0
            ]
            tried += 1
            try:
                with walls.transaction():
                    access.enter(ours.owner.user.pk)
                    query(f"INSERT INTO {table} SELECT * FROM jsonb_populate_record(NULL::{table}, %s::jsonb)", row)
                written.append(table)
            except DatabaseError as refusal:
                if "row-level security" not in str(refusal):
                    written.append(f"{table}: {refusal}")

        assert written == []
        assert tried > 12

    def test_nothing_of_another_tenant_is_changed_or_deleted(self, furnished):
        ours, theirs = furnished
        for table, walled in sorted(tables().items()):
            if not walled or not (key := _key_of_tenant(table)):
                continue
            for statement in (f"UPDATE {table} SET {key} = {key}", f"DELETE FROM {table}"):
                with transaction.atomic():
                    try:
                        with walls.transaction():
                            access.enter(ours.owner.user.pk)
                            assert query(f"{statement} WHERE {key} = %s", theirs.project.tenant_id) == [(0,)], table
                    except DatabaseError as refusal:
                        assert "permission denied" in str(refusal)  # noqa: PT017

    def test_a_role_on_one_project_shows_that_project_only(self, furnished):
        ours, _ = furnished
        member = make_member("developer", project=make_project(ours.project.tenant))
        with walls.transaction():
            access.enter(member.user.pk)
            assert set(Project.objects.all()) == {member.project}
            assert list(Tenant.objects.all()) == [ours.project.tenant]
            assert not Job.objects.exists()
            assert not StoredObject.objects.exists()
            assert Quota.objects.exists()  # of the tenant as a whole

    def test_a_token_of_one_tenant_shows_no_other_of_its_owner(self, furnished):
        ours, theirs = furnished
        make_member("owner", user=ours.owner.user, tenant=theirs.project.tenant)
        fields = {"name": "one", "permissions": ["jobs.view"], "expires_at": "2099-01-01T00:00:00Z"}
        token = ApiToken.objects.create(user=ours.owner.user, digest="d", tenant=theirs.project.tenant, **fields)
        with walls.transaction():
            access.enter(ours.owner.user.pk, token.pk)
            assert set(Job.objects.values_list("tenant_id", flat=True)) == {theirs.project.tenant_id}
        with walls.transaction():  # a token that is somebody else's opens nothing
            access.enter(theirs.owner.user.pk, token.pk)
            assert not Tenant.objects.exists()

    def test_platform_roles_see_all_tenants(self, furnished):
        ours, theirs = furnished
        auditor = make_member("auditor")
        with walls.transaction():
            access.enter(auditor.user.pk)
            assert {ours.project.tenant, theirs.project.tenant} <= set(Tenant.objects.all())

    def test_a_share_shows_the_one_job_and_lets_nothing_be_changed(self, furnished):
        ours, _ = furnished
        shared = Job.objects.get(shares__user=ours.newcomer, tenant=ours.project.tenant)
        with walls.transaction():
            access.enter(ours.newcomer.pk)
            assert shared in Job.objects.all()
            assert set(Job.objects.filter(tenant=ours.project.tenant)) == {shared}
            assert shared.timeline.exists()
            assert Job.objects.filter(pk=shared.pk).update(description="mine") == 0

    @pytest.mark.parametrize("policy", ["tenant", "everybody"])
    def test_a_role_that_lacks_its_second_factor_opens_nothing(self, furnished, settings, policy):
        """Neither to a session nor to a token, of the tenant as of a project of it; and it opens once there is one."""
        ours, theirs = furnished
        person = ours.owner.user
        make_member("viewer", user=person, project=make_project(ours.project.tenant))
        make_member("viewer", user=person, tenant=theirs.project.tenant)
        fields = {"name": "mine", "permissions": ["jobs.view"], "expires_at": "2099-01-01T00:00:00Z"}
        token = ApiToken.objects.create(user=person, digest="d", **fields)
        if policy == "tenant":
            Tenant.objects.filter(pk=ours.project.tenant_id).update(requires_second_factor=True)
        else:
            settings.SECOND_FACTOR_REQUIRED = policy
        open_now = {theirs.project.tenant_id} if policy == "tenant" else set()
        entrances = ({}, {"token_id": token.pk}, {"session_key": "a session opened without"})

        for entrance in entrances:
            with walls.transaction():
                roles = access.enter(person.pk, **entrance)
                assert {tenant for _, tenants in roles.on_tenants for tenant in tenants} == open_now
                assert not roles.on_projects
                assert set(Tenant.objects.values_list("pk", flat=True)) == open_now
                assert set(Job.objects.values_list("tenant_id", flat=True)) == open_now
                assert not Project.objects.filter(tenant=ours.project.tenant).exists()

        Authenticator.objects.create(user=person, type="totp", data={})
        for entrance in entrances:
            with walls.transaction():
                access.enter(person.pk, **entrance)
                assert Job.objects.filter(tenant=ours.project.tenant).exists()

    def test_recovery_codes_alone_are_no_second_factor_and_platform_roles_open_nothing_without(self, furnished, settings):
        settings.SECOND_FACTOR_REQUIRED = "administrators"
        auditor = make_member("auditor").user
        Authenticator.objects.create(user=auditor, type="recovery_codes", data={})

        with walls.transaction():
            assert access.enter(auditor.pk).lacks_second_factor
            assert not Tenant.objects.exists()

    def test_what_is_shared_with_somebody_stays_shut_while_all_their_roles_do(self, furnished, settings):
        ours, _ = furnished
        settings.SECOND_FACTOR_REQUIRED = "everybody"

        with walls.transaction():
            access.enter(ours.newcomer.pk)
            assert not Job.objects.exists()

    def test_programs_need_none(self, furnished, settings):
        ours, _ = furnished
        settings.SECOND_FACTOR_REQUIRED = "everybody"
        program = make_service_account(ours.project.tenant).user

        with walls.transaction():
            access.enter(program.pk)
            assert Job.objects.filter(tenant=ours.project.tenant).exists()

    def test_what_was_set_ends_with_the_transaction(self, furnished):
        ours, _ = furnished
        with walls.transaction():
            access.enter(ours.owner.user.pk)
            assert Job.objects.exists()
        with walls.transaction():
            assert not Job.objects.exists()


def _key_of_tenant(table: str) -> str:
    if table == "tenants_tenant":
        return "id"
    return "tenant_id" if "tenant_id" in columns(table) else ""


@pytest.fixture
def no_first_wall(monkeypatch) -> Iterator[None]:
    """The application without its filters and checks: everything is permitted, everybody holds everything everywhere."""

    def everything(rows: QuerySet[Any], *_: Any, **__: Any) -> QuerySet[Any]:
        return rows.all()

    for model in (Tenant, Project, Member, Cluster, Flavor, Cohort, Quota, UserCap, Job, Template, Target):
        monkeypatch.setattr(model.objects.all().__class__, "permitted", everything)
    monkeypatch.setattr(Job.objects.all().__class__, "readable", everything)
    monkeypatch.setattr(ApiToken.objects.all().__class__, "of_actor", everything)
    everywhere = frozenset(PERMISSIONS)
    monkeypatch.setattr(Actor, "require", lambda *_, **__: None)
    for held in ("on_tenant", "in_tenant", "on_project"):
        monkeypatch.setattr(Actor, held, lambda *_: everywhere)
    monkeypatch.setattr(Actor, "visible_tenant_ids", property(lambda _: everybodys(Tenant)))
    monkeypatch.setattr(Actor, "tenants_with", lambda *_: everybodys(Tenant))
    monkeypatch.setattr(Actor, "projects_with", lambda actor, _: Ids(actor.tenant_of_project))
    monkeypatch.setattr("apps.quotas.models.tenants_seen", lambda *_: everybodys(Tenant))
    monkeypatch.setattr("apps.quotas.api.views.quotas.tenants_seen", lambda *_: everybodys(Tenant))


KNOWN: dict[type[models.Model], list[Any]] = {}


def everybodys(model: type[models.Model]) -> Ids:
    """Ids that the application without its filters would let through: known from before, for here they are not seen."""
    return Ids(KNOWN[model])


class TestWithoutTheFirstWall:
    """The application forgets every filter and every check; the database does not."""

    @pytest.fixture
    def sides(self, furnished, no_first_wall) -> Iterator[tuple[World, World]]:
        for model in (Tenant, Project):
            KNOWN[model] = list(model.objects.values_list("pk", flat=True))
        yield furnished
        KNOWN.clear()

    def test_no_address_answers_with_a_row_of_another_tenant(self, sides):
        ours, theirs = sides
        # Clusters and people are the platform's (policies.EXEMPT says why).
        of_others = identifiers(theirs) - {str(row.pk) for row in (theirs.cluster, theirs.owner.user, theirs.somebody)}
        routes = [row["route"] for row in HTTP if row["method"] == "GET" and row["area"] != "open"]
        spoken, found = [], []
        for route in routes:
            world = theirs if any(name in route for name in OF_A_TENANT) else ours
            with transaction.atomic():  # each finds the same state
                asked = world.address("GET", route)
                if route.endswith("search/") and "q=" not in asked:
                    asked += "?q=tenant"
                answer = ours.owner.get(asked.replace("{token_id}", str(new_id())))
                text = b"".join(answer.streaming_content).decode() if answer.streaming else answer.content.decode()
                transaction.set_rollback(True)
            in_path = {one for one in of_others if one in asked}
            spoken += [f"{route}: {one}" for one in of_others - in_path if one in text]
            if answer.status_code < 300 and world is theirs and not _of_the_platform(route):
                found.append(f"{route}: {answer.status_code}")

        assert spoken == []
        assert found == []
        assert len(routes) > 40

    def test_lists_count_and_find_what_one_side_has(self, sides):
        ours, _ = sides
        for path in ("jobs/", "tenants/", "quotas/", "templates/", "cohorts/"):
            with walls.transaction():
                access.enter(ours.owner.user.pk)
                visible = _model_of(path).objects.count()
            answer = ours.owner.get(f"/api/v1/{path}").json()
            assert answer["count"] == len(answer["results"]) == visible, path

    def test_searches_find_nothing_of_another_tenant(self, sides):
        ours, theirs = sides
        for text in (theirs.project.slug, theirs.project.tenant.slug):
            assert ours.owner.get(f"/api/v1/search/?q={text}").json()["results"] == []


def _of_the_platform(route: str) -> bool:
    """What is no tenant's: clusters, people, the trail of all (of which only visible rows come)."""
    return any(name in route for name in ("clusters/{cluster_id}", "users/{user_id}", "v1/audit/export/"))


def _model_of(path: str) -> Any:
    return {"jobs/": Job, "tenants/": Tenant, "quotas/": Quota, "templates/": Template, "cohorts/": Cohort}[path]


class TestRoleOfTheProcess:
    def test_web_refuses_a_role_that_goes_round_the_wall(self, db):
        with pytest.raises(ImproperlyConfigured, match="hanse_web"):
            walls._require_web_role(connection)
