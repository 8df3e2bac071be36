"""How missile shields change the risk of war."""

__version__ = "0.1.0"
