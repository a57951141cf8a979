// What HashiCorp's own parser, the one in Terraform and OpenTofu, makes of a text of HCL.
//
// One request a line on stdin, `{"kind": "body" | "expression", "text": <base64>}`; one answer a line on stdout.
// With any argument, it prints the version of that parser and ends.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"math/big"
	"os"
	"runtime/debug"

	"github.com/hashicorp/hcl/v2"
	"github.com/hashicorp/hcl/v2/hclsyntax"
	"github.com/zclconf/go-cty/cty"
)

type request struct {
	Kind string `json:"kind"`
	Text []byte `json:"text"`
}

type diagnostic struct {
	Line    int    `json:"line"`
	Column  int    `json:"column"`
	Summary string `json:"summary"`
}

type attribute struct {
	Name   string       `json:"name"`
	Line   int          `json:"line"`
	Column int          `json:"column"`
	Value  any          `json:"value,omitempty"`
	Errors []diagnostic `json:"errors,omitempty"`
}

type block struct {
	Type       string      `json:"type"`
	Labels     []string    `json:"labels"`
	Line       int         `json:"line"`
	Column     int         `json:"column"`
	Attributes []attribute `json:"attributes"`
	Blocks     []block     `json:"blocks"`
}

type answer struct {
	Errors []diagnostic `json:"errors,omitempty"`
	Body   *block       `json:"body,omitempty"`
	Value  any          `json:"value,omitempty"`
}

func main() {
	if len(os.Args) > 1 {
		printVersion()
		return
	}
	in := bufio.NewReaderSize(os.Stdin, 1<<20)
	out := json.NewEncoder(os.Stdout)
	for {
		line, err := in.ReadBytes('\n')
		if err != nil {
			return
		}
		var asked request
		if err := json.Unmarshal(line, &asked); err != nil {
			panic(err)
		}
		if err := out.Encode(ask(asked)); err != nil {
			panic(err)
		}
	}
}

func printVersion() {
	info, _ := debug.ReadBuildInfo()
	for _, module := range info.Deps {
		if module.Path == "github.com/hashicorp/hcl/v2" {
			fmt.Println(module.Version)
		}
	}
}

func ask(asked request) answer {
	start := hcl.Pos{Byte: 0, Line: 1, Column: 1}
	if asked.Kind == "expression" {
		expr, diags := hclsyntax.ParseExpression(asked.Text, "", start)
		if diags.HasErrors() {
			return answer{Errors: told(diags)}
		}
		value, diags := expr.Value(nil)
		if diags.HasErrors() {
			return answer{Errors: told(diags)}
		}
		return answer{Value: plain(value)}
	}
	file, diags := hclsyntax.ParseConfig(asked.Text, "", start)
	if diags.HasErrors() {
		return answer{Errors: told(diags)}
	}
	body := bodyOf(file.Body.(*hclsyntax.Body))
	return answer{Body: &body}
}

func bodyOf(body *hclsyntax.Body) block {
	found := block{Attributes: []attribute{}, Blocks: []block{}}
	for _, attr := range body.Attributes {
		read := attribute{Name: attr.Name, Line: attr.NameRange.Start.Line, Column: attr.NameRange.Start.Column}
		value, diags := attr.Expr.Value(nil)
		if diags.HasErrors() {
			read.Errors = told(diags)
		} else {
			read.Value = plain(value)
		}
		found.Attributes = append(found.Attributes, read)
	}
	for _, inner := range body.Blocks {
		read := bodyOf(inner.Body)
		read.Type, read.Labels = inner.Type, append([]string{}, inner.Labels...)
		read.Line, read.Column = inner.TypeRange.Start.Line, inner.TypeRange.Start.Column
		found.Blocks = append(found.Blocks, read)
	}
	return found
}

func told(diags hcl.Diagnostics) []diagnostic {
	found := []diagnostic{}
	for _, diag := range diags {
		if diag.Severity != hcl.DiagError {
			continue
		}
		one := diagnostic{Summary: diag.Summary}
		if diag.Subject != nil {
			one.Line, one.Column = diag.Subject.Start.Line, diag.Subject.Start.Column
		}
		found = append(found, one)
	}
	return found
}

// Values as `{"string": …}`, `{"number": …}`, …, so that 1 and "1" stay apart.
func plain(value cty.Value) any {
	switch {
	case !value.IsKnown():
		return map[string]any{"unknown": true}
	case value.IsNull():
		return map[string]any{"null": true}
	case value.Type() == cty.String:
		return map[string]any{"string": value.AsString()}
	case value.Type() == cty.Bool:
		return map[string]any{"bool": value.True()}
	case value.Type() == cty.Number:
		return map[string]any{"number": numberText(value.AsBigFloat())}
	case value.Type().IsObjectType() || value.Type().IsMapType():
		object := map[string]any{}
		for name, element := range value.AsValueMap() {
			object[name] = plain(element)
		}
		return map[string]any{"object": object}
	default:
		tuple := []any{}
		for _, element := range value.AsValueSlice() {
			tuple = append(tuple, plain(element))
		}
		return map[string]any{"tuple": tuple}
	}
}

// As cty turns a number into a string.
func numberText(number *big.Float) string {
	return number.Text('f', -1)
}
