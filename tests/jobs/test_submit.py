"""What is accepted, what is refused, and what is left behind by a refusal: nothing."""

import pytest

from apps.audit.models import AuditEntry
from apps.clusters.models import Cluster
from apps.core.models import OutboxEvent
from apps.jobs.api.serializers import AssessmentOutput, ClusterAssessmentOutput
from apps.jobs.models import Job, TimelineEntry
from apps.quotas.models import Workload
from apps.tenants.models import TenantPhase
from tests.counters import counted
from tests.factories import make_quota
from tests.jobs.jobs import address, spec, submitted

pytestmark = pytest.mark.django_db


def _nothing_was_written() -> bool:
    return not any(model.objects.exists() for model in (Job, Workload, TimelineEntry, OutboxEvent, AuditEntry))


@pytest.fixture
def lab(as_role):
    return as_role("developer", equipped=True)


class TestRoles:
    @pytest.mark.parametrize(
        ("role", "status"),
        [
            ("anonymous", 401),
            ("outsider", 404),
            ("other-tenant-owner", 404),
            ("operator", 403),
            ("auditor", 403),
            ("platform-admin", 403),
            ("viewer", 403),
            ("data-officer", 403),
            ("developer", 201),
            ("admin", 201),
            ("owner", 201),
        ],
    )
    def test_who_may_submit(self, as_role, role, status):
        client, project = as_role(role, equipped=True)

        response = client.post(address(project), spec())

        assert response.status_code == status
        assert Job.objects.exists() == (status == 201)

    def test_a_role_on_one_project_is_enough_there_and_nowhere_else(self, as_role):
        client, project = as_role("developer", on="project", equipped=True)
        _, sibling = as_role("developer", equipped=True)

        assert client.post(address(project), spec()).status_code == 201
        assert client.post(address(sibling), spec()).status_code == 404


# What is sent -> the place that the answer names.
HOSTILE = {
    "no name": ({"name": None}, "/name"),
    "capitals": ({"name": "Digits"}, "/name"),
    "a path as name": ({"name": "../etc/passwd"}, "/name"),
    "a newline after the name": ({"name": "digits\n"}, "/name"),
    "a long name": ({"name": "a" * 64}, "/name"),
    "an unknown field": ({"replicas": 2}, "/replicas"),
    "an unknown field of a role": ({"role": {"gpus": 2}}, "/roles/0/gpus"),
    "an unknown framework": ({"framework": "caffe"}, "/framework"),
    "an unknown priority": ({"priority": "urgent"}, "/priority"),
    "no roles": ({"roles": []}, "/roles"),
    "a role that is none": ({"roles": ["worker"]}, "/roles/0"),
    "no replica": ({"role": {"replicas": 0}}, "/roles/0/replicas"),
    "a huge number of replicas": ({"role": {"replicas": 10**18}}, "/roles/0/replicas"),
    "a number as text": ({"role": {"replicas": "2"}}, "/roles/0/replicas"),
    "a truth as number": ({"role": {"replicas": True}}, "/roles/0/replicas"),
    "half a replica": ({"role": {"replicas": 1.5}}, "/roles/0/replicas"),
    "no memory": ({"role": {"memory_bytes": 0}}, "/roles/0/memory_bytes"),
    "memory in parsecs": ({"role": {"memory_bytes": "2pc"}}, "/roles/0/memory_bytes"),
    "endless memory": ({"role": {"memory_bytes": "999999999999999999Ti"}}, "/roles/0/memory_bytes"),
    "nothing to run": ({"role": {"command": []}}, "/roles/0"),
    "an empty program": ({"role": {"command": [" "]}}, "/roles/0"),
    "more at least than at most": ({"role": {"min_replicas": 3}}, "/roles/0"),
    "a rank of one's own": ({"role": {"env": {"RANK": "0"}}}, "/roles/0/env"),
    "a token of one's own": ({"role": {"env": {"HANSE_REPORT_TOKEN": "x"}}}, "/roles/0/env"),
    "another loader": ({"role": {"env": {"LD_PRELOAD": "/tmp/x.so"}}}, "/roles/0/env"),
    "a variable with an equals sign": ({"role": {"env": {"A=B": "x"}}}, "/roles/0/env"),
    "a variable that is no text": ({"role": {"env": {"A": 1}}}, "/roles/0/env/A"),
    "a device without a kind": ({"role": {"devices": [{"count": 1}]}}, "/roles/0/devices/0"),
    "a device of two kinds": ({"role": {"devices": [{"flavor": "a100", "kind": "gpu"}]}}, "/roles/0/devices/0"),
    "codes without their policy": ({"policy": {"restart": "never", "exit_codes": [1]}}, "/fault_policy"),
    "a policy without its codes": ({"policy": {"restart": "on-exit-codes"}}, "/fault_policy"),
    "success as a failure": ({"policy": {"restart": "on-exit-codes", "exit_codes": [0]}}, "/fault_policy/exit_codes/0"),
    "only servants": ({"role": {"serves": True}}, ""),
}


class TestRefusals:
    @pytest.mark.parametrize("name", HOSTILE)
    def test_what_cannot_be_is_refused_with_its_place_and_leaves_nothing(self, lab, name):
        client, project = lab
        fields, pointer = HOSTILE[name]

        response = client.post(address(project), spec(**fields))

        assert response.status_code == 422, response.json()
        assert pointer in [wrong["pointer"] for wrong in response.json()["errors"]]
        assert all(wrong["detail"] for wrong in response.json()["errors"])
        assert _nothing_was_written()

    @pytest.mark.parametrize("body", [[], "job", 7, None, {}])
    def test_a_body_that_is_no_job(self, lab, body):
        client, project = lab

        assert client.post(address(project), body).status_code == 422
        assert _nothing_was_written()

    @pytest.mark.parametrize(
        "text",
        [
            "a: &a [x]\nb: *a",
            "[" * 500 + "]" * 500,
            "name: !!python/object/apply:os.system ['true']",
            "name: digits\nname: other",
            "\0",
            "{",
        ],
    )
    def test_yaml_that_is_meant_to_hurt(self, lab, text):
        client, project = lab

        response = client.post(address(project), text, content_type="application/yaml")

        assert response.status_code == 400
        assert _nothing_was_written()

    def test_it_is_said_in_words(self, lab):
        client, project = lab
        wrong = {"name": "Größe", "priorty": "low", "roles": [{**spec()["roles"][0], "name": "-"}]}

        errors = client.post(address(project), wrong).json()["errors"]

        in_words = "Use lower-case letters, digits and hyphens, beginning with a letter and not ending with a hyphen."
        assert {error["pointer"]: error["detail"] for error in errors} == {
            "/name": in_words,
            "/roles/0/name": in_words,
            "/priorty": "No such field.",
        }

    @pytest.mark.parametrize(
        ("fields", "word"),
        [({"framework": "pytorch"}, "custom"), ({"role": {"min_replicas": 1}}, "min_replicas")],
    )
    def test_independent_replicas_neither_find_one_another_nor_have_a_least_number(self, lab, fields, word):
        client, project = lab

        response = client.post(address(project), spec(gang=False, **fields))

        (wrong,) = response.json()["errors"]
        assert response.status_code == 422
        assert word in wrong["detail"]
        assert _nothing_was_written()

    @pytest.mark.parametrize(
        ("fields", "why"),
        [
            ({"kind": "PyTorchJob"}, "framework: pytorch"),
            ({"kind": "PyTorchJob", "framework": "pytorch", "role": {"min_replicas": 1}}, "min_replicas"),
            ({"kind": "TFJob", "framework": "tensorflow", "role": {"name": "trainer"}}, "trainer is none of them"),
        ],
    )
    def test_what_is_of_another_shape_than_its_kind_says_so(self, lab, fields, why):
        client, project = lab

        response = client.post(address(project), spec(**fields))

        (wrong,) = response.json()["errors"]
        assert response.status_code == 422
        assert why in wrong["detail"]
        assert _nothing_was_written()

    def test_more_independent_replicas_than_could_ever_run_at_once_are_accepted(self, lab):
        client, project = lab

        together = client.post(address(project), spec(role={"replicas": 500}))
        independent = client.post(address(project), spec(gang=False, role={"replicas": 500}))

        assert (together.status_code, independent.status_code) == (422, 201)

    def test_more_than_any_node_holds_is_refused_and_leaves_nothing(self, as_role):
        client, project = as_role("developer", largest_node_gpus=8)
        body = spec(role={"devices": [{"flavor": "a100", "count": 16}]})

        response = client.post(address(project), body)

        assert (response.status_code, response.json()["type"]) == (422, "/problems/never-fits")
        assert _nothing_was_written()

    def test_an_image_without_a_command_is_refused_where_only_commands_run(self, lab):
        client, project = lab
        body = spec(role={"image": "registry.example/train:1", "command": []})

        response = client.post(address(project), body)

        assert (response.status_code, response.json()["type"]) == (422, "/problems/never-fits")
        assert "give role worker a command" in response.json()["detail"]
        assert _nothing_was_written()

    def test_without_a_quota_nothing_is_queued(self, as_role):
        client, project = as_role("developer")
        from tests.factories import make_priorities

        make_priorities()

        assert client.post(address(project), spec()).json()["type"] == "/problems/no-quota"
        assert _nothing_was_written()

    def test_a_suspended_tenant_starts_nothing_new(self, lab):
        client, project = lab
        project.tenant.phase = TenantPhase.SUSPENDED
        project.tenant.save()

        response = client.post(address(project), spec())

        assert (response.status_code, response.json()["type"]) == (409, "/problems/tenant-not-active")

    def test_a_restricted_priority_is_not_for_everybody(self, lab):
        client, project = lab

        assert client.post(address(project), spec(priority="high")).json()["type"] == "/problems/priority-not-allowed"


class TestSubmit:
    def test_yaml_means_the_same_as_json(self, lab):
        client, project = lab
        text = """
            name: digits
            framework: pytorch
            labels: {data: digits}
            roles:
              - replicas: 2
                command: [python, train.py, --city, "Zürich 苏黎世"]
                memory_bytes: 256Mi
                devices: []
        """

        response = client.post(address(project), text, content_type="application/yaml")

        assert response.status_code == 201, response.json()
        assert response.json()["spec"]["roles"][0]["memory_bytes"] == 2**28
        assert response.json()["spec"]["roles"][0]["command"][-1] == "Zürich 苏黎世"

    def test_its_own_yaml_can_be_submitted_again(self, lab):
        client, project = lab
        job = submitted(client, project, policy={"restart": "on-failure"}, labels={"a": "b"})

        text = client.get(address(project, job, "spec.yaml"))

        assert text.headers["Content-Type"] == "application/yaml; charset=utf-8"
        again = client.post(address(project), text.content.decode(), content_type="application/yaml")
        assert again.json()["spec"] == job.spec

    def test_a_need_is_resolved_and_it_is_said_to_what(self, as_role):
        client, project = as_role("developer", largest_node_gpus=8)
        need = {"kind": "gpu", "unit_memory_bytes": "32Gi", "count": 2}

        document = client.post(address(project), spec(role={"devices": [need]})).json()

        assert {"flavor": "a100", "resource": "gpu", "amount": 4} in document["resources"]
        assert document["resolved"] == [
            {
                "role": "worker",
                "need": "2 GPUs with at least 32 GiB",
                "flavor": "a100",
                "model": "",
                "resource": "gpu",
                "amount": 2,
            }
        ]

    def test_the_same_key_submits_once(self, lab):
        client, project = lab

        first = client.once(address(project), spec(), key="k-1")
        again = client.once(address(project), spec(), key="k-1")
        other = client.once(address(project), spec(name="other"), key="k-1")

        assert (first.json()["id"], again.status_code, other.status_code) == (again.json()["id"], 201, 409)
        assert Job.objects.count() == 1

    def test_it_costs_the_same_however_much_waits_before_it(self, lab, as_role):
        client, project = lab
        cluster = Cluster.objects.get()
        client.once(address(project), spec(), key="warm")
        with counted() as alone:
            client.once(address(project), spec(), key="alone")
        for _ in range(5):  # others in the same cluster
            neighbour, theirs = as_role("developer")
            make_quota(theirs.tenant, cluster, {cluster.flavors.get(): {"cpu": 8000, "memory": 2**34}})
            for _ in range(3):
                submitted(neighbour, theirs)
                submitted(client, project)

        with counted() as behind_many:
            client.once(address(project), spec(), key="behind many")

        assert Workload.objects.count() == 33
        assert len(behind_many.statements) == len(alone.statements) <= 25
        assert behind_many.buffers < alone.buffers + 40

    def test_values_of_variables_do_not_enter_the_trail(self, lab):
        client, project = lab
        submitted(client, project, role={"env": {"API_KEY": "hush-hush"}})

        (entry,) = AuditEntry.objects.filter(action="job.submit")
        assert entry.after["spec"]["roles"][0]["env"] == ["API_KEY"]
        assert "hush-hush" not in str(entry.after)

    def test_it_is_found_where_the_answer_says(self, lab):
        client, project = lab
        response = client.post(address(project), spec())

        assert client.get(response.headers["Location"]).json() == response.json()


class TestDryRun:
    def test_it_says_that_it_fits_and_writes_nothing(self, lab):
        client, project = lab

        response = client.post(f"{address(project)}?dry_run=true", spec())

        assert response.status_code == 200
        assert response.json()["starts_now"] is True
        assert response.json()["verdict"]
        (cluster,) = response.json()["clusters"]
        assert set(response.json()) == set(AssessmentOutput().fields)
        assert set(cluster) == set(ClusterAssessmentOutput().fields)
        assert _nothing_was_written()

    def test_it_says_that_it_waits(self, lab):
        client, project = lab
        body = spec(role={"cpu_millicores": 4000})
        from tests.jobs.jobs import admit

        admit(submitted(client, project, role={"cpu_millicores": 3000}))

        response = client.post(f"{address(project)}?dry_run=true", body)

        assert response.json()["starts_now"] is False

    def test_it_refuses_what_submitting_would_refuse(self, lab):
        client, project = lab

        assert client.post(f"{address(project)}?dry_run=true", spec(name="No")).status_code == 422
        too_much = spec(role={"cpu_millicores": 900_000})
        assert client.post(f"{address(project)}?dry_run=true", too_much).json()["type"] == "/problems/never-fits"

    def test_it_is_true_or_false(self, lab):
        client, project = lab

        assert client.post(f"{address(project)}?dry_run=yes", spec()).status_code == 422
        assert _nothing_was_written()


class TestDraft:
    def test_a_draft_asks_for_nothing_until_it_is_submitted(self, lab):
        client, project = lab
        draft = client.post(f"{address(project)}?draft=true", spec(role={"cpu_millicores": 900_000})).json()
        assert (draft["phase"], draft["acts"], draft["resources"]) == ("draft", ["submit", "clone", "delete"], [])
        assert not Workload.objects.exists()

        refused = client.post(address(project, draft["id"], "submit/"))
        assert refused.json()["type"] == "/problems/never-fits"
        assert Job.objects.get().phase == "draft"

        client.change("PATCH", address(project, draft["id"]), {"spec": spec()})
        assert client.post(address(project, draft["id"], "submit/")).json()["phase"] == "queued"
