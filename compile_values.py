"""Compiles what is read most with mypyc, and what is in C: `python compile_values.py FILE ...`, as `make setup` does.

The files are the readers of values and of the surface (docs/values.md); one shared library holds all of them, so that
they call each other directly. It lies beside the modules, where an editable install finds it from any folder. Needs a C
compiler; where that does not know AMX, attention.c is left out (docs/decisions/0031).
"""

import os
import sys

from mypyc.build import mypycify
from setuptools import Extension, setup

GROUP = "pipeline.extract.native"
IN_C = ("pipeline/extract/attention.c", "pipeline/extract/forest/leaves.c", "pipeline/extract/surface/sums.c")
# Functions of one library call each other directly. -Wall lets gcc find the values that mypyc 2.4 forgets to set in
# "a and b[0].value < c": such a warning is an error to mypyc, and what it stands in must be written in two steps.
FLAGS = "-DNDEBUG -fwrapv -Wall -fno-semantic-interposition -fvisibility=hidden -fno-plt"


def main(paths: list[str]) -> None:
    """Compile the modules at `paths` in place, without what only debuggers need."""
    os.environ["CFLAGS"] = FLAGS
    options = ["--follow-imports=skip", *paths]
    extensions = mypycify(options, opt_level="1", debug_level="0", group_name=GROUP)
    in_c = [
        Extension(path.removesuffix(".c").replace("/", "."), [path], extra_compile_args=["-O3"], optional=True)
        for path in IN_C
    ]
    setup(name="affari-native", ext_modules=[*extensions, *in_c], script_args=["--quiet", "build_ext", "--inplace"])


if __name__ == "__main__":
    main(sys.argv[1:])
