#!/usr/bin/env bash
# Installs AWS's own libraries for the tests; does nothing when they are those of package-lock.json already.
set -euo pipefail
cd "$(dirname "${BASH_SOURCE[0]}")"
if [[ node_modules/.package-lock.json -nt package-lock.json ]]; then exit 0; fi
npm ci --no-audit --no-fund --ignore-scripts
touch node_modules/.package-lock.json
