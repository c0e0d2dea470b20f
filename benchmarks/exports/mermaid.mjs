// Parses the Mermaid files given and tells, a line a file, how many tasks or nodes there are.
import { readFileSync } from "node:fs";
import { JSDOM } from "jsdom";

const page = new JSDOM("");
globalThis.window = page.window;
globalThis.document = page.window.document;
const { default: mermaid } = await import("mermaid");

function shape(db, type) {
  if (type === "journey") {
    const tasks = db.getTasks();
    const scores = tasks.every((task) => task.score >= 1 && task.score <= 5);
    return `${tasks.length} tasks, scores ${scores ? "1 to 5" : "wrong"}`;
  }
  if (type === "timeline") {
    const periods = db.getTasks();
    return `${periods.length} periods, ${periods.reduce((sum, p) => sum + p.events.length, 0)} events`;
  }
  const count = (node) => node.children.reduce((sum, inner) => sum + count(inner), 1);
  return `${count(db.getMindmap())} nodes`;
}

for (const path of process.argv.slice(2)) {
  const text = readFileSync(path, "utf-8");
  const { diagramType } = await mermaid.parse(text);
  const { db } = await mermaid.mermaidAPI.getDiagramFromText(text);
  console.log(JSON.stringify({ path, shape: shape(db, diagramType) }));
}
