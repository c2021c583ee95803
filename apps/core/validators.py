"""What several apps demand of what users write."""

from django.core.validators import RegexValidator

LABEL = RegexValidator(
    r"^[a-z]([a-z0-9-]{0,61}[a-z0-9])?$",
    "Use 1-63 lower-case letters, digits and hyphens, beginning with a letter and not ending with a hyphen.",
)
