package experiments

import (
	"onepen/models"
)

// FactorColumn is the column of a factor in the result files of a sweep: the
// value that a parameter has at a point. Its name is the path of the parameter
// with the base unit at its end, such as lanes.clicks.batch.linger_s.
type FactorColumn struct {
	Path    string
	Unit    string // "" for pure numbers and texts
	Help    string
	Numeric bool // all values are numbers, and written in base units
}

// factorColumn returns the column of a parameter that takes the values.
func factorColumn(p models.Param, path string, values []string) FactorColumn {
	f := FactorColumn{Path: path, Help: p.Help, Numeric: true}
	for _, value := range values {
		_, ok := p.Number(value)
		f.Numeric = f.Numeric && ok
	}
	if f.Numeric {
		f.Unit = p.Unit
	}
	return f
}

// NumberColumn returns the column of a parameter of a scenario that takes
// numbers only.
func NumberColumn(s *models.Scenario, path string) (FactorColumn, error) {
	p, err := s.Declaration(path)
	return FactorColumn{Path: path, Unit: p.Unit, Help: p.Help, Numeric: true}, err
}

// unitEnds lists how base units are written at the end of a column's name;
// counts of things and pure numbers have nothing there.
var unitEnds = map[string]string{"s": "_s", "1/s": "_per_s"}

// Name returns the name of the column.
func (f FactorColumn) Name() string { return f.Path + unitEnds[f.Unit] }

// text returns the value of the factor in a scenario, as the files have it.
func (f FactorColumn) text(s *models.Scenario) string {
	value, err := s.Value(f.Path)
	if err != nil {
		panic(err) // the design has set it
	}
	if !f.Numeric {
		return value
	}
	p, _ := s.Declaration(f.Path) // as above
	x, _ := p.Number(value)
	return number(x)
}
