#!/usr/bin/python3
"""The program's own boulware, in Python: boulware.py(e=0.2) makes the same moves as boulware(e=0.2)."""
import nonpaper
from nonpaper.time_dependent import Boulware

if __name__ == "__main__":
    nonpaper.main(Boulware)
