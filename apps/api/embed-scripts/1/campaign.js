/*
 * Throughline embed 1: <throughline-campaign src="…"> shows a campaign in a shadow root. The policy of the
 * website needs this script, connect-src and img-src of its host, and no inline styles. Without this script,
 * or if the campaign cannot be loaded, the link within the element is shown.
 */
(() => {
  'use strict';
  if (customElements.get('throughline-campaign')) return;
  const { origin } = new URL(document.currentScript.src);
  const CHECK_MS = 30000;
  const REQUEST = { credentials: 'omit', mode: 'cors', referrerPolicy: 'strict-origin-when-cross-origin' };
  const ACCEPT = { headers: { accept: 'application/json' } };

  /** Websites with Trusted Types allow no plain text as HTML. */
  const trusted = (() => {
    try {
      return trustedTypes.createPolicy('throughline-campaign', { createHTML: (html) => html });
    } catch {
      return { createHTML: (html) => html };
    }
  })();

  class ThroughlineCampaign extends HTMLElement {
    connectedCallback() {
      this.load();
      this.timer = setInterval(() => this.check().catch(() => undefined), CHECK_MS);
    }

    disconnectedCallback() {
      clearInterval(this.timer);
    }

    get address() {
      const url = new URL(this.getAttribute('src') || '', origin);
      return url.origin === origin ? url.href : null;
    }

    async load() {
      if (this.address === null) return;
      try {
        const answer = await fetch(this.address, { ...REQUEST, ...ACCEPT });
        this.show(await answer.json());
      } catch (error) {
        // The link within the element is still shown.
        console.warn('A campaign cannot be loaded.', error);
      }
    }

    /** Loads the campaign again if its state has changed and nothing was typed. */
    async check() {
      if (this.isTyped || document.visibilityState !== 'visible' || !this.content?.stateUrl) return;
      const answer = await fetch(this.content.stateUrl, REQUEST);
      if (answer.ok && (await answer.json()).key !== this.content.key) await this.load();
    }

    show(content) {
      if (typeof content?.html !== 'string') throw new TypeError('The answer is not a campaign.');
      this.content = { ...this.content, ...content };
      const root = this.shadowRoot || this.attachShadow({ mode: 'open' });
      const sheet = new CSSStyleSheet();
      sheet.replaceSync(`:host{display:block}${content.css}`);
      root.adoptedStyleSheets = [sheet];
      const body = document.createElement('body');
      for (const [name, value] of content.attributes) body.setAttribute(name, value);
      body.lang = content.lang;
      body.dir = content.dir;
      const parsed = new DOMParser().parseFromString(trusted.createHTML(content.html), 'text/html');
      body.append(...parsed.body.childNodes);
      for (const element of [body, ...body.querySelectorAll('[data-style]')]) {
        if (element.dataset.style !== undefined) element.style.cssText = element.dataset.style;
        element.removeAttribute('data-style');
      }
      body.addEventListener('input', () => this.start());
      body.addEventListener('submit', (event) => this.send(event));
      body.addEventListener('click', (event) => this.jump(event));
      root.replaceChildren(body);
    }

    /** Counts that somebody begins to fill in the form, once. */
    start() {
      if (!this.isTyped && this.content.startUrl)
        fetch(this.content.startUrl, { ...REQUEST, method: 'POST' }).catch(() => undefined);
      this.isTyped = true;
    }

    /** Links to a field of the form: an address does not reach into a shadow root. */
    jump(event) {
      const link = event.target.closest('a[href^="#"], a[href="?"]');
      if (link === null) return;
      event.preventDefault();
      this.shadowRoot.getElementById(link.getAttribute('href').slice(1))?.focus();
    }

    async send(event) {
      event.preventDefault();
      const form = event.target;
      const button = form.querySelector('button');
      if (button.disabled) return;
      button.disabled = true;
      try {
        const body = new URLSearchParams(new FormData(form));
        const answer = await fetch(form.action, { ...REQUEST, ...ACCEPT, method: 'POST', body });
        this.show(await answer.json());
        this.isTyped = !answer.ok;
        this.read();
      } catch {
        button.disabled = false;
        this.tellFailure(form);
      }
    }

    /** Moves the focus to what has changed, so that a screen reader reads it. */
    read() {
      const first = this.shadowRoot.querySelector('[autofocus], [role=alert], h1');
      if (first === null) return;
      if (!first.matches('input, textarea')) first.tabIndex = -1;
      first.focus();
    }

    tellFailure(form) {
      form.querySelector('[data-failure]')?.remove();
      const text = document.createElement('p');
      text.setAttribute('role', 'alert');
      text.dataset.failure = '';
      text.append(`${this.content.failed} `);
      const link = document.createElement('a');
      Object.assign(link, {
        href: this.content.pageUrl,
        target: '_blank',
        rel: 'noopener',
        textContent: this.content.pageUrl,
      });
      text.append(link);
      form.append(text);
    }
  }
  customElements.define('throughline-campaign', ThroughlineCampaign);
})();
