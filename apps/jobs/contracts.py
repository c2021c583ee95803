"""What replicas are given of the contract that their job names: the channels to the other party's workers, and their keys.

Federation knows contracts and lies above; it answers by a registry of core.
"""

from collections.abc import Iterator

from apps.core import registries
from apps.jobs.failures import Unusable
from apps.jobs.models import WANTED, Job
from apps.jobs.spec import JobSpec
from apps.tenants.actor import Actor

CHANNELS = "HANSE_CHANNELS"
_ANSWERS = "federation"


class ContractUnusable(Unusable):
    code = "contract-unusable"


def wrong_contract(job: Job, actor: Actor, spec: JobSpec) -> Iterator[dict[str, str]]:
    """Nobody learns by a job of contracts that they may not see, nor uses what other tenants signed."""
    if spec.contract is None:
        return
    held = actor.on_project(job.project_id, job.tenant_id)
    if "parties.view" not in held or not registries.contracts[_ANSWERS].stands(job.tenant_id, spec.contract):
        detail = f"The party of this tenant has no contract {spec.contract} that stands."
        yield {"pointer": "/contract", "detail": detail}


def channels_of(job: Job) -> dict[str, str]:
    """The variable that hanse.channels reads; without keys once the job is over.

    Raises ContractUnusable, and Unavailable while the channels are not open.
    """
    contract = job.parsed_spec().contract
    if contract is None:
        return {}
    if job.phase not in WANTED:
        return {CHANNELS: ""}
    contracts = registries.contracts[_ANSWERS]
    if not contracts.stands(job.tenant_id, contract):
        raise ContractUnusable("it stands no longer.")
    return {CHANNELS: contracts.access(job.tenant_id, contract)}
