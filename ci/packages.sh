#!/bin/sh
# Installs the brokers that `lethe bench compare` compares Lethe with, from Debian's packages; or what is named, such as the
# tools of `lethe drill seizure` and `lethe drill capture`, tcpdump, tshark and mkfs.ext4. Root only; does nothing where they are. No service starts: each run starts its own brokers, and the test suite
# its own.
#   ci/packages.sh [PROGRAM...]    default: mosquitto ejabberdctl rabbitmq-server
set -eu

[ "$#" -ne 0 ] || set -- mosquitto ejabberdctl rabbitmq-server

missing=
for program in "$@"; do
    # Debian keeps what only root starts in sbin, which is not on everybody's path.
    PATH=$PATH:/usr/sbin command -v "$program" >/dev/null || case $program in
        ejabberdctl) missing="$missing ejabberd" ;;
        mkfs.ext4) missing="$missing e2fsprogs" ;;
        *) missing="$missing $program" ;;
    esac
done
[ -n "$missing" ] || exit 0

if [ "$(id -u)" -ne 0 ]; then
    echo "packages.sh: run as root: apt-get install$missing" >&2
    exit 77
fi

# Asked by every package that would start its service; 101 says no.
policy=/usr/sbin/policy-rc.d
if [ ! -e "$policy" ]; then
    trap 'rm -f "$policy"' EXIT
    trap 'exit 130' INT
    trap 'exit 143' TERM
    printf '#!/bin/sh\nexit 101\n' >"$policy"
    chmod 755 "$policy"
fi

log=$(mktemp)
export DEBIAN_FRONTEND=noninteractive
# shellcheck disable=SC2086 # package names are words
if ! { apt-get -qq update && apt-get -qq -y --no-install-recommends install $missing; } </dev/null >"$log" 2>&1; then
    cat "$log" >&2
    rm -f "$log"
    echo "packages.sh: could not install$missing" >&2
    exit 1
fi
rm -f "$log"
echo "packages.sh: installed$missing" >&2
