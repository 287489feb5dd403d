"""Make the pages to read: `python -m upkeep.site.build [folder]`, by default build/site/index.html.

A link that leads nowhere, a picture that is not there, a page that stands in no contents: each makes it fail.
"""

import subprocess
import sys
from pathlib import Path

from upkeep.site.pages import ROOT, collect

SOURCE, OUT = ROOT / "build" / "site-source", ROOT / "build" / "site"


def main(arguments: list[str]) -> int:
    """Collect, let Sphinx make the pages, and say where they are."""
    out = Path(arguments[0]) if arguments else OUT
    collect(SOURCE)
    sphinx = [sys.executable, "-m", "sphinx", "-W", "--keep-going", "--quiet", "--fresh-env", "-j", "2"]
    done = subprocess.run([*sphinx, "-c", str(Path(__file__).parent), str(SOURCE), str(out)])
    if done.returncode == 0:
        print(f"The pages are ready: {out / 'index.html'}")
    return done.returncode


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
