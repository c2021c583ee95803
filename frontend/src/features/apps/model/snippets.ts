/** A request to an app as the programs of those who call it. The key stays in the environment. */
import { quoted } from '@shared/lib/curl';

export interface Call {
  method: string;
  url: string;
  /** Empty: none. */
  body: string;
  withKey: boolean;
}

export const WAYS = ['curl', 'python', 'javascript'] as const;
export type Way = (typeof WAYS)[number];

/** What is no JSON is sent as text. */
export function typeOf(body: string): string {
  try {
    JSON.parse(body);
    return 'application/json';
  } catch {
    return 'text/plain; charset=utf-8';
  }
}

function curl({ method, url, body, withKey }: Call): string {
  const parts = [`curl -sS -X ${method} ${quoted(url)}`];
  if (withKey) parts.push('-H "Authorization: Bearer $APP_KEY"');
  if (body) parts.push(`-H ${quoted(`Content-Type: ${typeOf(body)}`)}`, `--data-raw ${quoted(body)}`);
  return parts.join(' \\\n  ');
}

function python({ method, url, body, withKey }: Call): string {
  const headers = [
    ...(withKey ? [`"Authorization": f"Bearer {os.environ['APP_KEY']}"`] : []),
    ...(body ? [`"Content-Type": ${JSON.stringify(typeOf(body))}`] : []),
  ].join(', ');
  const data = body ? `, data=${JSON.stringify(body)}.encode()` : '';
  return [
    ...(withKey ? ['import os'] : []),
    'from urllib.request import Request, urlopen',
    '',
    `request = Request(${JSON.stringify(url)}, method="${method}", headers={${headers}}${data})`,
    'with urlopen(request, timeout=30) as answer:',
    '    print(answer.read().decode())',
  ].join('\n');
}

function javascript({ method, url, body, withKey }: Call): string {
  const headers = [
    ...(withKey ? [`Authorization: \`Bearer \${process.env.APP_KEY}\``] : []),
    ...(body ? [`'Content-Type': ${JSON.stringify(typeOf(body))}`] : []),
  ].join(', ');
  return [
    `const answer = await fetch(${JSON.stringify(url)}, {`,
    `  method: '${method}',`,
    ...(headers ? [`  headers: { ${headers} },`] : []),
    ...(body ? [`  body: ${JSON.stringify(body)},`] : []),
    '});',
    'console.log(await answer.text());',
  ].join('\n');
}

export const SNIPPETS: Record<Way, (call: Call) => string> = { curl, python, javascript };

/** The endpoint's address: that of the app, with the endpoint's path below it. */
export const urlOf = (address: string, path: string) => address.replace(/\/$/, '') + path;

/** What tells one app's address from another's: the path below the portal, or the name that a cluster's entry gave it. */
export const endOf = (address: string) => {
  const { host, pathname } = new URL(address);
  return pathname === '/' ? host : pathname;
};
