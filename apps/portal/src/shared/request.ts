import type { UseQueryOptions } from '@tanstack/react-query';
import { call } from './api';
import type { Routes } from './routes';

type Route = keyof Routes;
type ParamName<Path extends string> = Path extends `${string}:${infer Name}/${infer Rest}`
  ? Name | ParamName<Rest>
  : Path extends `${string}:${infer Name}`
    ? Name
    : never;

/**
 * Input of a request besides its path parameters.
 * `query` is a query string without its question mark.
 */
export interface RequestInput {
  readonly query?: string | URLSearchParams;
  readonly body?: unknown;
  readonly form?: FormData;
  readonly headers?: Readonly<Record<string, string>>;
  readonly signal?: AbortSignal;
}

/**
 * Headers of a PUT that replaces a version. The API refuses it with 412 if
 * another version is stored by then.
 */
export const basedOn = (version: string | number): RequestInput['headers'] => ({ 'If-Match': `"${version}"` });

type Params<Path extends string> = [ParamName<Path>] extends [never]
  ? { readonly params?: never }
  : { readonly params: Readonly<Record<ParamName<Path>, string | number>> };
type Input<Path extends string> = RequestInput & Params<Path>;
type OptionalInput<Path extends string> = [ParamName<Path>] extends [never]
  ? [input?: Input<Path>]
  : [input: Input<Path>];

/** Paths that can be read with GET. */
export type GetPath = Route extends infer R ? (R extends `GET ${infer Path}` ? Path : never) : never;

/** What the API answers to a GET of a path. */
export type Answer<Path extends GetPath> = Routes[`GET ${Path}`];

/** Options of a query besides its key and its request. */
export type QueryOptions<Path extends GetPath, T = Answer<Path>> = Omit<
  UseQueryOptions<Answer<Path>, Error, T>,
  'queryKey' | 'queryFn'
>;

/**
 * Sends one request. Path parameters are percent-encoded.
 * @returns the JSON answer, typed by the route in `Routes`; undefined for an
 *   empty answer.
 * @throws ApiProblem as `call`.
 */
export function request<R extends Route>(route: R, ...[input]: OptionalInput<R>): Promise<Routes[R]> {
  return send(route, input);
}

/**
 * Query function of a GET for TanStack Query: `queryFn: get('/offers')`.
 * The path determines the type of the answer.
 */
export const get =
  <Path extends GetPath>(path: Path, ...[input]: OptionalInput<Path>) =>
  ({ signal }: { signal: AbortSignal }): Promise<Routes[`GET ${Path}`]> =>
    send(`GET ${path}`, { ...input, signal });

/** Routes that answer with pages of a list. */
export type PagedRoute = {
  [R in Route]: Routes[R] extends { readonly items: readonly unknown[]; readonly nextCursor: string | null }
    ? R
    : never;
}[Route];

/** A row of a paginated list. */
export type ItemOf<R extends PagedRoute> = Routes[R] extends { readonly items: readonly (infer T)[] } ? T : never;

/** Input of a request for a page; `query` without the cursor. */
export type PageInput<R extends PagedRoute> = Pick<RequestInput, 'query' | 'body'> & Params<R>;

interface PageOf<T> {
  readonly items: readonly T[];
  readonly nextCursor: string | null;
}

/**
 * Requests one page of a list.
 * @param cursor null for the first page.
 * @throws ApiProblem as `call`.
 */
export function requestPage<R extends PagedRoute>(
  route: R,
  { params, query, body }: PageInput<R>,
  cursor: string | null,
  signal: AbortSignal,
): Promise<PageOf<ItemOf<R>>> {
  const search = new URLSearchParams(query);
  if (cursor !== null) search.set('cursor', cursor);
  const input = { query: search, signal, ...(params === undefined ? {} : { params }) };
  return send(route, body === undefined ? input : { ...input, body });
}

type Method = 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
const METHODS: readonly Method[] = ['GET', 'POST', 'PUT', 'PATCH', 'DELETE'];

interface AnyInput extends RequestInput {
  readonly params?: Readonly<Record<string, string | number>>;
}

function send<T>(route: string, { params = {}, query = '', ...rest }: AnyInput = {}): Promise<T> {
  const [name, template = ''] = route.split(' ');
  const method = METHODS.find((one) => one === name) ?? 'GET';
  const path = template.replace(/:(\w+)/g, (_, param: string) => encodeURIComponent(String(params[param] ?? '')));
  const search = query.toString();
  return call<T>(method, search === '' ? path : `${path}?${search}`, rest);
}
