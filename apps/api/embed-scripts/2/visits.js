/*
 * Throughline embed 2: reports page views and events of people who came by a personal link and agreed.
 * Nothing is stored or sent before throughline.consent(true). Others are never reported.
 */
(() => {
  'use strict';
  const { src, dataset } = document.currentScript;
  const address = `${new URL(src).origin}/visits/${dataset.site}`;
  const KEY = 'throughline-visitor';
  const KEPT_MS = 90 * 24 * 3600 * 1000;
  const here = new URL(location.href);
  const click = here.searchParams.get('tl');
  let isAllowed = false;
  let isPageSent = false;

  if (click !== null) {
    // Who copies the address passes on no name.
    here.searchParams.delete('tl');
    history.replaceState(history.state, '', here.href);
  }

  const known = () => {
    try {
      const { token, until } = JSON.parse(localStorage.getItem(KEY));
      return until > Date.now() ? token : null;
    } catch {
      return null;
    }
  };
  const remember = (token) => localStorage.setItem(KEY, JSON.stringify({ token, until: Date.now() + KEPT_MS }));

  const report = async (name) => {
    const visitor = known();
    if (!isAllowed || (visitor === null && click === null)) return;
    // The link that was followed names its reader; what is stored may have ended, or name an earlier person.
    const body = new URLSearchParams({ name });
    if (click !== null) body.set('click', click);
    if (visitor !== null) body.set('visitor', visitor);
    const answer = await fetch(address, { method: 'POST', body, credentials: 'omit', keepalive: true });
    if (!answer.ok || !isAllowed) return;
    const { visitor: token } = await answer.json();
    // Null is also the answer to one event too many in an hour, so the stored token stays.
    if (token !== null) remember(token);
  };
  const pageName = () => {
    const path = location.pathname
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, '-')
      .replace(/^-/, '')
      .replace(/-$/, '');
    return `page-${path === '' ? 'home' : path}`.slice(0, 60);
  };

  const throughline = {
    /** Tells whether the visitor agreed. `false` also deletes what was stored. */
    consent(isGiven) {
      isAllowed = isGiven === true;
      if (!isAllowed) localStorage.removeItem(KEY);
      else if (!isPageSent) {
        isPageSent = true;
        report(pageName()).catch(() => undefined);
      }
    },
    /** Reports an event, such as `demo-requested`. */
    event(name) {
      report(name).catch(() => undefined);
    },
  };
  window.throughline = throughline;
  if (dataset.consent === 'given') throughline.consent(true);
  dispatchEvent(new Event('throughline'));
})();
