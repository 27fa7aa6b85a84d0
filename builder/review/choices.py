"""What may be chosen of a review: the program that annotates, how sure intervals are. Imports nothing of the project."""

BRAT, LABEL_STUDIO = "brat", "label-studio"
FORMATS = (BRAT, LABEL_STUDIO)
# How often an interval covers the truth.
LEVEL = 0.95
