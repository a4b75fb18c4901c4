import { until } from '../support/until.js';
import type { SendingSite } from '../support/sending-site.js';

const ATTEMPT_MS = 5_000;

/** People who send the form of a page to an API process that is killed again and again. */
export class FormVisitors {
  private constructor(
    private readonly site: SendingSite,
    private readonly path: string,
    private api: Awaited<ReturnType<SendingSite['startApi']>>,
  ) {}

  static async open(site: SendingSite, pageUrl: string): Promise<FormVisitors> {
    return new FormVisitors(site, `${new URL(pageUrl).pathname}/form?source=qr`, await site.startApi('api-1'));
  }

  /** Kills the process without a signal handler, and starts it again. */
  async kill(): Promise<void> {
    await this.api.process.end('SIGKILL');
    this.api = await this.site.startApi('api-1');
  }

  /** A person who sends the form again until there is an answer. */
  async send(email: string): Promise<void> {
    await until(() => this.isAnswered(email), `an answer to the form of ${email}`, 120_000);
  }

  private async isAnswered(email: string): Promise<boolean> {
    const body = new URLSearchParams({ email, firstName: 'Ada', company: 'Quay', language: 'en', consent: 'yes' });
    const signal = AbortSignal.timeout(ATTEMPT_MS);
    const answer = await fetch(this.api.url + this.path, { method: 'POST', body, signal }).catch(() => null);
    return answer?.status === 200;
  }
}
