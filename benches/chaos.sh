#!/usr/bin/env bash
# masters through separate services that are killed, with Redis, S3 and a disk that fail, and whether any byte is lost   [MINUTES]
set -euo pipefail
source infra/setup/packages.sh
need_sdk
need ffmpeg=ffmpeg ffprobe=ffmpeg bwrap=bubblewrap prlimit=util-linux redis-server=redis-server nginx=nginx-light \
  ceph-mon=ceph-mon ceph-osd=ceph-osd radosgw=radosgw setpriv=util-linux python3=python3
dotnet build -v quiet --nologo tests/Standalone.Tests
CHAOS_MINUTES=${1:-15} exec artifacts/bin/Standalone.Tests/debug/FlickStream.Standalone.Tests -class '*ChaosTests' -showLiveOutput -noColor
