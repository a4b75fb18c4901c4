import { readdirSync, readFileSync } from 'node:fs';
import { InboundMail } from '../support/inbound-mail.js';
import type { Bomb, Entrance } from './bomb.js';

/** Where each kind of bomb goes, and in which form. */
const ENTRANCES: Readonly<
  Record<Exclude<Entrance, 'mail'>, { method: string; path: string; type: string; by: 'vendor' | 'partner' }>
> = {
  logo: { method: 'PUT', path: 'brand-profile/logo', type: 'file', by: 'partner' },
  'logo-form': { method: 'PUT', path: 'brand-profile/logo', type: 'multipart/form-data; boundary=b', by: 'partner' },
  package: { method: 'POST', path: 'campaigns', type: 'package', by: 'vendor' },
  'import-preview': { method: 'POST', path: 'contact-imports/preview', type: 'file', by: 'partner' },
  import: { method: 'POST', path: 'contact-imports', type: 'file', by: 'partner' },
  'opt-outs': { method: 'POST', path: 'suppressions/import/preview', type: 'file', by: 'partner' },
  'sign-in': { method: 'POST', path: 'session', type: 'application/json', by: 'partner' },
  contact: { method: 'POST', path: 'contacts', type: 'application/json', by: 'partner' },
};

interface Session {
  readonly cookie: string;
  readonly csrfToken: string;
}

/** What became of a bomb. */
export interface Answer {
  readonly status: number | string;
  readonly ms: number;
  readonly body: string;
}

/** Signed-in users of a running product who send it bombs. */
export class Attacker {
  private constructor(
    private readonly url: string,
    private readonly mail: InboundMail,
    private readonly sessions: Readonly<Record<'vendor' | 'partner', Session>>,
  ) {}

  static async signIn(url: string, smtpPort: number, password: string): Promise<Attacker> {
    const sessions = {
      vendor: await signIn(url, 'maya@northwind.example', password),
      partner: await signIn(url, 'olivia@brightwater.example', password),
    };
    return new Attacker(url, new InboundMail(smtpPort), sessions);
  }

  async send({ entrance }: Bomb, bytes: Buffer): Promise<Answer> {
    const beganAt = performance.now();
    const { status, body } =
      entrance === 'mail' ? await this.sendMail(bytes) : await this.request(ENTRANCES[entrance], bytes);
    return { status, body, ms: performance.now() - beganAt };
  }

  close(): Promise<void> {
    return this.mail.close();
  }

  private async sendMail(bytes: Buffer): Promise<{ status: string; body: string }> {
    const outcome = await this.mail.deliver('fbl@mail.throughline.example', bytes.toString('latin1'));
    return { status: outcome.kind, body: JSON.stringify(outcome) };
  }

  private async request(
    { method, path, type, by }: (typeof ENTRANCES)['logo'],
    bytes: Buffer,
  ): Promise<{ status: number; body: string }> {
    const isFile = type === 'file' || type === 'package';
    const form = new FormData();
    if (isFile) form.set(type, new Blob([new Uint8Array(bytes)]), 'bomb');
    if (path === 'contact-imports') form.set('consentBasis', 'unknown');
    const { cookie, csrfToken } = this.sessions[by];
    const headers = { cookie, 'x-csrf-token': csrfToken, ...(isFile ? {} : { 'content-type': type }) };
    try {
      const response = await fetch(`${this.url}/api/v1/${path}`, {
        method,
        headers,
        body: isFile ? form : new Uint8Array(bytes),
        signal: AbortSignal.timeout(120_000),
      });
      return { status: response.status, body: await response.text() };
    } catch (error) {
      // The product ends a body that is too large, or never ends.
      return { status: 0, body: String(error) };
    }
  }
}

async function signIn(url: string, email: string, password: string): Promise<Session> {
  const response = await fetch(`${url}/api/v1/session`, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ email, password }),
  });
  const { csrfToken } = (await response.json()) as { csrfToken: string };
  return { cookie: response.headers.getSetCookie()[0]?.split(';')[0] ?? '', csrfToken };
}

/** Another user, who asks for a light page all the time. */
export class Bystander {
  readonly times: number[] = [];
  private isOn = true;
  private readonly done: Promise<void>;

  private constructor(url: string, { cookie }: Session) {
    this.done = this.ask(`${url}/api/v1/brand-profile`, cookie);
  }

  static async start(url: string, password: string): Promise<Bystander> {
    return new Bystander(url, await signIn(url, 'jonas@kessler.example', password));
  }

  /** Waits for two requests that nothing in this process has held up. */
  async settle(): Promise<void> {
    this.times.splice(0);
    while (this.times.length < 2) await new Promise((resolve) => setTimeout(resolve, 20));
    this.times.splice(0);
  }

  /** The times of requests since the last call, in milliseconds. */
  read(): number[] {
    return this.times.splice(0);
  }

  async stop(): Promise<void> {
    this.isOn = false;
    await this.done;
  }

  private async ask(address: string, cookie: string): Promise<void> {
    while (this.isOn) {
      const beganAt = performance.now();
      await fetch(address, { headers: { cookie } })
        .then((response) => response.arrayBuffer())
        .catch(() => undefined);
      this.times.push(performance.now() - beganAt);
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

export const p95 = (times: readonly number[]): number =>
  [...times].sort((a, b) => a - b)[Math.floor(times.length * 0.95)] ?? 0;

/** Resident memory of a process and of all its descendants, in MB. */
export function memoryOf(pid: number): { readonly own: number; readonly all: number } {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc').filter((entry) => /^\d+$/.test(entry))) {
    const stat = readOrNull(`/proc/${name}/stat`);
    if (stat !== null) parents.set(Number(name), Number(stat.slice(stat.lastIndexOf(')') + 4).split(' ')[0]));
  }
  const descends = (each: number): boolean => each === pid || (each > 1 && descends(parents.get(each) ?? 0));
  const sizeOf = (each: number): number =>
    Number((readOrNull(`/proc/${each}/statm`) ?? '0 0').split(' ')[1]) * 0.004096;
  const all = [...parents.keys()].filter((each) => isServer(each) && descends(each));
  return { own: sizeOf(pid), all: all.reduce((sum, each) => sum + sizeOf(each), 0) };
}

/** PostgreSQL's shared memory would be counted once for each of its processes. */
const isServer = (pid: number): boolean => (readOrNull(`/proc/${pid}/cmdline`) ?? '').includes('node');

function readOrNull(file: string): string | null {
  try {
    return readFileSync(file, 'latin1');
  } catch {
    return null;
  }
}

/**
 * How many times slower this machine is now than an idle one: the time of a
 * short computation by the clock, divided by its processor time.
 */
export function slowness(): number {
  const [beganAt, before] = [performance.now(), process.cpuUsage()];
  while (process.cpuUsage(before).user < 40_000);
  return Math.max(1, (performance.now() - beganAt) / (process.cpuUsage(before).user / 1_000));
}
