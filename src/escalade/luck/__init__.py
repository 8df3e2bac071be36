"""Addressed luck: every random number has an address, and the same address always gives the same number.

``philox`` turns an address into a uniform number, ``streams`` names all addresses,
``draws`` turns one uniform number into a count or a normal deviate by inversion.
"""
