package main

import (
	"fmt"
	"regexp"
	"strings"

	"github.com/spf13/cobra"
	"github.com/spf13/pflag"

	"onepen/sim/names"
)

// flagError adds to an error about a flag the one that was perhaps meant, and
// where to read on.
func flagError(cmd *cobra.Command, err error) error {
	text := conversion.ReplaceAllStringFunc(err.Error(), refused)
	if name, unknown := strings.CutPrefix(text, "unknown flag: --"); unknown {
		text += elsewhere(cmd, name)
	}
	return fmt.Errorf("%s\nsee: %s --help", text, cmd.CommandPath())
}

// elsewhere says which commands have a flag that a command has not, and which one
// of its own was perhaps meant; "" if there is neither.
func elsewhere(cmd *cobra.Command, name string) string {
	var known, owners []string
	for _, other := range append(cmd.Root().Commands(), cmd.Root()) {
		if other.Flags().Lookup(name) != nil {
			owners = append(owners, other.CommandPath())
		}
	}
	cmd.Flags().VisitAll(func(f *pflag.Flag) { known = append(known, f.Name) })
	near := names.Nearest(name, known)
	if near != "" {
		near = "--" + near
	}
	if owners == nil {
		return meant(near)
	}
	return "; it belongs to " + strings.Join(owners, ", ") + meant(near)
}

// meant asks whether a name was meant; "" of none.
func meant(near string) string {
	if near == "" {
		return ""
	}
	return fmt.Sprintf("; did you mean %s?", near)
}

// conversion is how the flag library ends a message about text that is not of
// the type of its flag.
var conversion = regexp.MustCompile(`: strconv\.\w+: parsing .*$`)

// refused says of such an end what the flag wants: which function could not read
// the text tells a user nothing.
func refused(conversion string) string {
	switch {
	case strings.HasSuffix(conversion, "value out of range"):
		return ": is out of range"
	case strings.Contains(conversion, "Int: "):
		return ": must be a whole number"
	case strings.Contains(conversion, "Bool: "):
		return ": must be true or false"
	}
	return ": must be a number"
}

// refuseEmptyFlags refuses flags that are given nothing: to ignore them would
// hide that a variable of a script is not set.
func refuseEmptyFlags(cmd *cobra.Command) error {
	var err error
	cmd.Flags().Visit(func(f *pflag.Flag) {
		if f.Value.Type() == "string" && f.Value.String() == "" && err == nil {
			err = fmt.Errorf("--%s: must not be empty\nsee: %s --help", f.Name, cmd.CommandPath())
		}
	})
	return err
}
