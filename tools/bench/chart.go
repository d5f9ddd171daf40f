package main

import (
	"bytes"
	"fmt"
	"image/color"
	"os"
	"slices"
	"time"

	"gonum.org/v1/plot"
	"gonum.org/v1/plot/font"
	"gonum.org/v1/plot/plotter"
	"gonum.org/v1/plot/vg"
	"gonum.org/v1/plot/vg/draw"
	"gonum.org/v1/plot/vg/vgsvg"
)

// hue is the colors of one round trip: light for the provider's line, dark for the
// floor's dashes, which are visible where they cover the line.
type hue struct{ light, dark color.Color }

// Distinguishable with color blindness, too.
var hues = []hue{
	{light: color.RGBA{R: 0x8f, G: 0xc4, B: 0xee, A: 0xff}, dark: color.RGBA{R: 0x0b, G: 0x4f, B: 0x8a, A: 0xff}},
	{light: color.RGBA{R: 0xf9, G: 0xb7, B: 0x6b, A: 0xff}, dark: color.RGBA{R: 0x9a, G: 0x4a, B: 0x00, A: 0xff}},
	{light: color.RGBA{R: 0xc9, G: 0xc9, B: 0xc9, A: 0xff}, dark: color.RGBA{R: 0x30, G: 0x30, B: 0x30, A: 0xff}},
}

// writeChart draws the seconds of a plan by number of accounts: for each round trip,
// one line for the provider and one for its floor.
func writeChart(file, measured string, reads []read) error {
	p := newPlot("Reading the attributes of many accounts\n" + measured)
	var solid, dashed, dots []plot.Plotter // drawn in this order
	for i, roundTrip := range roundTripsOf(reads) {
		var provider, floor plotter.XYs
		for _, r := range reads {
			if r.roundTrip == roundTrip {
				provider = append(provider, plotter.XY{X: float64(r.count), Y: r.provider.Seconds()})
				floor = append(floor, plotter.XY{X: float64(r.count), Y: r.floor().Seconds()})
			}
		}
		hue := hues[i%len(hues)]
		providerLine := &plotter.Line{XYs: provider, LineStyle: draw.LineStyle{Color: hue.light, Width: vg.Points(5)}}
		floorLine := &plotter.Line{XYs: floor, LineStyle: draw.LineStyle{
			Color: hue.dark, Width: vg.Points(1.5), Dashes: []vg.Length{vg.Points(5), vg.Points(3)},
		}}
		measurements := &plotter.Scatter{XYs: provider, GlyphStyle: draw.GlyphStyle{
			Color: hue.dark, Radius: vg.Points(2.5), Shape: draw.CircleGlyph{},
		}}
		solid, dashed, dots = append(solid, providerLine), append(dashed, floorLine), append(dots, measurements)
		p.Legend.Add(fmt.Sprintf("provider, round trip %d ms", roundTrip.Milliseconds()), providerLine, measurements)
		p.Legend.Add("floor: empty provider + pace", floorLine)
	}
	p.Add(solid...)
	p.Add(dashed...)
	p.Add(dots...)
	// Leave room around the lines.
	p.X.Min, p.X.Max = p.X.Min/1.5, p.X.Max*1.5
	p.Y.Min, p.Y.Max = p.Y.Min/1.5, p.Y.Max*1.5

	canvas := vgsvg.New(vg.Points(640), vg.Points(420))
	area := draw.New(canvas)
	area.SetColor(color.White) // also on dark pages
	area.Fill(area.Path())
	const margin = 12 // points
	p.Draw(draw.Crop(area, margin, -3*margin, margin, -margin))
	var svg bytes.Buffer
	if _, err := canvas.WriteTo(&svg); err != nil {
		return err
	}
	// Fallbacks of the same width, or at least without serifs, if the font is missing.
	content := bytes.ReplaceAll(svg.Bytes(), []byte("font-family:Liberation Sans;"), []byte("font-family:Liberation Sans,Arial,sans-serif;"))
	return os.WriteFile(file, content, 0o600)
}

// newPlot returns an empty chart with axes, grid and legend.
func newPlot(title string) *plot.Plot {
	plot.DefaultFont = font.Font{Typeface: "Liberation", Variant: "Sans"}
	p := plot.New()
	p.Title.Text, p.Title.Padding = title, vg.Points(8)
	p.X.Label.Text, p.Y.Label.Text = "accounts", "seconds for a plan"
	p.X.Scale, p.Y.Scale = plot.LogScale{}, plot.LogScale{}
	p.X.Tick.Marker = ticks(1, 10, 100, 1000, 10_000, 100_000)
	p.Y.Tick.Marker = ticks(0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 50, 100)
	p.Legend.Top, p.Legend.Left = true, true
	p.Legend.XOffs, p.Legend.YOffs = vg.Points(12), vg.Points(-8)
	p.Legend.Padding, p.Legend.ThumbnailWidth = vg.Points(3), vg.Points(36)
	grid := plotter.NewGrid()
	grid.Horizontal.Color, grid.Vertical.Color = color.Gray{Y: 0xe4}, color.Gray{Y: 0xe4}
	p.Add(grid)
	return p
}

// ticks returns ticks whose labels have thousands separators.
func ticks(values ...float64) plot.ConstantTicks {
	marks := make(plot.ConstantTicks, len(values))
	for i, value := range values {
		marks[i] = plot.Tick{Value: value, Label: english.Sprintf("%v", value)}
	}
	return marks
}

// roundTripsOf returns the different round trips that were measured.
func roundTripsOf(reads []read) []time.Duration {
	var roundTrips []time.Duration
	for _, r := range reads {
		if !slices.Contains(roundTrips, r.roundTrip) {
			roundTrips = append(roundTrips, r.roundTrip)
		}
	}
	return roundTrips
}
