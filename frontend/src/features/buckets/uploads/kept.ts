/** Files that are still to be sent, kept in the browser: an upload goes on after the page was loaded again. */

export interface Kept {
  id: string;
  user: string;
  project: string;
  bucket: string;
  key: string;
  file: File;
}

const FILES = 'files';
let opened: Promise<IDBDatabase> | undefined;

const settled = <Value>(request: IDBRequest<Value>) =>
  new Promise<Value>((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

function database(): Promise<IDBDatabase> {
  opened ??= (() => {
    const request = indexedDB.open('hanse-uploads', 1);
    request.onupgradeneeded = () => request.result.createObjectStore(FILES, { keyPath: 'id' });
    return settled(request);
  })();
  return opened;
}

async function change(act: (files: IDBObjectStore) => void): Promise<void> {
  const transaction = (await database()).transaction(FILES, 'readwrite');
  act(transaction.objectStore(FILES));
  await new Promise<void>((resolve, reject) => {
    transaction.oncomplete = () => resolve();
    transaction.onabort = () => reject(transaction.error);
  });
}

export const keep = (all: readonly Kept[]) =>
  change((files) => {
    for (const one of all) files.put(one);
  });

export const forget = (ids: readonly string[]) =>
  change((files) => {
    for (const id of ids) files.delete(id);
  });

export async function kept(user: string): Promise<Kept[]> {
  const transaction = (await database()).transaction(FILES);
  const all = await settled(transaction.objectStore(FILES).getAll() as IDBRequest<Kept[]>);
  return all.filter((one) => one.user === user);
}
