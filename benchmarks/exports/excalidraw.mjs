// Restores and draws the drawing of a page with Excalidraw's own code; the title tells the result.
import { exportToSvg, restoreElements } from "@excalidraw/excalidraw";

const given = window.DRAWING;
const kept = restoreElements(given.elements, null, { repairBindings: true });
const deleted = kept.filter((element) => element.isDeleted).length;
exportToSvg({ elements: kept, appState: given.appState, files: given.files }).then((svg) => {
  const texts = svg.querySelectorAll("text").length;
  const told = { given: given.elements.length, kept: kept.length, deleted, texts };
  document.title = JSON.stringify(told);
  document.body.append(svg);
});
