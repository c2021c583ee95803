"""Addresses of a tenant's party and of its partners."""

from typing import Any

from django.urls import path

from apps.federation.api.contracts import CONTRACT_ACTS, ContractsViewSet, ContractViewSet
from apps.federation.api.jobs import FEDERATED_ACTS, FederatedJobsViewSet, FederatedJobViewSet
from apps.federation.api.views import ACTS, LettersViewSet, PartnersViewSet, PartnerViewSet, PartyViewSet

_party: dict[str, Any] = {"get": "retrieve", "post": "create", "patch": "partial_update", "delete": "destroy"}
_tenant = "tenants/<uuid:tenant_id>/"
_partner = f"{_tenant}partners/<uuid:partner_id>/"
_contract = f"{_tenant}contracts/<uuid:contract_id>/"
_job = f"{_tenant}federated-jobs/<uuid:federated_job_id>/"

urlpatterns = [
    path(f"{_tenant}party/", PartyViewSet.as_view(_party)),
    path(f"{_tenant}partners/", PartnersViewSet.as_view({"get": "list", "post": "create"})),
    path(f"{_tenant}letters/", LettersViewSet.as_view({"post": "create"})),
    path(_partner, PartnerViewSet.as_view({"get": "retrieve"})),
    *(path(f"{_partner}{act}/", PartnerViewSet.as_view({"post": act})) for act in ACTS),
    path(f"{_tenant}contracts/", ContractsViewSet.as_view({"get": "list", "post": "create"})),
    path(_contract, ContractViewSet.as_view({"get": "retrieve"})),
    *(path(f"{_contract}{act}/", ContractViewSet.as_view({"post": act})) for act in CONTRACT_ACTS),
    path(f"{_tenant}federated-jobs/", FederatedJobsViewSet.as_view({"get": "list", "post": "create"})),
    path(_job, FederatedJobViewSet.as_view({"get": "retrieve"})),
    *(path(f"{_job}{act}/", FederatedJobViewSet.as_view({"post": act})) for act in FEDERATED_ACTS),
]
