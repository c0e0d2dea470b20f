"""Speed and quality, measured side by side with peers in one run."""
