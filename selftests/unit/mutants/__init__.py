# SPDX-License-Identifier: GPL-2.0-only
"""All mutants: what to break in module/core, and how.

A mutant is a file, the function or variable to break (None for a constant),
what to replace there and by what. The text must occur there exactly once.
"""

from . import admit, deliver, frame, move, policy, shortcut, vlan

MUTANTS = (admit.MUTANTS + shortcut.MUTANTS + vlan.MUTANTS + move.MUTANTS
           + policy.MUTANTS + deliver.MUTANTS + frame.MUTANTS)
