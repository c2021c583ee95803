import { address, type Query } from '@shared/api/http';

export interface ApiCall {
  method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** Below /api/v1, with a trailing slash. */
  path: string;
  query?: Query;
  body?: unknown;
}

export const quoted = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

/** The call that a page makes, as a command line. The token stays in the environment. */
export function curl(call: ApiCall, origin = location.origin): string {
  const lines = [`curl -sS ${quoted(origin + address(call.path, call.query))}`];
  if (call.method !== 'GET') lines.push(`-X ${call.method}`);
  lines.push('-H "Authorization: Bearer $HANSE_TOKEN"');
  if (call.method === 'POST') lines.push('-H "Idempotency-Key: $(uuidgen)"');
  else if (call.method !== 'GET') lines.push('-H "If-Match: $ETAG"');
  if (call.body !== undefined)
    lines.push("-H 'Content-Type: application/json'", `-d ${quoted(JSON.stringify(call.body, null, 2))}`);
  return lines.join(' \\\n  ');
}

export const apiLine = (call: ApiCall) => `${call.method} ${address(call.path, call.query)}`;
