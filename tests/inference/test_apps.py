"""What users do with apps, over REST."""

from datetime import timedelta

import pytest
from django.utils import timezone

from apps.audit.models import AuditEntry
from apps.inference.models import App, Revision
from tests.factories import make_secret

SPEC = {"command": ["python", "-m", "http.server"], "cpu_millicores": 100, "memory_bytes": "64Mi", "env": {"MODE": "fast"}}


@pytest.fixture
def developer(as_role):
    return as_role("developer", equipped=True)


def deployed(client, project, **fields):
    return client.post(f"/api/v1/projects/{project.pk}/apps/", {"name": "digits", "spec": SPEC, **fields})


def address(project, app, rest=""):
    return f"/api/v1/projects/{project.pk}/apps/{app['id']}/{rest}"


class TestDeploy:
    def test_another_specification_is_a_revision_and_an_old_one_is_deployed_anew(self, developer):
        client, project = developer
        app = deployed(client, project, note="The first.").json()
        tag = {"match": f'"{app["generation"]}"'}

        changed = client.change("patch", address(project, app), {"spec": {**SPEC, "cpu_millicores": 200}}, **tag)
        late = client.change("patch", address(project, app), {"replicas": 2}, **tag)
        back = client.post(address(project, app, "rollback/"), {"revision": 1})
        revisions = client.get(address(project, app, "revisions/")).json()["results"]

        assert (changed.json()["revision"], late.status_code, back.json()["revision"]) == (2, 412, 3)
        assert [(one["number"], one["rolled_back_to"], one["spec"]["cpu_millicores"]) for one in revisions] == [
            (3, 1, 100),
            (2, None, 200),
            (1, None, 100),
        ]
        assert (
            client.post(address(project, app, "rollback/"), {"revision": 3}).json()["type"] == "/problems/no-such-revision"
        )
        acts = AuditEntry.objects.filter(subject_kind="app").order_by("sequence").values_list("action", flat=True)
        assert list(acts) == ["app.create", "app.change", "app.roll-back"]

    @pytest.mark.parametrize(
        ("fields", "status", "pointer"),
        [
            ({"name": "Digits"}, 422, "/name"),
            ({"replicas": 0}, 422, "/replicas"),
            ({"autoscaling": {"max_replicas": 3}}, 422, "/autoscaling"),
            ({"spec": {**SPEC, "env": {"PORT": "80"}}}, 422, "/spec/env"),
            ({"spec": {**SPEC, "rollout": {"max_surge": 0, "max_unavailable": 0}}}, 422, "/spec/rollout"),
            ({"spec": {**SPEC, "env_from": [{"secret": "nobody", "key": "a"}]}}, 422, "/spec/env_from/0/secret"),
        ],
    )
    def test_what_is_wrong_is_refused_and_leaves_nothing(self, developer, fields, status, pointer):
        client, project = developer

        refused = deployed(client, project, **fields)

        assert refused.status_code == status
        assert [one["pointer"] for one in refused.json()["errors"]] == [pointer]
        assert not App.objects.exists()

    def test_what_could_never_start_is_refused(self, developer):
        client, project = developer

        refused = deployed(client, project, spec={**SPEC, "cpu_millicores": 900_000})

        assert refused.json()["type"] == "/problems/never-fits"
        assert not Revision.objects.exists()

    def test_a_secret_is_kept_in_the_version_that_it_had(self, developer):
        client, project = developer
        secret = make_secret(project, "tracker", api_key="one")
        app = deployed(client, project, spec={**SPEC, "env_from": [{"secret": "tracker", "key": "api-key", "name": "KEY"}]})
        client.post(f"/api/v1/projects/{project.pk}/secrets/{secret.pk}/rotate/", {"data": {"api-key": "two"}})

        revision = client.get(address(project, app.json(), "revisions/")).json()["results"][0]
        uses = client.get(f"/api/v1/projects/{project.pk}/secrets/{secret.pk}/uses/").json()["uses"]

        assert revision["secrets"] == [{"name": "tracker", "version": 1}]
        assert [(one["kind"], one["name"], one["secret_version"]) for one in uses] == [("app", "digits", 1)]

    def test_no_entry_of_one_secret_hides_that_of_another(self, developer):
        client, project = developer
        for name in ("tracker", "mirror"):
            make_secret(project, name, TOKEN=name)

        refused = deployed(client, project, spec={**SPEC, "env_from": [{"secret": "tracker"}, {"secret": "mirror"}]})

        assert refused.status_code == 422, refused.json()
        assert [one["pointer"] for one in refused.json()["errors"]] == ["/spec/env_from/1"]

    def test_who_may_not_deploy_sees_names_of_variables_and_no_values(self, developer, as_role):
        client, project = developer
        app = deployed(client, project).json()
        viewer, _ = as_role("viewer", project=project)

        seen = viewer.get(address(project, app)).json()

        assert seen["spec"]["env"] == {"MODE": None}
        assert seen["can"] == ["apps.view"]
        assert app["spec"]["env"] == {"MODE": "fast"}

    @pytest.mark.parametrize(
        ("priority", "status", "type_"),
        [("high", 403, "/problems/priority-not-allowed"), ("unheard-of", 422, "/problems/invalid-request")],
    )
    def test_a_priority_is_asked_for_as_who_changes_it(self, developer, as_role, priority, status, type_):
        client, project = developer
        owner, _ = as_role("owner", project=project)
        app = deployed(owner, project).json()
        tag = {"match": f'"{app["generation"]}"'}

        refused = client.change("patch", address(project, app), {"priority": priority}, **tag)

        assert (refused.status_code, refused.json()["type"]) == (status, type_)
        assert App.objects.get().priority == "low"

    def test_a_new_wish_ends_the_pause_after_a_failure(self, developer):
        client, project = developer
        app = deployed(client, project).json()
        App.objects.update(failed_tries=5, retry_at=timezone.now() + timedelta(minutes=5))

        client.change("patch", address(project, app), {"replicas": 2}, match=f'"{app["generation"]}"')

        assert App.objects.due().filter(failed_tries=0).exists()

    def test_lists_cost_the_same_however_many_there_are(self, developer, django_assert_num_queries):
        client, project = developer
        for number in range(3):
            deployed(client, project, name=f"app-{number}")
        with django_assert_num_queries(6):
            client.get(f"/api/v1/projects/{project.pk}/apps/")
