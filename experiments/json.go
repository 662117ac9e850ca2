package experiments

import (
	"bytes"
	"encoding/json"
	"io"
	"math"
	"strings"

	"onepen/models"
)

// WriteJSON writes what a run measured as one JSON object, with the names and
// base units of the CSV columns. What was not measured is null.
func WriteJSON(w io.Writer, about Origin, r Report) error {
	var lanes, allocators, stores []object
	for i := range r.Result.Lanes {
		l := &r.Result.Lanes[i]
		lanes = append(lanes, append(object{{"lane", l.Name}}, measures(models.LaneMeasures(), l)...))
	}
	for i := range r.Result.Allocators {
		a := &r.Result.Allocators[i]
		allocators = append(allocators, append(object{{"allocator", a.Name}, {"strategy", a.Strategy.String()}}, measures(models.AllocatorMeasures(), a)...))
	}
	for i := range r.Result.Stores {
		s := &r.Result.Stores[i]
		var partitions []object
		for j := range s.Partitions {
			p := &s.Partitions[j]
			partitions = append(partitions, append(object{{"partition", p.Partition}}, measures(models.PartitionMeasures(), p)...))
		}
		store := append(object{{"store", s.Name}}, measures(models.StoreMeasures(), s)...)
		var nodes []object
		for j := range s.Nodes {
			n := &s.Nodes[j]
			nodes = append(nodes, append(object{{"node", n.Node}}, measures(models.NodeMeasures(), n)...))
		}
		stores = append(stores, append(store, member{"partitions", list(partitions)}, member{"nodes", list(nodes)}))
	}
	var breaches []object
	for _, b := range r.Breaches {
		breaches = append(breaches, object{{"kind", b.Kind.String()}, {"component", b.Name}, {"what", b.What}, {"at_s", b.At.Seconds()}, {"piled", b.Piled}})
	}
	result := object{
		{"version", about.Version},
		{"scenario", r.Scenario.Name},
		{"config", ConfigHash(r.Scenario)},
		{"replication", r.Replication},
		{"seed", r.Scenario.Seed},
		{"from_s", r.Result.From.Seconds()},
		{"to_s", r.Result.To.Seconds()},
		{"halted", r.Result.Halted},
		{"warnings", list(r.Warnings)},
		{"fighting_over", strings.Join(r.Contention, ", ")},
		{"breaches", list(breaches)},
		{"lanes", list(lanes)},
		{"allocators", list(allocators)},
		{"stores", list(stores)},
	}
	return EncodeJSON(w, result)
}

// EncodeJSON writes a value as JSON that people can read as well: indented, and
// without escapes of <, > and &, which are for pages of HTML.
func EncodeJSON(w io.Writer, v any) error {
	e := json.NewEncoder(w)
	e.SetEscapeHTML(false)
	e.SetIndent("", "  ")
	return e.Encode(v)
}

// object is a JSON object whose members keep their order.
type object []member

type member struct {
	name  string
	value any
}

// MarshalJSON writes the members in their order.
func (o object) MarshalJSON() ([]byte, error) {
	var b bytes.Buffer
	b.WriteByte('{')
	for i, m := range o {
		if i > 0 {
			b.WriteByte(',')
		}
		name, err := encode(m.name)
		if err != nil {
			return nil, err
		}
		value, err := encode(m.value)
		if err != nil {
			return nil, err
		}
		b.Write(name)
		b.WriteByte(':')
		b.Write(value)
	}
	b.WriteByte('}')
	return b.Bytes(), nil
}

// encode is json.Marshal without its escapes of <, > and &, which are for
// pages of HTML.
func encode(v any) ([]byte, error) {
	var b bytes.Buffer
	e := json.NewEncoder(&b)
	e.SetEscapeHTML(false)
	err := e.Encode(v)
	return bytes.TrimSuffix(b.Bytes(), []byte("\n")), err
}

// measures returns the declared measures of a result as members.
func measures[M any](declared []models.Measure[M], of *M) object {
	o := make(object, len(declared))
	for i, m := range declared {
		o[i] = member{m.Name, Finite(m.Of(of))}
	}
	return o
}

// Finite returns a number that JSON can hold, or nil, which is null there.
func Finite(x float64) *float64 {
	if math.IsNaN(x) || math.IsInf(x, 0) {
		return nil
	}
	return &x
}

// list returns a slice that is written as [] rather than as null when empty.
func list[T any](items []T) []T {
	if items == nil {
		return []T{}
	}
	return items
}
