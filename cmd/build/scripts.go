package main

import (
	"rapport/internal/files"
	"rapport/internal/pipeline"
)

// scripts are what the rooms offer to themes as assets.
func scripts() []files.File { return pipeline.Scripts() }
