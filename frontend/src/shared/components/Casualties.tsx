import type { Preview } from '@shared/api/tenants';
import { useKey } from '@shared/i18n/key';
import { Skeleton } from 'antd';
import { useTranslation } from 'react-i18next';
import { ErrorPanel } from './ErrorPanel';

const MOST = 50;

interface Props {
  /** What a query or a trial has told so far. */
  preview: { data: Preview | undefined; error: Error | null };
}

/** Who and what an act would hit, before it is done. */
export function Casualties({ preview }: Props) {
  const { t } = useTranslation();
  const key = useKey();
  if (preview.error) return <ErrorPanel brief error={preview.error} />;
  if (!preview.data) return <Skeleton active title={false} paragraph={{ rows: 2 }} />;
  const { casualties, count } = preview.data;
  if (count === 0) return <p className="muted">{t('casualties.none')}</p>;
  return (
    <div>
      <p>{t('casualties.some', { count })}</p>
      <ul className="casualties">
        {casualties.slice(0, MOST).map((one) => (
          <li key={one.kind + one.id}>
            <span className="muted">{key(`shared:kind.${one.kind}`, { fallback: one.kind })}</span>{' '}
            <strong>{one.name}</strong> <span className="muted">{one.effect}</span>
          </li>
        ))}
      </ul>
      {count > MOST ? <p className="muted">{t('casualties.more', { count: count - MOST })}</p> : null}
    </div>
  );
}
