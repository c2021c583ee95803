import type { Uploads } from '../api';

/** The store took the request and will not have it: trying again changes nothing. */
export class Refused extends Error {}

/** Send a file to the store; resolves once it has acknowledged it. Only XMLHttpRequest tells how far it is. */
export function put(
  upload: Uploads['uploads'][number],
  file: File,
  signal: AbortSignal,
  told: (sent: number) => void,
): Promise<void> {
  return new Promise((resolve, reject) => {
    const request = new XMLHttpRequest();
    request.open('PUT', upload.url);
    for (const [name, value] of Object.entries(upload.headers)) request.setRequestHeader(name, value);
    request.upload.onprogress = (event) => told(event.loaded);
    request.onload = () => {
      if (request.status < 300) resolve();
      else if (request.status < 500) reject(new Refused(`${request.status} ${codeOf(request.responseText)}`));
      else reject(new Error(`${request.status}`));
    };
    request.onerror = () => reject(new Error('network'));
    request.onabort = () => reject(new Error('aborted'));
    signal.addEventListener('abort', () => request.abort());
    request.send(file);
  });
}

const codeOf = (xml: string) => /<Code>(\w+)<\/Code>/.exec(xml)?.[1] ?? '';
