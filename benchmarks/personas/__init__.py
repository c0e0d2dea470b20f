"""Personas against planted ones: groups of people, whole pipeline and people's own labels."""
