package main

import (
	"go.yaml.in/yaml/v3"
)

// yaml returns what a file holds, or nil where it is none of YAML, which is a
// finding.
func (r *repository) yaml(file string) *yaml.Node {
	var document yaml.Node
	if err := yaml.Unmarshal([]byte(r.read(file)), &document); err != nil {
		r.report(file, 0, "not YAML: %v", err)
		return nil
	}
	if len(document.Content) == 0 {
		return nil
	}
	return document.Content[0]
}

// at follows keys from a mapping, and is nil where there is nothing.
func at(node *yaml.Node, keys ...string) *yaml.Node {
	for _, key := range keys {
		var next *yaml.Node
		for name, value := range entries(node) {
			if name.Value == key {
				next = value
			}
		}
		node = next
	}
	return node
}

// entries ranges over a mapping: keys and values.
func entries(node *yaml.Node) func(func(key, value *yaml.Node) bool) {
	return func(yield func(key, value *yaml.Node) bool) {
		if node == nil || node.Kind != yaml.MappingNode {
			return
		}
		for i := 0; i+1 < len(node.Content); i += 2 {
			if !yield(node.Content[i], node.Content[i+1]) {
				return
			}
		}
	}
}

// items are those of a list.
func items(node *yaml.Node) []*yaml.Node {
	if node == nil || node.Kind != yaml.SequenceNode {
		return nil
	}
	return node.Content
}

// text is a scalar's, and empty where there is none.
func text(node *yaml.Node) string {
	if node == nil {
		return ""
	}
	return node.Value
}

// lineOf is where a node is, or 0.
func lineOf(node *yaml.Node) int {
	if node == nil {
		return 0
	}
	return node.Line
}
