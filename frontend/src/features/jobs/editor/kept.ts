/** What one is writing, kept for this tab: a reload or a wrong click loses nothing. */

export interface Kept {
  text: string;
  /** What it began from, as in the address. */
  source: string;
}

const keyOf = (project: string) => `hanse.new-job.${project}`;

export function keep(project: string, kept: Kept): void {
  try {
    sessionStorage.setItem(keyOf(project), JSON.stringify(kept));
  } catch {
    // Storage is full or forbidden: it is kept while the page stands.
  }
}

export function kept(project: string): Kept | null {
  try {
    const value = JSON.parse(sessionStorage.getItem(keyOf(project)) ?? 'null') as Partial<Kept> | null;
    return typeof value?.text === 'string' && typeof value.source === 'string' ? (value as Kept) : null;
  } catch {
    return null;
  }
}

export function forget(project: string): void {
  try {
    sessionStorage.removeItem(keyOf(project));
  } catch {
    // As above.
  }
}
