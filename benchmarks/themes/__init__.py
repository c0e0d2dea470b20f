"""Groups of statements beside BERTopic, EVoC and k-means, on the same vectors in one run."""
