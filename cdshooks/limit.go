package cdshooks

import (
	"container/list"
	"math"
	"net/http"
	"net/netip"
	"strconv"
	"sync"
	"time"

	"github.com/gin-gonic/gin"
	"golang.org/x/time/rate"
)

// Rate bounds how often one client may call.
type Rate struct {
	PerSecond float64 // on average; 0 is no bound
	Burst     int     // at once; 0 is what PerSecond allows in two seconds
}

// limits keeps how often clients called: of those of late, and of so many at most.
type limits struct {
	rate  rate.Limit
	burst int
	full  time.Duration // after which a client may burst again: it need not be remembered

	mu      sync.Mutex
	clients map[string]*list.Element
	recent  *list.List // of *limited, the latest first
}

// limited is one client.
type limited struct {
	name string
	*rate.Limiter
	last time.Time
}

// mostLimited is how many clients are remembered: some 2 MB of them.
const mostLimited = 10_000

// newLimits is nil for no bound.
func newLimits(r Rate) *limits {
	if r.PerSecond <= 0 {
		return nil
	}
	if r.Burst <= 0 {
		r.Burst = max(1, int(math.Ceil(2*r.PerSecond)))
	}
	return &limits{rate: rate.Limit(r.PerSecond), burst: r.Burst, full: time.Duration(float64(r.Burst) / r.PerSecond * float64(time.Second)),
		clients: map[string]*list.Element{}, recent: list.New()}
}

// wait takes a call of a client; it is how long that must wait, or 0.
func (l *limits) wait(name string, now time.Time) time.Duration {
	l.mu.Lock()
	defer l.mu.Unlock()
	l.forget(now)
	element, known := l.clients[name]
	if !known {
		element = l.recent.PushFront(&limited{name: name, Limiter: rate.NewLimiter(l.rate, l.burst)})
		l.clients[name] = element
	}
	l.recent.MoveToFront(element)
	client := element.Value.(*limited)
	client.last = now
	reservation := client.ReserveN(now, 1)
	wait := reservation.DelayFrom(now)
	if wait > 0 {
		reservation.CancelAt(now)
	}
	return wait
}

// forget drops clients that did not call for so long that it makes no difference, and
// beyond the most that are remembered those that called longest ago.
func (l *limits) forget(now time.Time) {
	for oldest := l.recent.Back(); oldest != nil; oldest = l.recent.Back() {
		client := oldest.Value.(*limited)
		if now.Sub(client.last) < l.full && l.recent.Len() < mostLimited {
			return
		}
		l.recent.Remove(oldest)
		delete(l.clients, client.name)
	}
}

// limit refuses clients that call too often: a client by its name, and whoever has none
// by the address that the connection comes from. A proxy in front of us is one address.
func (s *server) limit(c *gin.Context) {
	if s.limits == nil {
		return
	}
	name := c.GetString(callerKey)
	if name == "" {
		name = network(c.RemoteIP())
	}
	if wait := s.limits.wait(name, s.Now()); wait > 0 {
		c.Header("Retry-After", strconv.Itoa(int(math.Ceil(wait.Seconds()))))
		s.fail(c, refuse(http.StatusTooManyRequests, "throttled", "", "more calls than allowed; see the header Retry-After"))
	}
}

// network is the address, of IPv6 the network: one machine has many addresses there.
func network(address string) string {
	ip, err := netip.ParseAddr(address)
	if err != nil || ip.Unmap().Is4() {
		return address
	}
	prefix, err := ip.Prefix(64)
	if err != nil {
		return address
	}
	return prefix.String()
}
