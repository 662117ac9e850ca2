package experiments

import (
	"fmt"
	"slices"
	"strings"

	"onepen/models"
)

// constraint is a comparison that a point must satisfy to be run, such as
//
//	stores.links.quorum <= stores.links.replicas
//	lanes.clicks.arrivals.rate * 2ms < stores.links.servers
//
// Each side is a parameter or a value, or a product or quotient of such, with
// blanks between all parts. Numbers are compared in base units; other values
// are equal or not.
type constraint struct {
	left, right []term
	compare     string
}

// term is a part of one side: a parameter or a value, by which what stands
// before it is multiplied, or divided.
type term struct {
	text   string
	divide bool
}

// comparisons lists the signs that compare.
var comparisons = []string{"<=", ">=", "==", "!=", "<", ">"}

// parseConstraint reads a constraint on scenarios like the base.
func parseConstraint(text string, base *models.Scenario) (constraint, error) {
	words := strings.Fields(text)
	at := slices.IndexFunc(words, func(w string) bool { return slices.Contains(comparisons, w) })
	if at < 0 {
		return constraint{}, fmt.Errorf("must compare two sides by one of %s, with blanks around it, such as stores.x.quorum <= stores.x.replicas; got %q", strings.Join(comparisons, " "), text)
	}
	left, err := parseSide(words[:at], base)
	if err != nil {
		return constraint{}, err
	}
	right, err := parseSide(words[at+1:], base)
	if err != nil {
		return constraint{}, err
	}
	c := constraint{left, right, words[at]}
	if _, err := c.holds(base); err != nil {
		return constraint{}, err
	}
	return c, nil
}

// parseSide reads one side of a comparison.
func parseSide(words []string, base *models.Scenario) ([]term, error) {
	var terms []term
	for i, word := range words {
		if i%2 == 1 {
			if word != "*" && word != "/" {
				return nil, fmt.Errorf("must have * or / between parameters and values, got %q", word)
			}
			continue
		}
		if err := checkTerm(word, base); err != nil {
			return nil, err
		}
		terms = append(terms, term{word, i > 0 && words[i-1] == "/"})
	}
	if len(words)%2 == 0 {
		return nil, fmt.Errorf("must have a parameter or a value on both sides, such as stores.x.quorum <= stores.x.replicas")
	}
	return terms, nil
}

// checkTerm refuses a word that looks like the path of a parameter and is none.
func checkTerm(word string, base *models.Scenario) error {
	if _, number := quantity(word); number {
		return nil
	}
	section, _, dotted := strings.Cut(word, ".")
	if dotted && slices.Contains(models.Sections(), section) {
		_, err := base.Value(word)
		return err
	}
	return nil
}

// holds reports whether a scenario satisfies the constraint.
func (c constraint) holds(s *models.Scenario) (bool, error) {
	left, leftText, leftNumber := evaluate(c.left, s)
	right, rightText, rightNumber := evaluate(c.right, s)
	if leftNumber && rightNumber {
		switch c.compare {
		case "<":
			return left < right, nil
		case "<=":
			return left <= right, nil
		case ">":
			return left > right, nil
		case ">=":
			return left >= right, nil
		case "==":
			return left == right, nil
		}
		return left != right, nil
	}
	switch {
	case c.compare == "==" && len(c.left)+len(c.right) == 2:
		return leftText == rightText, nil
	case c.compare == "!=" && len(c.left)+len(c.right) == 2:
		return leftText != rightText, nil
	case !leftNumber:
		return false, fmt.Errorf("%q is no number, and %s needs numbers", leftText, c.compare)
	}
	return false, fmt.Errorf("%q is no number, and %s needs numbers", rightText, c.compare)
}

// evaluate returns the value of a side, as a number in base units if it is one,
// and else the text that is none.
func evaluate(side []term, s *models.Scenario) (x float64, text string, number bool) {
	x = 1
	for _, t := range side {
		text = t.text
		var y float64
		if p, err := s.Declaration(t.text); err == nil {
			text, _ = s.Value(t.text) // it is declared
			y, number = p.Number(text)
		} else {
			y, number = quantity(t.text)
		}
		switch {
		case !number:
			return 0, text, false
		case t.divide:
			x /= y
		default:
			x *= y
		}
	}
	return x, text, true
}

// quantity reads a number, a time or a rate in base units.
func quantity(text string) (float64, bool) {
	for _, kind := range []models.Kind{models.KindNumber, models.KindSpan, models.KindRate} {
		if x, ok := (&models.Param{Kind: kind}).Number(text); ok {
			return x, true
		}
	}
	return 0, false
}
