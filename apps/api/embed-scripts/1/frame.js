/* Throughline embed 1: gives frames of campaigns the height of their content. */
(() => {
  'use strict';
  const origin = new URL(document.currentScript.src).origin;
  const MAX_HEIGHT = 20000;
  addEventListener('message', ({ data, origin: from, source }) => {
    if (from !== origin || data === null || typeof data !== 'object' || data.throughline !== 'height') return;
    const height = Number(data.height);
    if (!(height > 0 && height <= MAX_HEIGHT)) return;
    for (const frame of document.getElementsByTagName('iframe')) {
      if (frame.contentWindow !== source) continue;
      frame.style.height = `${Math.ceil(height)}px`;
      source.postMessage({ throughline: 'seen' }, origin);
    }
  });
})();
