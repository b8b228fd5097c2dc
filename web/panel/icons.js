// The icons of docs/panel-protocol.md as strokes on a 24 x 24 grid, by number.

const SVG = "http://www.w3.org/2000/svg";
const FACE = "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18M9 9.5v.5M15 9.5v.5";

const PATHS = [
  "",
  "M11 4.5a6.5 6.5 0 1 0 0 13a6.5 6.5 0 1 0 0-13M16 16l4.5 4.5", // search
  "M6 6l12 12M18 6L6 18", // close
  "M14 5l-7 7 7 7", // back
  "M4 5h16v11H9l-5 4z", // message
  "M5 12.5l4.5 4.5L19 7.5", // check
  FACE + "M8.5 14.5c2 2.4 5 2.4 7 0", // happy
  FACE + "M8.5 15h7", // indifferent
  FACE + "M8.5 16c2-2.4 5-2.4 7 0", // upset
  "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18M12 7v5l3.5 2", // clock
  "M12 4L2.8 20h18.4zM12 10v4.5M12 17.2v.3", // warning
  "M13 4h7v7M20 4l-9 9M18 14v6H4V6h6", // external link
  "M9 9h11v11H9zM5 15H4V4h11v1", // copy
  "M12 3a9 9 0 1 0 0 18a9 9 0 1 0 0-18M12 11v5.5M12 7.6v.3", // info
  "M5 12h14M13 6l6 6-6 6", // arrow right
  "M3 3l18 18M2 9a15 15 0 0 1 5-3M12 5a15 15 0 0 1 10 4M6 13a9 9 0 0 1 4-2.4M15 11.500a9 9 0 0 1 3 1.500M9.500 16.700a4 4 0 0 1 5 0M12 20v.1", // offline
];

/**
 * @param {number} number
 * @returns {SVGElement}
 */
export function makeIcon(number) {
  const svg = document.createElementNS(SVG, "svg");
  const path = document.createElementNS(SVG, "path");
  svg.setAttribute("viewBox", "0 0 24 24");
  svg.setAttribute("aria-hidden", "true");
  svg.setAttribute("class", `icon i${number}`);
  path.setAttribute("d", PATHS[number] ?? "");
  svg.append(path);
  return svg;
}
