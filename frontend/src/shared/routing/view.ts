/** What a list shows is in the address bar: filters, order, page. One codec for all lists and for links to them. */
import { useMatch, useNavigate, useRouter } from '@tanstack/react-router';
import { useCallback, useMemo } from 'react';

export const PAGE_SIZES = [25, 50, 100, 200] as const;

interface Options {
  validateSearch?: (given: object) => object;
}

/**
 * The view of this page, without what its schema does not know (the router hands that on, and the API refuses it), and
 * how to change it. A change of anything but the cursor goes back to the first page; values that are empty leave the
 * address.
 */
export function useView<View extends object>(): [View, (change: Partial<View>, how?: { replace?: boolean }) => void] {
  const { routeId, search: given } = (useMatch as (options: { strict: false }) => { routeId: string; search: object })({
    strict: false,
  });
  const routes: Record<string, { options: unknown }> = useRouter().routesById;
  const { validateSearch: schema } = (routes[routeId]?.options ?? {}) as Options;
  const view = useMemo(() => (schema ? schema(given) : given) as View, [schema, given]);
  const navigate = useNavigate();
  const change = useCallback(
    (changes: Partial<View>, how: { replace?: boolean } = {}) => {
      const search = (old: Record<string, unknown>) => {
        const merged = { ...old, ...('cursor' in changes ? {} : { cursor: undefined }), ...changes };
        return Object.fromEntries(Object.entries(merged).filter(([, value]) => !isEmpty(value)));
      };
      // The page's own schema checks what arrives; here it is any page.
      void navigate({ to: '.', search: search as never, replace: how.replace ?? false, resetScroll: false });
    },
    [navigate],
  );
  return [view, change];
}

const isEmpty = (value: unknown) =>
  value === undefined ||
  value === null ||
  value === '' ||
  value === false ||
  (Array.isArray(value) && value.length === 0);
