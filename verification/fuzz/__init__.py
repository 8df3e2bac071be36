"""Hostile input: files and requests broken at random, from a corpus of good and of once troublesome ones.

``mutations``: ways to break a text; ``targets``: readers of what strangers write, each with its corpus;
``python -m verification.fuzz`` (``make fuzz``): many cases of every target, in several processes.

A case is good if the reader accepts it or refuses it with a problem in words. A traceback, a case that takes longer
than five seconds and a process that grows beyond 500 MB are findings: the input is kept in a file, ready to be put
into the corpus.
"""
