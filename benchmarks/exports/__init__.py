"""Exports into maps and tools: opened by other software, and their size, time and memory."""
