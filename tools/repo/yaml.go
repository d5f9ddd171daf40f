package main

import (
	"go.yaml.in/yaml/v3"
)

// yaml returns the content of a YAML file. Invalid YAML is a finding, and nil.
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

// at returns the value at a path of keys, or nil if there is none.
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

// entries returns an iterator over the keys and values of a mapping.
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

// items returns the items of a list.
func items(node *yaml.Node) []*yaml.Node {
	if node == nil || node.Kind != yaml.SequenceNode {
		return nil
	}
	return node.Content
}

// text returns the text of a scalar, or "" if the node is nil.
func text(node *yaml.Node) string {
	if node == nil {
		return ""
	}
	return node.Value
}

// lineOf returns the line of a node, or 0 if it is nil.
func lineOf(node *yaml.Node) int {
	if node == nil {
		return 0
	}
	return node.Line
}
