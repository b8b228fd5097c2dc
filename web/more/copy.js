// To the clipboard.

/** @param {string} text a link of our own may come as a path */
export async function copy(text) {
  const full = text.startsWith("/") ? new URL(text, location.href).href : text;
  try {
    await navigator.clipboard.writeText(full);
  } catch {
    // Plain http or a host that did not allow the clipboard: the old way still works there.
    const focused = document.activeElement;
    const area = document.createElement("textarea");
    area.value = full;
    area.className = "vh";
    document.body.append(area);
    area.select();
    document.execCommand("copy");
    area.remove();
    if (focused instanceof HTMLElement) focused.focus();
  }
}
