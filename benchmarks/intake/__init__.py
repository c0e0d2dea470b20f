"""Intake measured: reading, roles and redaction; `make bench-intake` prints it all."""
