import type { Casualty, Preview } from '@shared/api/tenants';
import { useKey } from '@shared/i18n/key';
import { useSaid } from '@shared/i18n/said';
import { useMutation } from '@tanstack/react-query';
import { Button, Skeleton } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { ErrorPanel } from './ErrorPanel';

interface Props {
  /** What a query or a trial has told so far. */
  preview: { data: Preview | undefined; error: Error | null };
  /** Reads the page that begins at a cursor. */
  more: (cursor: string) => Promise<Preview>;
}

/** Who and what an act would hit, before it is done: how many of each kind, and a page of them at a time. */
export function Casualties({ preview, more }: Props) {
  const { t, i18n } = useTranslation();
  const key = useKey();
  const said = useSaid();
  if (preview.error) return <ErrorPanel brief error={preview.error} />;
  if (!preview.data) return <Skeleton active title={false} paragraph={{ rows: 2 }} />;
  const { tolls, count } = preview.data;
  if (count === 0) return <p className="muted">{t('casualties.none')}</p>;
  return (
    <div>
      <p>{t('casualties.some', { count })}</p>
      <ul className="tolls">
        {tolls.map((toll) => (
          <li key={toll.kind + toll.said.code}>
            <strong className="tabular">{toll.count.toLocaleString(i18n.language)}</strong>{' '}
            {key(`shared:kind.${toll.kind}`, { fallback: toll.kind })}{' '}
            <span className="muted">{said([toll.said], toll.effect)}</span>
          </li>
        ))}
      </ul>
      <Names first={preview.data} more={more} />
    </div>
  );
}

function Names({ first, more }: { first: Preview; more: Props['more'] }) {
  const { t } = useTranslation();
  const [pages, setPages] = useState<{ first: Preview; later: Preview[] }>({ first, later: [] });
  const later = pages.first === first ? pages.later : [];
  const read = useMutation({
    mutationFn: more,
    onSuccess: (page) => setPages({ first, later: [...later, page] }),
  });
  const rows: Casualty[] = [first, ...later].flatMap((page) => page.casualties);
  const next = (later.at(-1) ?? first).next;
  return (
    <>
      <ul className="casualties">
        {rows.map((one) => (
          <li key={one.kind + one.id}>{one.name}</li>
        ))}
      </ul>
      {read.error ? <ErrorPanel brief error={read.error} /> : null}
      {next ? (
        <Button size="small" loading={read.isPending} onClick={() => read.mutate(next)}>
          {t('casualties.more', { count: first.count - rows.length })}
        </Button>
      ) : null}
    </>
  );
}
