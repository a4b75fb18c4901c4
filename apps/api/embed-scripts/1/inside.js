/*
 * Throughline embed 1, within a frame: tells the website around it the height, opens links in WordPress,
 * whose sandbox allows no windows, and loads the page again when its state has changed.
 */
(() => {
  'use strict';
  const { hosts = '', state = '', stateUrl = '', startUrl = '' } = document.currentScript.dataset;
  const REPEAT_MS = 1000;
  const CHECK_MS = 30000;
  const secret = (/[?&]secret=([\w-]+)/.exec(location.hash) || [])[1];

  const originOf = (address) => {
    try {
      return new URL(address).origin;
    } catch {
      return null;
    }
  };
  const isKnown = (origin) => {
    if (origin === null) return false;
    if (origin === new URL(location.href).origin) return true;
    const name = new URL(origin).hostname;
    return hosts.split(' ').some((host) => host !== '' && (name === host || name.endsWith(`.${host}`)));
  };
  const around = originOf((location.ancestorOrigins && location.ancestorOrigins[0]) || document.referrer);
  const isFramed = parent !== window && isKnown(around);

  let told = 0;
  let isSeen = false;
  const tell = () => {
    const height = document.documentElement.offsetHeight;
    if (!isFramed || (isSeen && height === told)) return;
    if (height !== told) isSeen = false;
    told = height;
    parent.postMessage({ throughline: 'height', height }, around);
    if (secret !== undefined) parent.postMessage({ message: 'height', value: height, secret }, around);
  };
  addEventListener('message', ({ data, origin, source }) => {
    if (
      source === parent &&
      origin === around &&
      data !== null &&
      typeof data === 'object' &&
      data.throughline === 'seen'
    )
      isSeen = true;
  });
  addEventListener('load', tell);
  new ResizeObserver(tell).observe(document.documentElement);
  setInterval(tell, REPEAT_MS);

  if (secret !== undefined)
    document.addEventListener('click', (event) => {
      const link = event.target instanceof Element ? event.target.closest('a[href]') : null;
      if (link === null || !isFramed) return;
      event.preventDefault();
      parent.postMessage({ message: 'link', value: link.href, secret }, around);
    });

  let isTyped = false;
  document.addEventListener('input', () => {
    if (!isTyped) fetch(startUrl, { method: 'POST', credentials: 'omit' }).catch(() => undefined);
    isTyped = true;
  });
  const check = async () => {
    if (isTyped || document.visibilityState !== 'visible') return;
    const answer = await fetch(stateUrl, { credentials: 'omit' });
    if (answer.ok && (await answer.json()).key !== state) location.reload();
  };
  if (stateUrl !== '') setInterval(() => check().catch(() => undefined), CHECK_MS);
})();
