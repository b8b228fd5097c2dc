// Two screenshots, by what a person could see of their difference.

/** Of 255: a smaller difference of a channel is none. */
const STEP = 8;

/**
 * The share of pixels that differ, and the greatest difference of a channel.
 * @param {{newPage: () => Promise<import("playwright-core").Page>}} browser
 * @param {Buffer} a PNG
 * @param {Buffer} b PNG
 */
export async function comparePixels(browser, a, b) {
  const page = await browser.newPage();
  const result = await page.evaluate(
    async ([first, second, step]) => {
      const pixels = async (/** @type {string} */ base64) => {
        const bytes = Uint8Array.from(atob(base64), (c) => c.charCodeAt(0));
        const bitmap = await createImageBitmap(new Blob([bytes]));
        const canvas = new OffscreenCanvas(bitmap.width, bitmap.height);
        const context = /** @type {OffscreenCanvasRenderingContext2D} */ (canvas.getContext("2d"));
        context.drawImage(bitmap, 0, 0);
        return context.getImageData(0, 0, bitmap.width, bitmap.height).data;
      };
      const [x, y] = [await pixels(String(first)), await pixels(String(second))];
      if (x.length !== y.length) return { share: 1, greatest: 255 };
      let different = 0;
      let greatest = 0;
      for (let i = 0; i < x.length; i += 4) {
        const by = Math.max(...[0, 1, 2].map((c) => Math.abs(x[i + c] - y[i + c])));
        greatest = Math.max(greatest, by);
        if (by > Number(step)) different++;
      }
      return { share: different / (x.length / 4), greatest };
    },
    [a.toString("base64"), b.toString("base64"), STEP],
  );
  await page.close();
  return result;
}
