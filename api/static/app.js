// Small comforts, such as dropping files; everything also works without this script.
"use strict";

const mostFiles = 1000;

// On a phone the present tab may lie outside the row that is seen.
document.querySelector(".tabs [aria-current]")?.scrollIntoView({ inline: "center", block: "nearest" });

/** All files in a dropped file or folder. */
async function filesIn(entry) {
  if (entry.isFile) {
    return [await new Promise((found, failed) => entry.file(found, failed))];
  }
  const reader = entry.createReader();
  const found = [];
  for (;;) {
    const some = await new Promise((read, failed) => reader.readEntries(read, failed));
    if (some.length === 0) return found;
    for (const inner of some) found.push(...(await filesIn(inner)));
  }
}

/** The files of a drop, hidden ones left out. */
async function dropped(transfer) {
  const entries = [...transfer.items].map((item) => item.webkitGetAsEntry?.()).filter(Boolean);
  const files = entries.length === 0 ? [...transfer.files] : [];
  for (const entry of entries) files.push(...(await filesIn(entry)));
  return files.filter((file) => !file.name.startsWith(".")).slice(0, mostFiles);
}

/** The upload form an event happened on, if any. */
function dropForm(event) {
  return event.target instanceof Element ? event.target.closest("[data-drop]") : null;
}

for (const kind of ["dragenter", "dragover"]) {
  document.addEventListener(kind, (event) => {
    const form = dropForm(event);
    if (!form) return;
    event.preventDefault();
    form.classList.add("over");
  });
}

document.addEventListener("dragleave", (event) => {
  const form = dropForm(event);
  if (form && !form.contains(event.relatedTarget)) form.classList.remove("over");
});

document.addEventListener("drop", async (event) => {
  const form = dropForm(event);
  if (!form) return;
  event.preventDefault();
  form.classList.remove("over");
  const files = await dropped(event.dataTransfer);
  if (files.length === 0) return;
  const chosen = new DataTransfer();
  for (const file of files) chosen.items.add(file);
  form.querySelector("input[type=file]").files = chosen.files;
  form.requestSubmit();
});

document.addEventListener("change", (event) => {
  const form = dropForm(event);
  if (form && event.target.matches("input[type=file]") && event.target.files.length > 0) {
    form.requestSubmit();
  }
});

// What somebody selects in the texts of a file is what they missed.
document.addEventListener("selectionchange", () => {
  const chosen = document.getSelection();
  const inside = chosen?.anchorNode?.parentElement?.closest("[data-missed]");
  const field = document.querySelector("#missed-text");
  const text = chosen?.toString().trim() ?? "";
  if (inside && field && text !== "") field.value = text;
});
