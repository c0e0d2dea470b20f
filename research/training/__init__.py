"""Training of what ships as weights; never imported by the pipeline."""
