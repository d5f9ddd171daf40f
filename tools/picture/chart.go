package main

import (
	"bytes"
	"encoding/json"
	"fmt"
	"image/color"
	"io"
	"maps"
	"slices"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	vgdraw "gonum.org/v1/plot/vg/draw" // its own name is that of a function here
	"gonum.org/v1/plot/vg/vgsvg"
)

// plan is the part of a plan in JSON, from `terraform show -json`, that the chart
// shows.
type plan struct {
	PlannedValues struct {
		Outputs struct {
			Platforms struct {
				Value map[string]struct{ Sent, Delivered float64 }
			}
		}
	} `json:"planned_values"`
}

// runChart reads a plan in JSON whose output platforms has the counts of
// timpush_push_statistics, and draws bars of what was sent and delivered.
func runChart(stdin io.Reader, stdout io.Writer, title string) error {
	var p plan
	if err := json.NewDecoder(stdin).Decode(&p); err != nil {
		return err
	}
	platforms := p.PlannedValues.Outputs.Platforms.Value
	if len(platforms) == 0 {
		return fmt.Errorf("the plan has no output platforms with counts")
	}
	names := slices.Sorted(maps.Keys(platforms))
	var sent, delivered plotter.Values
	for _, name := range names {
		sent, delivered = append(sent, platforms[name].Sent), append(delivered, platforms[name].Delivered)
	}
	return writeChart(stdout, title, names, sent, delivered)
}

// Distinguishable with color blindness, too.
var (
	colorSent      = color.RGBA{R: 0x8f, G: 0xc4, B: 0xee, A: 0xff}
	colorDelivered = color.RGBA{R: 0x0b, G: 0x4f, B: 0x8a, A: 0xff}
)

func writeChart(stdout io.Writer, title string, names []string, sent, delivered plotter.Values) error {
	plot.DefaultFont = font.Font{Typeface: "Liberation", Variant: "Sans"}
	p := plot.New()
	p.Title.Text, p.Title.Padding = title, vg.Points(8)
	p.Y.Label.Text, p.Y.Min = "pushes", 0
	p.NominalX(names...)
	p.X.Min, p.X.Max = -0.6, float64(len(names))-0.4
	p.Legend.Top, p.Legend.Padding = true, vg.Points(3)
	grid := plotter.NewGrid()
	grid.Vertical.Color, grid.Horizontal.Color = nil, color.Gray{Y: 0xe4}
	p.Add(grid)
	width := vg.Points(22)
	for _, series := range []struct {
		name   string
		values plotter.Values
		color  color.Color
		offset vg.Length
	}{{"sent", sent, colorSent, -width / 2}, {"delivered", delivered, colorDelivered, width / 2}} {
		bars, err := plotter.NewBarChart(series.values, width)
		if err != nil {
			return err
		}
		bars.Color, bars.Offset, bars.LineStyle.Width = series.color, series.offset, 0
		p.Add(bars)
		p.Legend.Add(series.name, bars)
	}

	canvas := vgsvg.New(vg.Points(480), vg.Points(240))
	area := vgdraw.New(canvas)
	area.SetColor(color.White) // also on dark pages
	area.Fill(area.Path())
	const margin = 10 // points
	p.Draw(vgdraw.Crop(area, margin, -margin, margin, -margin))
	var svg bytes.Buffer
	if _, err := canvas.WriteTo(&svg); err != nil {
		return err
	}
	// Fallbacks of the same width, or at least without serifs, if the font is missing.
	_, err := stdout.Write(bytes.ReplaceAll(svg.Bytes(), []byte("font-family:Liberation Sans;"), []byte("font-family:Liberation Sans,Arial,sans-serif;")))
	return err
}
