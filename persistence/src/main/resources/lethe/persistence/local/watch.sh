# Runs "$@" as a child and ends it when standard input closes. $1 is the file for the child's process id.
#
# Standard input is a pipe from whoever wants the child. The kernel closes it when that process ends in any way,
# SIGKILL included, so the child cannot be left behind. If this shell itself is killed, pdeathsig (where setpriv
# knows it) and the other side of the pipe do the same.
pidfile=$1
grace=$2
shift 2
trap '' INT HUP
ulimit -c 0
if command -v setpriv >/dev/null 2>&1; then
    # As root the server would lock its whole address space in memory (three times the resident set).
    if [ "$(id -u)" = 0 ]; then
        ulimit -l 64 2>/dev/null
        set -- setpriv --bounding-set=-ipc_lock --inh-caps=-all --pdeathsig TERM "$@"
    elif setpriv --pdeathsig TERM true 2>/dev/null; then
        set -- setpriv --pdeathsig TERM "$@"
    fi
fi
exec 3<&0
"$@" </dev/null 3<&- &
child=$!
echo "$child" >"$pidfile"
trap 'kill -TERM "$child" 2>/dev/null' TERM
(
    trap '' TERM
    while read -r _; do :; done <&3
    exec 3<&-
    kill -TERM "$child" 2>/dev/null
    waited=0
    while kill -0 "$child" 2>/dev/null && [ "$waited" -lt "$grace" ]; do
        sleep 1
        waited=$((waited + 1))
    done
    kill -KILL "$child" 2>/dev/null
) &
watcher=$!
exec 3<&- </dev/null
while kill -0 "$child" 2>/dev/null; do
    wait "$child"
    status=$?
done
kill -KILL "$watcher" 2>/dev/null
rm -f "$pidfile"
exit "${status:-0}"
