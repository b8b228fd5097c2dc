/** When the browser has nothing better to do; soon, in a frame that is not shown yet. */
export const idle = () =>
  new Promise((done) =>
    "requestIdleCallback" in window
      ? requestIdleCallback(done, { timeout: 2000 })
      : setTimeout(done, 200),
  );
