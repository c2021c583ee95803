"""/projects/{project_id}/apps/: what is deployed, what serves, and what was before."""

from datetime import timedelta
from http import HTTPStatus
from typing import Any
from uuid import UUID

from django.db.models import Prefetch
from django.utils import timezone
from django_filters import rest_framework as filters
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.api.schema import describe
from apps.core.api.serializers import NoInput, sparse
from apps.core.api.views import visible_or_404
from apps.core.errors import InvalidRequest
from apps.inference import services
from apps.inference.api.serializers import (
    AppChange,
    AppDetailOutput,
    AppInput,
    AppKeyInput,
    AppKeyOutput,
    AppKeyShownOutput,
    AppOutput,
    AppReplicaOutput,
    RevisionOutput,
    RollBackInput,
    TrafficOutput,
    TrafficQuery,
)
from apps.inference.documents import app_document, key_document, replica_document, revision_document
from apps.inference.models import App, AppKey, AppPhase, AppReplica, Revision, RevisionFile
from apps.inference.spec import without_values
from apps.inference.traffic import traffic_document
from apps.monitoring.api import queries
from apps.tenants.api.base import ProjectViewSet

LONGEST_TRAFFIC = timedelta(days=7)
EXAMPLE = {
    "name": "digits",
    "replicas": 2,
    "spec": {
        "command": ["python", "-m", "http.server", "--bind", "127.0.0.1", "8080"],
        "cpu_millicores": 250,
        "memory_bytes": "256Mi",
        "probe": {"path": "/"},
    },
}


class AppFilter(filters.FilterSet):
    phase = filters.ChoiceFilter(choices=AppPhase.choices)
    q = filters.CharFilter(field_name="name", lookup_expr="startswith", label="How the name begins.")

    class Meta:
        model = App
        fields: tuple[str, ...] = ()


class _OfProject(ProjectViewSet):
    @property
    def rows(self) -> Any:
        return App.objects.filter(project=self.project).select_related("project__tenant", "cluster", "owner")

    @property
    def held(self) -> frozenset[str]:
        held: frozenset[str] = self.actor.on_project(self.project.pk, self.project.tenant_id)
        return held

    def whole(self, app_id: UUID, *, status: int = HTTPStatus.OK) -> Response:
        """The app as it is now, with what it runs and what the actor may do."""
        app = self.rows.get(pk=app_id)
        spec = Revision.objects.values_list("spec", flat=True).get(app=app, number=app.revision)
        document = {
            **app_document(app),
            "spec": spec if "apps.deploy" in self.held else without_values(spec),
            "can": sorted(permission for permission in self.held if permission.startswith("apps.")),
        }
        return self.answer(app, sparse(document, self.get_serializer_context()["fields"]), status=status)


class AppsViewSet(_OfProject):
    permissions = {"list": "apps.view", "create": "apps.deploy"}
    queryset = App.objects.all()
    filterset_class = AppFilter
    orders = {"created": "pk", "name": "name"}
    default_order = "name"

    @describe("List the apps of a project", gives=AppOutput(many=True))
    def list(self, request: Request, project_id: UUID) -> Response:
        wanted = self.get_serializer_context()["fields"]
        page = self.paginate_queryset(self.filter_queryset(self.rows)) or []
        return self.get_paginated_response([sparse(app_document(app), wanted) for app in page])

    @describe(
        "Deploy an app",
        takes=AppInput,
        gives=AppDetailOutput,
        status=HTTPStatus.CREATED,
        example=EXAMPLE,
        text="Each replica asks for quota by itself, as jobs do. One is given requests once it answers its probe.",
    )
    def create(self, request: Request, project_id: UUID) -> Response:
        app = services.create_app(actor=self.actor, project=self.project, **self.given(AppInput))
        response = self.whole(app.pk, status=HTTPStatus.CREATED)
        response["Location"] = f"/api/v1/projects/{project_id}/apps/{app.pk}/"
        return response


class AppViewSet(_OfProject):
    """Endpoints below one app. `self.app` is of the project in the address."""

    app: App

    def authorize(self, permission: str) -> None:
        super().authorize(permission)
        self.app = visible_or_404(self.rows, pk=self.kwargs["app_id"])


class AppDetailViewSet(AppViewSet):
    permissions = {
        "retrieve": "apps.view",
        "partial_update": "apps.deploy",
        "destroy": "apps.deploy",
        "stop": "apps.stop",
        "start": "apps.deploy",
        "roll_back": "apps.deploy",
    }

    @describe("Read an app", gives=AppDetailOutput)
    def retrieve(self, request: Request, project_id: UUID, app_id: UUID) -> Response:
        return self.whole(self.app.pk)

    @describe(
        "Change an app",
        takes=AppChange,
        gives=AppDetailOutput,
        example={"replicas": 3},
        text="With another `spec` a new revision takes over, replica by replica; the old one serves until the new one does.",
    )
    def partial_update(self, request: Request, project_id: UUID, app_id: UUID) -> Response:
        app = self.locked(self.rows.filter(deleting_at=None), pk=app_id)
        return self.whole(services.change_app(actor=self.actor, app=app, **self.given(AppChange)).pk)

    @describe("Stop and delete an app", status=HTTPStatus.NO_CONTENT, text="It goes when its last replica has.")
    def destroy(self, request: Request, project_id: UUID, app_id: UUID) -> Response:
        services.delete_app(actor=self.actor, app=self.locked(self.rows.filter(deleting_at=None), pk=app_id))
        return Response(status=HTTPStatus.NO_CONTENT)

    @describe("Stop an app: no replica runs until it is started", takes=NoInput, gives=AppDetailOutput)
    def stop(self, request: Request, project_id: UUID, app_id: UUID) -> Response:
        self.given(NoInput)
        return self.whole(services.stop_app(actor=self.actor, app=self.app).pk)

    @describe("Start an app that was stopped", takes=NoInput, gives=AppDetailOutput)
    def start(self, request: Request, project_id: UUID, app_id: UUID) -> Response:
        self.given(NoInput)
        return self.whole(services.start_app(actor=self.actor, app=self.app).pk)

    @describe(
        "Roll back to an old revision",
        takes=RollBackInput,
        gives=AppDetailOutput,
        example={"revision": 1},
        text="It is deployed anew, as the newest revision, with the versions of secrets that it had.",
    )
    def roll_back(self, request: Request, project_id: UUID, app_id: UUID) -> Response:
        return self.whole(services.roll_back(actor=self.actor, app=self.app, **self.given(RollBackInput)).pk)


class RevisionsViewSet(AppViewSet):
    permissions = {"list": "apps.view"}
    queryset = Revision.objects.all()
    orders = {"number": "number"}
    default_order = "-number"

    @describe("List an app's revisions, newest first", gives=RevisionOutput(many=True))
    def list(self, request: Request, project_id: UUID, app_id: UUID) -> Response:
        wanted, values = self.get_serializer_context()["fields"], "apps.deploy" in self.held
        files = Prefetch("files", RevisionFile.objects.order_by("path"))
        rows = self.app.revisions.select_related("deployed_by").prefetch_related(files)
        page = self.paginate_queryset(self.filter_queryset(rows)) or []
        return self.get_paginated_response([sparse(revision_document(one, values=values), wanted) for one in page])


class AppReplicasViewSet(AppViewSet):
    permissions = {"list": "apps.view"}
    queryset = AppReplica.objects.all()
    orders = {"number": "number"}
    default_order = "-number"

    @describe("List an app's replicas, newest first", gives=AppReplicaOutput(many=True))
    def list(self, request: Request, project_id: UUID, app_id: UUID) -> Response:
        wanted = self.get_serializer_context()["fields"]
        page = self.paginate_queryset(self.filter_queryset(self.app.instances.all())) or []
        return self.get_paginated_response([sparse(replica_document(one), wanted) for one in page])


class AppKeysViewSet(AppViewSet):
    permissions = {"list": "apps.view", "create": "apps.deploy", "destroy": "apps.deploy"}
    queryset = AppKey.objects.all()
    orders = {"created": "pk", "consumer": "consumer"}
    default_order = "-created"
    secret_fields = frozenset({"secret"})

    @property
    def keys(self) -> Any:
        return self.app.keys.select_related("created_by")

    @describe("List an app's keys, newest first", gives=AppKeyOutput(many=True))
    def list(self, request: Request, project_id: UUID, app_id: UUID) -> Response:
        wanted = self.get_serializer_context()["fields"]
        page = self.paginate_queryset(self.filter_queryset(self.keys)) or []
        return self.get_paginated_response([sparse(key_document(one), wanted) for one in page])

    @describe(
        "Make a key of an app for a consumer",
        takes=AppKeyInput,
        gives=AppKeyShownOutput,
        status=HTTPStatus.CREATED,
        example={"consumer": "shop", "requests_per_minute": 600},
        text="The answer shows it once. The consumer sends it as `Authorization: Bearer ...`; the app is given "
        "`X-Hanse-Consumer` instead.",
    )
    def create(self, request: Request, project_id: UUID, app_id: UUID) -> Response:
        key, secret = services.create_key(actor=self.actor, app=self.app, **self.given(AppKeyInput))
        return Response({**key_document(self.keys.get(pk=key.pk)), "secret": secret}, status=HTTPStatus.CREATED)

    @describe("Revoke a key of an app", status=HTTPStatus.NO_CONTENT, text="It is refused within five seconds.")
    def destroy(self, request: Request, project_id: UUID, app_id: UUID, key_id: UUID) -> Response:
        services.revoke_key(actor=self.actor, app=self.app, key=visible_or_404(self.keys, pk=key_id))
        return Response(status=HTTPStatus.NO_CONTENT)


class AppTrafficViewSet(AppViewSet):
    permissions = {"retrieve": "apps.view"}

    @describe(
        "Requests, errors and latency of an app",
        gives=TrafficOutput,
        query=queries.parameters(
            TrafficQuery,
            {
                "since": "From this moment on; an hour ago when left out.",
                "until": "Up to, and without, this moment; now when left out. At most seven days later.",
                "by": "A series for each `endpoint`, or for each `consumer`; one for all when left out.",
            },
        ),
        text="Counted by minute at the server before apps, and kept for thirty days. What came is known within seconds.",
    )
    def retrieve(self, request: Request, project_id: UUID, app_id: UUID) -> Response:
        given = queries.asked(TrafficQuery, request)
        until = given.get("until") or timezone.now()
        since = given.get("since") or until - timedelta(hours=1)
        if not timedelta(0) < until - since <= LONGEST_TRAFFIC:
            raise InvalidRequest(errors=[{"pointer": "?since", "detail": "It is before `until`, by seven days at most."}])
        return Response(traffic_document(self.app, since=since, until=until, by=given.get("by", "")))
