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
BEN = Login("ben@borealis.example", "Ben Zhao", "owner of Borealis Bank", "owner", "borealis")
ADMIN = Login("admin@hanse.example", "Ada Marchetti", "administrator of the platform", "platform-admin")
IRIS = Login("iris@hanse.example", "Iris Okafor", "auditor of the platform", "auditor")

LOGINS = (ANN, OTTO, VERA, BEN, ADMIN, IRIS)
