#!/usr/bin/env bash
# bytes a second through tus with checksums, against curl's PUT to nginx's dav module; peak memory   [GIGABYTES [ROUNDS]]
set -euo pipefail
source infra/setup/packages.sh
need_sdk
PATH=$PATH:/usr/sbin
need nginx=nginx-light curl=curl
gigabytes=${1:-5} rounds=${2:-3}
folder=$(mktemp -d)
pids=()
cleanup() { kill "${pids[@]}" 2>/dev/null || true; wait 2>/dev/null || true; rm -rf "$folder"; }
trap cleanup EXIT

dotnet build -c Release -v quiet --nologo Standalone >&2
head -c $((gigabytes * 1000000000)) /dev/urandom > "$folder/master"
size=$(stat -c %s "$folder/master")
sum=$(sha256sum "$folder/master" | cut -d' ' -f1)
# shellcheck disable=SC2059
checksum="sha256 $(printf "$(sed 's/../\\x&/g' <<< "$sum")" | base64 -w0)"

web=$((20000 + RANDOM % 20000))
mkdir -p "$folder/nginx/dav" "$folder/nginx/tmp"
cat > "$folder/nginx.conf" <<N
daemon off; master_process off; pid $folder/nginx.pid; error_log $folder/nginx.log; worker_processes 1;
events {}
http { access_log off; client_max_body_size 0; client_body_temp_path $folder/nginx/tmp;
  server { listen 127.0.0.1:$web; root $folder/nginx/dav; location / { dav_methods PUT; } } }
N
nginx -c "$folder/nginx.conf" -e "$folder/nginx.log" & pids+=($!)
dotnet artifacts/bin/Standalone/release/FlickStream.Standalone.dll --data "$folder/data" --port 0 --empty > "$folder/out" 2>&1 & server=$!; pids+=($server)
until grep -q '#key=' "$folder/out"; do kill -0 $server; sleep 0.2; done
address=$(sed -n 's/.*Open \(.*\)#key=.*/\1/p' "$folder/out"); address=${address%/}
key=$(cat "$folder/data/admin.key")

seconds() { local start end; start=$(date +%s.%N); "$@" > /dev/null; end=$(date +%s.%N); echo "$start $end" | awk '{ print $2 - $1 }'; }
ours() {
  local upload=$1; shift
  curl -sS --fail-with-body -H "Authorization: Bearer $key" -H 'Tus-Resumable: 1.0.0' -H 'Upload-Offset: 0' -H 'Expect:' \
    -H 'Content-Type: application/offset+octet-stream' "$@" -X PATCH -T "$folder/master" "$address$upload"
}
create() {
  curl -sSD - -o /dev/null --fail-with-body -H "Authorization: Bearer $key" -H 'Tus-Resumable: 1.0.0' -H "Upload-Length: $size" \
    -H "Upload-Metadata: filename $(printf upload.bin | base64),sha256 $(printf %s "$sum" | base64 -w0)" -X POST "$address/api/uploads" \
    | tr -d '\r' | sed -n 's/^[Ll]ocation: //p' | sed 's|^https\?://[^/]*||'
}
peak() { awk '/VmHWM/ { printf "%.0f", $2 / 1000 }' "/proc/$server/status"; }
rate() { awk -v s="$1" -v n="$size" 'BEGIN { printf "%.0f", n / s / 1e6 }'; }

echo "$gigabytes GB of noise, $(nproc) cores"
for round in $(seq "$rounds"); do
  nginx_seconds=$(seconds curl -sS -o /dev/null -H 'Expect:' -T "$folder/master" "http://127.0.0.1:$web/master-$round"); rm -f "$folder/nginx/dav/"*
  sync
  upload=$(create); whole=$(seconds ours "$upload" -H "Upload-Checksum: $checksum")
  sync
  echo "round $round: nginx PUT $(rate "$nginx_seconds") MB/s; tus, Upload-Checksum and sha256: $(rate "$whole") MB/s," \
    "ratio $(awk -v a="$nginx_seconds" -v b="$whole" 'BEGIN { printf "%.2f", a / b }'); peak memory $(peak) MB (goal: under 300)"
done
