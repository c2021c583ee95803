import { useKey } from '@shared/i18n/key';
import { usePageNamed } from '@shared/routing/title';
import { Outlet, useMatches, useRouter } from '@tanstack/react-router';
import { useEffect, useRef } from 'react';
import { useTranslation } from 'react-i18next';

/** What all pages share: the window's title, the skip link, and focus that follows navigation. */
export function Root() {
  const { t } = useTranslation('shell');
  useTitle();
  useFocusOnArrival();
  return (
    <>
      <a className="skip-link" href="#content">
        {t('skip')}
      </a>
      <Outlet />
    </>
  );
}

function useTitle() {
  const matches = useMatches();
  const key = useKey();
  const named = matches.findLast((match) => match.staticData.title)?.staticData.title;
  const { tenant, project } = (matches.at(-1)?.params ?? {}) as { tenant?: string; project?: string };
  const place = [tenant, project].filter(Boolean).join('/');
  const thing = usePageNamed();
  const title = [thing, named && key(named), place, 'Hanse'].filter(Boolean).join(' · ');
  useEffect(() => {
    document.title = title;
  }, [title]);
}

/** After a change of page, people who read with a screen reader or keyboard start at its content, not at the link. */
function useFocusOnArrival() {
  const router = useRouter();
  const first = useRef(true);
  useEffect(
    () =>
      router.subscribe('onResolved', ({ pathChanged }) => {
        if (first.current) first.current = false;
        else if (pathChanged) document.getElementById('content')?.focus({ preventScroll: true });
      }),
    [router],
  );
}
