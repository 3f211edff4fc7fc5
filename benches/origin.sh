#!/usr/bin/env bash
# grants, manifests and segment bytes a second, against nginx with secure_link serving the same files
set -euo pipefail
source infra/setup/packages.sh
need_sdk
PATH=$PATH:/usr/sbin
need wrk=wrk nginx=nginx-light
exec dotnet run -c Release --project benches/Origin.Bench -- "$@"
