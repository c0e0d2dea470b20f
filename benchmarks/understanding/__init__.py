"""`make bench-understanding`: how well statements are read, and what each ingredient adds.

All figures are of sources and domains that no training reads: corpora/labels/test (unseen
while anything was built), corpora/labels/development, and, where the data folder is given,
real statements by the source they come from.
"""
