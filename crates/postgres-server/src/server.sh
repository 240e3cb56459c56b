# Runs a Postgres server in a temporary folder until standard input ends, which happens when the program that started it
# ends, however that happens. Arguments: the folder of Postgres' programs, the folder for the temporary one, a port, and
# options of the server.
#
# Reads a command a line and answers each with a line.
set -eu
bin=$1 port=$3
folder=$(mktemp -d "$2/zap-postgres-XXXXXX")
shift 3
echo "$folder"
server=

finish() {
  [ -z "$server" ] || kill -QUIT "$server" 2>/dev/null || true
  [ -z "$server" ] || wait "$server" 2>/dev/null || true
  rm -rf "$folder"
}
trap finish EXIT
trap '' INT HUP

start() {
  "$bin/postgres" -D "$folder/data" -k "$folder" -p "$port" -c listen_addresses=127.0.0.1 -c max_connections=200 \
    -c shared_buffers=64MB "$@" >>"$folder/log" 2>&1 </dev/null &
  server=$!
  until "$bin/pg_isready" -q -h "$folder" -p "$port"; do
    kill -0 "$server" 2>/dev/null || { cat "$folder/log" >&2; return 1; }
    sleep 0.02
  done
}

{
  printf %s "$ZAP_PASSWORD" >"$folder/password"
  "$bin/initdb" -D "$folder/data" --no-sync --username=zap --auth-local=trust --auth-host=scram-sha-256 \
    --pwfile="$folder/password" --encoding=UTF8 --locale=C
} >"$folder/log" 2>&1 || { cat "$folder/log" >&2; exit 1; }
if [ -n "${ZAP_KEY:-}" ]; then
  (umask 077; printf %s "$ZAP_KEY" >"$folder/server.key")
  printf %s "$ZAP_CERTIFICATE" >"$folder/server.crt"
  set -- -c ssl=on -c "ssl_key_file=$folder/server.key" -c "ssl_cert_file=$folder/server.crt" "$@"
fi
start "$@"
"$bin/psql" -q -v ON_ERROR_STOP=1 -h "$folder" -p "$port" -U zap -d postgres -v password="$ZAP_PASSWORD" \
  >>"$folder/log" <<'SQL'
CREATE ROLE outbox LOGIN PASSWORD :'password';
CREATE DATABASE outbox OWNER outbox;
SQL
echo started

while read -r command; do
  case $command in
    # As a crash: what was not flushed is lost.
    stop) kill -QUIT "$server"; wait "$server" || true; server= ;;
    start) start "$@" ;;
    reload) kill -HUP "$server" ;;
  esac
  echo done
done
