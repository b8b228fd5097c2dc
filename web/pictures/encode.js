// A picture as it is sent: drawn anew through a canvas, upright and of a bounded size. Whatever else
// the file held (place, camera, time) stays behind.

/** Pixels of the longer side, and bytes that the server takes (shared/request/request.h). */
export const MAX_SIDE = 2560;
export const MAX_BYTES = 5 << 20;
/** A file that is larger is not even opened. */
export const MAX_FILE_BYTES = 64 << 20;
const JPEG = { type: "image/jpeg", quality: 0.85 };
/** Where a browser cannot write WebP it writes PNG. */
const WEBP = { type: "image/webp", quality: 0.9 };
const ALPHA = 3;

/**
 * @param {Blob} file
 * @returns {Promise<Blob | null>} JPEG, or with transparency WebP or PNG; null: no picture that this
 *   browser can read, or one that cannot be made small enough
 */
export async function encodePicture(file) {
  if (file.size > MAX_FILE_BYTES) return null;
  const bitmap = await createImageBitmap(file, { imageOrientation: "from-image" }).catch(
    () => null,
  );
  if (!bitmap) return null;
  try {
    let scale = Math.min(1, MAX_SIDE / Math.max(bitmap.width, bitmap.height));
    for (let attempt = 0; attempt < 3; attempt++, scale /= 2) {
      const blob = await encodeScaled(bitmap, scale, file.type !== JPEG.type);
      if (blob && blob.size <= MAX_BYTES) return blob;
    }
    return null;
  } finally {
    bitmap.close();
  }
}

/**
 * @param {ImageBitmap} bitmap
 * @param {number} scale
 * @param {boolean} mayBeTransparent
 * @returns {Promise<Blob | null>}
 */
async function encodeScaled(bitmap, scale, mayBeTransparent) {
  const canvas = document.createElement("canvas");
  canvas.width = Math.max(1, Math.round(bitmap.width * scale));
  canvas.height = Math.max(1, Math.round(bitmap.height * scale));
  const context = canvas.getContext("2d", { willReadFrequently: mayBeTransparent });
  if (!context) return null;
  context.imageSmoothingQuality = "high";
  context.drawImage(bitmap, 0, 0, canvas.width, canvas.height);
  const { type, quality } = mayBeTransparent && isTransparent(context) ? WEBP : JPEG;
  return new Promise((done) => canvas.toBlob(done, type, quality));
}

/** @param {CanvasRenderingContext2D} context */
function isTransparent(context) {
  const { width, height } = context.canvas;
  const { data } = context.getImageData(0, 0, width, height);
  for (let at = ALPHA; at < data.length; at += 4) if (data[at] < 255) return true;
  return false;
}
