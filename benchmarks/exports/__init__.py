"""Exports opened by software that is not ours, their size and their time."""
