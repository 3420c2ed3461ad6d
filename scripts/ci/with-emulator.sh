#!/usr/bin/env bash
# Runs a command beside an emulator of AWS: with-emulator.sh FOLDER COMMAND…
# The server (moto, from PyPI) is installed into FOLDER, listens on loopback alone, on a free port, and ends with this script.
set -euo pipefail
folder=$1
shift
root=$(cd "$(dirname "$0")/../.." && pwd)
if [ ! -x "$folder/bin/moto_server" ] || ! cmp -s "$root/test/emulator/requirements.txt" "$folder/requirements.txt"; then
  python3 -m venv "$folder"
  "$folder/bin/pip" install --quiet --disable-pip-version-check -r "$root/test/emulator/requirements.txt"
  cp "$root/test/emulator/requirements.txt" "$folder/requirements.txt"
fi

port=$("$folder/bin/python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
export AWS_ENDPOINT_URL=http://127.0.0.1:$port AWS_REGION=eu-central-1 AWS_DEFAULT_REGION=eu-central-1
export AWS_ACCESS_KEY_ID=emulator AWS_SECRET_ACCESS_KEY=emulator AWS_EC2_METADATA_DISABLED=true
"$folder/bin/python" "$root/test/emulator/server.py" "$port" >"$folder/server.log" 2>&1 &
server=$!
trap 'kill "$server" 2>/dev/null || true; wait "$server" 2>/dev/null || true' EXIT
for _ in $(seq 100); do
  if "$folder/bin/python" -c "import urllib.request; urllib.request.urlopen('$AWS_ENDPOINT_URL/moto-api/', timeout=1)" 2>/dev/null; then break; fi
  kill -0 "$server" 2>/dev/null || { cat "$folder/server.log"; exit 1; }
  sleep 0.2
done
"$@"
