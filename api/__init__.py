"""The web: pages, their JSON twins and the background runs."""
