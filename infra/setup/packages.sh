# Sourced by run, test and bench: makes sure that commands exist, from Debian's packages where it may, else says what to install.
# Servers are where users who are not root do not look for commands.
PATH=$PATH:/usr/sbin:/sbin

# need COMMAND=PACKAGE ...
need() {
  local missing=() pair command package
  for pair in "$@"; do
    command=${pair%%=*} package=${pair#*=}
    if [[ $command == /* ]]; then [[ -e $command ]] || missing+=("$package"); continue; fi
    command -v "$command" >/dev/null 2>&1 || missing+=("$package")
  done
  ((${#missing[@]})) || return 0
  mapfile -t missing < <(printf '%s\n' "${missing[@]}" | sort -u)
  local install="apt-get install -y --no-install-recommends ${missing[*]}"
  if [[ $(id -u) == 0 ]] && command -v apt-get >/dev/null 2>&1; then
    echo "Installing ${missing[*]} ..." >&2
    apt-get update -qq >&2 && DEBIAN_FRONTEND=noninteractive $install -qq >/dev/null 2>&1 && return 0
    echo "Could not install them. Run this yourself: $install" >&2
  else
    echo "Missing: ${missing[*]}. Install them and start again, on Debian with: sudo $install" >&2
  fi
  return 1
}

# .NET and Node are not Debian packages of the right version, so they are only asked for.
need_sdk() {
  command -v dotnet >/dev/null 2>&1 && [[ $(dotnet --version 2>/dev/null) == 10.* ]] ||
    { echo "Missing: the .NET 10 SDK (https://dotnet.microsoft.com/download/dotnet/10.0)." >&2; return 1; }
  command -v npm >/dev/null 2>&1 || { echo "Missing: Node 20 or later with npm (https://nodejs.org)." >&2; return 1; }
}
