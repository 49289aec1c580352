// usage: read_gexf.mjs MODULES GEXF — reads a graph with graphology, as Gephi Lite does, and prints it as rows of
// source, target, kind, weight, then of nodes with their attributes, both sorted.
import fs from "node:fs";
import { createRequire } from "node:module";
const require = createRequire(process.argv[2] + "/");
const { MultiDirectedGraph } = require("graphology");
const gexf = require("graphology-gexf");
const graph = gexf.parse(MultiDirectedGraph, fs.readFileSync(process.argv[3], "utf8"));
const rows = graph.mapEdges((edge, a, source, target) => ["edge", source, target, a.kind, a.weight, /^rgb\(/.test(a.color)]);
for (const [node, a] of graph.mapNodes((n, a) => [n, a]))
    rows.push(["node", node, a.label, a.cited, typeof a.present === "boolean", /^rgb\(/.test(a.color), a.size > 0]);
process.stdout.write(rows.map((row) => row.join("\t")).sort().join("\n") + "\n");
