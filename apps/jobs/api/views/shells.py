"""A shell in a running replica: REST gives the ticket, the process `gateway` carries the bytes."""

from http import HTTPStatus
from typing import Any
from uuid import UUID

from rest_framework import serializers
from rest_framework.request import Request
from rest_framework.response import Response

from apps.core.api.schema import describe
from apps.core.api.serializers import Input, Output
from apps.jobs import services
from apps.jobs.api.base import JobViewSet
from apps.tenants import tickets


class ExecInput(Input):
    command = serializers.ListField(
        child=serializers.CharField(max_length=4096, trim_whitespace=False),
        default=list,
        max_length=100,
        help_text="What to run at a terminal in the replica; empty: its shell.",
    )


class ExecOutput(Output):
    ticket = serializers.CharField(help_text="Opens /ws/exec/?ticket=…, once.")
    expires_in = serializers.IntegerField(help_text="Seconds.")


class ExecViewSet(JobViewSet):
    permissions = {"create": "jobs.exec"}
    secret_fields = frozenset({"ticket"})

    @describe(
        "Get a one-time ticket for a shell in a running replica",
        text="Of the newest attempt. The socket and its frames: docs/reference/websocket.md. The audit trail says who had a "
        "shell in which replica, with which command and for how long; not what was typed.",
        takes=ExecInput,
        gives=ExecOutput,
        status=HTTPStatus.CREATED,
        example={"command": []},
    )
    def create(self, request: Request, project_id: UUID, job_id: UUID, rank: int) -> Response:
        command = self.given(ExecInput)["command"]
        ticket = services.permit_exec(actor=self.actor, job=self.job, rank=rank, command=command)
        document: dict[str, Any] = {"ticket": ticket, "expires_in": tickets.LIFETIME_SECONDS}
        return Response(self.shown(ExecOutput, document), status=HTTPStatus.CREATED)
