import type { Removal } from '@shared/api/tenants';
import { ProgressBar } from '@shared/components/ProgressBar';
import { StatusTag } from '@shared/components/StatusTag';
import { useKey } from '@shared/i18n/key';
import { useSaid } from '@shared/i18n/said';
import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';

const leftOf = (removal: Removal) => removal.left.reduce((sum, { count }) => sum + count, 0);

/** In a list: that it is being removed, how much of it is left, and what that waits for. */
export function RemovalTag({ removal }: { removal: Removal }) {
  const { t } = useTranslation('tenants');
  const said = useSaid();
  const why = said(removal.said, removal.why);
  const left = leftOf(removal);
  return (
    <>
      <StatusTag status="removing" suffix={left > 0 ? t('removal.left', { count: left, total: removal.total }) : ''} />
      {why ? <div className="muted">{why}</div> : null}
    </>
  );
}

/** On a page of its own: the same with a bar, and how many of each kind are left. */
export function RemovalPanel({ removal, name }: { removal: Removal; name: string }) {
  const { t, i18n } = useTranslation('tenants');
  const key = useKey();
  const said = useSaid();
  const why = said(removal.said, removal.why);
  const left = leftOf(removal);
  const done = removal.total > 0 ? 1 - left / removal.total : 1;
  return (
    <Alert
      type={why ? 'warning' : 'info'}
      showIcon
      title={t('removal.title', { name })}
      description={
        <>
          <ProgressBar share={done} label={t('removal.progress')} />
          {removal.left.length > 0 ? (
            <ul className="tolls">
              {removal.left.map(({ kind, count }) => (
                <li key={kind}>
                  <strong className="tabular">{count.toLocaleString(i18n.language)}</strong>{' '}
                  {key(`shared:kind.${kind}`, { fallback: kind })}
                </li>
              ))}
            </ul>
          ) : null}
          {why ? <p>{why}</p> : null}
        </>
      }
    />
  );
}
