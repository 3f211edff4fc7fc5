# shellcheck shell=bash
# Sourced by benches. need COMMAND PACKAGE: installs the Debian package that holds a command, or says what to install.
need() {
  command -v "$1" > /dev/null && return
  if [[ $(id -u) -eq 0 ]] && command -v apt-get > /dev/null; then
    echo "installing $2" >&2
    apt-get install -y -q "$2" > /dev/null && return
  fi
  echo "this bench needs $1: install the package $2 and start again" >&2
  exit 2
}
