# SPDX-License-Identifier: GPL-2.0-only
"""All mutants: what to break in module/core, and how.

A mutant is a file, the function or variable to break (None for a constant),
what to replace there and by what. The text must occur there exactly once.
"""

import re

from . import admit, deliver, frame, move, policy, shortcut, vlan

MUTANTS = (admit.MUTANTS + shortcut.MUTANTS + vlan.MUTANTS + move.MUTANTS
           + policy.MUTANTS + deliver.MUTANTS + frame.MUTANTS)


def broken(text, mutant):
    """Return the source with one break, or None if that does not apply."""
    _, where, old, new = mutant
    start, end = 0, len(text)
    if where:
        scope = re.search(rf"^\w[^;{{}}]*\b{where}\b[^;{{}}]*\{{.*?^\}}", text,
                          re.M | re.S)
        start, end = scope.span() if scope else (0, 0)
    if text.count(old, start, end) != 1:
        return None
    return text[:start] + text[start:end].replace(old, new) + text[end:]


def describe(mutant):
    """Return one line that names a mutant."""
    file, where, old, new = mutant
    return f"{file}: {where or 'constant'}: {old!r} -> {new!r}"
