#!/bin/sh
# A foreign judge of our orders to servers of the shape of OpenAI's videos: Prism, a server made from the
# published description alone. By hand only: it needs Node.js and fetches about 90 MB from the npm registry.
#
#   tools/prism_judge.sh [python]
set -eu
here=$(cd "$(dirname "$0")/.." && pwd)
python=${1:-$here/.venv/bin/python}
work=$(mktemp -d)
npm install --silent --no-audit --no-fund --prefix "$work" @stoplight/prism-cli@5
"$work/node_modules/.bin/prism" mock --errors --port 4010 \
    "$here/tests/conformance/openai-videos/openapi.json" >"$work/prism.log" 2>&1 &
judge=$!
trap 'kill $judge; rm -rf "$work"' EXIT
until grep -q "Prism is listening" "$work/prism.log"; do
    kill -0 $judge
    sleep 1
done
"$python" "$here/tools/prism_orders.py" http://127.0.0.1:4010
