/**
 * The one door to the REST API: session cookie, CSRF header, Idempotency-Key on every POST, If-Match, problems.
 * Paths are below /api/v1 and end with a slash; query values that are undefined, null or empty are left out.
 */
import { newKey } from '@shared/lib/keys';
import { Problem, type ProblemDocument, unreachable } from './problem';

export type Query = Record<string, string | number | boolean | readonly string[] | null | undefined> | object;

export interface Page<Row> {
  results: Row[];
  next: string | null;
  previous: string | null;
  count: number;
  count_is_exact: boolean;
}

/** An object and the ETag it was read with. */
export interface Tagged<Document> {
  document: Document;
  etag: string;
}

export interface Options {
  query?: Query;
  body?: unknown;
  /** Content type of a body that is sent as it is: text, such as YAML, or a file. */
  bodyType?: string;
  etag?: string;
  /** Give one to make a repeated POST the same POST; else each call is its own. */
  idempotencyKey?: string;
  signal?: AbortSignal;
  headers?: Record<string, string>;
}

export const API = '/api/v1';

/** Called when the server says that nobody is signed in (any more). */
let onSignedOut: () => void = () => undefined;
export const whenSignedOut = (act: () => void) => {
  onSignedOut = act;
};

export function cookie(name: string): string {
  const found = document.cookie.split('; ').find((part) => part.startsWith(`${name}=`));
  return found ? decodeURIComponent(found.slice(name.length + 1)) : '';
}

export function address(path: string, query: Query = {}): string {
  const parameters = new URLSearchParams();
  for (const [name, value] of Object.entries(query)) {
    if (Array.isArray(value)) for (const item of value) parameters.append(name, String(item));
    else if (value !== undefined && value !== null && value !== '') parameters.append(name, String(value));
  }
  const text = parameters.toString();
  return (path.startsWith('/_allauth') ? path : API + path) + (text && `?${text}`);
}

/** Send a request; resolves with the raw response when it is 2xx. Throws Problem otherwise. */
export async function send(method: string, path: string, options: Options = {}): Promise<Response> {
  const url = address(path, options.query);
  const request = `${method} ${url}`;
  const headers: Record<string, string> = {
    Accept: 'application/json',
    'Accept-Language': document.documentElement.lang,
    ...options.headers,
  };
  if (method !== 'GET') headers['X-CSRFToken'] = cookie('hanse_csrf');
  if (method === 'POST') headers['Idempotency-Key'] = options.idempotencyKey ?? newKey();
  if (options.etag) headers['If-Match'] = options.etag;
  const init: RequestInit = { method, headers, credentials: 'same-origin' };
  if (options.signal) init.signal = options.signal;
  if (options.bodyType) {
    headers['Content-Type'] = options.bodyType;
    init.body = options.body instanceof Blob ? options.body : String(options.body);
  } else if (options.body !== undefined) {
    headers['Content-Type'] = 'application/json';
    init.body = JSON.stringify(options.body);
  }
  let response: Response;
  try {
    response = await fetch(url, init);
  } catch (error) {
    if (options.signal?.aborted) throw error;
    throw unreachable(request);
  }
  if (response.ok) return response;
  if (response.status === 401 && !path.startsWith('/_allauth')) onSignedOut();
  throw new Problem(await documentOf(response), request);
}

async function documentOf(response: Response): Promise<ProblemDocument> {
  const fallback = {
    type: '/problems/unexpected-answer',
    title: `The server answered ${response.status} ${response.statusText}`.trim(),
    status: response.status,
    request_id: response.headers.get('X-Request-Id') ?? '',
    retry_after: Number(response.headers.get('Retry-After')),
  };
  try {
    // What is no problem document (the sign-in endpoints' own errors) still says more than nothing.
    const answer = (await response.json()) as Partial<ProblemDocument>;
    return { ...fallback, ...answer };
  } catch {
    return fallback;
  }
}

async function json<Answer>(method: string, path: string, options: Options = {}): Promise<Answer> {
  const response = await send(method, path, options);
  return (response.status === 204 ? null : await response.json()) as Answer;
}

type WithoutBody = Omit<Options, 'body' | 'bodyType'>;

export const http = {
  get: <Answer>(path: string, options?: WithoutBody) => json<Answer>('GET', path, options),
  /** Read an object together with its ETag, to change it later. */
  getTagged: async <Answer>(path: string, options?: WithoutBody): Promise<Tagged<Answer>> => {
    const response = await send('GET', path, options);
    return { document: (await response.json()) as Answer, etag: response.headers.get('ETag') ?? '' };
  },
  text: async (path: string, options?: WithoutBody) => {
    const response = await send('GET', path, { ...options, headers: { Accept: '*/*', ...options?.headers } });
    return response.text();
  },
  post: <Answer>(path: string, body?: unknown, options?: Options) => json<Answer>('POST', path, { ...options, body }),
  put: <Answer>(path: string, body: unknown, options: Options & { etag: string }) =>
    json<Answer>('PUT', path, { ...options, body }),
  patch: <Answer>(path: string, body: unknown, options: Options & { etag: string }) =>
    json<Answer>('PATCH', path, { ...options, body }),
  /** With the object's ETag, unless what goes has no versions (a token, a place in a group). */
  delete: <Answer = null>(path: string, options?: Options) => json<Answer>('DELETE', path, options),
};

/** The ETag of an object whose document carries its generation. */
export const etagOf = (object: { generation: number }) => `"${object.generation}"`;
