"""Strikes, beliefs, the ladder game and its solution, the exact crisis."""
