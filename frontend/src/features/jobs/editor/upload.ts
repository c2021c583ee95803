/** Uploading an archive of code. `fetch` does not tell how far a body was sent, so this is an XMLHttpRequest. */
import { address, cookie } from '@shared/api/http';
import { Problem, type ProblemDocument, unreachable } from '@shared/api/problem';
import type { Of } from '@shared/api/types';

export type Code = Of<'CodeOutput'>;

export interface Upload {
  done: Promise<Code>;
  cancel: () => void;
}

/** Send the file; `onProgress` hears the share that was sent, 0..1. */
export function uploadCode(project: string, file: File, onProgress: (share: number) => void): Upload {
  const request = new XMLHttpRequest();
  const path = address(`/projects/${project}/code/`, { name: file.name });
  const named = `POST ${path}`;
  const done = new Promise<Code>((resolve, reject) => {
    request.upload.onprogress = (event) => event.lengthComputable && onProgress(event.loaded / event.total);
    request.onerror = () => reject(unreachable(named));
    request.onabort = () => reject(new DOMException('cancelled', 'AbortError'));
    request.onload = () => {
      const answer = read(request);
      if (request.status >= 200 && request.status < 300) resolve(answer as Code);
      else reject(new Problem(answer as ProblemDocument, named));
    };
  });
  request.open('POST', path);
  request.setRequestHeader('Content-Type', 'application/octet-stream');
  request.setRequestHeader('Accept', 'application/json');
  request.setRequestHeader('Accept-Language', document.documentElement.lang);
  request.setRequestHeader('X-CSRFToken', cookie('hanse_csrf'));
  request.send(file);
  return { done, cancel: () => request.abort() };
}

function read(request: XMLHttpRequest): unknown {
  const fallback = { type: '/problems/unexpected-answer', title: `${request.status} ${request.statusText}` };
  try {
    return { ...fallback, status: request.status, ...(JSON.parse(request.responseText) as object) };
  } catch {
    return { ...fallback, status: request.status };
  }
}
