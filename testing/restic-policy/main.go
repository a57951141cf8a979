// Which snapshots restic's own `forget` keeps and removes.
//
// It is built inside a copy of restic's module, whose policy is internal. One request a line on stdin,
// `{"times": [<milliseconds since the Unix epoch>], "policy": {"Last": 1, "WithinDaily": {"Days": 7}}}`; one answer a line
// on stdout, `{"keep": [<indices>], "reasons": [[<text>]]}`. With any argument, it prints the version and ends.
package main

import (
	"bufio"
	"encoding/json"
	"fmt"
	"os"
	"time"

	"github.com/restic/restic/internal/restic"
)

var version = "unknown"

type request struct {
	Times  []int64             `json:"times"`
	Policy restic.ExpirePolicy `json:"policy"`
}

type answer struct {
	Keep    []int      `json:"keep"`
	Reasons [][]string `json:"reasons"`
}

func main() {
	if len(os.Args) > 1 {
		fmt.Println(version)
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
		if err := out.Encode(apply(asked)); err != nil {
			panic(err)
		}
	}
}

func apply(asked request) answer {
	list := restic.Snapshots{}
	indices := map[*restic.Snapshot]int{}
	for index, milliseconds := range asked.Times {
		snapshot := &restic.Snapshot{Time: time.UnixMilli(milliseconds).UTC()}
		indices[snapshot] = index
		list = append(list, snapshot)
	}
	keep, _, reasons := restic.ApplyPolicy(list, asked.Policy)
	found := answer{Keep: []int{}, Reasons: [][]string{}}
	for nr, snapshot := range keep {
		found.Keep = append(found.Keep, indices[snapshot])
		found.Reasons = append(found.Reasons, reasons[nr].Matches)
	}
	return found
}
