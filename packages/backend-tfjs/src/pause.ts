/** Lets the event loop run what is waiting, for example an abort. Not a timer: browsers make those wait 4 ms. */
export const pause: () => Promise<void> = typeof setImmediate === 'function' ? pauseInNode : pauseInBrowser;

function pauseInNode(): Promise<void> {
  return new Promise((resolve) => {
    setImmediate(resolve);
  });
}

function pauseInBrowser(): Promise<void> {
  return new Promise((resolve) => {
    const { port1, port2 } = new MessageChannel();
    port1.onmessage = () => {
      port1.close();
      resolve();
    };
    port2.postMessage(undefined);
  });
}
