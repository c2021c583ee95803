/** Puts what the server refused on the fields it is about. */
import { Problem } from '@shared/api/problem';
import type { FormInstance } from 'antd';
import i18next from 'i18next';

/** "/roles/0/env/A~1B" -> ["roles", 0, "env", "A/B"] */
export const pathOf = (pointer: string): (string | number)[] =>
  pointer
    .split('/')
    .slice(1)
    .map((part) => part.replaceAll('~1', '/').replaceAll('~0', '~'))
    .map((part) => (/^\d+$/.test(part) ? Number(part) : part));

/**
 * Show a problem's errors on the fields of `form`, and bring the first into view. Names of fields are the body's own
 * (`['quota', 'lines', 0, 'nominal']`); `rename` maps those that differ. Returns what has no field here, to be shown
 * above the form: null when every error found its place. What is about a part of a field's text (one user of a
 * kubeconfig) stands at the field, and says which part.
 */
export function showOnFields(
  form: FormInstance,
  error: unknown,
  rename: (path: (string | number)[]) => (string | number)[] = (path) => path,
): unknown {
  if (!(error instanceof Problem) || error.fields.length === 0) return error;
  const known = new Set(Object.keys(flat(form)));
  const homeless = [];
  const errors = new Map<string, { name: (string | number)[]; errors: string[] }>();
  for (const field of error.fields) {
    const path = rename(pathOf(field.pointer));
    const length = path.findLastIndex((_, index) => known.has(JSON.stringify(path.slice(0, index + 1)))) + 1;
    const name = path.slice(0, length);
    const key = JSON.stringify(name);
    const detail = ofName(error) ?? field.detail;
    const said = length < path.length ? `${path.slice(length).join('.')}: ${detail}` : detail;
    if (length === 0) homeless.push(field);
    else errors.set(key, { name, errors: [...(errors.get(key)?.errors ?? []), said] });
  }
  form.setFields([...errors.values()]);
  const first = [...errors.values()][0];
  if (first) form.scrollToField(first.name, { block: 'center', focus: true });
  return homeless.length === 0 ? null : new Problem({ ...error.document, errors: homeless }, error.request);
}

/** Of a name that is taken there is no more to say than its title, and that is known in other languages than English. */
const ofName = ({ code }: Problem): string | null =>
  code === 'name-taken' && i18next.language !== 'en'
    ? (i18next.t as (key: string) => string)(`said:problem-${code}`)
    : null;

const flat = (form: FormInstance): Record<string, true> =>
  Object.fromEntries(form.getFieldsError().map(({ name }) => [JSON.stringify(name), true as const]));
