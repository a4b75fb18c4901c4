import type { Problem } from '#contracts';

/** An error of the API, with a text for users. */
export class ApiProblem extends Error {
  constructor(readonly problem: Problem) {
    super(problem.detail);
    this.name = 'ApiProblem';
  }
}

/**
 * Whether there was no response.
 * The API may have executed the request.
 */
export const isNetworkError = (error: unknown): boolean => error instanceof ApiProblem && error.problem.status === 0;

interface Call {
  readonly body?: unknown;
  readonly form?: FormData;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';

let csrfToken = '';
let sessionEnded: () => void = () => undefined;
let readSession: () => Promise<boolean> = () => Promise.resolve(false);
let confirmIdentity: () => Promise<boolean> = () => Promise.resolve(false);
/** A 401 of these tells that a sign-in failed, not that the session ended. */
const SIGN_INS: readonly string[] = ['/session', '/session/passkey'];

/**
 * Stores the CSRF token of the session.
 * Every change sends it.
 */
export function rememberCsrfToken(token: string): void {
  csrfToken = token;
}

/**
 * Sets the function that reloads the session after another tab has signed in.
 * It returns true for the same user and organisation.
 */
export function onSessionRenewed(reader: () => Promise<boolean>): void {
  readSession = reader;
}

/** Sets the listener for the end of the session. */
export function onSessionEnded(listener: () => void): void {
  sessionEnded = listener;
}

/**
 * Sets the function that asks the person to confirm that it is them, for a
 * change that needs it. It returns false if they cancel.
 */
export function onConfirmationRequired(asker: () => Promise<boolean>): void {
  confirmIdentity = asker;
}

/** Reports that the API no longer accepts the session. */
export function endSession(): void {
  sessionEnded();
}

/**
 * Sends one request to a path under `/api/v1`.
 * @returns the JSON answer, or undefined for an empty one.
 * @throws ApiProblem for every error response. Without a response its code is
 *   `network`, or `network.unanswered` for a change, which the API may have
 *   executed.
 */
export async function call<T>(method: Method, path: string, { body, form, headers, signal }: Call = {}): Promise<T> {
  const response = await send(method, path, {
    headers: {
      ...(method === 'GET' ? {} : { 'X-CSRF-Token': csrfToken }),
      ...(body === undefined ? {} : { 'Content-Type': 'application/json' }),
      ...headers,
    },
    body: form ?? (body === undefined ? null : JSON.stringify(body)),
    signal: signal ?? null,
  });
  if (response.ok) {
    const text = await response.text();
    return (text === '' ? undefined : JSON.parse(text)) as T;
  }
  const problem = await problemOf(response);
  const isRepeated =
    (problem.code === 'session.csrf' && (await readSession())) ||
    (problem.code === 'confirmation.required' && (await confirmIdentity()));
  if (isRepeated) {
    const again = { ...(body === undefined ? {} : { body }), ...(form === undefined ? {} : { form }) };
    return call(method, path, { ...again, headers: { ...headers, 'X-CSRF-Token': csrfToken } });
  }
  if (response.status === 401 && !SIGN_INS.includes(path)) sessionEnded();
  throw new ApiProblem(problem);
}

/**
 * Query function of a GET for TanStack Query: `queryFn:
 * get<Offers>('/offers')`.
 */
export const get =
  <T>(path: string) =>
  ({ signal }: { signal: AbortSignal }): Promise<T> =>
    call<T>('GET', path, { signal });

/**
 * Query function for a document as text: `queryFn:
 * getDocument('/offers/…/welcome.html')`.
 * @throws ApiProblem as `call`.
 */
export const getDocument =
  (path: string) =>
  async ({ signal }: { signal: AbortSignal }): Promise<string> => {
    const response = await send('GET', path, { signal });
    if (response.ok) return response.text();
    throw new ApiProblem(await problemOf(response));
  };

/**
 * The bytes of a GET.
 * @throws ApiProblem as `call`.
 */
export async function getBlob(path: string, signal: AbortSignal): Promise<Blob> {
  const response = await send('GET', path, { signal });
  if (response.ok) return response.blob();
  if (response.status === 401) sessionEnded();
  throw new ApiProblem(await problemOf(response));
}

/**
 * Sends a POST and returns the rendered bytes: a document or a picture.
 * @throws ApiProblem as `call`.
 */
export async function postForBlob(path: string, body: unknown, signal: AbortSignal): Promise<Blob> {
  const headers = { 'X-CSRF-Token': csrfToken, 'Content-Type': 'application/json' };
  const response = await send('POST', path, { headers, body: JSON.stringify(body), signal }, NOT_SENT);
  if (response.ok) return response.blob();
  if (response.status === 401) sessionEnded();
  throw new ApiProblem(await problemOf(response));
}

const NOT_SENT = {
  code: 'network',
  detail: 'Throughline cannot be reached. Nothing was changed; check the connection and try again.',
} as const;

/**
 * The connection may have failed before the request arrived, or after it was
 * executed.
 */
const UNANSWERED = {
  code: 'network.unanswered',
  detail:
    'Throughline cannot be reached. What you asked for may have been done all the same: once the connection is back, look before you try again.',
} as const;

async function send(
  method: Method,
  path: string,
  init: RequestInit,
  silence: typeof NOT_SENT | typeof UNANSWERED = method === 'GET' ? NOT_SENT : UNANSWERED,
): Promise<Response> {
  try {
    return await fetch(`/api/v1${path}`, { ...init, method, credentials: 'same-origin' });
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error;
    throw new ApiProblem({ type: 'about:blank', title: 'Unreachable', status: 0, ...silence });
  }
}

async function problemOf(response: Response): Promise<Problem> {
  try {
    return (await response.json()) as Problem;
  } catch {
    return {
      type: 'about:blank',
      title: response.statusText,
      status: response.status,
      code: `http-${response.status}`,
      detail: `The server answered ${response.status} and gave no reason. Try again in a moment.`,
    };
  }
}
