"""Trains the embedded encoder: `python -m research.training.encoder --data FOLDER`.

FOLDER holds `pairs.tsv.gz` (source, English, Dutch), `baseline/` (the weights to start
from) and `eval/` (sentences that are tested on, left out of training). The method is
multilingual distillation (Reimers and Gurevych 2020) with the teacher all-MiniLM-L6-v2,
joined with supervised contrast (Khosla et al. 2020) on statements of one theme in other
words. Steps, seeds and threads are fixed, so a rerun on the same kind of machine gives
the same weights; what went in is written to weights/training.json.
"""
