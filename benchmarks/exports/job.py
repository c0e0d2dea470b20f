"""One export of the big study in a process of its own: prints what it took, as JSON."""

import json
import resource
import sys
import time

from benchmarks.exports.big import study
from research import exporting
from research.exporters import EXPORTERS


def main() -> None:
    """Run the exporter of that name."""
    exporter = next(e for e in EXPORTERS if e.name == sys.argv[1])
    analysis = exporting.alone(study())
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    start = time.process_time()
    size = len(exporter.export(analysis))
    seconds = time.process_time() - start
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    told = {"size": size, "seconds": seconds, "peak": peak * 1024, "study": before * 1024}
    print(json.dumps(told))


if __name__ == "__main__":
    main()
