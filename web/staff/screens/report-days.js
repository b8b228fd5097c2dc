// The days of a period that is chosen by its name.

const DAY = 86_400_000; // ms

/** @param {number} time */
const dayOf = (time) => new Date(time).toISOString().slice(0, 10);

/**
 * The days of a period, UTC as the server counts. Today is not over: periods end with yesterday. The
 * quarter is the last one that is over.
 * @param {string} period @param {number} [now] @returns {{from: string, to: string}}
 */
export function daysOf(period, now = Date.now()) {
  if (period === "quarter") {
    const today = new Date(now);
    const year = today.getUTCFullYear();
    const first = Math.floor(today.getUTCMonth() / 3) * 3;
    return {
      from: dayOf(Date.UTC(year, first - 3, 1)),
      to: dayOf(Date.UTC(year, first, 1) - DAY),
    };
  }
  const days = Number(period) || 30;
  return { from: dayOf(now - days * DAY), to: dayOf(now - DAY) };
}
