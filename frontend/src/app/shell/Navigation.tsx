import { useKey } from '@shared/i18n/key';
import { useStanding } from '@shared/session/place';
import { Link, useRouterState } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';
import { navigationAt, SECTIONS } from './entries';

/** Which entry is current is decided below, for a page of an entry's page is of the entry too. */
const EXACTLY = { exact: true, includeSearch: false };

/** By what people do. What a role cannot use is absent. */
export function Navigation() {
  const { t } = useTranslation('shell');
  const key = useKey();
  const place = useStanding();
  const path = useRouterState({ select: (state) => state.location.pathname });
  const entries = navigationAt(place);
  const current = entries
    .filter(({ address }) => path === address || path.startsWith(`${address}/`))
    .sort((a, b) => b.address.length - a.address.length)[0]?.id;
  return (
    <nav aria-label={t('navigation')} className="navigation">
      {SECTIONS.map((section) => {
        const shown = entries.filter((entry) => entry.section === section);
        if (shown.length === 0) return null;
        return (
          <div key={section}>
            {section === 'work' ? null : <h2>{t(`section.${section}`)}</h2>}
            <ul>
              {shown.map((entry) => (
                <li key={entry.id}>
                  <Link
                    to={entry.address as string}
                    activeOptions={EXACTLY}
                    aria-current={entry.id === current ? 'page' : undefined}
                  >
                    {entry.icon}
                    <span>{key(entry.label)}</span>
                  </Link>
                </li>
              ))}
            </ul>
          </div>
        );
      })}
    </nav>
  );
}
