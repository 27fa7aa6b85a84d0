"""What may be chosen of a review: the annotation program, how sure its intervals are. Imports nothing of ours."""

BRAT, LABEL_STUDIO = "brat", "label-studio"
FORMATS = (BRAT, LABEL_STUDIO)
# How often an interval covers the truth.
LEVEL = 0.95
