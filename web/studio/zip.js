// The zip around a workbook's parts, by fflate. The limits are those of shared/faq/xlsx.h.
import { Unzip, UnzipInflate, zipSync } from "fflate";

export const MAX_PART_BYTES = 48 * 2 ** 20;
export const MAX_PARTS = 2000;
/** The first time that a zip can hold: no clock in a workbook, the same cells give the same bytes. */
const FIRST_DAY = "1980-01-01T12:00:00";

/** @param {Uint8Array} bytes */
export const isZip = (bytes) =>
  bytes[0] === 0x50 && bytes[1] === 0x4b && bytes[2] === 3 && bytes[3] === 4;

/** @param {string} name wanted_part() of shared/faq/xlsx.cpp */
const wanted = (name) =>
  name.startsWith("xl/") &&
  (name.endsWith(".xml") || name === "xl/_rels/workbook.xml.rels") &&
  /^xl\/(workbook\.xml|_rels\/|styles\.xml|sharedStrings\.xml|.*sheet)/.test(name);

/**
 * Counts what really comes out, whatever the zip says about its sizes.
 * @param {Uint8Array} bytes
 * @returns {{name: string, bytes: Uint8Array}[]}
 * @throws {Error} of a damaged or too large zip
 */
export function unzip(bytes) {
  /** @type {{name: string, pieces: Uint8Array[], whole: boolean}[]} */
  const parts = [];
  let files = 0;
  let room = MAX_PART_BYTES;
  const unzipper = new Unzip((file) => {
    files += 1;
    if (files > MAX_PARTS) throw new Error(`the workbook's zip has more than ${MAX_PARTS} files`);
    if (!wanted(file.name)) return;
    const part = { name: file.name, pieces: /** @type {Uint8Array[]} */ ([]), whole: false };
    parts.push(part);
    file.ondata = (error, piece, last) => {
      if (error) throw error;
      room -= piece.length;
      if (room < 0)
        throw new Error("the workbook holds more than 48 MB of text unpacked; split it");
      part.pieces.push(piece);
      part.whole = last;
    };
    file.start();
  });
  unzipper.register(UnzipInflate);
  // In pieces, so that a bomb is met before all of it is unpacked.
  const PIECE = 16_384;
  for (let at = 0; at < bytes.length; at += PIECE)
    unzipper.push(bytes.subarray(at, at + PIECE), at + PIECE >= bytes.length);
  if (parts.some(({ whole }) => !whole)) throw new Error("the workbook is damaged");
  return parts.map(({ name, pieces }) => {
    const joined = new Uint8Array(pieces.reduce((sum, piece) => sum + piece.length, 0));
    let at = 0;
    for (const piece of pieces) {
      joined.set(piece, at);
      at += piece.length;
    }
    return { name, bytes: joined };
  });
}

/** @param {{name: string, bytes: Uint8Array}[]} parts */
export const zip = (parts) =>
  zipSync(Object.fromEntries(parts.map(({ name, bytes }) => [name, bytes])), { mtime: FIRST_DAY });
