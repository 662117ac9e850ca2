package sim

import (
	"fmt"
	"strconv"
	"strings"
)

// callArg is one argument of a call such as lognormal(2ms, cv=0.7): its text,
// and its name if it has one.
type callArg struct {
	name, text string
}

// splitCall splits text of the form name(arg, name=arg, …) into its parts,
// without spaces around them. Without parentheses args is nil. An argument in
// double quotes may hold any text, escaped as in Go.
func splitCall(text string) (name string, args []callArg, err error) {
	text = strings.TrimSpace(text)
	if text == "" {
		return "", nil, fmt.Errorf("empty text: want a span such as 2ms or a distribution such as exponential(2ms)")
	}
	name, inside, found := strings.Cut(text, "(")
	name = strings.TrimSpace(name)
	if !found {
		return name, nil, nil
	}
	inside, closed := strings.CutSuffix(inside, ")")
	if !closed {
		return "", nil, fmt.Errorf("%q: want ) at the end", text)
	}
	args = []callArg{}
	rest := strings.TrimSpace(inside)
	for rest != "" {
		var arg callArg
		arg, rest, err = cutArg(rest)
		if err != nil {
			return "", nil, fmt.Errorf("%q: %w", text, err)
		}
		args = append(args, arg)
	}
	return name, args, nil
}

// cutArg reads the first argument of a list that is not empty and returns what
// follows its comma.
func cutArg(list string) (arg callArg, rest string, err error) {
	end := strings.IndexAny(list, `=,"`)
	if end >= 0 && list[end] == '=' {
		arg.name = strings.TrimSpace(list[:end])
		if arg.name == "" {
			return arg, "", fmt.Errorf("no name before %q", list[end:])
		}
		list = strings.TrimSpace(list[end+1:])
	}
	if strings.HasPrefix(list, `"`) {
		arg.text, rest, err = cutQuoted(list)
		if err != nil {
			return arg, "", err
		}
		if rest != "" && rest[0] != ',' {
			return arg, "", fmt.Errorf("want a comma before %q", rest)
		}
	} else {
		end = strings.IndexByte(list, ',')
		if end < 0 {
			end = len(list)
		}
		arg.text, rest = strings.TrimSpace(list[:end]), list[end:]
		if bad := strings.IndexAny(arg.text, `()="`); bad >= 0 {
			return arg, "", fmt.Errorf("unexpected %q in %q", arg.text[bad], arg.text)
		}
		if arg.text == "" {
			return arg, "", fmt.Errorf("an argument is empty")
		}
	}
	if rest == "" {
		return arg, "", nil
	}
	rest = strings.TrimSpace(rest[1:])
	if rest == "" {
		return arg, "", fmt.Errorf("nothing follows the last comma")
	}
	return arg, rest, nil
}

// cutQuoted reads a text in double quotes from the front of list.
func cutQuoted(list string) (text, rest string, err error) {
	quoted, err := strconv.QuotedPrefix(list)
	if err != nil {
		return "", "", fmt.Errorf("want a closing \" in %q", list)
	}
	text, err = strconv.Unquote(quoted)
	if err != nil {
		return "", "", fmt.Errorf("bad text in quotes: %s", quoted)
	}
	return text, strings.TrimSpace(list[len(quoted):]), nil
}
