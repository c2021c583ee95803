"""Every operation of the API whose answer is a document, made from the portal's OpenAPI document by sdk/generate.py; do not edit."""

from collections.abc import Sequence
from typing import Any, cast

from hanse import types


class Operations:
    def _call(
        self,
        method: str,
        path: str,
        *,
        query: dict[str, Any] | None = None,
        body: Any = None,
        idempotency_key: str | None = None,
        if_match: str | None = None,
    ) -> Any:
        raise NotImplementedError

    def audit_list(
        self,
        *,
        action: str | None = None,
        actor: str | None = None,
        address: str | None = None,
        cursor: str | None = None,
        fields: str | None = None,
        kind: str | None = None,
        limit: int | None = None,
        on_behalf_of: str | None = None,
        order: str | None = None,
        request: str | None = None,
        since: str | None = None,
        subject: str | None = None,
        tenant: str | None = None,
        token: str | None = None,
        until: str | None = None,
    ) -> types.PaginatedAuditEntryOutputList:
        """Read the audit trail of the platform, or of any tenant (needs audit.view)."""
        return cast(
            "types.PaginatedAuditEntryOutputList",
            self._call(
                "GET",
                f"/api/v1/audit/",
                query={
                    "action": action,
                    "actor": actor,
                    "address": address,
                    "cursor": cursor,
                    "fields": fields,
                    "kind": kind,
                    "limit": limit,
                    "on_behalf_of": on_behalf_of,
                    "order": order,
                    "request": request,
                    "since": since,
                    "subject": subject,
                    "tenant": tenant,
                    "token": token,
                    "until": until,
                },
            ),
        )

    def caps_retrieve(self, cap_id: str, *, fields: str | None = None) -> types.CapOutput:
        """Read a cap."""
        return cast("types.CapOutput", self._call("GET", f"/api/v1/caps/{cap_id}/", query={"fields": fields}))

    def caps_partial_update(
        self,
        cap_id: str,
        body: types.PatchedCapChangeRequest,
        *,
        confirm: str | None = None,
        cursor: str | None = None,
        dry_run: str | None = None,
        if_match: str | None = None,
    ) -> types.CapOutput:
        """Change a cap."""
        return cast(
            "types.CapOutput",
            self._call(
                "PATCH",
                f"/api/v1/caps/{cap_id}/",
                body=body,
                if_match=if_match,
                query={"confirm": confirm, "cursor": cursor, "dry_run": dry_run},
            ),
        )

    def caps_destroy(
        self,
        cap_id: str,
        *,
        confirm: str | None = None,
        cursor: str | None = None,
        dry_run: str | None = None,
        if_match: str | None = None,
    ) -> None:
        """Remove a cap."""
        return cast(
            "None",
            self._call(
                "DELETE",
                f"/api/v1/caps/{cap_id}/",
                if_match=if_match,
                query={"confirm": confirm, "cursor": cursor, "dry_run": dry_run},
            ),
        )

    def cluster_access_retrieve(self, *, fields: str | None = None) -> types.AccessManifestOutput:
        """Read the manifest of the account that Hanse needs in a cluster (needs clusters.manage)."""
        return cast("types.AccessManifestOutput", self._call("GET", f"/api/v1/cluster-access/", query={"fields": fields}))

    def clusters_list(
        self,
        *,
        cursor: str | None = None,
        fields: str | None = None,
        health: str | None = None,
        kind: str | None = None,
        limit: int | None = None,
        order: str | None = None,
    ) -> types.PaginatedClusterOutputList:
        """List clusters."""
        return cast(
            "types.PaginatedClusterOutputList",
            self._call(
                "GET",
                f"/api/v1/clusters/",
                query={"cursor": cursor, "fields": fields, "health": health, "kind": kind, "limit": limit, "order": order},
            ),
        )

    def clusters_create(self, body: types.ClusterInputRequest, *, idempotency_key: str | None = None) -> types.ClusterOutput:
        """Register a cluster (needs clusters.manage)."""
        return cast(
            "types.ClusterOutput", self._call("POST", f"/api/v1/clusters/", body=body, idempotency_key=idempotency_key)
        )

    def clusters_retrieve(self, cluster_id: str, *, fields: str | None = None) -> types.ClusterOutput:
        """Read a cluster."""
        return cast("types.ClusterOutput", self._call("GET", f"/api/v1/clusters/{cluster_id}/", query={"fields": fields}))

    def clusters_partial_update(
        self, cluster_id: str, body: types.PatchedClusterChangeRequest, *, if_match: str | None = None
    ) -> types.ClusterOutput:
        """Change a cluster (needs clusters.manage)."""
        return cast(
            "types.ClusterOutput", self._call("PATCH", f"/api/v1/clusters/{cluster_id}/", body=body, if_match=if_match)
        )

    def clusters_destroy(self, cluster_id: str, *, if_match: str | None = None) -> None:
        """Forget a cluster that nothing refers to; what runs in it is not touched (needs clusters.manage)."""
        return cast("None", self._call("DELETE", f"/api/v1/clusters/{cluster_id}/", if_match=if_match))

    def clusters_admission_partial_update(
        self, cluster_id: str, body: types.PatchedAdmissionInputRequest, *, if_match: str | None = None
    ) -> types.ClusterOutput:
        """Choose who decides what starts in a cluster (needs clusters.manage)."""
        return cast(
            "types.ClusterOutput",
            self._call("PATCH", f"/api/v1/clusters/{cluster_id}/admission/", body=body, if_match=if_match),
        )

    def clusters_capacity_retrieve(
        self, cluster_id: str, *, fields: str | None = None, since: str | None = None, until: str | None = None
    ) -> types.CapacityHistoryOutput:
        """What a cluster had and what was taken of it, over time."""
        return cast(
            "types.CapacityHistoryOutput",
            self._call(
                "GET", f"/api/v1/clusters/{cluster_id}/capacity/", query={"fields": fields, "since": since, "until": until}
            ),
        )

    def clusters_connection_partial_update(
        self, cluster_id: str, body: types.PatchedConnectionChangeRequest, *, if_match: str | None = None
    ) -> types.ClusterOutput:
        """Change how a cluster is reached (needs clusters.manage)."""
        return cast(
            "types.ClusterOutput",
            self._call("PATCH", f"/api/v1/clusters/{cluster_id}/connection/", body=body, if_match=if_match),
        )

    def clusters_drift_create(
        self, cluster_id: str, body: types.DriftInputRequest, *, idempotency_key: str | None = None
    ) -> types.OperationOutput:
        """Compare the namespaces of projects with what they should be (needs clusters.manage)."""
        return cast(
            "types.OperationOutput",
            self._call("POST", f"/api/v1/clusters/{cluster_id}/drift/", body=body, idempotency_key=idempotency_key),
        )

    def clusters_flavors_list(
        self,
        cluster_id: str,
        *,
        cursor: str | None = None,
        fields: str | None = None,
        kind: str | None = None,
        limit: int | None = None,
        order: str | None = None,
    ) -> types.PaginatedFlavorOutputList:
        """List the flavors of a cluster."""
        return cast(
            "types.PaginatedFlavorOutputList",
            self._call(
                "GET",
                f"/api/v1/clusters/{cluster_id}/flavors/",
                query={"cursor": cursor, "fields": fields, "kind": kind, "limit": limit, "order": order},
            ),
        )

    def clusters_flavors_create(
        self, cluster_id: str, body: types.FlavorInputRequest, *, idempotency_key: str | None = None
    ) -> types.FlavorOutput:
        """Name a class of hardware (needs flavors.manage)."""
        return cast(
            "types.FlavorOutput",
            self._call("POST", f"/api/v1/clusters/{cluster_id}/flavors/", body=body, idempotency_key=idempotency_key),
        )

    def clusters_fragmentation_retrieve(self, cluster_id: str, *, fields: str | None = None) -> types.FragmentationsOutput:
        """How much of what is free can still take a whole replica."""
        return cast(
            "types.FragmentationsOutput",
            self._call("GET", f"/api/v1/clusters/{cluster_id}/fragmentation/", query={"fields": fields}),
        )

    def clusters_node_pools_list(
        self,
        cluster_id: str,
        *,
        cursor: str | None = None,
        fields: str | None = None,
        limit: int | None = None,
        order: str | None = None,
    ) -> types.PaginatedPoolOutputList:
        """List the node pools of a cluster."""
        return cast(
            "types.PaginatedPoolOutputList",
            self._call(
                "GET",
                f"/api/v1/clusters/{cluster_id}/node-pools/",
                query={"cursor": cursor, "fields": fields, "limit": limit, "order": order},
            ),
        )

    def clusters_node_pools_create(
        self, cluster_id: str, body: types.PoolInputRequest, *, idempotency_key: str | None = None
    ) -> types.PoolOutput:
        """Keep nodes of a cluster for some tenants (needs quotas.manage)."""
        return cast(
            "types.PoolOutput",
            self._call("POST", f"/api/v1/clusters/{cluster_id}/node-pools/", body=body, idempotency_key=idempotency_key),
        )

    def clusters_node_pools_retrieve(self, cluster_id: str, pool_id: str, *, fields: str | None = None) -> types.PoolOutput:
        """Read a node pool."""
        return cast(
            "types.PoolOutput",
            self._call("GET", f"/api/v1/clusters/{cluster_id}/node-pools/{pool_id}/", query={"fields": fields}),
        )

    def clusters_node_pools_partial_update(
        self, cluster_id: str, pool_id: str, body: types.PatchedPoolChangeRequest, *, if_match: str | None = None
    ) -> types.PoolOutput:
        """Change which nodes a pool has, or what is said of it (needs quotas.manage)."""
        return cast(
            "types.PoolOutput",
            self._call("PATCH", f"/api/v1/clusters/{cluster_id}/node-pools/{pool_id}/", body=body, if_match=if_match),
        )

    def clusters_node_pools_destroy(
        self, cluster_id: str, pool_id: str, *, confirm: str | None = None, if_match: str | None = None
    ) -> None:
        """Let the nodes of a pool be everybody's again (needs quotas.manage)."""
        return cast(
            "None",
            self._call(
                "DELETE",
                f"/api/v1/clusters/{cluster_id}/node-pools/{pool_id}/",
                if_match=if_match,
                query={"confirm": confirm},
            ),
        )

    def clusters_nodes_list(
        self,
        cluster_id: str,
        *,
        cursor: str | None = None,
        fields: str | None = None,
        health: str | None = None,
        limit: int | None = None,
        order: str | None = None,
    ) -> types.PaginatedNodeOutputList:
        """List the nodes of a cluster."""
        return cast(
            "types.PaginatedNodeOutputList",
            self._call(
                "GET",
                f"/api/v1/clusters/{cluster_id}/nodes/",
                query={"cursor": cursor, "fields": fields, "health": health, "limit": limit, "order": order},
            ),
        )

    def clusters_nodes_cordon_create(
        self, cluster_id: str, node_id: str, *, idempotency_key: str | None = None
    ) -> types.OperationOutput:
        """Cordon a node: nothing new is placed there, what runs goes on (needs clusters.manage)."""
        return cast(
            "types.OperationOutput",
            self._call("POST", f"/api/v1/clusters/{cluster_id}/nodes/{node_id}/cordon/", idempotency_key=idempotency_key),
        )

    def clusters_nodes_drain_create(
        self, cluster_id: str, node_id: str, body: types.DrainInputRequest, *, idempotency_key: str | None = None
    ) -> types.OperationOutput:
        """Drain a node: cordon it, then evict what runs there (needs clusters.manage)."""
        return cast(
            "types.OperationOutput",
            self._call(
                "POST", f"/api/v1/clusters/{cluster_id}/nodes/{node_id}/drain/", body=body, idempotency_key=idempotency_key
            ),
        )

    def clusters_nodes_drain_preview_create(
        self, cluster_id: str, node_id: str, *, idempotency_key: str | None = None
    ) -> types.OperationOutput:
        """See what draining a node would hit (needs clusters.manage)."""
        return cast(
            "types.OperationOutput",
            self._call(
                "POST", f"/api/v1/clusters/{cluster_id}/nodes/{node_id}/drain/preview/", idempotency_key=idempotency_key
            ),
        )

    def clusters_nodes_uncordon_create(
        self, cluster_id: str, node_id: str, *, idempotency_key: str | None = None
    ) -> types.OperationOutput:
        """Let new work be placed on a node again (needs clusters.manage)."""
        return cast(
            "types.OperationOutput",
            self._call("POST", f"/api/v1/clusters/{cluster_id}/nodes/{node_id}/uncordon/", idempotency_key=idempotency_key),
        )

    def clusters_preflight_create(self, cluster_id: str, *, idempotency_key: str | None = None) -> types.OperationOutput:
        """Look what a cluster has and lacks (needs clusters.manage)."""
        return cast(
            "types.OperationOutput",
            self._call("POST", f"/api/v1/clusters/{cluster_id}/preflight/", idempotency_key=idempotency_key),
        )

    def cohorts_list(
        self,
        *,
        cluster: str | None = None,
        cursor: str | None = None,
        fields: str | None = None,
        limit: int | None = None,
        order: str | None = None,
    ) -> types.PaginatedCohortOutputList:
        """List cohorts."""
        return cast(
            "types.PaginatedCohortOutputList",
            self._call(
                "GET",
                f"/api/v1/cohorts/",
                query={"cluster": cluster, "cursor": cursor, "fields": fields, "limit": limit, "order": order},
            ),
        )

    def cohorts_create(self, body: types.CohortInputRequest, *, idempotency_key: str | None = None) -> types.CohortOutput:
        """Make a cohort (needs quotas.manage)."""
        return cast(
            "types.CohortOutput", self._call("POST", f"/api/v1/cohorts/", body=body, idempotency_key=idempotency_key)
        )

    def cohorts_retrieve(self, cohort_id: str, *, fields: str | None = None) -> types.CohortOutput:
        """Read a cohort."""
        return cast("types.CohortOutput", self._call("GET", f"/api/v1/cohorts/{cohort_id}/", query={"fields": fields}))

    def cohorts_partial_update(
        self, cohort_id: str, body: types.PatchedCohortChangeRequest, *, if_match: str | None = None
    ) -> types.CohortOutput:
        """Change a cohort (needs quotas.manage)."""
        return cast("types.CohortOutput", self._call("PATCH", f"/api/v1/cohorts/{cohort_id}/", body=body, if_match=if_match))

    def cohorts_destroy(self, cohort_id: str, *, if_match: str | None = None) -> None:
        """Remove a cohort in which no quota is (needs quotas.manage)."""
        return cast("None", self._call("DELETE", f"/api/v1/cohorts/{cohort_id}/", if_match=if_match))

    def events_retrieve(
        self,
        *,
        after: str | None = None,
        fields: str | None = None,
        kind: str | Sequence[str] | None = None,
        project: str | Sequence[str] | None = None,
        tenant: str | None = None,
        wait: str | None = None,
    ) -> types.EventsOutput:
        """Events of a tenant, as they come."""
        return cast(
            "types.EventsOutput",
            self._call(
                "GET",
                f"/api/v1/events/",
                query={"after": after, "fields": fields, "kind": kind, "project": project, "tenant": tenant, "wait": wait},
            ),
        )

    def flavors_retrieve(self, flavor_id: str, *, fields: str | None = None) -> types.FlavorOutput:
        """Read a flavor."""
        return cast("types.FlavorOutput", self._call("GET", f"/api/v1/flavors/{flavor_id}/", query={"fields": fields}))

    def flavors_partial_update(
        self, flavor_id: str, body: types.PatchedFlavorChangeRequest, *, if_match: str | None = None
    ) -> types.FlavorOutput:
        """Change a flavor (needs flavors.manage)."""
        return cast("types.FlavorOutput", self._call("PATCH", f"/api/v1/flavors/{flavor_id}/", body=body, if_match=if_match))

    def flavors_destroy(self, flavor_id: str, *, if_match: str | None = None) -> None:
        """Remove a flavor of which no quota speaks (needs flavors.manage)."""
        return cast("None", self._call("DELETE", f"/api/v1/flavors/{flavor_id}/", if_match=if_match))

    def fleet_forecast_models_list(
        self, *, cursor: str | None = None, fields: str | None = None, limit: int | None = None, order: str | None = None
    ) -> types.PaginatedModelOutputList:
        """List the models that engines learned of the fleet, the latest first (needs forecasts.view)."""
        return cast(
            "types.PaginatedModelOutputList",
            self._call(
                "GET",
                f"/api/v1/fleet/forecast-models/",
                query={"cursor": cursor, "fields": fields, "limit": limit, "order": order},
            ),
        )

    def fleet_forecast_releases_list(
        self,
        *,
        current: bool | None = None,
        cursor: str | None = None,
        fields: str | None = None,
        limit: int | None = None,
        order: str | None = None,
        segment: str | None = None,
    ) -> types.PaginatedReleaseOutputList:
        """List the stages of engines, those of the past too, the latest first (needs forecasts.view)."""
        return cast(
            "types.PaginatedReleaseOutputList",
            self._call(
                "GET",
                f"/api/v1/fleet/forecast-releases/",
                query={
                    "current": current,
                    "cursor": cursor,
                    "fields": fields,
                    "limit": limit,
                    "order": order,
                    "segment": segment,
                },
            ),
        )

    def fleet_forecast_releases_create(
        self, body: types.ReleaseInputRequest, *, idempotency_key: str | None = None
    ) -> types.ReleaseOutput:
        """Choose the engine that forecasts a segment (needs forecasts.release)."""
        return cast(
            "types.ReleaseOutput",
            self._call("POST", f"/api/v1/fleet/forecast-releases/", body=body, idempotency_key=idempotency_key),
        )

    def fleet_forecast_runs_list(
        self,
        *,
        cursor: str | None = None,
        fields: str | None = None,
        limit: int | None = None,
        order: str | None = None,
        standing: bool | None = None,
        state: str | None = None,
    ) -> types.PaginatedRunOutputList:
        """List the runs of forecasts, the latest first (needs forecasts.view)."""
        return cast(
            "types.PaginatedRunOutputList",
            self._call(
                "GET",
                f"/api/v1/fleet/forecast-runs/",
                query={
                    "cursor": cursor,
                    "fields": fields,
                    "limit": limit,
                    "order": order,
                    "standing": standing,
                    "state": state,
                },
            ),
        )

    def fleet_forecast_runs_create(
        self, body: types.RunInputRequest, *, idempotency_key: str | None = None
    ) -> types.RunOutput:
        """Forecast the load of targets (needs forecasts.request)."""
        return cast(
            "types.RunOutput",
            self._call("POST", f"/api/v1/fleet/forecast-runs/", body=body, idempotency_key=idempotency_key),
        )

    def fleet_forecast_runs_retrieve(self, run_id: str, *, fields: str | None = None) -> types.RunOutput:
        """Read a run of forecasts (needs forecasts.view)."""
        return cast("types.RunOutput", self._call("GET", f"/api/v1/fleet/forecast-runs/{run_id}/", query={"fields": fields}))

    def fleet_forecast_runs_cancel_create(self, run_id: str, *, idempotency_key: str | None = None) -> types.RunOutput:
        """Cancel a run of forecasts; what it has forecast stays (needs forecasts.request)."""
        return cast(
            "types.RunOutput",
            self._call("POST", f"/api/v1/fleet/forecast-runs/{run_id}/cancel/", idempotency_key=idempotency_key),
        )

    def fleet_forecast_runs_estimate_create(
        self, body: types.RunInputRequest, *, idempotency_key: str | None = None
    ) -> types.EstimateOutput:
        """Estimate what forecasts would cost (needs forecasts.request)."""
        return cast(
            "types.EstimateOutput",
            self._call("POST", f"/api/v1/fleet/forecast-runs/estimate/", body=body, idempotency_key=idempotency_key),
        )

    def fleet_forecast_scores_list(
        self,
        *,
        cursor: str | None = None,
        engine: str | None = None,
        fields: str | None = None,
        issued: bool | None = None,
        limit: int | None = None,
        order: str | None = None,
        run: str | None = None,
        segment: str | None = None,
    ) -> types.PaginatedScoredOutputList:
        """List how good forecasts were, by run, segment and engine (needs forecasts.view)."""
        return cast(
            "types.PaginatedScoredOutputList",
            self._call(
                "GET",
                f"/api/v1/fleet/forecast-scores/",
                query={
                    "cursor": cursor,
                    "engine": engine,
                    "fields": fields,
                    "issued": issued,
                    "limit": limit,
                    "order": order,
                    "run": run,
                    "segment": segment,
                },
            ),
        )

    def fleet_forecast_segments_list(self, *, fields: str | None = None) -> list[types.SegmentOutput]:
        """List who forecasts which segment, and how well that goes (needs forecasts.view)."""
        return cast(
            "list[types.SegmentOutput]", self._call("GET", f"/api/v1/fleet/forecast-segments/", query={"fields": fields})
        )

    def fleet_forecast_trials_list(
        self,
        *,
        cursor: str | None = None,
        fields: str | None = None,
        limit: int | None = None,
        order: str | None = None,
        segment: str | None = None,
    ) -> types.PaginatedEvaluationOutputList:
        """List the newest back-tests: the league of engines, by segment (needs forecasts.view)."""
        return cast(
            "types.PaginatedEvaluationOutputList",
            self._call(
                "GET",
                f"/api/v1/fleet/forecast-trials/",
                query={"cursor": cursor, "fields": fields, "limit": limit, "order": order, "segment": segment},
            ),
        )

    def fleet_heat_list(
        self,
        *,
        cursor: str | None = None,
        fields: str | None = None,
        kind: str | None = None,
        limit: int | None = None,
        order: str | None = None,
        parent: str | None = None,
        q: str | None = None,
        tenant: str | None = None,
        zone: str | None = None,
    ) -> types.PaginatedHeatOutputList:
        """List the fleet with its loads by hour."""
        return cast(
            "types.PaginatedHeatOutputList",
            self._call(
                "GET",
                f"/api/v1/fleet/heat/",
                query={
                    "cursor": cursor,
                    "fields": fields,
                    "kind": kind,
                    "limit": limit,
                    "order": order,
                    "parent": parent,
                    "q": q,
                    "tenant": tenant,
                    "zone": zone,
                },
            ),
        )

    def fleet_samples_create(
        self,
        body: types.SamplesInputRequest,
        *,
        step_minutes: str | None = None,
        unit: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.TakenOutput:
        """Take loads of the fleet (needs fleet.manage)."""
        return cast(
            "types.TakenOutput",
            self._call(
                "POST",
                f"/api/v1/fleet/samples/",
                body=body,
                idempotency_key=idempotency_key,
                query={"step_minutes": step_minutes, "unit": unit},
            ),
        )

    def fleet_standing_forecasts_retrieve(self, *, fields: str | None = None) -> types.StandingOutput:
        """Read how old the forecasts are that are made by themselves, and of how many targets."""
        return cast(
            "types.StandingOutput", self._call("GET", f"/api/v1/fleet/standing-forecasts/", query={"fields": fields})
        )

    def fleet_targets_list(
        self,
        *,
        cursor: str | None = None,
        fields: str | None = None,
        kind: str | None = None,
        limit: int | None = None,
        order: str | None = None,
        parent: str | None = None,
        q: str | None = None,
        tenant: str | None = None,
        zone: str | None = None,
    ) -> types.PaginatedTargetOutputList:
        """List the fleet: VMs, and for platform roles hosts and clusters."""
        return cast(
            "types.PaginatedTargetOutputList",
            self._call(
                "GET",
                f"/api/v1/fleet/targets/",
                query={
                    "cursor": cursor,
                    "fields": fields,
                    "kind": kind,
                    "limit": limit,
                    "order": order,
                    "parent": parent,
                    "q": q,
                    "tenant": tenant,
                    "zone": zone,
                },
            ),
        )

    def fleet_targets_create(
        self, body: types.TargetsInputRequest, *, idempotency_key: str | None = None
    ) -> types.ImportedOutput:
        """Import targets (needs fleet.manage)."""
        return cast(
            "types.ImportedOutput", self._call("POST", f"/api/v1/fleet/targets/", body=body, idempotency_key=idempotency_key)
        )

    def fleet_targets_retrieve(self, target_id: str, *, fields: str | None = None) -> types.TargetOutput:
        """Read a target."""
        return cast("types.TargetOutput", self._call("GET", f"/api/v1/fleet/targets/{target_id}/", query={"fields": fields}))

    def fleet_targets_destroy(self, target_id: str, *, if_match: str | None = None) -> None:
        """Forget a target, and all that is known of it (needs fleet.manage)."""
        return cast("None", self._call("DELETE", f"/api/v1/fleet/targets/{target_id}/", if_match=if_match))

    def fleet_targets_forecast_retrieve(self, target_id: str, *, fields: str | None = None) -> types.TargetForecastsOutput:
        """Read the forecast of a target, and what came of those before it."""
        return cast(
            "types.TargetForecastsOutput",
            self._call("GET", f"/api/v1/fleet/targets/{target_id}/forecast/", query={"fields": fields}),
        )

    def fleet_targets_load_retrieve(
        self, target_id: str, *, days: str | None = None, fields: str | None = None, step: str | None = None
    ) -> types.LoadOutput:
        """Read the load of a target."""
        return cast(
            "types.LoadOutput",
            self._call(
                "GET", f"/api/v1/fleet/targets/{target_id}/load/", query={"days": days, "fields": fields, "step": step}
            ),
        )

    def fleet_targets_windows_create(
        self, target_id: str, body: types.WindowsInputRequest, *, idempotency_key: str | None = None
    ) -> types.OperationOutput:
        """Ask when moving a VM hurts least."""
        return cast(
            "types.OperationOutput",
            self._call("POST", f"/api/v1/fleet/targets/{target_id}/windows/", body=body, idempotency_key=idempotency_key),
        )

    def groups_list(
        self,
        *,
        cursor: str | None = None,
        fields: str | None = None,
        limit: int | None = None,
        order: str | None = None,
        q: str | None = None,
    ) -> types.PaginatedGroupOutputList:
        """List groups (needs platform.view)."""
        return cast(
            "types.PaginatedGroupOutputList",
            self._call(
                "GET", f"/api/v1/groups/", query={"cursor": cursor, "fields": fields, "limit": limit, "order": order, "q": q}
            ),
        )

    def groups_create(self, body: types.GroupInputRequest, *, idempotency_key: str | None = None) -> types.GroupOutput:
        """Make a group (needs groups.manage)."""
        return cast("types.GroupOutput", self._call("POST", f"/api/v1/groups/", body=body, idempotency_key=idempotency_key))

    def groups_retrieve(self, group_id: str, *, fields: str | None = None) -> types.GroupOutput:
        """Read a group (needs platform.view)."""
        return cast("types.GroupOutput", self._call("GET", f"/api/v1/groups/{group_id}/", query={"fields": fields}))

    def groups_partial_update(
        self, group_id: str, body: types.PatchedGroupInputRequest, *, if_match: str | None = None
    ) -> types.GroupOutput:
        """Rename a group (needs groups.manage)."""
        return cast("types.GroupOutput", self._call("PATCH", f"/api/v1/groups/{group_id}/", body=body, if_match=if_match))

    def groups_destroy(self, group_id: str, *, if_match: str | None = None) -> None:
        """Remove a group with its roles (needs groups.manage)."""
        return cast("None", self._call("DELETE", f"/api/v1/groups/{group_id}/", if_match=if_match))

    def groups_users_create(
        self, group_id: str, body: types.GroupUserInputRequest, *, idempotency_key: str | None = None
    ) -> types.GroupOutput:
        """Add a user to a group (needs groups.manage)."""
        return cast(
            "types.GroupOutput",
            self._call("POST", f"/api/v1/groups/{group_id}/users/", body=body, idempotency_key=idempotency_key),
        )

    def groups_users_destroy(self, group_id: str, user_id: str, *, if_match: str | None = None) -> None:
        """Remove a user from a group (needs groups.manage)."""
        return cast("None", self._call("DELETE", f"/api/v1/groups/{group_id}/users/{user_id}/", if_match=if_match))

    def invitations_accept_create(
        self, body: types.AcceptanceRequest, *, idempotency_key: str | None = None
    ) -> types.OfferOutput:
        """Accept an invitation."""
        return cast(
            "types.OfferOutput",
            self._call("POST", f"/api/v1/invitations/accept/", body=body, idempotency_key=idempotency_key),
        )

    def invitations_open_create(self, body: types.OpenedRequest, *, idempotency_key: str | None = None) -> types.OfferOutput:
        """Read what an invitation offers."""
        return cast(
            "types.OfferOutput", self._call("POST", f"/api/v1/invitations/open/", body=body, idempotency_key=idempotency_key)
        )

    def job_schema_retrieve(self, *, fields: str | None = None) -> Any:
        """Read the JSON Schema of a job specification."""
        return cast("Any", self._call("GET", f"/api/v1/job-schema/", query={"fields": fields}))

    def jobs_list(
        self,
        *,
        bin: bool | None = None,
        cursor: str | None = None,
        fields: str | None = None,
        limit: int | None = None,
        mine: bool | None = None,
        order: str | None = None,
        phase: Sequence[str] | None = None,
        project: str | None = None,
        q: str | None = None,
        tenant: str | None = None,
    ) -> types.PaginatedJobOutputList:
        """List jobs of all projects."""
        return cast(
            "types.PaginatedJobOutputList",
            self._call(
                "GET",
                f"/api/v1/jobs/",
                query={
                    "bin": bin,
                    "cursor": cursor,
                    "fields": fields,
                    "limit": limit,
                    "mine": mine,
                    "order": order,
                    "phase": phase,
                    "project": project,
                    "q": q,
                    "tenant": tenant,
                },
            ),
        )

    def me_retrieve(self, *, fields: str | None = None) -> types.MeOutput:
        """Read who you are and what you may do."""
        return cast("types.MeOutput", self._call("GET", f"/api/v1/me/", query={"fields": fields}))

    def me_partial_update(self, body: types.PatchedProfileChangeRequest, *, if_match: str | None = None) -> types.MeOutput:
        """Change your profile."""
        return cast("types.MeOutput", self._call("PATCH", f"/api/v1/me/", body=body, if_match=if_match))

    def me_mutes_list(
        self, *, cursor: str | None = None, fields: str | None = None, limit: int | None = None, order: str | None = None
    ) -> types.PaginatedMuteOutputList:
        """List what you muted."""
        return cast(
            "types.PaginatedMuteOutputList",
            self._call(
                "GET", f"/api/v1/me/mutes/", query={"cursor": cursor, "fields": fields, "limit": limit, "order": order}
            ),
        )

    def me_mutes_destroy(self, mute_id: str, *, if_match: str | None = None) -> None:
        """Hear of something again."""
        return cast("None", self._call("DELETE", f"/api/v1/me/mutes/{mute_id}/", if_match=if_match))

    def me_notification_choices_retrieve(self, *, fields: str | None = None) -> types.ChoicesOutput:
        """Read how you are told of what."""
        return cast("types.ChoicesOutput", self._call("GET", f"/api/v1/me/notification-choices/", query={"fields": fields}))

    def me_notification_choices_partial_update(
        self, body: types.PatchedChoicesInputRequest, *, if_match: str | None = None
    ) -> types.ChoicesOutput:
        """Choose how you are told of what."""
        return cast(
            "types.ChoicesOutput", self._call("PATCH", f"/api/v1/me/notification-choices/", body=body, if_match=if_match)
        )

    def me_notifications_list(
        self,
        *,
        code: str | None = None,
        cursor: str | None = None,
        fields: str | None = None,
        limit: int | None = None,
        order: str | None = None,
        project: str | None = None,
        severity: Sequence[str] | None = None,
        unread: bool | None = None,
    ) -> types.PaginatedNotificationOutputList:
        """List what you were told."""
        return cast(
            "types.PaginatedNotificationOutputList",
            self._call(
                "GET",
                f"/api/v1/me/notifications/",
                query={
                    "code": code,
                    "cursor": cursor,
                    "fields": fields,
                    "limit": limit,
                    "order": order,
                    "project": project,
                    "severity": severity,
                    "unread": unread,
                },
            ),
        )

    def me_notifications_mute_create(
        self, notification_id: str, body: types.MuteInputRequest, *, idempotency_key: str | None = None
    ) -> types.MuteOutput:
        """Hear no more of a notification's object, or of its project."""
        return cast(
            "types.MuteOutput",
            self._call(
                "POST", f"/api/v1/me/notifications/{notification_id}/mute/", body=body, idempotency_key=idempotency_key
            ),
        )

    def me_notifications_read_create(self, notification_id: str, *, idempotency_key: str | None = None) -> types.ReadOutput:
        """Mark a notification as read."""
        return cast(
            "types.ReadOutput",
            self._call("POST", f"/api/v1/me/notifications/{notification_id}/read/", idempotency_key=idempotency_key),
        )

    def me_notifications_read_all_create(
        self, body: types.ReadAllInputRequest, *, idempotency_key: str | None = None
    ) -> types.ReadOutput:
        """Mark all your notifications as read."""
        return cast(
            "types.ReadOutput",
            self._call("POST", f"/api/v1/me/notifications/read-all/", body=body, idempotency_key=idempotency_key),
        )

    def me_notifications_unread_retrieve(self, *, fields: str | None = None) -> types.UnreadOutput:
        """Count your unread notifications."""
        return cast("types.UnreadOutput", self._call("GET", f"/api/v1/me/notifications/unread/", query={"fields": fields}))

    def me_place_update(self, body: types.PlaceInputRequest, *, if_match: str | None = None) -> None:
        """Say which project you work in, so that a fresh sign-in begins there."""
        return cast("None", self._call("PUT", f"/api/v1/me/place/", body=body, if_match=if_match))

    def me_sessions_list(
        self, *, cursor: str | None = None, fields: str | None = None, limit: int | None = None, order: str | None = None
    ) -> types.PaginatedSessionOutputList:
        """List where you are signed in."""
        return cast(
            "types.PaginatedSessionOutputList",
            self._call(
                "GET", f"/api/v1/me/sessions/", query={"cursor": cursor, "fields": fields, "limit": limit, "order": order}
            ),
        )

    def me_sessions_destroy(self, session_id: str, *, if_match: str | None = None) -> None:
        """End one of your sessions."""
        return cast("None", self._call("DELETE", f"/api/v1/me/sessions/{session_id}/", if_match=if_match))

    def me_sessions_end_others_create(self, *, idempotency_key: str | None = None) -> None:
        """End all your sessions but this one."""
        return cast("None", self._call("POST", f"/api/v1/me/sessions/end-others/", idempotency_key=idempotency_key))

    def me_tokens_list(
        self, *, cursor: str | None = None, fields: str | None = None, limit: int | None = None, order: str | None = None
    ) -> types.PaginatedTokenOutputList:
        """List your API tokens."""
        return cast(
            "types.PaginatedTokenOutputList",
            self._call(
                "GET", f"/api/v1/me/tokens/", query={"cursor": cursor, "fields": fields, "limit": limit, "order": order}
            ),
        )

    def me_tokens_create(self, body: types.TokenInputRequest, *, idempotency_key: str | None = None) -> types.NewTokenOutput:
        """Make an API token."""
        return cast(
            "types.NewTokenOutput", self._call("POST", f"/api/v1/me/tokens/", body=body, idempotency_key=idempotency_key)
        )

    def me_tokens_destroy(self, token_id: str, *, if_match: str | None = None) -> None:
        """Revoke an API token."""
        return cast("None", self._call("DELETE", f"/api/v1/me/tokens/{token_id}/", if_match=if_match))

    def me_tokens_rotate_create(
        self, token_id: str, body: types.RotationInputRequest, *, idempotency_key: str | None = None
    ) -> types.NewTokenOutput:
        """Replace an API token by a new one."""
        return cast(
            "types.NewTokenOutput",
            self._call("POST", f"/api/v1/me/tokens/{token_id}/rotate/", body=body, idempotency_key=idempotency_key),
        )

    def move_estimates_create(
        self, body: types.EstimateInputRequest, *, idempotency_key: str | None = None
    ) -> types.OperationOutput:
        """Ask how long a move would take (needs moves.view)."""
        return cast(
            "types.OperationOutput",
            self._call("POST", f"/api/v1/move-estimates/", body=body, idempotency_key=idempotency_key),
        )

    def move_places_list(
        self, *, cursor: str | None = None, fields: str | None = None, limit: int | None = None, order: str | None = None
    ) -> types.PaginatedPlaceOutputList:
        """List the places of which moves are known, and how well what was learned there holds (needs moves.view)."""
        return cast(
            "types.PaginatedPlaceOutputList",
            self._call(
                "GET", f"/api/v1/move-places/", query={"cursor": cursor, "fields": fields, "limit": limit, "order": order}
            ),
        )

    def move_plans_list(
        self,
        *,
        cursor: str | None = None,
        fields: str | None = None,
        goal: str | None = None,
        limit: int | None = None,
        order: str | None = None,
        state: str | None = None,
    ) -> types.PaginatedPlanOutputList:
        """List plans of moves, the newest first (needs moves.view)."""
        return cast(
            "types.PaginatedPlanOutputList",
            self._call(
                "GET",
                f"/api/v1/move-plans/",
                query={"cursor": cursor, "fields": fields, "goal": goal, "limit": limit, "order": order, "state": state},
            ),
        )

    def move_plans_create(self, body: types.PlanInputRequest, *, idempotency_key: str | None = None) -> types.PlanOutput:
        """Have a plan made (needs moves.manage)."""
        return cast(
            "types.PlanOutput", self._call("POST", f"/api/v1/move-plans/", body=body, idempotency_key=idempotency_key)
        )

    def move_plans_retrieve(self, plan_id: str, *, fields: str | None = None) -> types.PlanOutput:
        """Read a plan of moves (needs moves.view)."""
        return cast("types.PlanOutput", self._call("GET", f"/api/v1/move-plans/{plan_id}/", query={"fields": fields}))

    def move_plans_approve_create(
        self, plan_id: str, body: types.ApprovalInputRequest, *, idempotency_key: str | None = None
    ) -> types.PlanOutput:
        """Approve a plan: the simulator carries it out (needs moves.approve)."""
        return cast(
            "types.PlanOutput",
            self._call("POST", f"/api/v1/move-plans/{plan_id}/approve/", body=body, idempotency_key=idempotency_key),
        )

    def move_plans_cancel_create(self, plan_id: str, *, idempotency_key: str | None = None) -> types.PlanOutput:
        """Call a plan off: no more of its moves begin, and one under way arrives (needs moves.manage)."""
        return cast(
            "types.PlanOutput", self._call("POST", f"/api/v1/move-plans/{plan_id}/cancel/", idempotency_key=idempotency_key)
        )

    def move_plans_moves_retrieve(self, plan_id: str, *, fields: str | None = None) -> types.PaginatedPlannedMoveOutputList:
        """List the moves of a plan, as foretold and as they went (needs moves.view)."""
        return cast(
            "types.PaginatedPlannedMoveOutputList",
            self._call("GET", f"/api/v1/move-plans/{plan_id}/moves/", query={"fields": fields}),
        )

    def move_records_list(
        self,
        *,
        cursor: str | None = None,
        fields: str | None = None,
        limit: int | None = None,
        order: str | None = None,
        place: str | None = None,
    ) -> types.PaginatedMoveRecordOutputList:
        """List records of moves, the latest import first (needs moves.view)."""
        return cast(
            "types.PaginatedMoveRecordOutputList",
            self._call(
                "GET",
                f"/api/v1/move-records/",
                query={"cursor": cursor, "fields": fields, "limit": limit, "order": order, "place": place},
            ),
        )

    def move_records_create(
        self, body: types.RecordsInputRequest, *, place: str | None = None, idempotency_key: str | None = None
    ) -> types.RecordsImportedOutput:
        """Import records of moves (needs moves.manage)."""
        return cast(
            "types.RecordsImportedOutput",
            self._call("POST", f"/api/v1/move-records/", body=body, idempotency_key=idempotency_key, query={"place": place}),
        )

    def move_records_destroy(self, record_id: str, *, if_match: str | None = None) -> None:
        """Forget a record; what was learned is learned anew without it (needs moves.manage)."""
        return cast("None", self._call("DELETE", f"/api/v1/move-records/{record_id}/", if_match=if_match))

    def operations_retrieve(self, operation_id: str, *, fields: str | None = None) -> types.OperationOutput:
        """Read an operation."""
        return cast(
            "types.OperationOutput", self._call("GET", f"/api/v1/operations/{operation_id}/", query={"fields": fields})
        )

    def operations_secret_create(
        self, operation_id: str, *, idempotency_key: str | None = None
    ) -> types.OperationSecretOutput:
        """Take what an operation made to be shown once."""
        return cast(
            "types.OperationSecretOutput",
            self._call("POST", f"/api/v1/operations/{operation_id}/secret/", idempotency_key=idempotency_key),
        )

    def password_resets_create(self, body: types.ResetInputRequest, *, idempotency_key: str | None = None) -> None:
        """Have a link mailed that sets a new password."""
        return cast("None", self._call("POST", f"/api/v1/password-resets/", body=body, idempotency_key=idempotency_key))

    def password_resets_redeem_create(
        self, body: types.NewPasswordInputRequest, *, idempotency_key: str | None = None
    ) -> None:
        """Set a new password with a mailed link."""
        return cast(
            "None", self._call("POST", f"/api/v1/password-resets/redeem/", body=body, idempotency_key=idempotency_key)
        )

    def permissions_retrieve(self, *, fields: str | None = None) -> types.PermissionsOutput:
        """Read which role holds which permission."""
        return cast("types.PermissionsOutput", self._call("GET", f"/api/v1/permissions/", query={"fields": fields}))

    def platform_health_retrieve(self, *, fields: str | None = None) -> types.HealthOutput:
        """Examine what the portal needs (needs platform.view)."""
        return cast("types.HealthOutput", self._call("GET", f"/api/v1/platform/health/", query={"fields": fields}))

    def platform_mail_list(
        self,
        *,
        cursor: str | None = None,
        fields: str | None = None,
        limit: int | None = None,
        order: str | None = None,
        phase: str | None = None,
    ) -> types.PaginatedMailOutputList:
        """List mail of the last thirty days, without what it says (needs mail.view)."""
        return cast(
            "types.PaginatedMailOutputList",
            self._call(
                "GET",
                f"/api/v1/platform/mail/",
                query={"cursor": cursor, "fields": fields, "limit": limit, "order": order, "phase": phase},
            ),
        )

    def platform_mail_retry_create(self, mail_id: str, *, idempotency_key: str | None = None) -> types.MailOutput:
        """Try a failed mail again (needs mail.manage)."""
        return cast(
            "types.MailOutput",
            self._call("POST", f"/api/v1/platform/mail/{mail_id}/retry/", idempotency_key=idempotency_key),
        )

    def platform_members_list(
        self,
        *,
        cursor: str | None = None,
        fields: str | None = None,
        limit: int | None = None,
        order: str | None = None,
        project: str | None = None,
        q: str | None = None,
        role: str | None = None,
        user: str | None = None,
    ) -> types.PaginatedMemberOutputList:
        """List who has which role on the platform (needs platform.view)."""
        return cast(
            "types.PaginatedMemberOutputList",
            self._call(
                "GET",
                f"/api/v1/platform/members/",
                query={
                    "cursor": cursor,
                    "fields": fields,
                    "limit": limit,
                    "order": order,
                    "project": project,
                    "q": q,
                    "role": role,
                    "user": user,
                },
            ),
        )

    def platform_members_create(
        self, body: types.PlatformMemberInputRequest, *, idempotency_key: str | None = None
    ) -> types.MemberOutput:
        """Give a role on the platform (needs roles.appoint)."""
        return cast(
            "types.MemberOutput",
            self._call("POST", f"/api/v1/platform/members/", body=body, idempotency_key=idempotency_key),
        )

    def platform_members_destroy(self, member_id: str, *, if_match: str | None = None) -> None:
        """Take a role on the platform (needs roles.appoint)."""
        return cast("None", self._call("DELETE", f"/api/v1/platform/members/{member_id}/", if_match=if_match))

    def priorities_list(
        self, *, cursor: str | None = None, fields: str | None = None, limit: int | None = None, order: str | None = None
    ) -> types.PaginatedPriorityOutputList:
        """List priorities."""
        return cast(
            "types.PaginatedPriorityOutputList",
            self._call(
                "GET", f"/api/v1/priorities/", query={"cursor": cursor, "fields": fields, "limit": limit, "order": order}
            ),
        )

    def priorities_create(
        self, body: types.PriorityInputRequest, *, idempotency_key: str | None = None
    ) -> types.PriorityOutput:
        """Name a priority (needs priorities.manage)."""
        return cast(
            "types.PriorityOutput", self._call("POST", f"/api/v1/priorities/", body=body, idempotency_key=idempotency_key)
        )

    def priorities_retrieve(self, priority_id: str, *, fields: str | None = None) -> types.PriorityOutput:
        """Read a priority."""
        return cast(
            "types.PriorityOutput", self._call("GET", f"/api/v1/priorities/{priority_id}/", query={"fields": fields})
        )

    def priorities_partial_update(
        self, priority_id: str, body: types.PatchedPriorityChangeRequest, *, if_match: str | None = None
    ) -> types.PriorityOutput:
        """Change a priority (needs priorities.manage)."""
        return cast(
            "types.PriorityOutput", self._call("PATCH", f"/api/v1/priorities/{priority_id}/", body=body, if_match=if_match)
        )

    def priorities_destroy(self, priority_id: str, *, if_match: str | None = None) -> None:
        """Remove a priority that no workload has (needs priorities.manage)."""
        return cast("None", self._call("DELETE", f"/api/v1/priorities/{priority_id}/", if_match=if_match))

    def projects_retrieve(self, project_id: str, *, fields: str | None = None) -> types.ProjectForReader:
        """Read a project (needs projects.view)."""
        return cast("types.ProjectForReader", self._call("GET", f"/api/v1/projects/{project_id}/", query={"fields": fields}))

    def projects_partial_update(
        self, project_id: str, body: types.PatchedTenantChangeRequest, *, if_match: str | None = None
    ) -> types.ProjectForReader:
        """Change a project (needs projects.change)."""
        return cast(
            "types.ProjectForReader", self._call("PATCH", f"/api/v1/projects/{project_id}/", body=body, if_match=if_match)
        )

    def projects_destroy(self, project_id: str, *, if_match: str | None = None) -> types.ProjectForReader:
        """Remove a project (needs projects.remove)."""
        return cast("types.ProjectForReader", self._call("DELETE", f"/api/v1/projects/{project_id}/", if_match=if_match))

    def projects_apps_list(
        self,
        project_id: str,
        *,
        cursor: str | None = None,
        fields: str | None = None,
        limit: int | None = None,
        order: str | None = None,
        phase: str | None = None,
        q: str | None = None,
    ) -> types.PaginatedAppOutputList:
        """List the apps of a project (needs apps.view)."""
        return cast(
            "types.PaginatedAppOutputList",
            self._call(
                "GET",
                f"/api/v1/projects/{project_id}/apps/",
                query={"cursor": cursor, "fields": fields, "limit": limit, "order": order, "phase": phase, "q": q},
            ),
        )

    def projects_apps_create(
        self, project_id: str, body: types.AppInputRequest, *, idempotency_key: str | None = None
    ) -> types.AppDetailOutput:
        """Deploy an app (needs apps.deploy)."""
        return cast(
            "types.AppDetailOutput",
            self._call("POST", f"/api/v1/projects/{project_id}/apps/", body=body, idempotency_key=idempotency_key),
        )

    def projects_apps_retrieve(self, app_id: str, project_id: str, *, fields: str | None = None) -> types.AppDetailOutput:
        """Read an app (needs apps.view)."""
        return cast(
            "types.AppDetailOutput",
            self._call("GET", f"/api/v1/projects/{project_id}/apps/{app_id}/", query={"fields": fields}),
        )

    def projects_apps_partial_update(
        self, app_id: str, project_id: str, body: types.PatchedAppChangeRequest, *, if_match: str | None = None
    ) -> types.AppDetailOutput:
        """Change an app (needs apps.deploy)."""
        return cast(
            "types.AppDetailOutput",
            self._call("PATCH", f"/api/v1/projects/{project_id}/apps/{app_id}/", body=body, if_match=if_match),
        )

    def projects_apps_destroy(self, app_id: str, project_id: str, *, if_match: str | None = None) -> None:
        """Stop and delete an app (needs apps.deploy)."""
        return cast("None", self._call("DELETE", f"/api/v1/projects/{project_id}/apps/{app_id}/", if_match=if_match))

    def projects_apps_keys_list(
        self,
        app_id: str,
        project_id: str,
        *,
        cursor: str | None = None,
        fields: str | None = None,
        limit: int | None = None,
        order: str | None = None,
    ) -> types.PaginatedAppKeyOutputList:
        """List an app's keys, newest first (needs apps.view)."""
        return cast(
            "types.PaginatedAppKeyOutputList",
            self._call(
                "GET",
                f"/api/v1/projects/{project_id}/apps/{app_id}/keys/",
                query={"cursor": cursor, "fields": fields, "limit": limit, "order": order},
            ),
        )

    def projects_apps_keys_create(
        self, app_id: str, project_id: str, body: types.AppKeyInputRequest, *, idempotency_key: str | None = None
    ) -> types.AppKeyShownOutput:
        """Make a key of an app for a consumer (needs apps.deploy)."""
        return cast(
            "types.AppKeyShownOutput",
            self._call(
                "POST", f"/api/v1/projects/{project_id}/apps/{app_id}/keys/", body=body, idempotency_key=idempotency_key
            ),
        )

    def projects_apps_keys_destroy(self, app_id: str, key_id: str, project_id: str, *, if_match: str | None = None) -> None:
        """Revoke a key of an app (needs apps.deploy)."""
        return cast(
            "None", self._call("DELETE", f"/api/v1/projects/{project_id}/apps/{app_id}/keys/{key_id}/", if_match=if_match)
        )

    def projects_apps_replicas_list(
        self,
        app_id: str,
        project_id: str,
        *,
        cursor: str | None = None,
        fields: str | None = None,
        limit: int | None = None,
        order: str | None = None,
    ) -> types.PaginatedAppReplicaOutputList:
        """List an app's replicas, newest first (needs apps.view)."""
        return cast(
            "types.PaginatedAppReplicaOutputList",
            self._call(
                "GET",
                f"/api/v1/projects/{project_id}/apps/{app_id}/replicas/",
                query={"cursor": cursor, "fields": fields, "limit": limit, "order": order},
            ),
        )

    def projects_apps_revisions_list(
        self,
        app_id: str,
        project_id: str,
        *,
        cursor: str | None = None,
        fields: str | None = None,
        limit: int | None = None,
        order: str | None = None,
    ) -> types.PaginatedRevisionOutputList:
        """List an app's revisions, newest first (needs apps.view)."""
        return cast(
            "types.PaginatedRevisionOutputList",
            self._call(
                "GET",
                f"/api/v1/projects/{project_id}/apps/{app_id}/revisions/",
                query={"cursor": cursor, "fields": fields, "limit": limit, "order": order},
            ),
        )

    def projects_apps_rollback_create(
        self, app_id: str, project_id: str, body: types.RollBackInputRequest, *, idempotency_key: str | None = None
    ) -> types.AppDetailOutput:
        """Roll back to an old revision (needs apps.deploy)."""
        return cast(
            "types.AppDetailOutput",
            self._call(
                "POST", f"/api/v1/projects/{project_id}/apps/{app_id}/rollback/", body=body, idempotency_key=idempotency_key
            ),
        )

    def projects_apps_start_create(
        self, app_id: str, project_id: str, *, idempotency_key: str | None = None
    ) -> types.AppDetailOutput:
        """Start an app that was stopped (needs apps.deploy)."""
        return cast(
            "types.AppDetailOutput",
            self._call("POST", f"/api/v1/projects/{project_id}/apps/{app_id}/start/", idempotency_key=idempotency_key),
        )

    def projects_apps_stop_create(
        self, app_id: str, project_id: str, *, idempotency_key: str | None = None
    ) -> types.AppDetailOutput:
        """Stop an app: no replica runs until it is started (needs apps.stop)."""
        return cast(
            "types.AppDetailOutput",
            self._call("POST", f"/api/v1/projects/{project_id}/apps/{app_id}/stop/", idempotency_key=idempotency_key),
        )

    def projects_apps_traffic_retrieve(
        self,
        app_id: str,
        project_id: str,
        *,
        by: str | None = None,
        fields: str | None = None,
        since: str | None = None,
        until: str | None = None,
    ) -> types.TrafficOutput:
        """Requests, errors and latency of an app (needs apps.view)."""
        return cast(
            "types.TrafficOutput",
            self._call(
                "GET",
                f"/api/v1/projects/{project_id}/apps/{app_id}/traffic/",
                query={"by": by, "fields": fields, "since": since, "until": until},
            ),
        )

    def projects_apps_log_ranks_retrieve(
        self, project_id: str, subject_id: str, *, fields: str | None = None
    ) -> list[types.ExtentOutput]:
        """Which replicas wrote how much."""
        return cast(
            "list[types.ExtentOutput]",
            self._call("GET", f"/api/v1/projects/{project_id}/apps/{subject_id}/log-ranks/", query={"fields": fields}),
        )

    def projects_apps_logs_retrieve(
        self,
        project_id: str,
        subject_id: str,
        *,
        after: str | None = None,
        attempt: str | None = None,
        before: str | None = None,
        fields: str | None = None,
        limit: str | None = None,
        rank: str | None = None,
    ) -> types.LinesOutput:
        """Lines of one replica."""
        return cast(
            "types.LinesOutput",
            self._call(
                "GET",
                f"/api/v1/projects/{project_id}/apps/{subject_id}/logs/",
                query={"after": after, "attempt": attempt, "before": before, "fields": fields, "limit": limit, "rank": rank},
            ),
        )

    def projects_apps_logs_merged_retrieve(
        self,
        project_id: str,
        subject_id: str,
        *,
        after: str | None = None,
        at: str | None = None,
        attempt: str | None = None,
        before: str | None = None,
        fields: str | None = None,
        limit: str | None = None,
    ) -> types.MergedOutput:
        """Lines of all replicas of an attempt, by time."""
        return cast(
            "types.MergedOutput",
            self._call(
                "GET",
                f"/api/v1/projects/{project_id}/apps/{subject_id}/logs/merged/",
                query={"after": after, "at": at, "attempt": attempt, "before": before, "fields": fields, "limit": limit},
            ),
        )

    def projects_apps_logs_search_retrieve(
        self,
        project_id: str,
        subject_id: str,
        *,
        after: str | None = None,
        attempt: str | None = None,
        case: str | None = None,
        fields: str | None = None,
        limit: str | None = None,
        q: str | None = None,
        rank: str | None = None,
        regex: str | None = None,
    ) -> types.SearchOutput:
        """Lines that hold a text."""
        return cast(
            "types.SearchOutput",
            self._call(
                "GET",
                f"/api/v1/projects/{project_id}/apps/{subject_id}/logs/search/",
                query={
                    "after": after,
                    "attempt": attempt,
                    "case": case,
                    "fields": fields,
                    "limit": limit,
                    "q": q,
                    "rank": rank,
                    "regex": regex,
                },
            ),
        )

    def projects_apps_metrics_retrieve(
        self,
        project_id: str,
        subject_id: str,
        *,
        attempt: str | None = None,
        fields: str | None = None,
        names: str | None = None,
        points: str | None = None,
        since: str | None = None,
        until: str | None = None,
    ) -> types.MetricsOutput:
        """Series of metrics."""
        return cast(
            "types.MetricsOutput",
            self._call(
                "GET",
                f"/api/v1/projects/{project_id}/apps/{subject_id}/metrics/",
                query={
                    "attempt": attempt,
                    "fields": fields,
                    "names": names,
                    "points": points,
                    "since": since,
                    "until": until,
                },
            ),
        )

    def projects_buckets_list(
        self,
        project_id: str,
        *,
        cursor: str | None = None,
        fields: str | None = None,
        limit: int | None = None,
        order: str | None = None,
    ) -> types.PaginatedBucketOutputList:
        """List the buckets of a project (needs buckets.view)."""
        return cast(
            "types.PaginatedBucketOutputList",
            self._call(
                "GET",
                f"/api/v1/projects/{project_id}/buckets/",
                query={"cursor": cursor, "fields": fields, "limit": limit, "order": order},
            ),
        )

    def projects_buckets_create(
        self, project_id: str, body: types.BucketInputRequest, *, idempotency_key: str | None = None
    ) -> types.BucketDetailOutput:
        """Create a bucket (needs buckets.manage)."""
        return cast(
            "types.BucketDetailOutput",
            self._call("POST", f"/api/v1/projects/{project_id}/buckets/", body=body, idempotency_key=idempotency_key),
        )

    def projects_buckets_retrieve(
        self, bucket_id: str, project_id: str, *, fields: str | None = None
    ) -> types.BucketDetailOutput:
        """Read a bucket (needs buckets.view)."""
        return cast(
            "types.BucketDetailOutput",
            self._call("GET", f"/api/v1/projects/{project_id}/buckets/{bucket_id}/", query={"fields": fields}),
        )

    def projects_buckets_partial_update(
        self, bucket_id: str, project_id: str, body: types.PatchedBucketChangeRequest, *, if_match: str | None = None
    ) -> types.BucketDetailOutput:
        """Change a bucket's quota, or how long it keeps files (needs buckets.manage)."""
        return cast(
            "types.BucketDetailOutput",
            self._call("PATCH", f"/api/v1/projects/{project_id}/buckets/{bucket_id}/", body=body, if_match=if_match),
        )

    def projects_buckets_destroy(self, bucket_id: str, project_id: str, *, if_match: str | None = None) -> None:
        """Remove an empty bucket (needs buckets.manage)."""
        return cast("None", self._call("DELETE", f"/api/v1/projects/{project_id}/buckets/{bucket_id}/", if_match=if_match))

    def projects_buckets_downloads_create(
        self, bucket_id: str, project_id: str, body: types.DownloadsInputRequest, *, idempotency_key: str | None = None
    ) -> types.DownloadsOutput:
        """Ask for addresses to download files from (needs buckets.view)."""
        return cast(
            "types.DownloadsOutput",
            self._call(
                "POST",
                f"/api/v1/projects/{project_id}/buckets/{bucket_id}/downloads/",
                body=body,
                idempotency_key=idempotency_key,
            ),
        )

    def projects_buckets_files_retrieve(
        self,
        bucket_id: str,
        project_id: str,
        *,
        cursor: str | None = None,
        fields: str | None = None,
        limit: str | None = None,
        prefix: str | None = None,
    ) -> types.FilesOutput:
        """List files and folders of a bucket, a page at a time (needs buckets.view)."""
        return cast(
            "types.FilesOutput",
            self._call(
                "GET",
                f"/api/v1/projects/{project_id}/buckets/{bucket_id}/files/",
                query={"cursor": cursor, "fields": fields, "limit": limit, "prefix": prefix},
            ),
        )

    def projects_buckets_links_create(
        self, bucket_id: str, project_id: str, body: types.LinkInputRequest, *, idempotency_key: str | None = None
    ) -> types.LinkOutput:
        """Ask for an address to download a file from (needs buckets.view)."""
        return cast(
            "types.LinkOutput",
            self._call(
                "POST",
                f"/api/v1/projects/{project_id}/buckets/{bucket_id}/links/",
                body=body,
                idempotency_key=idempotency_key,
            ),
        )

    def projects_buckets_removals_create(
        self, bucket_id: str, project_id: str, body: types.FileRemovalInputRequest, *, idempotency_key: str | None = None
    ) -> types.FileRemovalOutput:
        """Delete files and folders (needs buckets.write)."""
        return cast(
            "types.FileRemovalOutput",
            self._call(
                "POST",
                f"/api/v1/projects/{project_id}/buckets/{bucket_id}/removals/",
                body=body,
                idempotency_key=idempotency_key,
            ),
        )

    def projects_buckets_removals_destroy(
        self, bucket_id: str, project_id: str, removal_id: str, *, if_match: str | None = None
    ) -> None:
        """Take back a deletion that was not carried out yet (needs buckets.write)."""
        return cast(
            "None",
            self._call(
                "DELETE", f"/api/v1/projects/{project_id}/buckets/{bucket_id}/removals/{removal_id}/", if_match=if_match
            ),
        )

    def projects_buckets_unpackings_list(
        self,
        bucket_id: str,
        project_id: str,
        *,
        cursor: str | None = None,
        fields: str | None = None,
        limit: int | None = None,
        order: str | None = None,
    ) -> types.PaginatedUnpackingOutputList:
        """List the archives of a bucket that were unpacked, the newest first (needs buckets.view)."""
        return cast(
            "types.PaginatedUnpackingOutputList",
            self._call(
                "GET",
                f"/api/v1/projects/{project_id}/buckets/{bucket_id}/unpackings/",
                query={"cursor": cursor, "fields": fields, "limit": limit, "order": order},
            ),
        )

    def projects_buckets_unpackings_create(
        self, bucket_id: str, project_id: str, body: types.UnpackingInputRequest, *, idempotency_key: str | None = None
    ) -> types.UnpackingOutput:
        """Unpack an archive that lies in the bucket (needs buckets.write)."""
        return cast(
            "types.UnpackingOutput",
            self._call(
                "POST",
                f"/api/v1/projects/{project_id}/buckets/{bucket_id}/unpackings/",
                body=body,
                idempotency_key=idempotency_key,
            ),
        )

    def projects_buckets_unpackings_retrieve(
        self, bucket_id: str, project_id: str, unpacking_id: str, *, fields: str | None = None
    ) -> types.UnpackingOutput:
        """Read how far an archive is unpacked (needs buckets.view)."""
        return cast(
            "types.UnpackingOutput",
            self._call(
                "GET",
                f"/api/v1/projects/{project_id}/buckets/{bucket_id}/unpackings/{unpacking_id}/",
                query={"fields": fields},
            ),
        )

    def projects_buckets_uploads_create(
        self, bucket_id: str, project_id: str, body: types.UploadsInputRequest, *, idempotency_key: str | None = None
    ) -> types.UploadsOutput:
        """Ask for addresses to upload files to (needs buckets.write)."""
        return cast(
            "types.UploadsOutput",
            self._call(
                "POST",
                f"/api/v1/projects/{project_id}/buckets/{bucket_id}/uploads/",
                body=body,
                idempotency_key=idempotency_key,
            ),
        )

    def projects_code_list(
        self,
        project_id: str,
        *,
        cursor: str | None = None,
        fields: str | None = None,
        limit: int | None = None,
        order: str | None = None,
    ) -> types.PaginatedCodeOutputList:
        """List the code of a project, newest first (needs jobs.view)."""
        return cast(
            "types.PaginatedCodeOutputList",
            self._call(
                "GET",
                f"/api/v1/projects/{project_id}/code/",
                query={"cursor": cursor, "fields": fields, "limit": limit, "order": order},
            ),
        )

    def projects_code_create(self, project_id: str, *, name: str | None = None, idempotency_key: str | None = None) -> Any:
        """Upload an archive of code (needs jobs.submit)."""
        return cast(
            "Any",
            self._call(
                "POST", f"/api/v1/projects/{project_id}/code/", idempotency_key=idempotency_key, query={"name": name}
            ),
        )

    def projects_code_retrieve(self, code_id: str, project_id: str, *, fields: str | None = None) -> types.CodeOutput:
        """Read what is known of a code (needs jobs.view)."""
        return cast(
            "types.CodeOutput", self._call("GET", f"/api/v1/projects/{project_id}/code/{code_id}/", query={"fields": fields})
        )

    def projects_code_destroy(self, code_id: str, project_id: str, *, if_match: str | None = None) -> None:
        """Delete code that no job refers to (needs jobs.delete)."""
        return cast("None", self._call("DELETE", f"/api/v1/projects/{project_id}/code/{code_id}/", if_match=if_match))

    def projects_datasets_list(
        self,
        project_id: str,
        *,
        cursor: str | None = None,
        fields: str | None = None,
        limit: int | None = None,
        order: str | None = None,
    ) -> types.PaginatedDatasetOutputList:
        """List the datasets of a project (needs datasets.view)."""
        return cast(
            "types.PaginatedDatasetOutputList",
            self._call(
                "GET",
                f"/api/v1/projects/{project_id}/datasets/",
                query={"cursor": cursor, "fields": fields, "limit": limit, "order": order},
            ),
        )

    def projects_datasets_create(
        self, project_id: str, body: types.DatasetInputRequest, *, idempotency_key: str | None = None
    ) -> types.DatasetOutput:
        """Create a dataset (needs datasets.write)."""
        return cast(
            "types.DatasetOutput",
            self._call("POST", f"/api/v1/projects/{project_id}/datasets/", body=body, idempotency_key=idempotency_key),
        )

    def projects_datasets_retrieve(
        self, dataset_id: str, project_id: str, *, fields: str | None = None
    ) -> types.DatasetOutput:
        """Read a dataset (needs datasets.view)."""
        return cast(
            "types.DatasetOutput",
            self._call("GET", f"/api/v1/projects/{project_id}/datasets/{dataset_id}/", query={"fields": fields}),
        )

    def projects_datasets_partial_update(
        self, dataset_id: str, project_id: str, body: types.PatchedDatasetChangeRequest, *, if_match: str | None = None
    ) -> types.DatasetOutput:
        """Change what is said of a dataset (needs datasets.write)."""
        return cast(
            "types.DatasetOutput",
            self._call("PATCH", f"/api/v1/projects/{project_id}/datasets/{dataset_id}/", body=body, if_match=if_match),
        )

    def projects_datasets_destroy(self, dataset_id: str, project_id: str, *, if_match: str | None = None) -> None:
        """Remove a dataset that has no versions (needs datasets.write)."""
        return cast("None", self._call("DELETE", f"/api/v1/projects/{project_id}/datasets/{dataset_id}/", if_match=if_match))

    def projects_datasets_versions_list(
        self,
        dataset_id: str,
        project_id: str,
        *,
        cursor: str | None = None,
        fields: str | None = None,
        limit: int | None = None,
        order: str | None = None,
    ) -> types.PaginatedDatasetVersionOutputList:
        """List the versions of a dataset, the newest first (needs datasets.view)."""
        return cast(
            "types.PaginatedDatasetVersionOutputList",
            self._call(
                "GET",
                f"/api/v1/projects/{project_id}/datasets/{dataset_id}/versions/",
                query={"cursor": cursor, "fields": fields, "limit": limit, "order": order},
            ),
        )

    def projects_datasets_versions_create(
        self, dataset_id: str, project_id: str, body: types.VersionInputRequest, *, idempotency_key: str | None = None
    ) -> types.DatasetVersionDetailOutput:
        """Register a version from a bucket (needs datasets.write)."""
        return cast(
            "types.DatasetVersionDetailOutput",
            self._call(
                "POST",
                f"/api/v1/projects/{project_id}/datasets/{dataset_id}/versions/",
                body=body,
                idempotency_key=idempotency_key,
            ),
        )

    def projects_datasets_versions_retrieve(
        self, dataset_id: str, number: str, project_id: str, *, fields: str | None = None
    ) -> types.DatasetVersionDetailOutput:
        """Read a version of a dataset (needs datasets.view)."""
        return cast(
            "types.DatasetVersionDetailOutput",
            self._call(
                "GET", f"/api/v1/projects/{project_id}/datasets/{dataset_id}/versions/{number}/", query={"fields": fields}
            ),
        )

    def projects_datasets_versions_partial_update(
        self,
        dataset_id: str,
        number: str,
        project_id: str,
        body: types.PatchedVersionChangeRequest,
        *,
        if_match: str | None = None,
    ) -> types.DatasetVersionDetailOutput:
        """Change the note of a version, or hold it (needs datasets.write)."""
        return cast(
            "types.DatasetVersionDetailOutput",
            self._call(
                "PATCH",
                f"/api/v1/projects/{project_id}/datasets/{dataset_id}/versions/{number}/",
                body=body,
                if_match=if_match,
            ),
        )

    def projects_datasets_versions_destroy(
        self, dataset_id: str, number: str, project_id: str, *, if_match: str | None = None
    ) -> None:
        """Delete a version of a dataset (needs datasets.write)."""
        return cast(
            "None",
            self._call(
                "DELETE", f"/api/v1/projects/{project_id}/datasets/{dataset_id}/versions/{number}/", if_match=if_match
            ),
        )

    def projects_datasets_versions_downloads_create(
        self,
        dataset_id: str,
        number: str,
        project_id: str,
        body: types.VersionDownloadsInputRequest,
        *,
        idempotency_key: str | None = None,
    ) -> types.VersionDownloadsOutput:
        """Ask for addresses to download a version's files from (needs datasets.view)."""
        return cast(
            "types.VersionDownloadsOutput",
            self._call(
                "POST",
                f"/api/v1/projects/{project_id}/datasets/{dataset_id}/versions/{number}/downloads/",
                body=body,
                idempotency_key=idempotency_key,
            ),
        )

    def projects_datasets_versions_files_retrieve(
        self,
        dataset_id: str,
        number: str,
        project_id: str,
        *,
        cursor: str | None = None,
        fields: str | None = None,
        limit: str | None = None,
        prefix: str | None = None,
    ) -> types.FilesOutput:
        """List files and folders of a version, a page at a time (needs datasets.view)."""
        return cast(
            "types.FilesOutput",
            self._call(
                "GET",
                f"/api/v1/projects/{project_id}/datasets/{dataset_id}/versions/{number}/files/",
                query={"cursor": cursor, "fields": fields, "limit": limit, "prefix": prefix},
            ),
        )

    def projects_datasets_versions_lineage_retrieve(
        self, dataset_id: str, number: str, project_id: str, *, fields: str | None = None
    ) -> types.LineageOutput:
        """Read where a version comes from, and what reads it (needs datasets.view)."""
        return cast(
            "types.LineageOutput",
            self._call(
                "GET",
                f"/api/v1/projects/{project_id}/datasets/{dataset_id}/versions/{number}/lineage/",
                query={"fields": fields},
            ),
        )

    def projects_datasets_versions_links_create(
        self,
        dataset_id: str,
        number: str,
        project_id: str,
        body: types.VersionLinkInputRequest,
        *,
        idempotency_key: str | None = None,
    ) -> types.LinkOutput:
        """Ask for an address to download a file of a version from (needs datasets.view)."""
        return cast(
            "types.LinkOutput",
            self._call(
                "POST",
                f"/api/v1/projects/{project_id}/datasets/{dataset_id}/versions/{number}/links/",
                body=body,
                idempotency_key=idempotency_key,
            ),
        )

    def projects_image_pulls_create(
        self, project_id: str, body: types.ImagePullInputRequest, *, idempotency_key: str | None = None
    ) -> types.OperationOutput:
        """Have the nodes of a flavor pull an image (needs jobs.submit)."""
        return cast(
            "types.OperationOutput",
            self._call("POST", f"/api/v1/projects/{project_id}/image-pulls/", body=body, idempotency_key=idempotency_key),
        )

    def projects_jobs_list(
        self,
        project_id: str,
        *,
        bin: bool | None = None,
        cursor: str | None = None,
        fields: str | None = None,
        framework: str | None = None,
        label: str | None = None,
        limit: int | None = None,
        mine: bool | None = None,
        order: str | None = None,
        phase: Sequence[str] | None = None,
        priority: str | None = None,
        q: str | None = None,
        schedule: str | None = None,
        submitted_by: str | None = None,
    ) -> types.PaginatedJobOutputList:
        """List jobs (needs jobs.view)."""
        return cast(
            "types.PaginatedJobOutputList",
            self._call(
                "GET",
                f"/api/v1/projects/{project_id}/jobs/",
                query={
                    "bin": bin,
                    "cursor": cursor,
                    "fields": fields,
                    "framework": framework,
                    "label": label,
                    "limit": limit,
                    "mine": mine,
                    "order": order,
                    "phase": phase,
                    "priority": priority,
                    "q": q,
                    "schedule": schedule,
                    "submitted_by": submitted_by,
                },
            ),
        )

    def projects_jobs_create(
        self,
        project_id: str,
        body: types.JobSpecRequest,
        *,
        draft: str | None = None,
        dry_run: str | None = None,
        idempotency_key: str | None = None,
    ) -> Any:
        """Submit a job (needs jobs.submit)."""
        return cast(
            "Any",
            self._call(
                "POST",
                f"/api/v1/projects/{project_id}/jobs/",
                body=body,
                idempotency_key=idempotency_key,
                query={"draft": draft, "dry_run": dry_run},
            ),
        )

    def projects_jobs_retrieve(self, job_id: str, project_id: str, *, fields: str | None = None) -> types.JobDetailOutput:
        """Read a job (needs jobs.view)."""
        return cast(
            "types.JobDetailOutput",
            self._call("GET", f"/api/v1/projects/{project_id}/jobs/{job_id}/", query={"fields": fields}),
        )

    def projects_jobs_partial_update(
        self, job_id: str, project_id: str, body: types.PatchedJobChangeInputRequest, *, if_match: str | None = None
    ) -> types.JobDetailOutput:
        """Change a job's description and labels, or all of a draft (needs jobs.submit)."""
        return cast(
            "types.JobDetailOutput",
            self._call("PATCH", f"/api/v1/projects/{project_id}/jobs/{job_id}/", body=body, if_match=if_match),
        )

    def projects_jobs_destroy(self, job_id: str, project_id: str, *, if_match: str | None = None) -> None:
        """Put a job into the bin (needs jobs.delete)."""
        return cast("None", self._call("DELETE", f"/api/v1/projects/{project_id}/jobs/{job_id}/", if_match=if_match))

    def projects_jobs_artifacts_list(
        self,
        job_id: str,
        project_id: str,
        *,
        cursor: str | None = None,
        fields: str | None = None,
        limit: int | None = None,
        order: str | None = None,
    ) -> types.PaginatedArtifactOutputList:
        """List the files that a job left behind (needs jobs.view)."""
        return cast(
            "types.PaginatedArtifactOutputList",
            self._call(
                "GET",
                f"/api/v1/projects/{project_id}/jobs/{job_id}/artifacts/",
                query={"cursor": cursor, "fields": fields, "limit": limit, "order": order},
            ),
        )

    def projects_jobs_cancel_create(
        self, job_id: str, project_id: str, *, idempotency_key: str | None = None
    ) -> types.JobDetailOutput:
        """Cancel a job (needs jobs.cancel)."""
        return cast(
            "types.JobDetailOutput",
            self._call("POST", f"/api/v1/projects/{project_id}/jobs/{job_id}/cancel/", idempotency_key=idempotency_key),
        )

    def projects_jobs_clone_create(
        self, job_id: str, project_id: str, body: types.CloneInputRequest, *, idempotency_key: str | None = None
    ) -> types.JobDetailOutput:
        """Write a draft like this job (needs jobs.submit)."""
        return cast(
            "types.JobDetailOutput",
            self._call(
                "POST", f"/api/v1/projects/{project_id}/jobs/{job_id}/clone/", body=body, idempotency_key=idempotency_key
            ),
        )

    def projects_jobs_inputs_retrieve(
        self, job_id: str, project_id: str, *, fields: str | None = None
    ) -> types.InputsOutput:
        """Read what a job was made of: enough to run it again exactly (needs jobs.view)."""
        return cast(
            "types.InputsOutput",
            self._call("GET", f"/api/v1/projects/{project_id}/jobs/{job_id}/inputs/", query={"fields": fields}),
        )

    def projects_jobs_manifests_create(
        self, job_id: str, project_id: str, *, idempotency_key: str | None = None
    ) -> types.OperationOutput:
        """Have the Kubernetes manifests of a job's newest attempt rendered (needs jobs.submit)."""
        return cast(
            "types.OperationOutput",
            self._call("POST", f"/api/v1/projects/{project_id}/jobs/{job_id}/manifests/", idempotency_key=idempotency_key),
        )

    def projects_jobs_replicas_list(
        self,
        job_id: str,
        project_id: str,
        *,
        attempt: int | None = None,
        cursor: str | None = None,
        fields: str | None = None,
        limit: int | None = None,
        order: str | None = None,
    ) -> types.PaginatedReplicaOutputList:
        """List the replicas of an attempt, by rank (needs jobs.view)."""
        return cast(
            "types.PaginatedReplicaOutputList",
            self._call(
                "GET",
                f"/api/v1/projects/{project_id}/jobs/{job_id}/replicas/",
                query={"attempt": attempt, "cursor": cursor, "fields": fields, "limit": limit, "order": order},
            ),
        )

    def projects_jobs_replicas_exec_create(
        self, job_id: str, project_id: str, rank: str, body: types.ExecInputRequest, *, idempotency_key: str | None = None
    ) -> types.ExecOutput:
        """Get a one-time ticket for a shell in a running replica (needs jobs.exec)."""
        return cast(
            "types.ExecOutput",
            self._call(
                "POST",
                f"/api/v1/projects/{project_id}/jobs/{job_id}/replicas/{rank}/exec/",
                body=body,
                idempotency_key=idempotency_key,
            ),
        )

    def projects_jobs_rerun_create(
        self, job_id: str, project_id: str, body: types.CloneInputRequest, *, idempotency_key: str | None = None
    ) -> types.JobDetailOutput:
        """Run a job again exactly (needs jobs.submit)."""
        return cast(
            "types.JobDetailOutput",
            self._call(
                "POST", f"/api/v1/projects/{project_id}/jobs/{job_id}/rerun/", body=body, idempotency_key=idempotency_key
            ),
        )

    def projects_jobs_restore_create(
        self, job_id: str, project_id: str, *, idempotency_key: str | None = None
    ) -> types.JobDetailOutput:
        """Take a job out of the bin (needs jobs.delete)."""
        return cast(
            "types.JobDetailOutput",
            self._call("POST", f"/api/v1/projects/{project_id}/jobs/{job_id}/restore/", idempotency_key=idempotency_key),
        )

    def projects_jobs_resume_create(
        self, job_id: str, project_id: str, *, idempotency_key: str | None = None
    ) -> types.JobDetailOutput:
        """Resume a suspended job (needs jobs.suspend)."""
        return cast(
            "types.JobDetailOutput",
            self._call("POST", f"/api/v1/projects/{project_id}/jobs/{job_id}/resume/", idempotency_key=idempotency_key),
        )

    def projects_jobs_retry_create(
        self, job_id: str, project_id: str, *, idempotency_key: str | None = None
    ) -> types.JobDetailOutput:
        """Run a failed or cancelled job once more (needs jobs.retry)."""
        return cast(
            "types.JobDetailOutput",
            self._call("POST", f"/api/v1/projects/{project_id}/jobs/{job_id}/retry/", idempotency_key=idempotency_key),
        )

    def projects_jobs_shares_list(
        self,
        job_id: str,
        project_id: str,
        *,
        cursor: str | None = None,
        fields: str | None = None,
        limit: int | None = None,
        order: str | None = None,
    ) -> types.PaginatedJobShareOutputList:
        """List with whom a job is shared (needs jobs.share)."""
        return cast(
            "types.PaginatedJobShareOutputList",
            self._call(
                "GET",
                f"/api/v1/projects/{project_id}/jobs/{job_id}/shares/",
                query={"cursor": cursor, "fields": fields, "limit": limit, "order": order},
            ),
        )

    def projects_jobs_shares_create(
        self, job_id: str, project_id: str, body: types.JobShareInputRequest, *, idempotency_key: str | None = None
    ) -> types.JobShareOutput:
        """Let one person, or a group, read a job, its timeline, logs and metrics (needs jobs.share)."""
        return cast(
            "types.JobShareOutput",
            self._call(
                "POST", f"/api/v1/projects/{project_id}/jobs/{job_id}/shares/", body=body, idempotency_key=idempotency_key
            ),
        )

    def projects_jobs_shares_destroy(
        self, job_id: str, project_id: str, share_id: str, *, if_match: str | None = None
    ) -> None:
        """Share a job with one person or group no more (needs jobs.share)."""
        return cast(
            "None",
            self._call("DELETE", f"/api/v1/projects/{project_id}/jobs/{job_id}/shares/{share_id}/", if_match=if_match),
        )

    def projects_jobs_submit_create(
        self, job_id: str, project_id: str, *, idempotency_key: str | None = None
    ) -> types.JobDetailOutput:
        """Submit a draft (needs jobs.submit)."""
        return cast(
            "types.JobDetailOutput",
            self._call("POST", f"/api/v1/projects/{project_id}/jobs/{job_id}/submit/", idempotency_key=idempotency_key),
        )

    def projects_jobs_suspend_create(
        self, job_id: str, project_id: str, *, idempotency_key: str | None = None
    ) -> types.JobDetailOutput:
        """Suspend a job (needs jobs.suspend)."""
        return cast(
            "types.JobDetailOutput",
            self._call("POST", f"/api/v1/projects/{project_id}/jobs/{job_id}/suspend/", idempotency_key=idempotency_key),
        )

    def projects_jobs_template_create(
        self, job_id: str, project_id: str, body: types.SaveAsTemplateInputRequest, *, idempotency_key: str | None = None
    ) -> types.TemplateOutput:
        """Save a job as a template of its tenant (needs templates.manage)."""
        return cast(
            "types.TemplateOutput",
            self._call(
                "POST", f"/api/v1/projects/{project_id}/jobs/{job_id}/template/", body=body, idempotency_key=idempotency_key
            ),
        )

    def projects_jobs_timeline_list(
        self,
        job_id: str,
        project_id: str,
        *,
        cursor: str | None = None,
        fields: str | None = None,
        limit: int | None = None,
        order: str | None = None,
    ) -> types.PaginatedTimelineEntryOutputList:
        """Read a job's timeline, oldest first (needs jobs.view)."""
        return cast(
            "types.PaginatedTimelineEntryOutputList",
            self._call(
                "GET",
                f"/api/v1/projects/{project_id}/jobs/{job_id}/timeline/",
                query={"cursor": cursor, "fields": fields, "limit": limit, "order": order},
            ),
        )

    def projects_jobs_wait_retrieve(
        self,
        job_id: str,
        project_id: str,
        *,
        fields: str | None = None,
        phase: str | Sequence[str] | None = None,
        seconds: str | None = None,
    ) -> types.JobDetailOutput:
        """Read a job once it is so far (needs jobs.view)."""
        return cast(
            "types.JobDetailOutput",
            self._call(
                "GET",
                f"/api/v1/projects/{project_id}/jobs/{job_id}/wait/",
                query={"fields": fields, "phase": phase, "seconds": seconds},
            ),
        )

    def projects_jobs_why_retrieve(self, job_id: str, project_id: str, *, fields: str | None = None) -> types.WhyOutput:
        """Explain why a job is in its phase, and what would help (needs jobs.view)."""
        return cast(
            "types.WhyOutput",
            self._call("GET", f"/api/v1/projects/{project_id}/jobs/{job_id}/why/", query={"fields": fields}),
        )

    def projects_jobs_log_ranks_retrieve(
        self, project_id: str, subject_id: str, *, fields: str | None = None
    ) -> list[types.ExtentOutput]:
        """Which replicas wrote how much."""
        return cast(
            "list[types.ExtentOutput]",
            self._call("GET", f"/api/v1/projects/{project_id}/jobs/{subject_id}/log-ranks/", query={"fields": fields}),
        )

    def projects_jobs_logs_retrieve(
        self,
        project_id: str,
        subject_id: str,
        *,
        after: str | None = None,
        attempt: str | None = None,
        before: str | None = None,
        fields: str | None = None,
        limit: str | None = None,
        rank: str | None = None,
    ) -> types.LinesOutput:
        """Lines of one replica."""
        return cast(
            "types.LinesOutput",
            self._call(
                "GET",
                f"/api/v1/projects/{project_id}/jobs/{subject_id}/logs/",
                query={"after": after, "attempt": attempt, "before": before, "fields": fields, "limit": limit, "rank": rank},
            ),
        )

    def projects_jobs_logs_merged_retrieve(
        self,
        project_id: str,
        subject_id: str,
        *,
        after: str | None = None,
        at: str | None = None,
        attempt: str | None = None,
        before: str | None = None,
        fields: str | None = None,
        limit: str | None = None,
    ) -> types.MergedOutput:
        """Lines of all replicas of an attempt, by time."""
        return cast(
            "types.MergedOutput",
            self._call(
                "GET",
                f"/api/v1/projects/{project_id}/jobs/{subject_id}/logs/merged/",
                query={"after": after, "at": at, "attempt": attempt, "before": before, "fields": fields, "limit": limit},
            ),
        )

    def projects_jobs_logs_search_retrieve(
        self,
        project_id: str,
        subject_id: str,
        *,
        after: str | None = None,
        attempt: str | None = None,
        case: str | None = None,
        fields: str | None = None,
        limit: str | None = None,
        q: str | None = None,
        rank: str | None = None,
        regex: str | None = None,
    ) -> types.SearchOutput:
        """Lines that hold a text."""
        return cast(
            "types.SearchOutput",
            self._call(
                "GET",
                f"/api/v1/projects/{project_id}/jobs/{subject_id}/logs/search/",
                query={
                    "after": after,
                    "attempt": attempt,
                    "case": case,
                    "fields": fields,
                    "limit": limit,
                    "q": q,
                    "rank": rank,
                    "regex": regex,
                },
            ),
        )

    def projects_jobs_metrics_retrieve(
        self,
        project_id: str,
        subject_id: str,
        *,
        attempt: str | None = None,
        fields: str | None = None,
        names: str | None = None,
        points: str | None = None,
        since: str | None = None,
        until: str | None = None,
    ) -> types.MetricsOutput:
        """Series of metrics."""
        return cast(
            "types.MetricsOutput",
            self._call(
                "GET",
                f"/api/v1/projects/{project_id}/jobs/{subject_id}/metrics/",
                query={
                    "attempt": attempt,
                    "fields": fields,
                    "names": names,
                    "points": points,
                    "since": since,
                    "until": until,
                },
            ),
        )

    def projects_jobs_bulk_create(
        self, project_id: str, body: types.BulkInputRequest, *, idempotency_key: str | None = None
    ) -> types.BulkOutput:
        """Do one act to many jobs."""
        return cast(
            "types.BulkOutput",
            self._call("POST", f"/api/v1/projects/{project_id}/jobs/bulk/", body=body, idempotency_key=idempotency_key),
        )

    def projects_kubeconfigs_create(
        self, project_id: str, body: types.KubeconfigInputRequest, *, idempotency_key: str | None = None
    ) -> types.OperationOutput:
        """Make a kubeconfig of one's own (needs kubectl.use)."""
        return cast(
            "types.OperationOutput",
            self._call("POST", f"/api/v1/projects/{project_id}/kubeconfigs/", body=body, idempotency_key=idempotency_key),
        )

    def projects_network_exceptions_list(
        self,
        project_id: str,
        *,
        cursor: str | None = None,
        fields: str | None = None,
        limit: int | None = None,
        order: str | None = None,
    ) -> types.PaginatedExceptionOutputList:
        """List the exceptions of a project's closed network (needs networks.view)."""
        return cast(
            "types.PaginatedExceptionOutputList",
            self._call(
                "GET",
                f"/api/v1/projects/{project_id}/network-exceptions/",
                query={"cursor": cursor, "fields": fields, "limit": limit, "order": order},
            ),
        )

    def projects_network_exceptions_create(
        self, project_id: str, body: types.ExceptionInputRequest, *, idempotency_key: str | None = None
    ) -> types.ExceptionOutput:
        """Open a project's network to a network outside, or to another project (needs networks.manage)."""
        return cast(
            "types.ExceptionOutput",
            self._call(
                "POST", f"/api/v1/projects/{project_id}/network-exceptions/", body=body, idempotency_key=idempotency_key
            ),
        )

    def projects_network_exceptions_retrieve(
        self, exception_id: str, project_id: str, *, fields: str | None = None
    ) -> types.ExceptionOutput:
        """Read a network exception (needs networks.view)."""
        return cast(
            "types.ExceptionOutput",
            self._call("GET", f"/api/v1/projects/{project_id}/network-exceptions/{exception_id}/", query={"fields": fields}),
        )

    def projects_network_exceptions_partial_update(
        self, exception_id: str, project_id: str, body: types.PatchedExceptionChangeRequest, *, if_match: str | None = None
    ) -> types.ExceptionOutput:
        """Change a network exception: its ports, its protocol, what is said of it (needs networks.manage)."""
        return cast(
            "types.ExceptionOutput",
            self._call(
                "PATCH", f"/api/v1/projects/{project_id}/network-exceptions/{exception_id}/", body=body, if_match=if_match
            ),
        )

    def projects_network_exceptions_destroy(
        self, exception_id: str, project_id: str, *, if_match: str | None = None
    ) -> None:
        """Close a network exception again (needs networks.manage)."""
        return cast(
            "None",
            self._call("DELETE", f"/api/v1/projects/{project_id}/network-exceptions/{exception_id}/", if_match=if_match),
        )

    def projects_network_requests_retrieve(self, project_id: str, *, fields: str | None = None) -> types.AskedListOutput:
        """List who asks to reach a project, or to be reached by it, and was not answered (needs networks.manage)."""
        return cast(
            "types.AskedListOutput",
            self._call("GET", f"/api/v1/projects/{project_id}/network-requests/", query={"fields": fields}),
        )

    def projects_preview_retrieve(
        self, project_id: str, *, cursor: str | None = None, fields: str | None = None
    ) -> types.PreviewOutput:
        """Preview what removing the project would delete (needs projects.view)."""
        return cast(
            "types.PreviewOutput",
            self._call("GET", f"/api/v1/projects/{project_id}/preview/", query={"cursor": cursor, "fields": fields}),
        )

    def projects_schedules_list(
        self,
        project_id: str,
        *,
        cursor: str | None = None,
        fields: str | None = None,
        limit: int | None = None,
        order: str | None = None,
        q: str | None = None,
        state: str | None = None,
    ) -> types.PaginatedScheduleOutputList:
        """List schedules (needs schedules.view)."""
        return cast(
            "types.PaginatedScheduleOutputList",
            self._call(
                "GET",
                f"/api/v1/projects/{project_id}/schedules/",
                query={"cursor": cursor, "fields": fields, "limit": limit, "order": order, "q": q, "state": state},
            ),
        )

    def projects_schedules_create(
        self, project_id: str, body: types.ScheduleInputRequest, *, idempotency_key: str | None = None
    ) -> types.ScheduleDetailOutput:
        """Have a job submitted again and again (needs schedules.manage)."""
        return cast(
            "types.ScheduleDetailOutput",
            self._call("POST", f"/api/v1/projects/{project_id}/schedules/", body=body, idempotency_key=idempotency_key),
        )

    def projects_schedules_retrieve(
        self, project_id: str, schedule_id: str, *, fields: str | None = None
    ) -> types.ScheduleDetailOutput:
        """Read a schedule (needs schedules.view)."""
        return cast(
            "types.ScheduleDetailOutput",
            self._call("GET", f"/api/v1/projects/{project_id}/schedules/{schedule_id}/", query={"fields": fields}),
        )

    def projects_schedules_partial_update(
        self,
        project_id: str,
        schedule_id: str,
        body: types.PatchedScheduleChangeInputRequest,
        *,
        if_match: str | None = None,
    ) -> types.ScheduleDetailOutput:
        """Change a schedule (needs schedules.manage)."""
        return cast(
            "types.ScheduleDetailOutput",
            self._call("PATCH", f"/api/v1/projects/{project_id}/schedules/{schedule_id}/", body=body, if_match=if_match),
        )

    def projects_schedules_destroy(self, project_id: str, schedule_id: str, *, if_match: str | None = None) -> None:
        """Remove a schedule; its jobs stay (needs schedules.manage)."""
        return cast(
            "None", self._call("DELETE", f"/api/v1/projects/{project_id}/schedules/{schedule_id}/", if_match=if_match)
        )

    def projects_schedules_pause_create(
        self, project_id: str, schedule_id: str, *, idempotency_key: str | None = None
    ) -> types.ScheduleDetailOutput:
        """Pause a schedule (needs schedules.manage)."""
        return cast(
            "types.ScheduleDetailOutput",
            self._call(
                "POST", f"/api/v1/projects/{project_id}/schedules/{schedule_id}/pause/", idempotency_key=idempotency_key
            ),
        )

    def projects_schedules_resume_create(
        self, project_id: str, schedule_id: str, *, idempotency_key: str | None = None
    ) -> types.ScheduleDetailOutput:
        """Resume a schedule that is paused or stopped (needs schedules.manage)."""
        return cast(
            "types.ScheduleDetailOutput",
            self._call(
                "POST", f"/api/v1/projects/{project_id}/schedules/{schedule_id}/resume/", idempotency_key=idempotency_key
            ),
        )

    def projects_schedules_run_create(
        self, project_id: str, schedule_id: str, *, idempotency_key: str | None = None
    ) -> types.ScheduleRunOutput:
        """Run a schedule once, now, as yourself (needs schedules.manage)."""
        return cast(
            "types.ScheduleRunOutput",
            self._call(
                "POST", f"/api/v1/projects/{project_id}/schedules/{schedule_id}/run/", idempotency_key=idempotency_key
            ),
        )

    def projects_schedules_runs_retrieve(
        self, project_id: str, schedule_id: str, *, fields: str | None = None
    ) -> types.PaginatedScheduleRunOutputList:
        """List what became of its due times (needs schedules.view)."""
        return cast(
            "types.PaginatedScheduleRunOutputList",
            self._call("GET", f"/api/v1/projects/{project_id}/schedules/{schedule_id}/runs/", query={"fields": fields}),
        )

    def projects_secrets_list(
        self,
        project_id: str,
        *,
        cursor: str | None = None,
        fields: str | None = None,
        limit: int | None = None,
        order: str | None = None,
    ) -> types.PaginatedSecretOutputList:
        """List the secrets of a project (needs secrets.view)."""
        return cast(
            "types.PaginatedSecretOutputList",
            self._call(
                "GET",
                f"/api/v1/projects/{project_id}/secrets/",
                query={"cursor": cursor, "fields": fields, "limit": limit, "order": order},
            ),
        )

    def projects_secrets_create(
        self, project_id: str, body: types.SecretInputRequest, *, idempotency_key: str | None = None
    ) -> types.SecretOutput:
        """Create a secret (needs secrets.manage)."""
        return cast(
            "types.SecretOutput",
            self._call("POST", f"/api/v1/projects/{project_id}/secrets/", body=body, idempotency_key=idempotency_key),
        )

    def projects_secrets_retrieve(self, project_id: str, secret_id: str, *, fields: str | None = None) -> types.SecretOutput:
        """Read what is known of a secret (needs secrets.view)."""
        return cast(
            "types.SecretOutput",
            self._call("GET", f"/api/v1/projects/{project_id}/secrets/{secret_id}/", query={"fields": fields}),
        )

    def projects_secrets_partial_update(
        self, project_id: str, secret_id: str, body: types.PatchedSecretChangeRequest, *, if_match: str | None = None
    ) -> types.SecretOutput:
        """Change a secret's description (needs secrets.manage)."""
        return cast(
            "types.SecretOutput",
            self._call("PATCH", f"/api/v1/projects/{project_id}/secrets/{secret_id}/", body=body, if_match=if_match),
        )

    def projects_secrets_destroy(self, project_id: str, secret_id: str, *, if_match: str | None = None) -> None:
        """Destroy a secret and all its versions (needs secrets.manage)."""
        return cast("None", self._call("DELETE", f"/api/v1/projects/{project_id}/secrets/{secret_id}/", if_match=if_match))

    def projects_secrets_rotate_create(
        self, project_id: str, secret_id: str, body: types.ValuesInputRequest, *, idempotency_key: str | None = None
    ) -> types.SecretOutput:
        """Give a secret new values (needs secrets.manage)."""
        return cast(
            "types.SecretOutput",
            self._call(
                "POST",
                f"/api/v1/projects/{project_id}/secrets/{secret_id}/rotate/",
                body=body,
                idempotency_key=idempotency_key,
            ),
        )

    def projects_secrets_uses_retrieve(
        self, project_id: str, secret_id: str, *, fields: str | None = None
    ) -> types.SecretUsesOutput:
        """What names a secret: jobs that have not ended, and templates (needs secrets.view)."""
        return cast(
            "types.SecretUsesOutput",
            self._call("GET", f"/api/v1/projects/{project_id}/secrets/{secret_id}/uses/", query={"fields": fields}),
        )

    def projects_secrets_versions_list(
        self,
        project_id: str,
        secret_id: str,
        *,
        cursor: str | None = None,
        fields: str | None = None,
        limit: int | None = None,
        order: str | None = None,
    ) -> types.PaginatedSecretVersionOutputList:
        """List a secret's versions, newest first (needs secrets.view)."""
        return cast(
            "types.PaginatedSecretVersionOutputList",
            self._call(
                "GET",
                f"/api/v1/projects/{project_id}/secrets/{secret_id}/versions/",
                query={"cursor": cursor, "fields": fields, "limit": limit, "order": order},
            ),
        )

    def projects_secrets_versions_destroy(
        self, number: str, project_id: str, secret_id: str, *, if_match: str | None = None
    ) -> None:
        """Destroy the values of an old version (needs secrets.manage)."""
        return cast(
            "None",
            self._call("DELETE", f"/api/v1/projects/{project_id}/secrets/{secret_id}/versions/{number}/", if_match=if_match),
        )

    def projects_shares_retrieve(self, project_id: str, *, fields: str | None = None) -> types.SharesOutput:
        """Read the shares of a project (needs quotas.view)."""
        return cast(
            "types.SharesOutput", self._call("GET", f"/api/v1/projects/{project_id}/shares/", query={"fields": fields})
        )

    def projects_shares_update(
        self,
        project_id: str,
        body: types.SharesInputRequest,
        *,
        confirm: str | None = None,
        cursor: str | None = None,
        dry_run: str | None = None,
        if_match: str | None = None,
    ) -> types.SharesOutput:
        """Divide the tenant's quota: put a project's shares (needs quotas.divide)."""
        return cast(
            "types.SharesOutput",
            self._call(
                "PUT",
                f"/api/v1/projects/{project_id}/shares/",
                body=body,
                if_match=if_match,
                query={"confirm": confirm, "cursor": cursor, "dry_run": dry_run},
            ),
        )

    def projects_volume_places_retrieve(self, project_id: str, *, fields: str | None = None) -> types.VolumePlacesOutput:
        """Where volumes of a project can lie, and how many more its tenant may have (needs volumes.view)."""
        return cast(
            "types.VolumePlacesOutput",
            self._call("GET", f"/api/v1/projects/{project_id}/volume-places/", query={"fields": fields}),
        )

    def projects_volumes_list(
        self,
        project_id: str,
        *,
        cursor: str | None = None,
        fields: str | None = None,
        limit: int | None = None,
        order: str | None = None,
    ) -> types.PaginatedVolumeOutputList:
        """List the volumes of a project (needs volumes.view)."""
        return cast(
            "types.PaginatedVolumeOutputList",
            self._call(
                "GET",
                f"/api/v1/projects/{project_id}/volumes/",
                query={"cursor": cursor, "fields": fields, "limit": limit, "order": order},
            ),
        )

    def projects_volumes_create(
        self, project_id: str, body: types.VolumeInputRequest, *, idempotency_key: str | None = None
    ) -> types.VolumeDetailOutput:
        """Create a volume (needs volumes.manage)."""
        return cast(
            "types.VolumeDetailOutput",
            self._call("POST", f"/api/v1/projects/{project_id}/volumes/", body=body, idempotency_key=idempotency_key),
        )

    def projects_volumes_retrieve(
        self, project_id: str, volume_id: str, *, fields: str | None = None
    ) -> types.VolumeDetailOutput:
        """Read a volume, and what mounts it (needs volumes.view)."""
        return cast(
            "types.VolumeDetailOutput",
            self._call("GET", f"/api/v1/projects/{project_id}/volumes/{volume_id}/", query={"fields": fields}),
        )

    def projects_volumes_partial_update(
        self, project_id: str, volume_id: str, body: types.PatchedVolumeChangeRequest, *, if_match: str | None = None
    ) -> types.VolumeDetailOutput:
        """Resize a volume, or say what becomes of its files (needs volumes.manage)."""
        return cast(
            "types.VolumeDetailOutput",
            self._call("PATCH", f"/api/v1/projects/{project_id}/volumes/{volume_id}/", body=body, if_match=if_match),
        )

    def projects_volumes_destroy(
        self, project_id: str, volume_id: str, *, if_match: str | None = None
    ) -> types.VolumeOutput:
        """Delete a volume that nothing mounts (needs volumes.manage)."""
        return cast(
            "types.VolumeOutput",
            self._call("DELETE", f"/api/v1/projects/{project_id}/volumes/{volume_id}/", if_match=if_match),
        )

    def projects_volumes_content_update(
        self,
        project_id: str,
        volume_id: str,
        *,
        path: str | None = None,
        replace: str | None = None,
        if_match: str | None = None,
    ) -> types.VolumeEntryOutput:
        """Upload a file to a volume (needs volumes.write)."""
        return cast(
            "types.VolumeEntryOutput",
            self._call(
                "PUT",
                f"/api/v1/projects/{project_id}/volumes/{volume_id}/content/",
                if_match=if_match,
                query={"path": path, "replace": replace},
            ),
        )

    def projects_volumes_content_destroy(
        self, project_id: str, volume_id: str, *, path: str | None = None, if_match: str | None = None
    ) -> None:
        """Delete a file or a folder of a volume (needs volumes.write)."""
        return cast(
            "None",
            self._call(
                "DELETE",
                f"/api/v1/projects/{project_id}/volumes/{volume_id}/content/",
                if_match=if_match,
                query={"path": path},
            ),
        )

    def projects_volumes_files_retrieve(
        self,
        project_id: str,
        volume_id: str,
        *,
        cursor: str | None = None,
        fields: str | None = None,
        folder: str | None = None,
    ) -> types.VolumeFilesOutput:
        """List a folder of a volume (needs volumes.view)."""
        return cast(
            "types.VolumeFilesOutput",
            self._call(
                "GET",
                f"/api/v1/projects/{project_id}/volumes/{volume_id}/files/",
                query={"cursor": cursor, "fields": fields, "folder": folder},
            ),
        )

    def projects_volumes_folders_create(
        self, project_id: str, volume_id: str, body: types.VolumeFolderInputRequest, *, idempotency_key: str | None = None
    ) -> types.VolumeEntryOutput:
        """Make a folder in a volume (needs volumes.write)."""
        return cast(
            "types.VolumeEntryOutput",
            self._call(
                "POST",
                f"/api/v1/projects/{project_id}/volumes/{volume_id}/folders/",
                body=body,
                idempotency_key=idempotency_key,
            ),
        )

    def quota_requests_list(
        self,
        *,
        cursor: str | None = None,
        decidable: bool | None = None,
        fields: str | None = None,
        limit: int | None = None,
        mine: bool | None = None,
        order: str | None = None,
        project: str | None = None,
        state: Sequence[str] | None = None,
        tenant: str | None = None,
    ) -> types.PaginatedQuotaRequestOutputList:
        """List quota requests."""
        return cast(
            "types.PaginatedQuotaRequestOutputList",
            self._call(
                "GET",
                f"/api/v1/quota-requests/",
                query={
                    "cursor": cursor,
                    "decidable": decidable,
                    "fields": fields,
                    "limit": limit,
                    "mine": mine,
                    "order": order,
                    "project": project,
                    "state": state,
                    "tenant": tenant,
                },
            ),
        )

    def quota_requests_retrieve(self, request_id: str, *, fields: str | None = None) -> types.QuotaRequestOutput:
        """Read a quota request."""
        return cast(
            "types.QuotaRequestOutput", self._call("GET", f"/api/v1/quota-requests/{request_id}/", query={"fields": fields})
        )

    def quota_requests_approve_create(
        self, request_id: str, body: types.ApprovalRequest, *, confirm: str | None = None, idempotency_key: str | None = None
    ) -> types.QuotaRequestOutput:
        """Grant a quota request: the limit grows in the same act."""
        return cast(
            "types.QuotaRequestOutput",
            self._call(
                "POST",
                f"/api/v1/quota-requests/{request_id}/approve/",
                body=body,
                idempotency_key=idempotency_key,
                query={"confirm": confirm},
            ),
        )

    def quota_requests_decline_create(
        self, request_id: str, body: types.RefusalRequest, *, idempotency_key: str | None = None
    ) -> types.QuotaRequestOutput:
        """Decline a quota request."""
        return cast(
            "types.QuotaRequestOutput",
            self._call("POST", f"/api/v1/quota-requests/{request_id}/decline/", body=body, idempotency_key=idempotency_key),
        )

    def quota_requests_end_create(
        self, request_id: str, body: types.EarlyEndRequest, *, confirm: str | None = None, idempotency_key: str | None = None
    ) -> types.QuotaRequestOutput:
        """Let a granted limit go back before its time."""
        return cast(
            "types.QuotaRequestOutput",
            self._call(
                "POST",
                f"/api/v1/quota-requests/{request_id}/end/",
                body=body,
                idempotency_key=idempotency_key,
                query={"confirm": confirm},
            ),
        )

    def quota_requests_preview_retrieve(
        self,
        request_id: str,
        *,
        act: str | None = None,
        amount: str | None = None,
        cursor: str | None = None,
        fields: str | None = None,
    ) -> types.PreviewOutput:
        """Preview whom granting, or ending, a quota request would hit."""
        return cast(
            "types.PreviewOutput",
            self._call(
                "GET",
                f"/api/v1/quota-requests/{request_id}/preview/",
                query={"act": act, "amount": amount, "cursor": cursor, "fields": fields},
            ),
        )

    def quota_requests_withdraw_create(
        self, request_id: str, *, idempotency_key: str | None = None
    ) -> types.QuotaRequestOutput:
        """Withdraw a quota request of yours."""
        return cast(
            "types.QuotaRequestOutput",
            self._call("POST", f"/api/v1/quota-requests/{request_id}/withdraw/", idempotency_key=idempotency_key),
        )

    def quotas_list(
        self,
        *,
        cluster: str | None = None,
        cohort: str | None = None,
        cursor: str | None = None,
        fields: str | None = None,
        limit: int | None = None,
        order: str | None = None,
        tenant: str | None = None,
    ) -> types.PaginatedQuotaOutputList:
        """List quotas."""
        return cast(
            "types.PaginatedQuotaOutputList",
            self._call(
                "GET",
                f"/api/v1/quotas/",
                query={
                    "cluster": cluster,
                    "cohort": cohort,
                    "cursor": cursor,
                    "fields": fields,
                    "limit": limit,
                    "order": order,
                    "tenant": tenant,
                },
            ),
        )

    def quotas_create(self, body: types.QuotaInputRequest, *, idempotency_key: str | None = None) -> types.QuotaOutput:
        """Give a tenant quota in a cluster (needs quotas.manage)."""
        return cast("types.QuotaOutput", self._call("POST", f"/api/v1/quotas/", body=body, idempotency_key=idempotency_key))

    def quotas_retrieve(self, quota_id: str, *, fields: str | None = None) -> types.QuotaOutput:
        """Read a quota."""
        return cast("types.QuotaOutput", self._call("GET", f"/api/v1/quotas/{quota_id}/", query={"fields": fields}))

    def quotas_update(
        self,
        quota_id: str,
        body: types.QuotaChangeRequest,
        *,
        confirm: str | None = None,
        cursor: str | None = None,
        dry_run: str | None = None,
        if_match: str | None = None,
    ) -> types.QuotaOutput:
        """Change a quota (needs quotas.manage)."""
        return cast(
            "types.QuotaOutput",
            self._call(
                "PUT",
                f"/api/v1/quotas/{quota_id}/",
                body=body,
                if_match=if_match,
                query={"confirm": confirm, "cursor": cursor, "dry_run": dry_run},
            ),
        )

    def quotas_destroy(
        self,
        quota_id: str,
        *,
        confirm: str | None = None,
        cursor: str | None = None,
        dry_run: str | None = None,
        if_match: str | None = None,
    ) -> None:
        """Remove a quota (needs quotas.manage)."""
        return cast(
            "None",
            self._call(
                "DELETE",
                f"/api/v1/quotas/{quota_id}/",
                if_match=if_match,
                query={"confirm": confirm, "cursor": cursor, "dry_run": dry_run},
            ),
        )

    def report_create(self, body: types.ReportInputRequest, *, idempotency_key: str | None = None) -> None:
        """Report progress and metrics of a running job, from within it."""
        return cast("None", self._call("POST", f"/api/v1/report/", body=body, idempotency_key=idempotency_key))

    def schedule_times_retrieve(
        self, *, cron: str | None = None, fields: str | None = None, time_zone: str | None = None
    ) -> types.TimesOutput:
        """Read when a cron expression is due next."""
        return cast(
            "types.TimesOutput",
            self._call("GET", f"/api/v1/schedule-times/", query={"cron": cron, "fields": fields, "time_zone": time_zone}),
        )

    def search_retrieve(self, *, fields: str | None = None, q: str | None = None) -> types.FoundEverywhere:
        """Search everything that you may see."""
        return cast("types.FoundEverywhere", self._call("GET", f"/api/v1/search/", query={"fields": fields, "q": q}))

    def sign_in_retrieve(self, *, fields: str | None = None) -> types.WaysInOutput:
        """Read how one signs in here."""
        return cast("types.WaysInOutput", self._call("GET", f"/api/v1/sign-in/", query={"fields": fields}))

    def sign_in_providers_list(
        self, *, cursor: str | None = None, fields: str | None = None, limit: int | None = None, order: str | None = None
    ) -> types.PaginatedProviderOutputList:
        """List providers of single sign-on (needs platform.view)."""
        return cast(
            "types.PaginatedProviderOutputList",
            self._call(
                "GET",
                f"/api/v1/sign-in-providers/",
                query={"cursor": cursor, "fields": fields, "limit": limit, "order": order},
            ),
        )

    def sign_in_providers_create(
        self, body: types.ProviderInputRequest, *, idempotency_key: str | None = None
    ) -> types.ProviderOutput:
        """Add a provider of single sign-on (needs sign-in.manage)."""
        return cast(
            "types.ProviderOutput",
            self._call("POST", f"/api/v1/sign-in-providers/", body=body, idempotency_key=idempotency_key),
        )

    def sign_in_providers_retrieve(self, provider_id: str, *, fields: str | None = None) -> types.ProviderOutput:
        """Read a provider of single sign-on (needs platform.view)."""
        return cast(
            "types.ProviderOutput", self._call("GET", f"/api/v1/sign-in-providers/{provider_id}/", query={"fields": fields})
        )

    def sign_in_providers_partial_update(
        self, provider_id: str, body: types.PatchedProviderChangeRequest, *, if_match: str | None = None
    ) -> types.ProviderOutput:
        """Change a provider of single sign-on (needs sign-in.manage)."""
        return cast(
            "types.ProviderOutput",
            self._call("PATCH", f"/api/v1/sign-in-providers/{provider_id}/", body=body, if_match=if_match),
        )

    def sign_in_providers_destroy(self, provider_id: str, *, if_match: str | None = None) -> None:
        """Remove a provider of single sign-on (needs sign-in.manage)."""
        return cast("None", self._call("DELETE", f"/api/v1/sign-in-providers/{provider_id}/", if_match=if_match))

    def templates_list(
        self, *, cursor: str | None = None, fields: str | None = None, limit: int | None = None, order: str | None = None
    ) -> types.PaginatedTemplateOutputList:
        """List templates."""
        return cast(
            "types.PaginatedTemplateOutputList",
            self._call(
                "GET", f"/api/v1/templates/", query={"cursor": cursor, "fields": fields, "limit": limit, "order": order}
            ),
        )

    def templates_create(
        self, body: types.TemplateInputRequest, *, idempotency_key: str | None = None
    ) -> types.TemplateOutput:
        """Add a template to the platform's gallery (needs platform-templates.manage)."""
        return cast(
            "types.TemplateOutput", self._call("POST", f"/api/v1/templates/", body=body, idempotency_key=idempotency_key)
        )

    def templates_retrieve(self, template_id: str, *, fields: str | None = None) -> types.TemplateOutput:
        """Read a template (needs templates.view)."""
        return cast("types.TemplateOutput", self._call("GET", f"/api/v1/templates/{template_id}/", query={"fields": fields}))

    def templates_partial_update(
        self, template_id: str, body: types.PatchedTemplateChangeInputRequest, *, if_match: str | None = None
    ) -> types.TemplateOutput:
        """Change a template (needs templates.manage)."""
        return cast(
            "types.TemplateOutput", self._call("PATCH", f"/api/v1/templates/{template_id}/", body=body, if_match=if_match)
        )

    def templates_destroy(self, template_id: str, *, if_match: str | None = None) -> None:
        """Remove a template (needs templates.manage)."""
        return cast("None", self._call("DELETE", f"/api/v1/templates/{template_id}/", if_match=if_match))

    def tenants_list(
        self,
        *,
        cursor: str | None = None,
        fields: str | None = None,
        limit: int | None = None,
        order: str | None = None,
        phase: str | None = None,
        q: str | None = None,
    ) -> types.PaginatedTenantForReaderList:
        """List tenants."""
        return cast(
            "types.PaginatedTenantForReaderList",
            self._call(
                "GET",
                f"/api/v1/tenants/",
                query={"cursor": cursor, "fields": fields, "limit": limit, "order": order, "phase": phase, "q": q},
            ),
        )

    def tenants_create(
        self, body: types.OnboardingInputRequest, *, idempotency_key: str | None = None
    ) -> types.OnboardedOutput:
        """Onboard a tenant: tenant, first project, owner and quota in one act (needs tenants.onboard)."""
        return cast(
            "types.OnboardedOutput", self._call("POST", f"/api/v1/tenants/", body=body, idempotency_key=idempotency_key)
        )

    def tenants_retrieve(self, tenant_id: str, *, fields: str | None = None) -> types.TenantForReader:
        """Read a tenant (needs tenants.view)."""
        return cast("types.TenantForReader", self._call("GET", f"/api/v1/tenants/{tenant_id}/", query={"fields": fields}))

    def tenants_partial_update(
        self, tenant_id: str, body: types.PatchedTenantChangeRequest, *, if_match: str | None = None
    ) -> types.TenantForReader:
        """Change a tenant (needs tenants.change)."""
        return cast(
            "types.TenantForReader", self._call("PATCH", f"/api/v1/tenants/{tenant_id}/", body=body, if_match=if_match)
        )

    def tenants_destroy(self, tenant_id: str, *, if_match: str | None = None) -> types.TenantForReader:
        """Remove a tenant that is draining or closed (needs tenants.remove)."""
        return cast("types.TenantForReader", self._call("DELETE", f"/api/v1/tenants/{tenant_id}/", if_match=if_match))

    def tenants_access_retrieve(
        self, tenant_id: str, user_id: str, *, fields: str | None = None, project: str | None = None
    ) -> types.AccessOutput:
        """Read what somebody may do in a tenant or project, and why (needs members.manage)."""
        return cast(
            "types.AccessOutput",
            self._call(
                "GET", f"/api/v1/tenants/{tenant_id}/access/{user_id}/", query={"fields": fields, "project": project}
            ),
        )

    def tenants_access_me_retrieve(
        self, tenant_id: str, *, fields: str | None = None, project: str | None = None
    ) -> types.AccessOutput:
        """Read what you may do in a tenant or project, and why."""
        return cast(
            "types.AccessOutput",
            self._call("GET", f"/api/v1/tenants/{tenant_id}/access/me/", query={"fields": fields, "project": project}),
        )

    def tenants_audit_list(
        self,
        tenant_id: str,
        *,
        action: str | None = None,
        actor: str | None = None,
        address: str | None = None,
        cursor: str | None = None,
        fields: str | None = None,
        kind: str | None = None,
        limit: int | None = None,
        on_behalf_of: str | None = None,
        order: str | None = None,
        request: str | None = None,
        since: str | None = None,
        subject: str | None = None,
        token: str | None = None,
        until: str | None = None,
    ) -> types.PaginatedAuditEntryOutputList:
        """Read the audit trail of a tenant (needs audit.view)."""
        return cast(
            "types.PaginatedAuditEntryOutputList",
            self._call(
                "GET",
                f"/api/v1/tenants/{tenant_id}/audit/",
                query={
                    "action": action,
                    "actor": actor,
                    "address": address,
                    "cursor": cursor,
                    "fields": fields,
                    "kind": kind,
                    "limit": limit,
                    "on_behalf_of": on_behalf_of,
                    "order": order,
                    "request": request,
                    "since": since,
                    "subject": subject,
                    "token": token,
                    "until": until,
                },
            ),
        )

    def tenants_caps_list(
        self,
        tenant_id: str,
        *,
        cursor: str | None = None,
        fields: str | None = None,
        limit: int | None = None,
        order: str | None = None,
    ) -> types.PaginatedCapOutputList:
        """List the caps of a tenant's users (needs quotas.view)."""
        return cast(
            "types.PaginatedCapOutputList",
            self._call(
                "GET",
                f"/api/v1/tenants/{tenant_id}/caps/",
                query={"cursor": cursor, "fields": fields, "limit": limit, "order": order},
            ),
        )

    def tenants_caps_create(
        self,
        tenant_id: str,
        body: types.CapInputRequest,
        *,
        confirm: str | None = None,
        cursor: str | None = None,
        dry_run: str | None = None,
        idempotency_key: str | None = None,
    ) -> types.CapOutput:
        """Cap a user, each one of a group, or everybody else (needs quotas.divide)."""
        return cast(
            "types.CapOutput",
            self._call(
                "POST",
                f"/api/v1/tenants/{tenant_id}/caps/",
                body=body,
                idempotency_key=idempotency_key,
                query={"confirm": confirm, "cursor": cursor, "dry_run": dry_run},
            ),
        )

    def tenants_close_create(
        self, tenant_id: str, body: types.ReasonRequest, *, idempotency_key: str | None = None
    ) -> types.TenantForReader:
        """Close a drained tenant (needs tenants.suspend)."""
        return cast(
            "types.TenantForReader",
            self._call("POST", f"/api/v1/tenants/{tenant_id}/close/", body=body, idempotency_key=idempotency_key),
        )

    def tenants_contracts_list(
        self,
        tenant_id: str,
        *,
        contract: str | None = None,
        cursor: str | None = None,
        fields: str | None = None,
        limit: int | None = None,
        order: str | None = None,
        partner: str | None = None,
        phase: Sequence[str] | None = None,
    ) -> types.PaginatedContractOutputList:
        """List contracts on the use of data, with every edition (needs parties.view)."""
        return cast(
            "types.PaginatedContractOutputList",
            self._call(
                "GET",
                f"/api/v1/tenants/{tenant_id}/contracts/",
                query={
                    "contract": contract,
                    "cursor": cursor,
                    "fields": fields,
                    "limit": limit,
                    "order": order,
                    "partner": partner,
                    "phase": phase,
                },
            ),
        )

    def tenants_contracts_create(
        self, tenant_id: str, body: types.ContractInputRequest, *, idempotency_key: str | None = None
    ) -> types.ContractOutput:
        """Propose a contract, or another edition of one (needs partners.decide)."""
        return cast(
            "types.ContractOutput",
            self._call("POST", f"/api/v1/tenants/{tenant_id}/contracts/", body=body, idempotency_key=idempotency_key),
        )

    def tenants_contracts_retrieve(
        self, contract_id: str, tenant_id: str, *, fields: str | None = None
    ) -> types.ContractDetailOutput:
        """Read one edition of a contract, with its letters (needs parties.view)."""
        return cast(
            "types.ContractDetailOutput",
            self._call("GET", f"/api/v1/tenants/{tenant_id}/contracts/{contract_id}/", query={"fields": fields}),
        )

    def tenants_contracts_decline_create(
        self, contract_id: str, tenant_id: str, body: types.ReasonInputRequest, *, idempotency_key: str | None = None
    ) -> types.ContractOutput:
        """Decline, with a reason (needs partners.decide)."""
        return cast(
            "types.ContractOutput",
            self._call(
                "POST",
                f"/api/v1/tenants/{tenant_id}/contracts/{contract_id}/decline/",
                body=body,
                idempotency_key=idempotency_key,
            ),
        )

    def tenants_contracts_revoke_create(
        self, contract_id: str, tenant_id: str, body: types.ReasonInputRequest, *, idempotency_key: str | None = None
    ) -> types.ContractOutput:
        """End the contract now, or take back a proposal (needs partners.decide)."""
        return cast(
            "types.ContractOutput",
            self._call(
                "POST",
                f"/api/v1/tenants/{tenant_id}/contracts/{contract_id}/revoke/",
                body=body,
                idempotency_key=idempotency_key,
            ),
        )

    def tenants_contracts_sign_create(
        self, contract_id: str, tenant_id: str, body: types.SignInputRequest, *, idempotency_key: str | None = None
    ) -> types.ContractOutput:
        """Sign what the other party proposed (needs partners.decide)."""
        return cast(
            "types.ContractOutput",
            self._call(
                "POST",
                f"/api/v1/tenants/{tenant_id}/contracts/{contract_id}/sign/",
                body=body,
                idempotency_key=idempotency_key,
            ),
        )

    def tenants_drain_create(
        self, tenant_id: str, body: types.ReasonRequest, *, idempotency_key: str | None = None
    ) -> types.TenantForReader:
        """Drain a tenant: what runs is stopped (needs tenants.suspend)."""
        return cast(
            "types.TenantForReader",
            self._call("POST", f"/api/v1/tenants/{tenant_id}/drain/", body=body, idempotency_key=idempotency_key),
        )

    def tenants_federated_jobs_list(
        self,
        tenant_id: str,
        *,
        contract: str | None = None,
        cursor: str | None = None,
        fields: str | None = None,
        limit: int | None = None,
        order: str | None = None,
        phase: Sequence[str] | None = None,
    ) -> types.PaginatedFederatedJobOutputList:
        """List jobs that run with other parties (needs parties.view)."""
        return cast(
            "types.PaginatedFederatedJobOutputList",
            self._call(
                "GET",
                f"/api/v1/tenants/{tenant_id}/federated-jobs/",
                query={
                    "contract": contract,
                    "cursor": cursor,
                    "fields": fields,
                    "limit": limit,
                    "order": order,
                    "phase": phase,
                },
            ),
        )

    def tenants_federated_jobs_create(
        self, tenant_id: str, body: types.FederatedJobInputRequest, *, idempotency_key: str | None = None
    ) -> types.FederatedJobOutput:
        """Propose a job to another party (needs federated-jobs.run)."""
        return cast(
            "types.FederatedJobOutput",
            self._call("POST", f"/api/v1/tenants/{tenant_id}/federated-jobs/", body=body, idempotency_key=idempotency_key),
        )

    def tenants_federated_jobs_retrieve(
        self, federated_job_id: str, tenant_id: str, *, fields: str | None = None
    ) -> types.FederatedJobDetailOutput:
        """Read a federated job, with the timeline of both sides (needs parties.view)."""
        return cast(
            "types.FederatedJobDetailOutput",
            self._call("GET", f"/api/v1/tenants/{tenant_id}/federated-jobs/{federated_job_id}/", query={"fields": fields}),
        )

    def tenants_federated_jobs_accept_create(
        self, federated_job_id: str, tenant_id: str, body: types.OurPartInputRequest, *, idempotency_key: str | None = None
    ) -> types.FederatedJobOutput:
        """Accept what the other party proposed, with our part (needs federated-jobs.run)."""
        return cast(
            "types.FederatedJobOutput",
            self._call(
                "POST",
                f"/api/v1/tenants/{tenant_id}/federated-jobs/{federated_job_id}/accept/",
                body=body,
                idempotency_key=idempotency_key,
            ),
        )

    def tenants_federated_jobs_refuse_create(
        self, federated_job_id: str, tenant_id: str, body: types.ReasonInputRequest, *, idempotency_key: str | None = None
    ) -> types.FederatedJobOutput:
        """Refuse, with a reason (needs federated-jobs.stop)."""
        return cast(
            "types.FederatedJobOutput",
            self._call(
                "POST",
                f"/api/v1/tenants/{tenant_id}/federated-jobs/{federated_job_id}/refuse/",
                body=body,
                idempotency_key=idempotency_key,
            ),
        )

    def tenants_federated_jobs_stop_create(
        self, federated_job_id: str, tenant_id: str, body: types.ReasonInputRequest, *, idempotency_key: str | None = None
    ) -> types.FederatedJobOutput:
        """Stop both parts, or take back a proposal (needs federated-jobs.stop)."""
        return cast(
            "types.FederatedJobOutput",
            self._call(
                "POST",
                f"/api/v1/tenants/{tenant_id}/federated-jobs/{federated_job_id}/stop/",
                body=body,
                idempotency_key=idempotency_key,
            ),
        )

    def tenants_handover_create(
        self, tenant_id: str, body: types.SuccessorRequest, *, idempotency_key: str | None = None
    ) -> types.TransferredOutput:
        """Give your jobs that are not over and your templates in a tenant to somebody else."""
        return cast(
            "types.TransferredOutput",
            self._call("POST", f"/api/v1/tenants/{tenant_id}/handover/", body=body, idempotency_key=idempotency_key),
        )

    def tenants_invitations_list(
        self,
        tenant_id: str,
        *,
        cursor: str | None = None,
        fields: str | None = None,
        limit: int | None = None,
        order: str | None = None,
    ) -> types.PaginatedInvitationOutputList:
        """List invitations (needs members.manage)."""
        return cast(
            "types.PaginatedInvitationOutputList",
            self._call(
                "GET",
                f"/api/v1/tenants/{tenant_id}/invitations/",
                query={"cursor": cursor, "fields": fields, "limit": limit, "order": order},
            ),
        )

    def tenants_invitations_create(
        self, tenant_id: str, body: types.InvitationInputRequest, *, idempotency_key: str | None = None
    ) -> types.NewInvitationOutput:
        """Invite somebody to a role on the tenant or a project (needs members.manage)."""
        return cast(
            "types.NewInvitationOutput",
            self._call("POST", f"/api/v1/tenants/{tenant_id}/invitations/", body=body, idempotency_key=idempotency_key),
        )

    def tenants_invitations_destroy(self, invitation_id: str, tenant_id: str, *, if_match: str | None = None) -> None:
        """Revoke an invitation (needs members.manage)."""
        return cast(
            "None", self._call("DELETE", f"/api/v1/tenants/{tenant_id}/invitations/{invitation_id}/", if_match=if_match)
        )

    def tenants_invitations_resend_create(
        self, invitation_id: str, tenant_id: str, body: types.ResendInputRequest, *, idempotency_key: str | None = None
    ) -> types.NewInvitationOutput:
        """Issue an invitation anew (needs members.manage)."""
        return cast(
            "types.NewInvitationOutput",
            self._call(
                "POST",
                f"/api/v1/tenants/{tenant_id}/invitations/{invitation_id}/resend/",
                body=body,
                idempotency_key=idempotency_key,
            ),
        )

    def tenants_isolation_retrieve(self, tenant_id: str, *, fields: str | None = None) -> types.IsolationOutput:
        """Read the limits of a tenant: networks, registries, sandbox (needs tenants.view)."""
        return cast(
            "types.IsolationOutput", self._call("GET", f"/api/v1/tenants/{tenant_id}/isolation/", query={"fields": fields})
        )

    def tenants_isolation_update(
        self, tenant_id: str, body: types.IsolationInputRequest, *, if_match: str | None = None
    ) -> types.IsolationOutput:
        """Limit a tenant: its networks, its registries, its sandbox (needs networks.limit)."""
        return cast(
            "types.IsolationOutput",
            self._call("PUT", f"/api/v1/tenants/{tenant_id}/isolation/", body=body, if_match=if_match),
        )

    def tenants_letters_create(
        self, tenant_id: str, body: types.LetterInputRequest, *, idempotency_key: str | None = None
    ) -> types.PartnerOutput:
        """Read a letter that another party sent (needs partners.decide)."""
        return cast(
            "types.PartnerOutput",
            self._call("POST", f"/api/v1/tenants/{tenant_id}/letters/", body=body, idempotency_key=idempotency_key),
        )

    def tenants_members_list(
        self,
        tenant_id: str,
        *,
        cursor: str | None = None,
        fields: str | None = None,
        limit: int | None = None,
        order: str | None = None,
        project: str | None = None,
        q: str | None = None,
        role: str | None = None,
        user: str | None = None,
    ) -> types.PaginatedMemberOutputList:
        """List who has which role (needs members.view)."""
        return cast(
            "types.PaginatedMemberOutputList",
            self._call(
                "GET",
                f"/api/v1/tenants/{tenant_id}/members/",
                query={
                    "cursor": cursor,
                    "fields": fields,
                    "limit": limit,
                    "order": order,
                    "project": project,
                    "q": q,
                    "role": role,
                    "user": user,
                },
            ),
        )

    def tenants_members_create(
        self, tenant_id: str, body: types.MemberInputRequest, *, idempotency_key: str | None = None
    ) -> types.MemberOutput:
        """Give a role on the tenant or a project (needs members.manage)."""
        return cast(
            "types.MemberOutput",
            self._call("POST", f"/api/v1/tenants/{tenant_id}/members/", body=body, idempotency_key=idempotency_key),
        )

    def tenants_members_destroy(self, member_id: str, tenant_id: str, *, if_match: str | None = None) -> None:
        """Take a role (needs members.manage)."""
        return cast("None", self._call("DELETE", f"/api/v1/tenants/{tenant_id}/members/{member_id}/", if_match=if_match))

    def tenants_ownership_create(
        self, tenant_id: str, body: types.NewOwnerRequest, *, idempotency_key: str | None = None
    ) -> types.MemberOutput:
        """Hand the ownership of a tenant over (needs owners.manage)."""
        return cast(
            "types.MemberOutput",
            self._call("POST", f"/api/v1/tenants/{tenant_id}/ownership/", body=body, idempotency_key=idempotency_key),
        )

    def tenants_partners_list(
        self,
        tenant_id: str,
        *,
        cursor: str | None = None,
        fields: str | None = None,
        limit: int | None = None,
        order: str | None = None,
        phase: Sequence[str] | None = None,
    ) -> types.PaginatedPartnerOutputList:
        """List the parties that this one is, was or may be agreed with (needs parties.view)."""
        return cast(
            "types.PaginatedPartnerOutputList",
            self._call(
                "GET",
                f"/api/v1/tenants/{tenant_id}/partners/",
                query={"cursor": cursor, "fields": fields, "limit": limit, "order": order, "phase": phase},
            ),
        )

    def tenants_partners_create(
        self, tenant_id: str, body: types.InviteInputRequest, *, idempotency_key: str | None = None
    ) -> types.PartnerOutput:
        """Invite another party (needs partners.decide)."""
        return cast(
            "types.PartnerOutput",
            self._call("POST", f"/api/v1/tenants/{tenant_id}/partners/", body=body, idempotency_key=idempotency_key),
        )

    def tenants_partners_retrieve(
        self, partner_id: str, tenant_id: str, *, fields: str | None = None
    ) -> types.PartnerDetailOutput:
        """Read one agreement, with its letters (needs parties.view)."""
        return cast(
            "types.PartnerDetailOutput",
            self._call("GET", f"/api/v1/tenants/{tenant_id}/partners/{partner_id}/", query={"fields": fields}),
        )

    def tenants_partners_accept_create(
        self, partner_id: str, tenant_id: str, body: types.FingerprintInputRequest, *, idempotency_key: str | None = None
    ) -> types.PartnerOutput:
        """Accept an invitation (needs partners.decide)."""
        return cast(
            "types.PartnerOutput",
            self._call(
                "POST",
                f"/api/v1/tenants/{tenant_id}/partners/{partner_id}/accept/",
                body=body,
                idempotency_key=idempotency_key,
            ),
        )

    def tenants_partners_confirm_create(
        self, partner_id: str, tenant_id: str, body: types.FingerprintInputRequest, *, idempotency_key: str | None = None
    ) -> types.PartnerOutput:
        """Confirm who accepted our invitation (needs partners.decide)."""
        return cast(
            "types.PartnerOutput",
            self._call(
                "POST",
                f"/api/v1/tenants/{tenant_id}/partners/{partner_id}/confirm/",
                body=body,
                idempotency_key=idempotency_key,
            ),
        )

    def tenants_partners_cut_create(
        self, partner_id: str, tenant_id: str, body: types.ReasonInputRequest, *, idempotency_key: str | None = None
    ) -> types.PartnerOutput:
        """Cut the party off now (needs partners.cut)."""
        return cast(
            "types.PartnerOutput",
            self._call(
                "POST", f"/api/v1/tenants/{tenant_id}/partners/{partner_id}/cut/", body=body, idempotency_key=idempotency_key
            ),
        )

    def tenants_partners_leave_create(
        self, partner_id: str, tenant_id: str, body: types.LeaveInputRequest, *, idempotency_key: str | None = None
    ) -> types.PartnerOutput:
        """End the agreement (needs partners.decide)."""
        return cast(
            "types.PartnerOutput",
            self._call(
                "POST",
                f"/api/v1/tenants/{tenant_id}/partners/{partner_id}/leave/",
                body=body,
                idempotency_key=idempotency_key,
            ),
        )

    def tenants_partners_refuse_create(
        self, partner_id: str, tenant_id: str, body: types.ReasonInputRequest, *, idempotency_key: str | None = None
    ) -> types.PartnerOutput:
        """Refuse, with a reason (needs partners.decide)."""
        return cast(
            "types.PartnerOutput",
            self._call(
                "POST",
                f"/api/v1/tenants/{tenant_id}/partners/{partner_id}/refuse/",
                body=body,
                idempotency_key=idempotency_key,
            ),
        )

    def tenants_partners_resume_create(
        self, partner_id: str, tenant_id: str, *, idempotency_key: str | None = None
    ) -> types.PartnerOutput:
        """Go on after a suspension or a cut, with a new token (needs partners.decide)."""
        return cast(
            "types.PartnerOutput",
            self._call(
                "POST", f"/api/v1/tenants/{tenant_id}/partners/{partner_id}/resume/", idempotency_key=idempotency_key
            ),
        )

    def tenants_partners_rotate_create(
        self, partner_id: str, tenant_id: str, *, idempotency_key: str | None = None
    ) -> types.PartnerOutput:
        """Give them a new token (needs partners.decide)."""
        return cast(
            "types.PartnerOutput",
            self._call(
                "POST", f"/api/v1/tenants/{tenant_id}/partners/{partner_id}/rotate/", idempotency_key=idempotency_key
            ),
        )

    def tenants_partners_suspend_create(
        self, partner_id: str, tenant_id: str, body: types.ReasonInputRequest, *, idempotency_key: str | None = None
    ) -> types.PartnerOutput:
        """Suspend: let nothing through, in either direction (needs partners.decide)."""
        return cast(
            "types.PartnerOutput",
            self._call(
                "POST",
                f"/api/v1/tenants/{tenant_id}/partners/{partner_id}/suspend/",
                body=body,
                idempotency_key=idempotency_key,
            ),
        )

    def tenants_party_retrieve(self, tenant_id: str, *, fields: str | None = None) -> types.PartyOutput:
        """Read the tenant's party (needs parties.view)."""
        return cast("types.PartyOutput", self._call("GET", f"/api/v1/tenants/{tenant_id}/party/", query={"fields": fields}))

    def tenants_party_create(
        self, tenant_id: str, body: types.PartyInputRequest, *, idempotency_key: str | None = None
    ) -> types.PartyOutput:
        """Make the tenant a party (needs parties.manage)."""
        return cast(
            "types.PartyOutput",
            self._call("POST", f"/api/v1/tenants/{tenant_id}/party/", body=body, idempotency_key=idempotency_key),
        )

    def tenants_party_partial_update(
        self, tenant_id: str, body: types.PatchedPartyChangeRequest, *, if_match: str | None = None
    ) -> types.PartyOutput:
        """Change how the party is reached (needs parties.manage)."""
        return cast(
            "types.PartyOutput", self._call("PATCH", f"/api/v1/tenants/{tenant_id}/party/", body=body, if_match=if_match)
        )

    def tenants_party_destroy(self, tenant_id: str, *, if_match: str | None = None) -> None:
        """Remove the party with its keys (needs parties.manage)."""
        return cast("None", self._call("DELETE", f"/api/v1/tenants/{tenant_id}/party/", if_match=if_match))

    def tenants_preview_retrieve(
        self, tenant_id: str, *, act: str | None = None, cursor: str | None = None, fields: str | None = None
    ) -> types.PreviewOutput:
        """Preview what an act would stop or delete (needs tenants.view)."""
        return cast(
            "types.PreviewOutput",
            self._call(
                "GET", f"/api/v1/tenants/{tenant_id}/preview/", query={"act": act, "cursor": cursor, "fields": fields}
            ),
        )

    def tenants_projects_list(
        self,
        tenant_id: str,
        *,
        cursor: str | None = None,
        fields: str | None = None,
        limit: int | None = None,
        order: str | None = None,
        q: str | None = None,
    ) -> types.PaginatedProjectForReaderList:
        """List the projects of a tenant."""
        return cast(
            "types.PaginatedProjectForReaderList",
            self._call(
                "GET",
                f"/api/v1/tenants/{tenant_id}/projects/",
                query={"cursor": cursor, "fields": fields, "limit": limit, "order": order, "q": q},
            ),
        )

    def tenants_projects_create(
        self, tenant_id: str, body: types.ProjectInputRequest, *, idempotency_key: str | None = None
    ) -> types.ProjectForReader:
        """Make a project (needs projects.create)."""
        return cast(
            "types.ProjectForReader",
            self._call("POST", f"/api/v1/tenants/{tenant_id}/projects/", body=body, idempotency_key=idempotency_key),
        )

    def tenants_quota_requests_create(
        self, tenant_id: str, body: types.QuotaRequestInputRequest, *, idempotency_key: str | None = None
    ) -> types.QuotaRequestOutput:
        """Ask for more quota."""
        return cast(
            "types.QuotaRequestOutput",
            self._call("POST", f"/api/v1/tenants/{tenant_id}/quota-requests/", body=body, idempotency_key=idempotency_key),
        )

    def tenants_quotas_retrieve(self, tenant_id: str, *, fields: str | None = None) -> types.TenantLinesOutput:
        """What a tenant may use, uses, borrows and has lent."""
        return cast(
            "types.TenantLinesOutput", self._call("GET", f"/api/v1/tenants/{tenant_id}/quotas/", query={"fields": fields})
        )

    def tenants_resume_create(
        self, tenant_id: str, body: types.ReasonRequest, *, idempotency_key: str | None = None
    ) -> types.TenantForReader:
        """Resume a suspended tenant (needs tenants.suspend)."""
        return cast(
            "types.TenantForReader",
            self._call("POST", f"/api/v1/tenants/{tenant_id}/resume/", body=body, idempotency_key=idempotency_key),
        )

    def tenants_service_accounts_list(
        self,
        tenant_id: str,
        *,
        cursor: str | None = None,
        fields: str | None = None,
        limit: int | None = None,
        order: str | None = None,
    ) -> types.PaginatedServiceAccountOutputList:
        """List the service accounts of a tenant (needs members.view)."""
        return cast(
            "types.PaginatedServiceAccountOutputList",
            self._call(
                "GET",
                f"/api/v1/tenants/{tenant_id}/service-accounts/",
                query={"cursor": cursor, "fields": fields, "limit": limit, "order": order},
            ),
        )

    def tenants_service_accounts_create(
        self, tenant_id: str, body: types.ServiceAccountInputRequest, *, idempotency_key: str | None = None
    ) -> types.ServiceAccountOutput:
        """Make a service account (needs members.manage)."""
        return cast(
            "types.ServiceAccountOutput",
            self._call("POST", f"/api/v1/tenants/{tenant_id}/service-accounts/", body=body, idempotency_key=idempotency_key),
        )

    def tenants_service_accounts_retrieve(
        self, account_id: str, tenant_id: str, *, fields: str | None = None
    ) -> types.ServiceAccountOutput:
        """Read a service account (needs members.view)."""
        return cast(
            "types.ServiceAccountOutput",
            self._call("GET", f"/api/v1/tenants/{tenant_id}/service-accounts/{account_id}/", query={"fields": fields}),
        )

    def tenants_service_accounts_partial_update(
        self, account_id: str, tenant_id: str, body: types.PatchedServiceAccountChangeRequest, *, if_match: str | None = None
    ) -> types.ServiceAccountOutput:
        """Describe a service account anew (needs members.manage)."""
        return cast(
            "types.ServiceAccountOutput",
            self._call("PATCH", f"/api/v1/tenants/{tenant_id}/service-accounts/{account_id}/", body=body, if_match=if_match),
        )

    def tenants_service_accounts_destroy(self, account_id: str, tenant_id: str, *, if_match: str | None = None) -> None:
        """Remove a service account with its roles and tokens (needs members.manage)."""
        return cast(
            "None", self._call("DELETE", f"/api/v1/tenants/{tenant_id}/service-accounts/{account_id}/", if_match=if_match)
        )

    def tenants_service_accounts_tokens_list(
        self,
        account_id: str,
        tenant_id: str,
        *,
        cursor: str | None = None,
        fields: str | None = None,
        limit: int | None = None,
        order: str | None = None,
    ) -> types.PaginatedTokenOutputList:
        """List the tokens of a service account (needs members.manage)."""
        return cast(
            "types.PaginatedTokenOutputList",
            self._call(
                "GET",
                f"/api/v1/tenants/{tenant_id}/service-accounts/{account_id}/tokens/",
                query={"cursor": cursor, "fields": fields, "limit": limit, "order": order},
            ),
        )

    def tenants_service_accounts_tokens_create(
        self, account_id: str, tenant_id: str, body: types.ServiceTokenInputRequest, *, idempotency_key: str | None = None
    ) -> types.NewTokenOutput:
        """Make a token of a service account (needs members.manage)."""
        return cast(
            "types.NewTokenOutput",
            self._call(
                "POST",
                f"/api/v1/tenants/{tenant_id}/service-accounts/{account_id}/tokens/",
                body=body,
                idempotency_key=idempotency_key,
            ),
        )

    def tenants_service_accounts_tokens_destroy(
        self, account_id: str, tenant_id: str, token_id: str, *, if_match: str | None = None
    ) -> None:
        """Revoke a token of a service account (needs members.manage)."""
        return cast(
            "None",
            self._call(
                "DELETE", f"/api/v1/tenants/{tenant_id}/service-accounts/{account_id}/tokens/{token_id}/", if_match=if_match
            ),
        )

    def tenants_service_accounts_tokens_rotate_create(
        self,
        account_id: str,
        tenant_id: str,
        token_id: str,
        body: types.RotationInputRequest,
        *,
        idempotency_key: str | None = None,
    ) -> types.NewTokenOutput:
        """Replace a token of a service account by a new one (needs members.manage)."""
        return cast(
            "types.NewTokenOutput",
            self._call(
                "POST",
                f"/api/v1/tenants/{tenant_id}/service-accounts/{account_id}/tokens/{token_id}/rotate/",
                body=body,
                idempotency_key=idempotency_key,
            ),
        )

    def tenants_suspend_create(
        self, tenant_id: str, body: types.ReasonRequest, *, idempotency_key: str | None = None
    ) -> types.TenantForReader:
        """Suspend a tenant: nothing new starts (needs tenants.suspend)."""
        return cast(
            "types.TenantForReader",
            self._call("POST", f"/api/v1/tenants/{tenant_id}/suspend/", body=body, idempotency_key=idempotency_key),
        )

    def tenants_templates_create(
        self, tenant_id: str, body: types.TemplateInputRequest, *, idempotency_key: str | None = None
    ) -> types.TemplateOutput:
        """Add a template to a tenant (needs templates.manage)."""
        return cast(
            "types.TemplateOutput",
            self._call("POST", f"/api/v1/tenants/{tenant_id}/templates/", body=body, idempotency_key=idempotency_key),
        )

    def tenants_usage_retrieve(
        self, tenant_id: str, *, fields: str | None = None, since: str | None = None, until: str | None = None
    ) -> types.UsageOutput:
        """What a tenant has used, in unit-hours."""
        return cast(
            "types.UsageOutput",
            self._call(
                "GET", f"/api/v1/tenants/{tenant_id}/usage/", query={"fields": fields, "since": since, "until": until}
            ),
        )

    def tenants_volume_limit_retrieve(self, tenant_id: str, *, fields: str | None = None) -> types.VolumeLimitOutput:
        """Read what all volumes of a tenant are together, and may be (needs quotas.view)."""
        return cast(
            "types.VolumeLimitOutput",
            self._call("GET", f"/api/v1/tenants/{tenant_id}/volume-limit/", query={"fields": fields}),
        )

    def tenants_volume_limit_update(
        self, tenant_id: str, body: types.VolumeLimitInputRequest, *, if_match: str | None = None
    ) -> types.VolumeLimitOutput:
        """Limit the volumes of a tenant (needs quotas.manage)."""
        return cast(
            "types.VolumeLimitOutput",
            self._call("PUT", f"/api/v1/tenants/{tenant_id}/volume-limit/", body=body, if_match=if_match),
        )

    def tickets_create(self, *, idempotency_key: str | None = None) -> types.TicketOutput:
        """Get a one-time ticket for the WebSocket."""
        return cast("types.TicketOutput", self._call("POST", f"/api/v1/tickets/", idempotency_key=idempotency_key))

    def users_list(
        self,
        *,
        cursor: str | None = None,
        fields: str | None = None,
        is_active: bool | None = None,
        limit: int | None = None,
        order: str | None = None,
        q: str | None = None,
    ) -> types.PaginatedUserOutputList:
        """List accounts (needs platform.view)."""
        return cast(
            "types.PaginatedUserOutputList",
            self._call(
                "GET",
                f"/api/v1/users/",
                query={"cursor": cursor, "fields": fields, "is_active": is_active, "limit": limit, "order": order, "q": q},
            ),
        )

    def users_create(self, body: types.UserInputRequest, *, idempotency_key: str | None = None) -> types.NewUserOutput:
        """Make an account with a temporary password (needs users.manage)."""
        return cast("types.NewUserOutput", self._call("POST", f"/api/v1/users/", body=body, idempotency_key=idempotency_key))

    def users_retrieve(self, user_id: str, *, fields: str | None = None) -> types.UserOutput:
        """Read an account (needs platform.view)."""
        return cast("types.UserOutput", self._call("GET", f"/api/v1/users/{user_id}/", query={"fields": fields}))

    def users_partial_update(
        self, user_id: str, body: types.PatchedUserChangeRequest, *, if_match: str | None = None
    ) -> types.UserOutput:
        """Rename an account (needs users.manage)."""
        return cast("types.UserOutput", self._call("PATCH", f"/api/v1/users/{user_id}/", body=body, if_match=if_match))

    def users_deactivate_create(
        self, user_id: str, body: types.DeactivationRequest, *, idempotency_key: str | None = None
    ) -> types.UserOutput:
        """Deactivate an account, and give what it has to somebody (needs users.manage)."""
        return cast(
            "types.UserOutput",
            self._call("POST", f"/api/v1/users/{user_id}/deactivate/", body=body, idempotency_key=idempotency_key),
        )

    def users_end_sessions_create(self, user_id: str, *, idempotency_key: str | None = None) -> None:
        """End all sessions of an account (needs users.manage)."""
        return cast("None", self._call("POST", f"/api/v1/users/{user_id}/end-sessions/", idempotency_key=idempotency_key))

    def users_leaving_retrieve(self, user_id: str, *, fields: str | None = None) -> types.LeavingOutput:
        """Read what an account has, and what deactivating it would end (needs users.manage)."""
        return cast("types.LeavingOutput", self._call("GET", f"/api/v1/users/{user_id}/leaving/", query={"fields": fields}))

    def users_reactivate_create(self, user_id: str, *, idempotency_key: str | None = None) -> types.UserOutput:
        """Reactivate an account (needs users.manage)."""
        return cast(
            "types.UserOutput", self._call("POST", f"/api/v1/users/{user_id}/reactivate/", idempotency_key=idempotency_key)
        )

    def users_remove_second_factors_create(self, user_id: str, *, idempotency_key: str | None = None) -> None:
        """Remove the second factors of an account (needs users.manage)."""
        return cast(
            "None", self._call("POST", f"/api/v1/users/{user_id}/remove-second-factors/", idempotency_key=idempotency_key)
        )

    def users_reset_password_create(self, user_id: str, *, idempotency_key: str | None = None) -> types.PasswordOutput:
        """Give an account a new temporary password (needs users.manage)."""
        return cast(
            "types.PasswordOutput",
            self._call("POST", f"/api/v1/users/{user_id}/reset-password/", idempotency_key=idempotency_key),
        )

    def users_transfer_create(
        self, user_id: str, body: types.SuccessorRequest, *, idempotency_key: str | None = None
    ) -> types.TransferredOutput:
        """Give what an account has to somebody else (needs users.manage)."""
        return cast(
            "types.TransferredOutput",
            self._call("POST", f"/api/v1/users/{user_id}/transfer/", body=body, idempotency_key=idempotency_key),
        )

    def view_as_create(self, body: types.ViewAsInputRequest, *, idempotency_key: str | None = None) -> None:
        """Look at the console as somebody else sees it (needs users.view-as)."""
        return cast("None", self._call("POST", f"/api/v1/view-as/", body=body, idempotency_key=idempotency_key))

    def view_as_destroy(self, *, if_match: str | None = None) -> None:
        """Look as oneself again."""
        return cast("None", self._call("DELETE", f"/api/v1/view-as/", if_match=if_match))
