"""The trained reader behind the rules: a word table and a small encoder, in one file."""

import os

# One draft is too little work to share between cores: threads of the matrix library would only wait for each
# other. It is read once, when numpy is first imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
