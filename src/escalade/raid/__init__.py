"""Threats against a shield: sampled and planned raids."""
