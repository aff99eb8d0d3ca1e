package store

import (
	"cmp"
	"context"
	"database/sql"
	"encoding/hex"
	"encoding/json"
	"errors"
	"fmt"
	"slices"

	"github.com/google/uuid"

	"github.com/pijnpoort/pijnpoort/mapping/registration"
	"github.com/pijnpoort/pijnpoort/registry/pseudonym"
)

// sealed is what lies sealed in a row of a patient.
type sealed struct {
	Identifiers []registration.Identifier `json:"identifiers"`
	// Identity is the identifier that pseudonyms are made of; zero while none can be one.
	Identity registration.Identifier `json:"identity,omitzero"`
	Key      string                  `json:"key,omitempty"` // of the item "patient": it may hold an identifier
}

// tokens are the keyed hashes of identifiers, by which a patient is found.
func (k *Keys) tokens(tenant string, identifiers []registration.Identifier) []string {
	list := make([]string, len(identifiers))
	for i, identifier := range identifiers {
		list[i] = hex.EncodeToString(k.mac("token", tenant, identifier.System, identifier.Value))
	}
	return list
}

// patientID is the id of a patient who is first known by an identifier: a UUID of which
// version and variant are those of custom data (RFC 9562, version 8).
func (k *Keys) patientID(tenant string, identifier registration.Identifier) string {
	id := uuid.UUID(k.mac("patient", tenant, identifier.System, identifier.Value)[:16])
	id[6] = id[6]&0x0f | 0x80
	id[8] = id[8]&0x3f | 0x80
	return id.String()
}

// known are identifiers that can tell a patient: with a system and a value, each once.
func known(identifiers []registration.Identifier) []registration.Identifier {
	var list []registration.Identifier
	for _, identifier := range identifiers {
		if identifier.System != "" && identifier.Value != "" && !slices.Contains(list, identifier) {
			list = append(list, identifier)
		}
	}
	return list
}

// Find gives the id of the patient who has one of the identifiers, or ErrNotFound.
func (r *Reader) Find(ctx context.Context, tenant string, identifiers []registration.Identifier) (string, error) {
	ids, err := r.owners(ctx, r.keys.tokens(tenant, known(identifiers)))
	switch {
	case err != nil:
		return "", err
	case len(ids) == 0:
		return "", ErrNotFound
	case len(ids) > 1:
		return "", ErrIdentity
	}
	return ids[0], nil
}

// owners are the patients that tokens lead to, each once, in the order of the tokens.
func (r *Reader) owners(ctx context.Context, tokens []string) ([]string, error) {
	var ids []string
	for _, token := range tokens {
		var id string
		err := r.db.QueryRowContext(ctx, `SELECT patient FROM patient_token WHERE token = $1`, token).Scan(&id)
		switch {
		case errors.Is(err, sql.ErrNoRows):
		case err != nil:
			return nil, fmt.Errorf("store: find a patient: %w", err)
		case !slices.Contains(ids, id):
			ids = append(ids, id)
		}
	}
	return ids, nil
}

// identify finds or makes the row of a patient, holds it until the transaction ends, and
// adds identifiers that are new. Rows that the sender says to be the same patient's are
// merged into one; absorbed are the ids of the others.
func (tx *Tx) identify(ctx context.Context, tenant string, w who) (id string, absorbed []string, err error) {
	w.identifiers, w.replaces, w.replacedBy = known(w.identifiers), known(w.replaces), known(w.replacedBy)
	if len(w.identifiers) == 0 {
		return "", nil, ErrAnonymous
	}
	everything := slices.Concat(w.identifiers, w.replaces, w.replacedBy)
	tokens := tx.keys.tokens(tenant, everything)
	if err := tx.lock(ctx, tokens); err != nil {
		return "", nil, err
	}
	if twoBSNs(everything) {
		return "", nil, ErrIdentity
	}
	owners, err := tx.same(ctx, tenant, w)
	if err != nil {
		return "", nil, err
	}
	if len(owners) == 0 {
		id, err := tx.newPatient(ctx, tenant, w)
		return id, nil, err
	}
	id, absorbed = owners[0], owners[1:]
	content := sealed{Key: w.key}
	all := registration.Registration{Patient: registration.Patient{Identifiers: everything}}
	for _, owner := range owners {
		row, err := tx.patientRow(ctx, owner, tx.dialect.forUpdate)
		if err != nil {
			return "", nil, err
		}
		if w.contradicts(row.sealed.Identifiers) {
			return "", nil, ErrIdentity
		}
		content.Key = cmp.Or(content.Key, row.sealed.Key)
		content.Identity = cmp.Or(content.Identity, row.sealed.Identity)
		if content.Identity == (registration.Identifier{}) { // kept before one was chosen: it was the first
			content.Identity, _ = pseudonym.Usable(row.sealed.Identifiers)
		}
		all = *registration.Merge(&registration.Registration{Patient: registration.Patient{Identifiers: row.sealed.Identifiers}}, &all)
	}
	if content.Identity == (registration.Identifier{}) {
		content.Identity, _ = pseudonym.Usable(w.identifiers)
	}
	content.Identifiers = all.Patient.Identifiers
	return id, absorbed, errors.Join(
		tx.sealPatient(ctx, id, content), tx.setClinic(ctx, id, w.clinic), tx.addTokens(ctx, id, tokens), tx.absorb(ctx, id, absorbed))
}

// newPatient makes a row. Where the id is taken, by a patient who has lost the identifier
// since, a random one serves.
func (tx *Tx) newPatient(ctx context.Context, tenant string, w who) (string, error) {
	id := tx.keys.patientID(tenant, w.identifiers[0])
	var taken int
	if err := tx.db.QueryRowContext(ctx, `SELECT count(*) FROM patient WHERE id = $1`, id).Scan(&taken); err != nil {
		return "", err
	}
	if taken > 0 {
		id = uuid.NewString()
	}
	identity, _ := pseudonym.Usable(w.identifiers)
	everything := registration.Merge(&registration.Registration{}, &registration.Registration{
		Patient: registration.Patient{Identifiers: slices.Concat(w.identifiers, w.replaces, w.replacedBy)}}).Patient.Identifiers
	content, err := tx.sealed(id, sealed{everything, identity, w.key})
	if err != nil {
		return "", err
	}
	_, err = tx.db.ExecContext(ctx, `INSERT INTO patient (id, tenant, clinic, identifiers, created_at, updated_at) VALUES ($1, $2, $3, $4, $5, $5)`,
		id, tenant, w.clinic, content, at(tx.now))
	if err != nil {
		return "", fmt.Errorf("store: add a patient: %w", err)
	}
	return id, tx.addTokens(ctx, id, tx.keys.tokens(tenant, everything))
}

func (tx *Tx) sealed(id string, content sealed) ([]byte, error) {
	document, err := json.Marshal(content)
	if err != nil {
		return nil, err
	}
	return tx.keys.seal(id, document)
}

// sealPatient writes what lies sealed, when it differs.
func (tx *Tx) sealPatient(ctx context.Context, id string, content sealed) error {
	row, err := tx.patientRow(ctx, id, "")
	if err != nil || slices.Equal(row.sealed.Identifiers, content.Identifiers) && row.sealed.Identity == content.Identity && row.sealed.Key == content.Key {
		return err
	}
	document, err := tx.sealed(id, content)
	if err != nil {
		return err
	}
	_, err = tx.db.ExecContext(ctx, `UPDATE patient SET identifiers = $2 WHERE id = $1`, id, document)
	return err
}

// setClinic notes which clinic sent last.
func (tx *Tx) setClinic(ctx context.Context, id, clinic string) error {
	if clinic == "" {
		return nil
	}
	_, err := tx.db.ExecContext(ctx, `UPDATE patient SET clinic = $2 WHERE id = $1 AND clinic <> $2`, id, clinic)
	return err
}

func (tx *Tx) addTokens(ctx context.Context, id string, tokens []string) error {
	for _, token := range tokens {
		_, err := tx.db.ExecContext(ctx, `INSERT INTO patient_token (token, patient) VALUES ($1, $2) ON CONFLICT (token) DO NOTHING`, token, id)
		if err != nil {
			return fmt.Errorf("store: add a token: %w", err)
		}
	}
	return nil
}

// absorb gives the tokens of patients to another, who they turned out to be. The items
// follow in merge.
func (tx *Tx) absorb(ctx context.Context, id string, others []string) error {
	for _, other := range others {
		_, err := tx.db.ExecContext(ctx, `UPDATE patient_token SET patient = $1 WHERE patient = $2`, id, other)
		if err != nil {
			return err
		}
		// One who opted out has, whatever identifier he said it with.
		_, err = tx.db.ExecContext(ctx, `UPDATE patient SET opted_out_at = COALESCE(opted_out_at, (SELECT opted_out_at FROM patient WHERE id = $2)) WHERE id = $1`, id, other)
		if err != nil {
			return err
		}
		// Who was merged into the other is now merged into this one.
		_, err = tx.db.ExecContext(ctx, `UPDATE patient SET merged_into = $1, updated_at = $3 WHERE id = $2 OR merged_into = $2`, id, other, at(tx.now))
		if err != nil {
			return err
		}
	}
	return nil
}
