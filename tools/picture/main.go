// Command picture draws the terminal output of a command as an SVG. It reads text
// with ANSI colors from standard input and writes the picture to standard output. The
// same text always gives the same bytes.
//
// With -chart, it reads a plan in JSON instead, and draws what was sent and delivered
// per platform.
package main

import (
	"flag"
	"io"
	"log"
	"os"
)

func main() {
	log.SetFlags(0)
	log.SetPrefix("picture: ")
	title := flag.String("title", "terminal", "`title` of the window")
	chart := flag.Bool("chart", false, "draw the output platforms of a plan in JSON")
	flag.Parse()
	write := run
	if *chart {
		write = runChart
	}
	if err := write(os.Stdin, os.Stdout, *title); err != nil {
		log.Fatal(err)
	}
}

func run(stdin io.Reader, stdout io.Writer, title string) error {
	text, err := io.ReadAll(stdin)
	if err != nil {
		return err
	}
	_, err = io.WriteString(stdout, draw(title, parse(string(text))))
	return err
}
