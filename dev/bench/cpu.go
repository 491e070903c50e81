package bench

import (
	"os"
	"path/filepath"
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

// Working is what the threads of a Java process have used that are neither its compiler's nor its collector's: that depends on what ran
// before, and comes at any time. 0 where it cannot be read.
func Working(pid int) (sum time.Duration) {
	threads, _ := filepath.Glob("/proc/" + strconv.Itoa(pid) + "/task/*")
	for _, t := range threads {
		comm, _ := os.ReadFile(t + "/comm")
		stat, _ := os.ReadFile(t + "/schedstat")
		if name := string(comm); strings.HasPrefix(name, "C1 ") || strings.HasPrefix(name, "C2 ") || strings.HasPrefix(name, "G1 ") || strings.HasPrefix(name, "GC ") || strings.HasPrefix(name, "VM ") {
			continue
		}
		ran, _, _ := strings.Cut(string(stat), " ")
		ns, _ := strconv.ParseInt(ran, 10, 64)
		sum += time.Duration(ns)
	}
	return sum
}
