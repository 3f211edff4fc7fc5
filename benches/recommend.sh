#!/usr/bin/env bash
# what is recommended, full ranking   --train FILE --test FILE [--items FILE] [--protocol next|topn|foldin] | --generate INTERACTIONSxTITLES | --catalogue TITLES
set -euo pipefail
source infra/setup/packages.sh
need_sdk
exec dotnet run -c Release --project benches/Recommend.Bench -- "$@"
