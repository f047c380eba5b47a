"""`python -m monitor.annotations.anchoring`: cases as JSON on standard input, where they are now on standard output."""

from __future__ import annotations

import io
import json
import sys

from monitor.annotations.anchoring.cases import Anchoring, BadCases, Outcome, read_cases

BAD_INPUT = 2


def main() -> int:
    """Return 0, or 2 with one sentence on standard error and nothing on standard output."""
    anchoring, outcomes = Anchoring(), dict[str, Outcome]()
    try:
        stdin = io.TextIOWrapper(sys.stdin.buffer, encoding="utf-8-sig", newline="")
        for case in read_cases(stdin.read):
            if case.id in outcomes:
                raise BadCases(f"Case {case.id!r} comes twice.")  # noqa: TRY301 - same door for all that is wrong
            outcomes[case.id] = anchoring.outcome(case)
    except UnicodeDecodeError as error:
        sys.stderr.write(f"Not UTF-8: {error.reason} in what was read.\n")
        return BAD_INPUT
    except BadCases as error:
        sys.stderr.write(f"{str(error).encode('utf-8', 'backslashreplace').decode()}\n")
        return BAD_INPUT
    json.dump(outcomes, sys.stdout, ensure_ascii=True)
    sys.stdout.write("\n")
    return 0


if __name__ == "__main__":
    sys.exit(main())
