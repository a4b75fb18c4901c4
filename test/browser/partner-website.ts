import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';

interface WebPage {
  readonly html: string;
  /** Content-Security-Policy; null: none, as most websites. */
  readonly policy: string | null;
}

/** A website of somebody else, on a port of its own. It answers to every host name. */
export class PartnerWebsite {
  private readonly pages = new Map<string, WebPage>();

  private constructor(private readonly server: Server) {}

  static async open(): Promise<PartnerWebsite> {
    const server = createServer();
    const site = new PartnerWebsite(server);
    server.on('request', ({ url = '' }, response) => {
      const page = site.pages.get(url);
      if (page === undefined) response.statusCode = 404;
      if (page != null && page.policy !== null) response.setHeader('content-security-policy', page.policy);
      response.setHeader('content-type', 'text/html; charset=utf-8').end(page?.html ?? '');
    });
    await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
    return site;
  }

  /**
   * Publishes a page with some code in it.
   * @param policy what the code needs; null: the website sends no policy. With one, it allows nothing else.
   */
  publish(path: string, code: string, policy: string | null): void {
    this.pages.set(path, {
      html: `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Offers</title></head><body><h1>Our offers</h1>${code}</body></html>`,
      policy: policy === null ? null : `default-src 'none'; ${policy}`,
    });
  }

  /** The URL of a page under a host name, which a browser has to resolve to this machine. */
  url(host: string, path: string): string {
    return `http://${host}:${(this.server.address() as AddressInfo).port}${path}`;
  }

  async close(): Promise<void> {
    this.server.closeAllConnections();
    await new Promise((resolve) => this.server.close(resolve));
  }
}
