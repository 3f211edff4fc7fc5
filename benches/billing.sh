#!/usr/bin/env bash
# two years of billing, with nodes killed, answers and webhooks lost: is anybody charged twice or for nothing   [ACCOUNTS [SEED]]
set -euo pipefail
source infra/setup/packages.sh
need_sdk
dotnet build -v quiet --nologo tests/Portal.Tests
BILLING_ACCOUNTS=${1:-2000} BILLING_SEED=${2:-7} exec artifacts/bin/Portal.Tests/debug/FlickStream.Portal.Tests -class '*BillingSimulationTests' -showLiveOutput -noColor
