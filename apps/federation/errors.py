"""What can go wrong between parties."""

from http import HTTPStatus

from apps.core.errors import Problem


class LetterRefused(Problem):
    code, status = "letter-refused", HTTPStatus.UNPROCESSABLE_ENTITY
    title = "This letter of another party is not accepted"
    advice = (
        "`detail` says why. Nothing was changed. A letter is one line of text that the other party's portal wrote; it is "
        "signed, meant for one party and one agreement, has an end, and counts once. Ask the other party to send it again."
    )


class NotNow(Problem):
    code, status = "partner-not-now", HTTPStatus.CONFLICT
    title = "The agreement with this party is not at that point"
    advice = "`phase` says where it stands; `acts` of the partner lists what can be done now, and by whom."


class FingerprintWrong(Problem):
    code, status = "fingerprint-wrong", HTTPStatus.CONFLICT
    title = "These are not the words of the other party's key"
    advice = (
        "Have the other party's officer read the eight words from their portal, over a line that you trust (the telephone, "
        "not the channel that the letter came by), and type them. If they differ, somebody is between you: refuse."
    )


class NoParty(Problem):
    code, status = "no-party", HTTPStatus.CONFLICT
    title = "This tenant is no party of a federation yet"
    advice = "A data officer or owner describes the party first: its number, its cluster, and the keys of the cluster."


class StillLinked(Problem):
    code, status = "party-still-linked", HTTPStatus.CONFLICT
    title = "Other parties are linked with this one"
    advice = "Leave the agreements with all partners first; then the party can be removed."


class ContractNotNow(Problem):
    code, status = "contract-not-now", HTTPStatus.CONFLICT
    title = "The contract is not at that point"
    advice = "`phase` says where it stands; `acts` of the contract lists what can be done now, and by whom."


class TermsRefused(Problem):
    code, status = "terms-refused", HTTPStatus.UNPROCESSABLE_ENTITY
    title = "These are no terms that two parties can sign"
    advice = "`detail` says what is wrong in them. Nothing was sent to the other party."


class OtherTerms(Problem):
    code, status = "other-terms", HTTPStatus.CONFLICT
    title = "These are not the terms that were shown"
    advice = "Sign with the `digest` of the contract that you read: read it again, for another edition may have come."


class FederatedJobNotNow(Problem):
    code, status = "federated-job-not-now", HTTPStatus.CONFLICT
    title = "The federated job is not at that point"
    advice = "`phase` says where it stands; `acts` of the job lists what can be done now, and by whom."


class NoRoundsLeft(Problem):
    code, status = "no-rounds-left", HTTPStatus.CONFLICT
    title = "The contract has not so many rounds left"
    advice = (
        "`left` of `most` rounds remain; jobs that stand hold theirs until they end, and give back what they did not reach. "
        "Ask for fewer, or have an officer propose another edition of the contract."
    )
