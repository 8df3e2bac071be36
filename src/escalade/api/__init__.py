"""The Python API: a case is loaded, run, compared and replayed; every result prints, shows and gives a frame.

>>> import escalade
>>> case = escalade.load("iran-june-2025")
>>> run = case.run(candidates=32, worlds=8, histories=2)
>>> comparison = run.compare("as_was", "no_shield")
>>> comparison.table().columns[:4]
['quantity', 'name', 'clock', 'unit']

Its names are those that ``escalade`` itself has. Results are frozen. They print
as text of at most 80 columns, a notebook shows them as a card, and ``table()``
gives a polars frame.
"""
