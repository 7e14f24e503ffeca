"""Checkpost: a coach that reads a post before it is sent."""

import os

# A draft is too small to share between cores: with one thread fifty members are answered sooner, and
# sums are taken in one order, so that they come out the same on every machine.
for _name in ("OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"):
    os.environ.setdefault(_name, "1")
