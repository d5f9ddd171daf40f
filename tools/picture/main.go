// Command picture draws what a command prints to a terminal as an SVG: it reads
// text with ANSI colours from standard input and writes the picture to standard
// output. The same text gives the same picture, byte by byte.
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
	title := flag.String("title", "terminal", "the window's `title`")
	flag.Parse()
	if err := run(os.Stdin, os.Stdout, *title); err != nil {
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
