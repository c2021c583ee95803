"""One replica on this machine: started, limited, recorded, and ended with everything that it started.

A runner leaves the session and the process tree of whoever started it and speaks through files only, so any process of
Hanse may die without the replica noticing. It needs nothing but the standard library and psutil.

Its directory:
    spec.json     in    what to run (`files.Spec`)
    stop          in    {"phase": "stopped" | "lost", "reason": ""}: end the replica (a SIGTERM says "look now")
    lock                held by the one runner that this directory will ever have
    status.json   out   phase, runner (pid, start_ticks, boot_id), pid, started_at, exit_code, signal, reason, finished_at
    output.log    out   number TAB time TAB out|err|hanse TAB text; numbers count from 1
    usage.jsonl   out   {"at", "cpu_millicores", "memory_bytes"} every two seconds
    work/               where the replica works; work/artifacts/ is what it leaves

phase: starting -> running -> succeeded | failed | stopped | lost; starting -> failed | stopped | lost
"""
