package bench

import (
	"os"
	"strconv"
	"strings"
	"time"
)

// CPU is what a process has used, user and system, in ticks of 10 ms; 0 where that cannot be read.
func CPU(pid int) time.Duration {
	stat, err := os.ReadFile("/proc/" + strconv.Itoa(pid) + "/stat")
	if err != nil {
		return 0
	}
	_, rest, _ := strings.Cut(string(stat), ") ") // behind the name, which may have anything in it
	fields := strings.Fields(rest)
	if len(fields) < 13 {
		return 0
	}
	user, _ := strconv.Atoi(fields[11])
	system, _ := strconv.Atoi(fields[12])
	return time.Duration(user+system) * 10 * time.Millisecond
}

// PID is the process of a Neo4j that neo4j.sh has started on a port; 0 where none runs.
func PID(port string) int {
	text, err := os.ReadFile(".neo4j/" + port + "/pid")
	if err != nil {
		return 0
	}
	pid, _ := strconv.Atoi(strings.TrimSpace(string(text)))
	return pid
}
