// Days as the server takes them, YYYY-MM-DD, UTC.

const DAY_MS = 86_400_000;

/** @param {Date} date */
export const dayOf = (date) => date.toISOString().slice(0, 10);

/** The last so many days, today among them. @param {number} count @param {Date} [now] */
export function lastDays(count, now = new Date()) {
  return { from: dayOf(new Date(now.getTime() - (count - 1) * DAY_MS)), to: dayOf(now) };
}

/** The calendar month before this one. @param {Date} [now] */
export function lastMonth(now = new Date()) {
  const [year, month] = [now.getUTCFullYear(), now.getUTCMonth()];
  return {
    from: dayOf(new Date(Date.UTC(year, month - 1, 1))),
    to: dayOf(new Date(Date.UTC(year, month, 0))),
  };
}
