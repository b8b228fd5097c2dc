// Pictures of a request against the real server: what is stored is what was uploaded, nothing of the
// file's metadata is in it, and they survive a reload.
import assert from "node:assert/strict";
import { createHash } from "node:crypto";
import { after, before, test } from "node:test";
import { useBrowser } from "./support/browser.mjs";
import * as L from "./support/later.mjs";

const chromium = useBrowser();
/** @type {import("./support/askus.mjs").Askus} */
let askus;
before(async () => {
  askus = await L.startQuick();
});
after(() => askus.stop());

/** Keeps what the panel puts, as it leaves: Chromium does not give a Blob's bytes away. */
const RECORD =
  "window.uploads = []; const usual = window.fetch; window.fetch = async (url, init) => {" +
  " if (init?.method === 'PUT') uploads.push([url, [...new Uint8Array(await init.body.arrayBuffer())]]);" +
  " return usual(url, init); };";

/** What was put, by name. @param {import("playwright-core").Page} page */
async function uploads(page) {
  const all = /** @type {[string, number[]][]} */ (await L.frameOf(page).evaluate("uploads"));
  return new Map(all.map(([url, bytes]) => [url.split("/").at(-1) ?? "", Buffer.from(bytes)]));
}

const SECRET = "50.4501N 30.5234E";

/**
 * A picture drawn by the browser, red on its left half and blue on its right.
 * @param {import("playwright-core").Page} page
 * @param {{type?: string, width?: number, height?: number, alpha?: number}} [options]
 */
async function drawPicture(page, { type = "image/jpeg", width = 60, height = 20, alpha = 1 } = {}) {
  const url = await page.evaluate(
    ([kind, w, h, opacity]) => {
      const canvas = document.createElement("canvas");
      canvas.width = Number(w);
      canvas.height = Number(h);
      const context = /** @type {CanvasRenderingContext2D} */ (canvas.getContext("2d"));
      context.globalAlpha = Number(opacity);
      for (const [i, colour] of ["#f00", "#00f"].entries()) {
        context.fillStyle = colour;
        context.fillRect((i * canvas.width) / 2, 0, canvas.width / 2, canvas.height);
      }
      return canvas.toDataURL(String(kind), 1);
    },
    [type, width, height, alpha],
  );
  return Buffer.from(url.slice(url.indexOf(",") + 1), "base64");
}

/** The same JPEG with an EXIF block: turned by 90 degrees, and where it was taken. @param {Buffer} jpeg */
function withExif(jpeg) {
  const text = Buffer.from(`${SECRET}\0`);
  const tiff = Buffer.alloc(8 + 2 + 2 * 12 + 4);
  tiff.write("MM\0*", 0, "latin1");
  tiff.writeUInt32BE(8, 4);
  tiff.writeUInt16BE(2, 8);
  tiff.writeUInt16BE(0x010e, 10); // description
  tiff.writeUInt16BE(2, 12);
  tiff.writeUInt32BE(text.length, 14);
  tiff.writeUInt32BE(tiff.length, 18);
  tiff.writeUInt16BE(0x0112, 22); // orientation
  tiff.writeUInt16BE(3, 24);
  tiff.writeUInt32BE(1, 26);
  tiff.writeUInt16BE(6, 30);
  const exif = Buffer.concat([Buffer.from("Exif\0\0"), tiff, text]);
  const head = Buffer.from([0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(exif.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), head, exif, jpeg.subarray(2)]);
}

/**
 * @param {import("playwright-core").Page} page
 * @param {L.Panel} panel
 * @param {{name: string, mimeType: string, buffer: Buffer}[]} files
 */
async function attach(page, panel, files) {
  const chooser = page.waitForEvent("filechooser");
  await panel.getByRole("button", { name: "Додати зображення" }).click();
  await (await chooser).setFiles(files);
}

/** @param {L.Panel} panel */
const shown = (panel) => panel.locator("main .picture");

/** The bytes that are stored, by name. */
const stored = () =>
  new Map(
    askus
      .query(
        "select sha256, group_concat(hex(bytes), '') as hex from (select * from attachment_pieces order by sha256, position) group by sha256",
      )
      .map(({ sha256, hex }) => [String(sha256), Buffer.from(String(hex), "hex")]),
  );

test("what is stored is what was uploaded: upright, and nothing of where it was taken", async () => {
  const { page, panel, done } = await L.openFramed(chromium, askus, {
    setUp: (/** @type {import("playwright-core").Page} */ p) => p.addInitScript(RECORD),
  });
  const jpeg = withExif(await drawPicture(page));
  assert.ok(jpeg.includes(SECRET));
  const png = await drawPicture(page, { type: "image/png", alpha: 0.5 });
  await L.openForm(panel, "щщщ роутер блимає");
  await attach(page, panel, [
    { name: "photo.jpg", mimeType: "image/jpeg", buffer: jpeg },
    { name: "clear.png", mimeType: "image/png", buffer: png },
  ]);
  await shown(panel).nth(1).waitFor();
  await panel
    .getByText(/^\d+ кБ$/)
    .first()
    .waitFor();
  assert.equal((await uploads(page)).size, 0, "nothing is uploaded before Send");
  // They survive a reload beside the draft.
  await page.reload();
  await L.press(page);
  await panel.getByRole("button", { name: "Продовжити" }).click();
  await shown(panel).nth(1).waitFor();
  await L.send(panel);
  const uploaded = await uploads(page);
  assert.equal(uploaded.size, 2);
  const bytes = stored();
  assert.deepEqual([...bytes.keys()].sort(), [...uploaded.keys()].sort());
  for (const [name, body] of uploaded) {
    assert.ok(bytes.get(name)?.equals(body), "byte for byte");
    assert.equal(createHash("sha256").update(body).digest("hex"), name);
    assert.ok(!body.includes("Exif") && !body.includes(SECRET), "no metadata");
  }
  const named = askus.query("select sha256 from request_attachments order by position");
  const [first, second] = named.map(({ sha256 }) => bytes.get(String(sha256)));
  const looks = async (/** @type {Buffer | undefined} */ picture, /** @type {string} */ type) =>
    page.evaluate(
      async (url) => {
        const bitmap = await createImageBitmap(await (await fetch(url)).blob());
        const { width, height } = bitmap;
        const canvas = new OffscreenCanvas(width, height);
        const context = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext("2d"));
        context.drawImage(bitmap, 0, 0);
        const top = context.getImageData(width >> 1, 2, 1, 1).data;
        return { width, height, isRed: top[0] > 200, isClear: top[3] < 200 };
      },
      `data:${type};base64,${picture?.toString("base64")}`,
    );
  assert.deepEqual(await looks(first, "image/jpeg"), {
    ...{ width: 20, height: 60, isRed: true, isClear: false },
  });
  assert.deepEqual(await looks(second, "image/webp"), {
    ...{ width: 60, height: 20, isRed: false, isClear: true },
  });
  // Acknowledged: nothing of them is left in the browser.
  const left = L.frameOf(page).waitForFunction(async () => {
    const open = indexedDB.open("askus.demo");
    await new Promise((ready) => (open.onsuccess = ready));
    const all = open.result.transaction("pictures").objectStore("pictures").count();
    await new Promise((ready) => (all.onsuccess = ready));
    open.result.close();
    return all.result === 0;
  });
  await left;
  assert.ok(!(await L.keptNames(page)).some((name) => name.startsWith("pictures")));
  await done();
});

test("large ones are made smaller, five at most, and what is no picture is told", async () => {
  const { page, panel, done } = await L.openFramed(chromium, askus);
  const large = await drawPicture(page, { width: 4000, height: 1000 });
  await L.openForm(panel, "щщщ великі");
  await attach(page, panel, [
    { name: "a.jpg", mimeType: "image/jpeg", buffer: Buffer.from("not a picture") },
  ]);
  await panel.getByText("Цей файл не вдалося прочитати").waitFor();
  await attach(page, panel, [{ name: "large.jpg", mimeType: "image/jpeg", buffer: large }]);
  await shown(panel).waitFor();
  assert.equal(await panel.getByText("Цей файл не вдалося прочитати").count(), 0);
  const width = await shown(panel).evaluate(
    (el) => /** @type {HTMLImageElement} */ (el).naturalWidth,
  );
  assert.equal(width, 2560);
  const more = [];
  for (let i = 0; i < 5; i++) {
    const buffer = await drawPicture(page, { width: 100 + i });
    more.push({ name: `${i}.jpg`, mimeType: "image/jpeg", buffer });
  }
  await attach(page, panel, more);
  await panel.getByText("не більше ніж 5").waitFor();
  assert.equal(await shown(panel).count(), 5);
  await panel.getByRole("button", { name: "Прибрати зображення 2" }).click();
  await shown(panel).nth(4).waitFor({ state: "detached" });
  assert.equal(await shown(panel).count(), 4);
  await done();
});

test("pasted and dropped ones are taken too", async () => {
  const { page, panel, done } = await L.openFramed(chromium, askus);
  await L.openForm(panel, "щщщ вставлене");
  await L.frameOf(page).evaluate(async () => {
    for (const [i, type] of ["paste", "drop"].entries()) {
      const canvas = new OffscreenCanvas(10 + i, 10);
      /** @type {OffscreenCanvasRenderingContext2D | null} */ (canvas.getContext("2d"))?.fillRect(
        0,
        0,
        5,
        5,
      );
      const data = new DataTransfer();
      data.items.add(new File([await canvas.convertToBlob()], "x.png", { type: "image/png" }));
      const options = { bubbles: true, cancelable: true };
      document.body.dispatchEvent(
        type === "paste"
          ? new ClipboardEvent(type, { ...options, clipboardData: data })
          : new DragEvent(type, { ...options, dataTransfer: data }),
      );
    }
  });
  await shown(panel).nth(1).waitFor();
  await done();
});

test("where nothing can be kept the panel says so, and they are sent all the same", async () => {
  const before = stored().size;
  const { page, panel, done } = await L.openFramed(chromium, askus, {
    setUp: (/** @type {import("playwright-core").Page} */ p) =>
      p.addInitScript(
        "IDBFactory.prototype.open = () => { throw new DOMException('blocked', 'SecurityError'); };" +
          "if (top === window) { window.said = []; }",
      ),
  });
  await L.openForm(panel, "щщщ без сховища");
  const buffer = await drawPicture(page, { width: 77 });
  await attach(page, panel, [{ name: "a.jpg", mimeType: "image/jpeg", buffer }]);
  await panel.getByText("Цей браузер не зберігає файли").waitFor();
  await L.send(panel);
  assert.equal(stored().size, before + 1);
  await done();
});

test("a picture that is lost is told and taken off, and the request goes without it", async () => {
  const { page, panel, done } = await L.openFramed(chromium, askus);
  await L.openForm(panel, "щщщ загублене");
  await panel.getByLabel("Подробиці").fill("є що сказати");
  const buffer = await drawPicture(page, { width: 88 });
  await attach(page, panel, [{ name: "a.jpg", mimeType: "image/jpeg", buffer }]);
  await shown(panel).waitFor();
  await L.frameOf(page).evaluate(
    () => new Promise((gone) => (indexedDB.deleteDatabase("askus.demo").onsuccess = gone)),
  );
  await page.reload();
  await L.press(page);
  await panel.getByRole("button", { name: "Продовжити" }).click();
  await panel.getByText("Зображення не збереглося").waitFor();
  await L.send(panel);
  const [row] = askus.query("select id from requests where details = 'є що сказати'");
  assert.ok(row);
  assert.equal(
    askus.query(`select * from request_attachments where request = '${row.id}'`).length,
    0,
  );
  await done();
});

test("the chunk is fetched with the first picture, not before", async () => {
  const { page, panel, requests, done } = await L.openFramed(chromium, askus);
  await L.openForm(panel, "щщщ без зображень");
  const fetched = () => requests.filter((url) => url.includes("/assets/pictures.")).length;
  assert.equal(fetched(), 0);
  await attach(page, panel, [
    {
      name: "a.png",
      mimeType: "image/png",
      buffer: await drawPicture(page, { type: "image/png" }),
    },
  ]);
  await shown(panel).waitFor();
  assert.equal(fetched(), 1);
  await done();
});
