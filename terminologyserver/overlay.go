package terminologyserver

import (
	"sync"
	"sync/atomic"
	"time"

	"github.com/pijnpoort/pijnpoort/mapping/terminology"
)

// lookEvery is how often it is seen whether the folder has changed.
const lookEvery = time.Minute

// Overlay is our terminology with what a folder holds over it, and the site's own over
// both. It follows the folder as it changes, and is safe for concurrent use.
type Overlay struct {
	folder Folder
	site   *terminology.Site
	now    func() time.Time

	laid   atomic.Pointer[laid]
	change sync.Mutex // held while looking
}

// laid is the terminology as of a state of the folder.
type laid struct {
	terminology *terminology.Terminology
	changed     time.Time // of the folder
	looked      time.Time
}

// NewOverlay reads the folder, which need not be there; site may be nil.
func NewOverlay(folder Folder, site *terminology.Site) (*Overlay, error) {
	o := &Overlay{folder: folder, site: site, now: time.Now}
	l, err := o.lay(folder.changed())
	if err != nil {
		return nil, err
	}
	o.laid.Store(l)
	return o, nil
}

func (o *Overlay) lay(changed time.Time) (*laid, error) {
	kinds, err := o.folder.load()
	if err != nil {
		return nil, err
	}
	return &laid{terminology.Embedded().With(kinds).With(o.site), changed, o.now()}, nil
}

// Terminology is the terminology of now. When the folder has changed and cannot be
// read, what was read before stays.
func (o *Overlay) Terminology() *terminology.Terminology {
	l := o.laid.Load()
	if o.now().Sub(l.looked) < lookEvery || !o.change.TryLock() {
		return l.terminology
	}
	defer o.change.Unlock()
	next := *l
	next.looked = o.now()
	if changed := o.folder.changed(); !changed.Equal(l.changed) {
		if read, err := o.lay(changed); err == nil {
			next = *read
		}
	}
	o.laid.Store(&next)
	return next.terminology
}
