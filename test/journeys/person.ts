import { z } from 'zod';
import { Problem, SessionView } from '#contracts';

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

export interface Call {
  readonly method?: Method;
  readonly json?: object;
  readonly form?: FormData;
  readonly headers?: Readonly<Record<string, string>>;
}

/**
 * A user of the HTTP API like any other client: a cookie and a CSRF token,
 * nothing else.
 */
export class Person {
  private cookie = '';
  private csrfToken = '';

  constructor(private readonly url: string) {}

  static async signIn(url: string, email: string, password: string): Promise<Person> {
    const person = new Person(url);
    await person.enter('session', { email, password });
    return person;
  }

  /** Starts a session by signing in or by accepting an invitation. */
  async enter(door: string, body: object): Promise<SessionView> {
    const response = await this.fetch(door, { method: 'POST', json: body });
    this.cookie = response.headers.getSetCookie()[0]?.split(';')[0] ?? '';
    const session = SessionView.parse(await response.json());
    this.csrfToken = session.csrfToken;
    return session;
  }

  /**
   * Calls the API and parses the answer by its contract.
   * @throws Error with the problem document if it is refused.
   */
  async call<T extends z.ZodType>(path: string, answer: T, call: Call = {}): Promise<z.output<T>> {
    return answer.parse(await (await this.fetch(path, call)).json());
  }

  async bytes(path: string): Promise<{ type: string; content: Buffer }> {
    const response = await this.fetch(path, {});
    return { type: response.headers.get('content-type') ?? '', content: Buffer.from(await response.arrayBuffer()) };
  }

  async text(path: string): Promise<string> {
    return (await this.bytes(path)).content.toString('utf8');
  }

  async status(path: string, call: Call = {}): Promise<number> {
    return (await this.send(path, call)).status;
  }

  /**
   * The problem document of a call that must be refused.
   * @throws Error if it is not.
   */
  async refusal(path: string, call: Call = {}): Promise<Problem> {
    const response = await this.send(path, call);
    if (response.ok) throw new Error(`${call.method ?? 'GET'} ${path} was answered with ${response.status}.`);
    return Problem.parse(await response.json());
  }

  private async fetch(path: string, call: Call): Promise<Response> {
    const response = await this.send(path, call);
    if (response.ok) return response;
    throw new Error(`${call.method ?? 'GET'} ${path} was refused: ${response.status} ${await response.text()}`);
  }

  private async send(path: string, { method = 'GET', json, form, headers = {} }: Call): Promise<Response> {
    const body = form ?? (json === undefined ? null : JSON.stringify(json));
    return fetch(`${this.url}/api/v1/${path}`, {
      method,
      body,
      headers: {
        ...(json === undefined ? {} : { 'content-type': 'application/json' }),
        ...(this.cookie === '' ? {} : { cookie: this.cookie, 'x-csrf-token': this.csrfToken }),
        ...headers,
      },
    });
  }
}

/** A form with one file, and fields beside it. */
export function upload(
  field: string,
  file: Buffer,
  name: string,
  fields: Readonly<Record<string, string>> = {},
): FormData {
  const form = new FormData();
  for (const [key, value] of Object.entries(fields)) form.set(key, value);
  form.set(field, new Blob([new Uint8Array(file)]), name);
  return form;
}
