#!/usr/bin/env bash
# A Neo4j server for development and tests, without Docker: the jars come through Maven,
# the server is Neo4jServer.java, and all state lives in .neo4j/ under the repository root.
set -euo pipefail

usage() {
  cat <<'USAGE'
usage: neo4j.sh start [--fresh] [PORT]   start unless it runs already; prints the Bolt address
       neo4j.sh stop [PORT]              stop it and wait until it is down
       neo4j.sh status [PORT]            exit code 0 when it runs, 1 when it does not
       neo4j.sh home [PORT]              print its data folder

PORT is 7687 unless given; every port has its own data. --fresh wipes that data first.
It listens on 127.0.0.1 only and asks for no password.

Environment: KITH_NEO4J_HEAP            heap, as for java -Xmx (2g)
             KITH_NEO4J_PAGECACHE_MIB   page cache in MiB (1024)
             KITH_NEO4J_JAVA            further options of java, with spaces between them (none)
             KITH_NEO4J_KEEPING         ports of further servers in the same process, with spaces between them, whose 5,000 plans stay
                                        whatever becomes of their data, which is in the folder keeping/ (none)

Exit codes: 1 failed or not running, 2 wrong usage, 3 a program that is needed is missing.
USAGE
}

die() { local code=$1; shift; echo "neo4j.sh: $*" >&2; exit "$code"; }

here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
state=$(cd "$here/../.." && pwd)/.neo4j
ready_within=300
stopped_within=60

command=${1:-}
[ $# -gt 0 ] && shift
case $command in
  start|stop|status|home) ;;
  help|-h|--help) usage; exit 0 ;;
  *) usage >&2; exit 2 ;;
esac

fresh=no
port=
for arg in "$@"; do
  if [ "$arg" = --fresh ] && [ "$command" = start ]; then
    fresh=yes
  elif [[ -z $port && $arg =~ ^[1-9][0-9]{0,4}$ && $arg -le 65535 ]]; then
    port=$arg
  else
    usage >&2
    exit 2
  fi
done
port=${port:-7687}
dir=$state/$port
data=$dir/data
log=$dir/neo4j.log
address=bolt://127.0.0.1:$port
keeping=${KITH_NEO4J_KEEPING:-}
for p in $keeping; do
  [[ $p =~ ^[1-9][0-9]{0,4}$ && $p -le 65535 && $p != "$port" ]] ||
    die 2 "KITH_NEO4J_KEEPING must name other ports than $port, from 1 to 65535: $p"
done

need() {
  command -v "$1" >/dev/null || die 3 "$1 is missing: $2"
}

# find_java sets java to that of JAVA_HOME, else to the newest one, from version 17 to 25, of the path and the folders beside its own.
# From 23 on a JVM no longer goes through all supertypes of a class to tell whether it has one. Neo4j's planner asks
# that all the time: new statements cost it a quarter less.
# The server is run from source, so a runtime without the compiler is not enough.
find_java() {
  local candidate path version newest=0
  path=$(readlink -f "$(command -v java)") || true
  for candidate in "${JAVA_HOME:+$JAVA_HOME/bin/java}" "$path" "${path%/*/bin/java}"/*/bin/java; do
    version=$("$candidate" --list-modules 2>/dev/null | sed -n 's/^jdk\.compiler@\([0-9]*\).*/\1/p') || true
    if [ "${version:-0}" -ge 17 ] && [ "$version" -le 25 ] && [ "$version" -gt "$newest" ]; then newest=$version java=$candidate; fi
    [ -z "${JAVA_HOME:-}" ] || break
  done
  [ "$newest" -gt 0 ] ||
    die 3 "${JAVA_HOME:+JAVA_HOME names }no java from version 17 to 25 with a compiler${JAVA_HOME:+: $JAVA_HOME}: install a JDK, version 17, 21 or 25"
}

# running prints the process id of the server. The command line is compared too,
# because after a reboot the number in the file may belong to another program.
# Its arguments are those of all servers where there are several.
running() {
  local pid
  pid=$(cat "$dir/pid" 2>/dev/null) && [ -n "$pid" ] || return 1
  [[ $(ps -ww -p "$pid" -o args= 2>/dev/null) == *"Neo4jServer.java $data $port"* ]] || return 1
  echo "$pid"
}

listening() { (: <>"/dev/tcp/127.0.0.1/$1") 2>/dev/null; }

# Bolt accepts connections a moment before the database does, hence the server's own line.
ready() { grep -q '^Bolt is ready' "$log" 2>/dev/null && listening "$port"; }

# The jars are copied aside and renamed: a copy that was cut short never looks complete.
copy_jars() {
  local lib=$state/lib stamp
  stamp=$(cksum <"$here/pom.xml")
  exec 8>"$state/lib.lock"
  flock 8
  if [ "$(cat "$lib/stamp" 2>/dev/null)" != "$stamp" ]; then
    need mvn "install Maven, it fetches the server's jars"
    echo "neo4j.sh: copying the server's jars to $lib" >&2
    rm -rf "$lib.new"
    mkdir -p "$lib.new"
    # Maven inherits the lock: should this script be killed, the next one waits for it.
    mvn -q -B -f "$here/pom.xml" dependency:copy-dependencies -DoutputDirectory="$lib.new" \
      >"$state/mvn.log" 2>&1 </dev/null ||
      { tail -n 20 "$state/mvn.log" >&2; die 1 "Maven could not copy the jars, see $state/mvn.log"; }
    echo "$stamp" >"$lib.new/stamp"
    rm -rf "$lib"
    mv "$lib.new" "$lib"
  fi
  exec 8>&-
}

stop() {
  local pid
  if pid=$(running); then
    kill "$pid" 2>/dev/null || true
    local deadline=$((SECONDS + stopped_within))
    while running >/dev/null; do
      [ $SECONDS -lt $deadline ] || die 1 "process $pid still runs after $stopped_within s, see $log"
      sleep 0.2
    done
  fi
  rm -f "$dir/pid"
}

# stamp tells servers apart that were started by other versions of this, or with other options.
stamp() { { cat "$here/Neo4jServer.java"; echo "${KITH_NEO4J_HEAP:-} ${KITH_NEO4J_JAVA:-}"; } | cksum | cut -d ' ' -f 1; }

launch() {
  find_java
  copy_jars
  local p servers=("$data" "$port")
  for p in $keeping; do servers+=("$dir/keeping/$p" "$p"); done
  for p in "$port" $keeping; do
    ! listening "$p" || die 1 "port $p is taken by another program, or by the server of another checkout"
  done
  [ $fresh = no ] || rm -rf "$data" "$dir/keeping"
  mkdir -p "$data"
  # The locks' descriptors are closed: the server would hold them as long as it lives.
  # Without memory it exits: the next start recovers, a server that limps on does not.
  # An error that the JVM throws often loses its message unless told otherwise, and Neo4j cannot send one without: its answer never comes.
  # The configuration that Neo4j is shipped with has the same.
  setsid nohup "$java" "-Xmx${KITH_NEO4J_HEAP:-2g}" "-Dkith.pagecache.mib=${KITH_NEO4J_PAGECACHE_MIB:-1024}" "-Dkith.stamp=$(stamp)" \
    -XX:+ExitOnOutOfMemoryError -XX:-OmitStackTraceInFastThrow ${KITH_NEO4J_JAVA:-} \
    --add-opens=java.base/java.nio=ALL-UNNAMED --add-opens=java.base/sun.nio.ch=ALL-UNNAMED \
    -cp "$state/lib/*" "$here/Neo4jServer.java" "${servers[@]}" \
    >"$log" 2>&1 </dev/null 8>&- 9>&- &
  echo $! >"$dir/pid"
}

start() {
  need setsid "install util-linux"
  local pid p
  # Those of tests are left running for the next one, which may be of another version.
  if [ -n "$keeping" ] && pid=$(running) && [[ $(ps -ww -p "$pid" -o args=) != *"-Dkith.stamp=$(stamp) "* ]]; then stop; fi
  [ $fresh = no ] || stop
  running >/dev/null || launch
  local deadline=$((SECONDS + ready_within))
  pid=$(cat "$dir/pid")
  until ready; do
    # kill -0 and not running: for an instant the process is still this script, setsid or nohup.
    kill -0 "$pid" 2>/dev/null || { tail -n 20 "$log" >&2; die 1 "the server did not start, see $log"; }
    [ $SECONDS -lt $deadline ] || die 1 "Bolt did not answer on port $port within $ready_within s, see $log"
    sleep 0.2
  done
  for p in $keeping; do
    [[ $(ps -ww -p "$pid" -o args=) == *"/keeping/$p $p"* ]] || die 1 "the server on port $port runs without one on port $p: stop it first"
  done
  echo "$address"
}

# One start or stop of a port at a time; the second start finds the server running.
exclusive() {
  need flock "install util-linux"
  mkdir -p "$dir"
  # The folder ignores itself, wherever it is made.
  [ -e "$state/.gitignore" ] || echo '*' >"$state/.gitignore"
  exec 9>"$dir/lock"
  flock 9
}

need ps "install procps"
case $command in
  start) exclusive; start ;;
  stop) exclusive; stop ;;
  status)
    if pid=$(running); then echo "running, process $pid, $address"; else echo "stopped"; exit 1; fi ;;
  home) echo "$data" ;;
esac
