import type { TenantQuotaLine } from '@shared/api/quotas';
import { QuotaBar } from '@shared/components/QuotaBar';
import { useAmount } from '@shared/components/values';
import { useKey } from '@shared/i18n/key';
import { formatAmount, share } from '@shared/lib/units';
import type { SessionTenant } from '@shared/session/session';
import { Link, useNavigate } from '@tanstack/react-router';
import { Segmented } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';

/** One resource of one flavor: the tenant's bar, and below it its projects or people in the same scale. */
export function LineBlock({ line, tenant }: { line: TenantQuotaLine; tenant: SessionTenant }) {
  const { t, i18n } = useTranslation('quotas');
  const key = useKey();
  const amount = useAmount();
  const navigate = useNavigate();
  const [by, setBy] = useState<'project' | 'user'>('project');
  const scale = Math.max(line.nominal + line.borrowed, 1);
  const number = (value: number) => formatAmount(line.resource, value, i18n.language);
  const resource = key(`shared:resource.${line.resource}`, { fallback: line.resource });
  const busiest = [...line.by_project].sort((a, b) => b.used - a.used)[0];
  const openJobs = () => {
    if (busiest) void navigate({ to: `/t/${tenant.slug}/p/${busiest.project.slug}/jobs?phase=running` as string });
  };
  return (
    <article className="quota-line" aria-label={`${line.flavor} ${resource}`}>
      <div className="quota-head">
        <h3>
          <code className="mono">{line.flavor}</code> {resource}
        </h3>
        <span className="tabular">
          {t('tenant.sentence', { used: number(line.used), nominal: amount(line.resource, line.nominal) })}
          {line.borrowed > 0 ? ` · ${t('tenant.borrowed', { amount: number(line.borrowed) })}` : ''}
          {line.lent > 0 ? ` · ${t('tenant.lent', { amount: number(line.lent) })}` : ''}
          <span className="muted">{` · ${t('tenant.available', { amount: number(line.available) })}`}</span>
        </span>
      </div>
      <QuotaBar line={line} height={16} {...(busiest ? { onSegment: openJobs } : {})} />
      <div className="quota-head" style={{ marginTop: 8 }}>
        <Segmented
          size="small"
          aria-label={t('tenant.by')}
          value={by}
          onChange={setBy}
          options={[
            { value: 'project', label: t('tenant.byProject') },
            { value: 'user', label: t('tenant.byUser') },
          ]}
        />
        {line.cohort === null ? null : (
          <span className="muted tabular">
            {line.borrowing_limit === null
              ? t('tenant.noBorrowingLimit')
              : t('tenant.borrowingLimit', { amount: number(line.borrowing_limit) })}
            {' · '}
            {line.lending_limit === null
              ? t('tenant.noLendingLimit')
              : t('tenant.lendingLimit', { amount: number(line.lending_limit) })}
          </span>
        )}
      </div>
      <table className="plain-table quota-rows tabular">
        <caption className="visually-hidden">{t(by === 'project' ? 'tenant.byProject' : 'tenant.byUser')}</caption>
        <tbody>
          {by === 'project'
            ? line.by_project.map(({ project, used, guaranteed, cap }) => (
                <tr key={project.id}>
                  <th scope="row">
                    <Link to={`/t/${tenant.slug}/p/${project.slug}/jobs?phase=running` as string}>{project.name}</Link>
                  </th>
                  <td>
                    <Row used={used} scale={scale} guaranteed={guaranteed} cap={cap} />
                  </td>
                  <td>
                    {amount(line.resource, used)}
                    <span className="muted">
                      {guaranteed > 0 ? ` · ${t('tenant.guaranteed', { amount: number(guaranteed) })}` : ''}
                      {cap === null ? '' : ` · ${t('tenant.cap', { amount: number(cap) })}`}
                    </span>
                  </td>
                </tr>
              ))
            : line.by_user.map(({ user, used }) => (
                <tr key={user.id}>
                  <th scope="row">{user.name}</th>
                  <td>
                    <Row used={used} scale={scale} guaranteed={0} cap={null} />
                  </td>
                  <td>{amount(line.resource, used)}</td>
                </tr>
              ))}
        </tbody>
      </table>
      {by === 'user' && line.by_user.length === 0 ? <p className="muted">{t('tenant.nobody')}</p> : null}
    </article>
  );
}

interface RowProps {
  used: number;
  scale: number;
  guaranteed: number;
  cap: number | null;
}

/** A project's or person's part of the bar above, with marks at what is guaranteed and at the cap. */
function Row({ used, scale, guaranteed, cap }: RowProps) {
  return (
    <span className="share-bar" aria-hidden="true">
      <span className="share-used" style={{ width: `${share(used, scale)}%` }} />
      {guaranteed > 0 ? (
        <span className="share-mark" style={{ insetInlineStart: `${share(guaranteed, scale)}%` }} />
      ) : null}
      {cap === null ? null : (
        <span className="share-mark share-cap" style={{ insetInlineStart: `${share(cap, scale)}%` }} />
      )}
    </span>
  );
}
