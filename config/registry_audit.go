package config

import (
	"context"
	"errors"
	"fmt"
	"io/fs"
	"os"
	"path/filepath"

	"github.com/pijnpoort/pijnpoort/fhir/client"
	"github.com/pijnpoort/pijnpoort/registry/audit"
	"github.com/pijnpoort/pijnpoort/registry/store"
)

// RegistryAudit is what is logged of who did what with data of patients, and how the log is
// sealed.
type RegistryAudit struct {
	// Access logs every call of a decision service or operation, and what is judged on the
	// workbench; unset is true.
	Access *bool `yaml:"access"`
	// Key is the file with the private key that signs marks of the log: JWK, JWKS or PEM, EC
	// on P-384 or RSA. Empty is the key with which the first registry that wants one knows
	// us, and without any a secret of the site.
	Key string `yaml:"key" validate:"omitempty,file"`
	// FormerKeys are files with keys, public halves will do, that signed earlier marks.
	FormerKeys []string `yaml:"formerKeys" validate:"dive,file"`
}

// LogsAccess reports whether calls are logged.
func (c Config) LogsAccess() bool { return c.Registry.Audit.Access == nil || *c.Registry.Audit.Access }

// marksFile holds the marks, in data.
const marksFile = "audit-marks"

// MarksFile is the file with the marks of the log that this node made.
func (c Config) MarksFile() string { return filepath.Join(c.Data, marksFile) }

// signingKeyFile is the file with the private key for marks, and the setting it stands in;
// empty when there is none.
func (c Config) signingKeyFile() (file, key string) {
	if c.Registry.Audit.Key != "" {
		return c.Registry.Audit.Key, "registry.audit.key"
	}
	for _, t := range c.Registry.Targets {
		if t.Auth.KeyFile != "" {
			return t.Auth.KeyFile, "registry.targets"
		}
	}
	return "", ""
}

// MarkKey is the key that signs marks of the log.
func (c Config) MarkKey(s *store.Store) (*audit.Key, error) {
	file, key := c.signingKeyFile()
	if file == "" {
		return audit.SharedKey(s.Secret("audit mark"))
	}
	document, err := os.ReadFile(file)
	if err != nil {
		return nil, keyError(key, err)
	}
	private, err := client.ParseKey(document)
	if err != nil {
		return nil, keyError(key, fmt.Errorf("%s: %w", file, err))
	}
	signing, err := audit.SigningKey(private)
	if err != nil {
		return nil, keyError(key, fmt.Errorf("%s: %w", file, err))
	}
	return signing, nil
}

// MarkKeys are the keys that marks may be signed with: the one in use, the secret of the
// site, the former ones, and those in more files.
func (c Config) MarkKeys(s *store.Store, more ...string) ([]*audit.Key, error) {
	current, err := c.MarkKey(s)
	if err != nil {
		return nil, err
	}
	shared, err := audit.SharedKey(s.Secret("audit mark"))
	if err != nil {
		return nil, err
	}
	keys := []*audit.Key{current, shared}
	for _, file := range append(append([]string{}, c.Registry.Audit.FormerKeys...), more...) {
		document, err := os.ReadFile(file)
		if err != nil {
			return nil, err
		}
		public, err := audit.PublicKeys(document)
		if err != nil {
			return nil, fmt.Errorf("%s: %w", file, err)
		}
		keys = append(keys, public...)
	}
	return keys, nil
}

// Mark signs the end of the log, and adds that to the file of marks.
func (c Config) Mark(ctx context.Context, s *store.Store, by audit.Party) (audit.Signed, error) {
	key, err := c.MarkKey(s)
	if err != nil {
		return audit.Signed{}, err
	}
	mark, err := c.AuditLog().MarkEnd(ctx, s, key, by)
	if err != nil {
		return mark, err
	}
	return mark, audit.KeepMark(c.MarksFile(), mark)
}

// Marks are those in files, and what is wrong with them. A file in data that is not there
// yet holds none.
func (c Config) Marks(keys []*audit.Key, files ...string) (marks []audit.Mark, faults []audit.Fault, err error) {
	for _, file := range append([]string{c.MarksFile()}, files...) {
		in, err := os.Open(file)
		if errors.Is(err, fs.ErrNotExist) && file == c.MarksFile() {
			continue
		}
		if err != nil {
			return nil, nil, err
		}
		read, wrong, err := audit.ReadMarks(in, keys)
		if err := errors.Join(err, in.Close()); err != nil {
			return nil, nil, fmt.Errorf("%s: %w", file, err)
		}
		for i := range wrong {
			wrong[i].Reason = filepath.Base(file) + ": " + wrong[i].Reason
		}
		marks, faults = append(marks, read...), append(faults, wrong...)
	}
	return marks, faults, nil
}
