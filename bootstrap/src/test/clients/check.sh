#!/bin/sh
# All clients that aren't Java, one after the other, against a gateway that this starts: Node's with npm, Python's in virtual
# environments, all in a folder that is removed afterwards. Needs node, npm and python3, and what their registries hold.
#   bootstrap/src/test/clients/check.sh [CLIENT...]        e.g. openai-node; without any: all of them
# TIERWAY: how to start a gateway (default: the launcher of this checkout). Exit 0 if every check passed.

here=$(cd "$(dirname "$0")" && pwd -P) || exit 1
root=$(cd "$here/../../../.." && pwd -P) || exit 1
work=$(mktemp -d) || exit 1
gateway=
trap '[ -z "$gateway" ] || kill "$gateway" 2>/dev/null; rm -rf "$work"' EXIT
trap 'exit 130' INT TERM

cat >"$work/tierway.yaml" <<'CONFIG'
providers:
  - { id: east, kind: simulated, simulated: { ttft: 20ms, per-token: 5ms, output-tokens: 60 } }
  - { id: west, kind: simulated, simulated: { ttft: 20ms, per-token: 5ms, output-tokens: 60 } }
models:
  - id: demo
    tier: mid
    use-cases: [chat, code]
    capabilities: [tools, json]
    replicas: [ { provider: east, price: { input: 1, output: 4 } }, { provider: west, price: { input: 2, output: 8 } } ]
CONFIG

# shellcheck disable=SC2086
${TIERWAY:-"$root/tierway"} serve --config "$work/tierway.yaml" --port 0 --admin-port 0 >"$work/out" 2>"$work/err" &
gateway=$!
url=
for _ in $(seq 300); do
    url=$(sed -n 's/^  API    \(http.*\)\/v1$/\1/p' "$work/out")
    [ -z "$url" ] || break
    kill -0 "$gateway" 2>/dev/null || break
    sleep 0.2
done
if [ -z "$url" ]; then
    echo "the gateway didn't start:" >&2
    cat "$work/err" >&2
    exit 1
fi

node_client() { # name, address
    cp -r "$here/$1" "$work/$1" && (cd "$work/$1" && npm install --silent --no-audit --no-fund >npm.log 2>&1 && node check.mjs "$2")
}

python_client() { # name, address, packages; one by one, since some demand of others what they can do without
    name=$1 address=$2
    shift 2
    python3 -m venv "$work/$name" || return 1
    for package; do
        "$work/$name/bin/pip" install --quiet --disable-pip-version-check "$package" || return 1
    done
    "$work/$name/bin/python" "$here/$name/check.py" "$address"
}

failed=
for client in ${*:-openai-node anthropic-node ai-sdk openai-python anthropic-python frameworks-python}; do
    echo "== $client"
    case $client in
        openai-node | ai-sdk) node_client "$client" "$url/v1" ;;
        anthropic-node) node_client "$client" "$url" ;;
        openai-python) python_client "$client" "$url/v1" openai ;;
        anthropic-python) python_client "$client" "$url" anthropic ;;
        frameworks-python) python_client "$client" "$url" litellm mcp langchain-openai langchain-anthropic ;;
        *) echo "no such client" >&2; false ;;
    esac || failed="$failed $client"
done
[ -z "$failed" ] || { echo "failed:$failed" >&2; exit 1; }
