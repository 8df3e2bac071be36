"""What can go wrong, one class per thing that a caller may handle."""


class EscaladeError(Exception):
    """Something failed for a reason that a user can understand: the message says which (exit code 1)."""


class ScenarioError(EscaladeError):
    """What the user wrote cannot be used: a scenario, a policy, a name (exit code 2)."""


class UsageError(EscaladeError):
    """What was asked for makes no sense: a number of worlds, a weight, an unknown choice (exit code 2)."""
