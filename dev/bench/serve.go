package bench

import (
	"bytes"
	"errors"
	"fmt"
	"net"
	"net/http"
	"os"
	"os/exec"
	"path/filepath"
	"strings"
	"time"
)

// Build builds the program as it is in the working directory's repository.
func Build(program string) error {
	if out, err := exec.Command("go", "build", "-o", program, "./cmd/kith").CombinedOutput(); err != nil {
		return fmt.Errorf("go build: %w: %s", err, out)
	}
	return nil
}

// A Server is a process of `kith serve`.
type Server struct {
	URL  string
	PID  int
	cmd  *exec.Cmd
	told bytes.Buffer
}

// Serve starts the program with a store at a free port, and waits until it is ready.
func Serve(program, store string, args ...string) (*Server, error) {
	l, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		return nil, err
	}
	addr := l.Addr().String()
	l.Close()
	s := &Server{URL: "http://" + addr, cmd: exec.Command(program, append([]string{"serve", "--store", store, "--addr", addr}, args...)...)}
	s.cmd.Dir, s.cmd.Stderr = filepath.Dir(program), &s.told
	if err := s.cmd.Start(); err != nil {
		return nil, err
	}
	s.PID = s.cmd.Process.Pid
	for range 600 {
		if res, err := http.Get(s.URL + "/readyz"); err == nil {
			res.Body.Close()
			if res.StatusCode == http.StatusOK {
				return s, nil
			}
		}
		time.Sleep(100 * time.Millisecond)
	}
	return nil, errors.Join(errors.New("the server is not ready after a minute"), s.End())
}

// End stops it.
func (s *Server) End() error {
	err := s.cmd.Process.Signal(os.Interrupt)
	if failed := s.cmd.Wait(); failed != nil {
		err = errors.Join(err, fmt.Errorf("kith serve: %w: %s", failed, s.told.String()))
	}
	return err
}

// Peak is how many bytes a process has had in memory at most, the pages of files that it maps included.
func Peak(pid int) (int64, error) { return memory(pid, "VmHWM") }

// Own is how many bytes a process has in memory that are of no file: pages of a database that it maps are the system's to take.
func Own(pid int) (int64, error) { return memory(pid, "RssAnon") }

func memory(pid int, which string) (int64, error) {
	text, err := os.ReadFile(fmt.Sprintf("/proc/%d/status", pid))
	if err != nil {
		return 0, err
	}
	for line := range strings.Lines(string(text)) {
		var kb int64
		if n, _ := fmt.Sscanf(line, which+": %d kB", &kb); n == 1 {
			return kb << 10, nil
		}
	}
	return 0, errors.New("the system does not tell how much memory a process has")
}
