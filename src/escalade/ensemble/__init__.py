"""Worlds and histories: design, weights by the record, resampling, execution, storage."""
