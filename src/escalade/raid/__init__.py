"""Threats against a shield: exact, sampled and planned raids."""
