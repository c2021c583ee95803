"""Acts on parties and their agreements."""

from apps.federation.services.channels import found_of_channels, note_removal
from apps.federation.services.contracts import decline, end_contracts_over, propose, revoke, sign
from apps.federation.services.job_steps import advance_job
from apps.federation.services.jobs import accept_job, propose_job, refuse_job, stop_job
from apps.federation.services.observe import found_of_partner, found_of_party, note_ping, note_silence
from apps.federation.services.officers import accept, confirm, cut, invite, leave, refuse, resume, rotate, suspend
from apps.federation.services.parties import change_party, describe_party, remove_party
from apps.federation.services.post import receive, send
from apps.federation.services.travel import letters_to_send, note_answers, note_sent, receive_all

__all__ = [
    "accept",
    "accept_job",
    "advance_job",
    "change_party",
    "confirm",
    "cut",
    "decline",
    "describe_party",
    "end_contracts_over",
    "found_of_channels",
    "found_of_partner",
    "found_of_party",
    "invite",
    "leave",
    "letters_to_send",
    "note_answers",
    "note_ping",
    "note_removal",
    "note_sent",
    "note_silence",
    "propose",
    "propose_job",
    "receive",
    "receive_all",
    "refuse",
    "refuse_job",
    "remove_party",
    "resume",
    "revoke",
    "rotate",
    "send",
    "sign",
    "stop_job",
    "suspend",
]
