"""Stability: whether strategic forces tempt either side to strike first."""
