// Package rules has the rules of the architecture as tests: which package may import what, of the standard library, too, that
// each says what it is for, that files stay readable, and that NOTICE lists what is linked. It imports the standard library only.
package rules

// Names of imports: those of the module begin with a dot, as ./graph; . is the module's root. One that ends in /... stands for
// all below, too.

// free is what every package may import: what computes, and reaches neither files, nor the network, nor other processes, and
// knows no secrets and no chance.
const free = `bufio bytes cmp context encoding encoding/base32 encoding/base64 encoding/binary encoding/csv encoding/hex encoding/json
	errors fmt io iter maps math math/big math/bits path regexp slices sort strconv strings sync sync/atomic time unicode/...`

// freeInTests is what every test may import beside what its package may. Tests of graph know neither GraphQL's runtime nor
// HTTP either, as resolvers and server are not here.
const freeInTests = `. ./dev/neo4j ./graph/...
	flag io/fs log/slog math/rand/v2 net os os/exec path/filepath reflect runtime testing/...
	github.com/google/go-cmp/... github.com/stretchr/testify/... pgregory.net/rapid`

// forDeveloping is what the product is never made of, whatever its lines say.
const forDeveloping = `./cmd/... ./dev/... ./graph/graphtest testing/... github.com/google/go-cmp/... github.com/stretchr/testify/... pgregory.net/rapid`

// imports lists what each package may import beside what is free.
var imports = map[string]string{
	".":           "embed",
	"./graph":     "",
	"./loaders":   "github.com/vikstrous/dataloadgen",
	"./resolvers": "./graph ./graph/change ./graph/committee ./graph/exposure ./graph/fold ./graph/journal ./graph/journey ./graph/policy ./graph/rights ./graph/sdl ./graph/secret ./graph/stat ./resolvers/gql crypto/sha256 hash/fnv hash/maphash reflect github.com/99designs/gqlgen/... github.com/hashicorp/golang-lru/v2 github.com/sosodev/duration github.com/vektah/gqlparser/v2/... ./loaders",
	"./server":    "./graph ./resolvers ./server/accept ./server/auth ./server/documents ./server/spans compress/gzip crypto/rand hash/maphash log/slog mime net net/http net/url reflect runtime runtime/debug github.com/99designs/gqlgen/... github.com/hashicorp/golang-lru/v2 github.com/klauspost/compress/zstd github.com/vektah/gqlparser/v2/... github.com/prometheus/client_golang/... github.com/rs/cors",
	"./web":       "./server/accept github.com/klauspost/compress/zstd compress/gzip crypto/rand crypto/sha256 embed html io/fs net net/http net/url",

	"./graph/change":     "./graph ./graph/policy ./graph/rights ./graph/rules",
	"./graph/committee":  "./graph ./graph/stat ./graph/yaml embed",
	"./graph/demo":       "./graph time/tzdata",
	"./graph/exposure":   "./graph/stat",
	"./graph/fold":       "golang.org/x/text/...",
	"./graph/graphtest":  ". ./graph ./graph/fold ./graph/rules ./graph/sdl ./graph/write crypto/sha256 math/rand/v2 os testing github.com/vektah/gqlparser/v2/ast github.com/stretchr/testify/... github.com/google/go-cmp/...",
	"./graph/ingest":     "./graph compress/gzip crypto/sha256 encoding/xml hash/maphash ./graph/fold ./graph/write ./graph/yaml embed os path/filepath github.com/expr-lang/expr/... github.com/cockroachdb/apd/v3 github.com/agnivade/levenshtein",
	"./graph/journey":    "./graph/stat hash/maphash regexp/syntax github.com/agnivade/levenshtein",
	"./graph/journal":    "./graph ./graph/fold crypto/rand crypto/sha256 hash/crc32 os path/filepath runtime syscall",
	"./graph/lease":      "./graph ./graph/write",
	"./graph/projection": "./graph ./graph/journey ./graph/policy crypto/sha256 io/fs log/slog os path/filepath",
	"./graph/ocel":       "./graph",
	"./graph/neo4j":      "./graph ./graph/fold ./graph/write hash/maphash log/slog net/url github.com/neo4j/neo4j-go-driver/v5/...",
	"./graph/policy":     "./graph ./graph/exposure ./graph/journey ./graph/yaml crypto/sha256 embed",
	"./graph/retain":     "./graph",
	"./graph/rights":     "./graph ./graph/fold ./graph/policy",
	"./graph/rules":      "./graph net/mail net/url time/tzdata github.com/nyaruka/phonenumbers golang.org/x/net/idna golang.org/x/text/...",
	"./graph/sdl":        "./graph ./graph/fold github.com/vektah/gqlparser/v2/...",
	"./graph/secret":     "crypto/hkdf crypto/hmac crypto/rand crypto/sha256 io/fs os path/filepath github.com/tink-crypto/tink-go/v2/daead/subtle",
	"./graph/sqlite":     "./graph ./graph/fold ./graph/write database/sql/... log/slog net/url os path/filepath runtime modernc.org/sqlite/...",
	"./graph/stat":       "",
	"./graph/write":      "./graph ./graph/fold ./graph/rules crypto/rand crypto/sha256 encoding/hex reflect",
	"./graph/yaml":       "github.com/goccy/go-yaml",
	"./resolvers/gql":    "./graph ./graph/rights",
	"./server/accept":    "mime net/http",
	"./server/auth":      "./graph crypto/ecdsa crypto/ed25519 crypto/elliptic crypto/rsa log/slog os github.com/golang-jwt/jwt/v5 github.com/MicahParks/keyfunc/v3",
	"./server/documents": "crypto/sha256 encoding/binary io/fs os path/filepath github.com/vektah/gqlparser/v2/...",
	"./server/spans":     "./graph ./graph/policy compress/gzip log/slog math/rand/v2 net/http net/url os github.com/99designs/gqlgen/graphql go.opentelemetry.io/... google.golang.org/protobuf/...",

	"./cmd/kith": `. ./graph/... ./resolvers ./server/... ./web compress/gzip container/heap crypto/sha256 encoding/csv hash/maphash io/fs log/slog net net/http net/url os/... path/filepath runtime/debug syscall text/tabwriter
		github.com/agnivade/levenshtein github.com/alecthomas/kong github.com/cheggaaa/pb/v3 github.com/vektah/gqlparser/v2/... golang.org/x/term`,

	"./dev/asking": "./graph ./graph/fold ./graph/sdl math/rand/v2 github.com/vektah/gqlparser/v2/...",
	"./dev/attack": "flag net net/http os/... path/filepath regexp text/tabwriter",
	"./dev/bench": `./graph ./graph/committee ./graph/fold ./graph/journal ./graph/policy ./graph/write ./resolvers ./server ./server/spans crypto/sha256 log/slog math/rand/v2 net net/http
		github.com/google/go-cmp/... github.com/neo4j/neo4j-go-driver/v5/... github.com/vektah/gqlparser/v2/ast os os/exec path/filepath`,
	"./dev/bench/cmd": `. ./dev/bench ./graph ./graph/journal ./graph/neo4j ./graph/sdl ./graph/sqlite ./server/spans flag io/fs log log/slog net net/http os/... path/filepath
		runtime/... syscall text/tabwriter net/http/pprof`,
	"./dev/bench/journeys": `. ./dev/bench ./graph ./graph/journey ./graph/projection ./graph/sdl ./graph/sqlite encoding/binary encoding/json flag log math/rand/v2 net/http net/http/httptest
		os/... path/filepath runtime/... syscall text/tabwriter github.com/google/go-cmp/cmp github.com/vektah/gqlparser/v2/ast`,
	"./dev/bench/planning":  `. ./graph ./graph/graphtest ./graph/neo4j ./graph/sdl encoding/json flag io/fs log math/rand/v2 os path/filepath github.com/neo4j/neo4j-go-driver/v5/neo4j ./dev/bench`,
	"./dev/bench/crowded":   `. ./dev/bench ./graph ./graph/neo4j ./graph/sdl ./graph/sqlite encoding/json flag log net net/http os path/filepath`,
	"./dev/bench/exporting": `. ./dev/bench ./graph ./graph/sdl ./graph/sqlite flag log os/... path/filepath`,
	"./dev/bench/screens": `. ./dev/bench ./graph ./graph/neo4j ./graph/projection ./graph/sdl ./graph/sqlite ./web encoding/json flag io log net net/http os/... path/filepath regexp text/tabwriter
		github.com/vektah/gqlparser/v2/ast`,
	"./dev/bench/writing": `. ./dev/bench ./graph ./graph/neo4j ./graph/sdl ./graph/secret ./graph/sqlite flag log math/rand/v2 net net/http/... net/url os path/filepath text/tabwriter
		github.com/vektah/gqlparser/v2/ast`,
	"./dev/clients":  "",
	"./dev/e2e":      "",
	"./dev/generate": "./graph/sdl log os github.com/99designs/gqlgen/... github.com/vektah/gqlparser/v2/...",
	"./dev/neo4j":    "./graph/graphtest net os/... path/filepath runtime syscall testing github.com/neo4j/neo4j-go-driver/v5/neo4j",
	"./dev/rules":    "go/... io/fs",
}

// sorts are the purposes that are unlike others. What they differ in is asked of a policy.Lens.
const sorts = "./graph.Self ./graph.Analysis ./graph.Compliance"

// stores is what leads to data past a policy.Reader.
const stores = "./graph.Store ./graph/policy.Source ./graph/policy.Over ./graph/policy.WithLogs ./graph/policy.Counter "

// without lists what a package names nothing of, though it imports where that is: some come to data by a policy.Reader alone.
var without = map[string]string{"./resolvers": stores + sorts, "./graph/change": stores + sorts, "./graph/rights": stores + sorts, "./graph/policy": sorts}

// regards is the file that tells purposes apart.
const regards = "graph/policy/regard.go"

// testImports lists what the tests of a package may import beside that.
var testImports = map[string]string{
	"./graph/journey": "compress/gzip encoding/xml",
	"./server":        "./web crypto/hmac crypto/sha256 net/http/httptest go.opentelemetry.io/otel/sdk/...",
	"./server/auth":   "crypto crypto/rand crypto/x509 encoding/pem net/http/...",
	"./web":           "net/http/httptest",
	"./cmd/kith":      "net/http/...",
	"./dev/attack":    "./graph/demo ./graph/graphtest ./graph/journal ./graph/policy ./graph/sqlite ./resolvers ./server log/slog net/http/httptest",
	"./dev/bench":     "net/http/httptest",
	"./dev/clients":   "./resolvers ./server ./server/auth ./server/documents ./web compress/gzip crypto/sha256 net/http/... net/url ./dev/asking github.com/vektah/gqlparser/v2 github.com/vektah/gqlparser/v2/validator/rules",
	"./dev/rules":     "compress/gzip",
	"./dev/e2e":       "compress/gzip database/sql ./resolvers ./server/... ./web net/http/... net/url runtime/metrics github.com/neo4j/neo4j-go-driver/v5/... github.com/vektah/gqlparser/v2/ast golang.org/x/sync/errgroup ./dev/asking crypto/sha256 go.opentelemetry.io/otel/...",
}
