#!/usr/bin/env bash
# grants, manifests and segment bytes a second, against nginx with secure_link serving the same files
set -euo pipefail
# shellcheck source=benches/need.sh
source benches/need.sh
PATH=$PATH:/usr/sbin
need dotnet dotnet-sdk-10.0
need wrk wrk
need nginx nginx-light
exec dotnet run -c Release --project benches/Origin.Bench -- "$@"
