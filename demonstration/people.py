"""Who is in the demonstration."""

from dataclasses import dataclass


@dataclass(frozen=True)
class Login:
    email: str
    name: str
    what: str
    role: str
    tenant: str | None = None


ANN = Login("ann@aurora.example", "Ann Lindqvist", "developer at Aurora Robotics", "developer", "aurora")
OTTO = Login("otto@aurora.example", "Otto Brandt", "owner of Aurora Robotics", "owner", "aurora")
VERA = Login("vera@aurora.example", "Vera Costa", "viewer at Aurora Robotics", "viewer", "aurora")
DORA = Login("dora@aurora.example", "Dora Ekström", "data officer at Aurora Robotics", "data-officer", "aurora")
BO = Login("bo@borealis.example", "Bo Tanaka", "data officer at Borealis Bank", "data-officer", "borealis")
BEN = Login("ben@borealis.example", "Ben Zhao", "owner of Borealis Bank", "owner", "borealis")
ADMIN = Login("admin@hanse.example", "Ada Marchetti", "administrator of the platform", "platform-admin")
IRIS = Login("iris@hanse.example", "Iris Okafor", "auditor of the platform", "auditor")

LOGINS = (ANN, OTTO, VERA, DORA, BEN, BO, ADMIN, IRIS)
