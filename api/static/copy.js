// Puts a map on the clipboard as a table and as plain text; the table can also be selected.
"use strict";

const copyButton = document.querySelector("[data-copy]");
const copied = document.querySelector("[data-copied]");

/** What goes on the clipboard, by its kind. */
function copyTexts() {
  return {
    "text/html": document.querySelector("[data-html]").value,
    "text/plain": document.querySelector("[data-plain]").value,
  };
}

/** Copy in the way that browsers allow on addresses without https, too. */
function copyByCommand(texts) {
  const fill = (event) => {
    event.preventDefault();
    for (const [kind, text] of Object.entries(texts)) event.clipboardData.setData(kind, text);
  };
  document.addEventListener("copy", fill, { once: true });
  const done = document.execCommand("copy");
  document.removeEventListener("copy", fill);
  return done;
}

/** Copy, and tell whether it worked. */
async function copyMap() {
  const texts = copyTexts();
  try {
    const kinds = Object.entries(texts).map(([kind, text]) => [kind, new Blob([text], { type: kind })]);
    await navigator.clipboard.write([new ClipboardItem(Object.fromEntries(kinds))]);
    return true;
  } catch {
    return copyByCommand(texts);
  }
}

copyButton.hidden = false;
copyButton.addEventListener("click", async () => {
  copied.textContent = (await copyMap()) ? copyButton.dataset.done : copyButton.dataset.failed;
});
