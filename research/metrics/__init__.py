"""Measures of the journey: reading tables of metrics, and scores from survey answers."""
