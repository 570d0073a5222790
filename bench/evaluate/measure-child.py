"""Runs a program and prints its wall time, CPU time and peak memory; Node cannot ask the system for a child's.

Usage: measure-child.py OUTPUT COMMAND [ARGUMENT...], with the command's output going to the file OUTPUT.
"""

import json
import os
import sys
import time

output, command = sys.argv[1], sys.argv[2:]
to_file = (os.POSIX_SPAWN_OPEN, 1, output, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o644)
start = time.monotonic()
child = os.posix_spawnp(command[0], command, os.environ, file_actions=[to_file])
_, status, usage = os.wait4(child, 0)
wall = time.monotonic() - start
print(
    json.dumps(
        {
            "status": os.waitstatus_to_exitcode(status),
            "wall": wall * 1e3,
            "cpu": (usage.ru_utime + usage.ru_stime) * 1e3,
            "memory": usage.ru_maxrss / 1024,
        }
    )
)
