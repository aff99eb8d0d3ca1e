package web

import (
	"bufio"
	"errors"
	"fmt"
	"io"
	"net/http"
	"strings"

	"github.com/gin-gonic/gin"
	"golang.org/x/crypto/bcrypt"
)

// Users are the people who may see the pages: name and bcrypt hash of the password.
type Users map[string][]byte

// ReadUsers reads lines "name:hash" as htpasswd -B writes them. Errors name the line.
func ReadUsers(input io.Reader) (Users, error) {
	users := Users{}
	lines := bufio.NewScanner(input)
	for number := 1; lines.Scan(); number++ {
		line := strings.TrimSpace(lines.Text())
		if line == "" || strings.HasPrefix(line, "#") {
			continue
		}
		name, hash, found := strings.Cut(line, ":")
		if !found || name == "" {
			return nil, fmt.Errorf("line %d: must be name:hash", number)
		}
		if _, err := bcrypt.Cost([]byte(hash)); err != nil {
			return nil, fmt.Errorf("line %d: the hash is not one of bcrypt (htpasswd -B)", number)
		}
		if users[name] != nil {
			return nil, fmt.Errorf("line %d: a second line for one name", number)
		}
		users[name] = []byte(hash)
	}
	if err := lines.Err(); err != nil {
		return nil, err
	}
	if len(users) == 0 {
		return nil, errors.New("names nobody")
	}
	return users, nil
}

// absent is compared with when there is no such user, so that the time of an
// answer does not tell who there is.
var absent, _ = bcrypt.GenerateFromPassword([]byte("nobody"), bcrypt.DefaultCost)

// knows reports whether the password is that of the user.
func (u Users) knows(name, password string) bool {
	hash, ok := u[name]
	if !ok {
		hash = absent
	}
	return bcrypt.CompareHashAndPassword(hash, []byte(password)) == nil && ok
}

// authenticated lets known people in.
func (s *server) authenticated(c *gin.Context) {
	if s.Users == nil {
		return
	}
	name, password, given := c.Request.BasicAuth()
	if !given || !s.Users.knows(name, password) {
		c.Header("WWW-Authenticate", `Basic realm="Pijnpoort", charset="UTF-8"`)
		c.AbortWithStatus(http.StatusUnauthorized)
	}
}
