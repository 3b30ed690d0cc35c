"""The commands of the course: ``python -m tools COMMAND``; each has ``--help``.

Run by the system's Python. It makes the environment, or finds it, and runs the command there.
"""

import subprocess
import sys

from tools import commands, environment


def main(arguments):
    # type: (list[str]) -> int
    """Run a command in the environment; return its exit code."""
    parser = commands.parser()
    name = parser.parse_args(arguments).command
    if name is None:
        parser.print_help()
        return 2
    try:
        python = environment.ensure(commands.COMMANDS[name][1])
    except environment.Unusable as error:
        sys.stderr.write("Error: %s.\n" % error)
        return 1
    command = subprocess.Popen(
        [python, "-m", "tools.commands"] + arguments, env=environment.variables()
    )
    while True:
        try:
            return command.wait()
        except KeyboardInterrupt:  # the command has it as well, and ends by itself
            pass


if __name__ == "__main__":
    try:
        sys.exit(main(sys.argv[1:]))
    except KeyboardInterrupt:
        sys.exit(130)
