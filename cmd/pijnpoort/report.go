package main

// reportCommand is the group of reports.
type reportCommand struct {
	Year     reportYear      `cmd:"" default:"withargs" help:"Annual report of the centre: volume norms, practice variation, outcomes, completeness."`
	Feedback feedbackCommand `cmd:"" help:"What became of the cards: advice followed or overridden, by criterion and by reason."`
}
