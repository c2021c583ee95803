from apps.accounts.models import User
from apps.quotas.models import Quota
from apps.tenants.models import Member, Project, Tenant

BODY = {
    "slug": "aurora",
    "name": "Aurora Robotics",
    "project": {"slug": "vision", "name": "Vision"},
    "owner": {"email": "otto@aurora.example", "name": "Otto"},
    "quota": {
        "cluster": "harbour",
        "cohort": "commons",
        "lines": [{"flavor": "a100", "resource": "gpu", "nominal": 2, "borrowing_limit": 2}],
    },
}


class TestOnboarding:
    def test_is_one_act(self, as_role, harbour):
        client, _ = as_role("platform-admin")

        answer = client.once("/api/v1/tenants/", BODY, key="once")

        assert answer.status_code == 201
        tenant = Tenant.objects.get(slug="aurora")
        assert Project.objects.get(tenant=tenant).slug == "vision"
        assert Member.objects.get(tenant=tenant).user == User.objects.get(email="otto@aurora.example")
        assert Quota.objects.get(tenant=tenant).lines.get().nominal == 2
        assert answer.json()["owner_password"]
        assert "owner_password" not in client.once("/api/v1/tenants/", BODY, key="once").json()

    def test_all_or_nothing(self, as_role, harbour):
        client, _ = as_role("platform-admin")
        quota = {**BODY["quota"], "lines": [{"flavor": "h100", "resource": "gpu", "nominal": 2}]}

        refused = client.post("/api/v1/tenants/", {**BODY, "quota": quota})

        assert refused.status_code == 422
        assert refused.json()["errors"][0]["pointer"] == "/quota/lines/0/flavor"
        assert not Tenant.objects.filter(slug="aurora").exists()
        assert not User.objects.filter(email="otto@aurora.example").exists()

    def test_a_cohort_that_is_not_there_is_named(self, as_role, harbour):
        client, _ = as_role("platform-admin")

        refused = client.post("/api/v1/tenants/", {**BODY, "quota": {**BODY["quota"], "cohort": "none-such"}})

        assert refused.json()["errors"][0]["pointer"] == "/quota/cohort"

    def test_only_platform_admins(self, as_role, harbour):
        for role in ("owner", "operator", "auditor"):
            assert as_role(role)[0].post("/api/v1/tenants/", BODY).status_code == 403
        assert as_role("outsider")[0].get("/api/v1/tenants/").json()["results"] == []
