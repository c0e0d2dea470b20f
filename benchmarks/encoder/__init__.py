"""`make bench-encoder`: the embedded encoder beside its peers, in one run.

What is measured: how well likeness of vectors agrees with people (STS-b, SICK), whether
a sentence finds its translation (NTREX, Tatoeba), whether groups of vectors are the
groups that people made (Banking77, CLINC150, SemEval-16 and M-ABSA aspects), and
whether statements of one theme in other words lie together, on domains that no training
of this project reads (corpora/labels/development). And what it costs.
"""
