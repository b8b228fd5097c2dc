// Stand-ins for the pages of social networks that frame the panel, at the networks' own addresses:
// the browser is given them without asking anybody.

/** @typedef {import("playwright-core").Page} Page */

/** The frame's size as each network makes it, CSS pixels. `fluid`: as wide as the window. */
export const FRAMES = {
  vk: [
    { name: "vk-320", width: 320, height: 568, platform: "mobile_web", fluid: true },
    { name: "vk-700", width: 700, height: 600, platform: "desktop_web" },
    { name: "vk-1000", width: 1000, height: 600, platform: "desktop_web" },
  ],
  facebook: [
    { name: "facebook-520", width: 520, height: 800, platform: "", fluid: false },
    { name: "facebook-810", width: 810, height: 800, platform: "", fluid: false },
  ],
};
export const PARENTS = { vk: "https://vk.com/app11", facebook: "https://www.facebook.com/company" };

/**
 * VK's end of the bridge, as its own page behaves: it answers each call, and obeys a new height.
 * Everything that the frame says is kept in `said`, with the milliseconds since it was asked for.
 */
function bridgeParent() {
  const frame = /** @type {HTMLIFrameElement} */ (document.querySelector("iframe"));
  const said = /** @type {object[]} */ ([]);
  const began = performance.now();
  Object.assign(window, {
    said,
    /** @param {string} type @param {object} data */
    tell: (type, data) => frame.contentWindow?.postMessage({ type, data }, "*"),
  });
  addEventListener("message", ({ source, data }) => {
    if (source !== frame.contentWindow || data?.type !== "vk-connect") return;
    said.push({ handler: data.handler, params: data.params, after: performance.now() - began });
    if (data.handler === "VKWebAppResizeWindow") frame.style.height = `${data.params.height}px`;
    const { request_id } = data.params;
    frame.contentWindow?.postMessage(
      { type: `${data.handler}Result`, data: { result: true, request_id } },
      "*",
    );
  });
}

const style = `body { margin: 0; background: #edeef0; font: 14px sans-serif }
  h1 { font-size: 16px; margin: 8px } iframe { border: 0; display: block }`;

/**
 * Opens the panel inside of a network's page.
 * @param {Page} page
 * @param {"vk" | "facebook"} network
 * @param {{width: number, height: number, fluid?: boolean}} size of the frame
 * @param {{src?: string, form?: {action: string, fields: Record<string, string>}, at?: string}} what
 *   the frame's address, or a form that is posted into it; another address of the page around it
 */
export async function openInside(page, network, size, { src, form, at = PARENTS[network] }) {
  const fields = Object.entries(form?.fields ?? {});
  const inputs = fields.map(([name, value]) => `<input type=hidden name=${name} value="${value}">`);
  const width = size.fluid ? "100%" : `${size.width}px`;
  const html = `<!doctype html><title>${network}</title><style>${style}</style>
    ${size.fluid ? "" : `<h1>${network}</h1>`}
    <iframe name=app style="width:${width};height:${size.height}px"></iframe>
    <form method=post target=app action="${form?.action ?? ""}">${inputs.join("")}</form>`;
  await page.route(at, (route) => route.fulfill({ contentType: "text/html", body: html }));
  await page.setViewportSize({
    width: size.fluid ? size.width : size.width + 40,
    height: size.height + (size.fluid ? 0 : 60),
  });
  await page.goto(at);
  await page.evaluate(bridgeParent);
  await page.evaluate(
    ({ address }) => {
      const frame = /** @type {HTMLIFrameElement} */ (document.querySelector("iframe"));
      if (address) frame.src = address;
      else document.querySelector("form")?.submit();
    },
    { address: src },
  );
  return page.frameLocator("iframe");
}

/**
 * What the frame has said to VK so far.
 * @param {Page} page
 * @returns {Promise<{handler: string, params: any, after: number}[]>}
 */
export const said = (page) => page.evaluate(() => /** @type {any} */ (window).said);

/** @param {Page} page @param {string} type @param {object} data */
export const tell = (page, type, data) =>
  page.evaluate(
    ([t, d]) => /** @type {any} */ (window).tell(t, d),
    /** @type {const} */ ([type, data]),
  );

/** As where third-party storage is blocked: its mere mention throws in a frame. */
export function blockStorage() {
  if (window === top) return;
  const refuse = () => {
    throw new DOMException("denied", "SecurityError");
  };
  for (const name of ["localStorage", "sessionStorage", "indexedDB", "caches"])
    Object.defineProperty(window, name, { get: refuse });
}
