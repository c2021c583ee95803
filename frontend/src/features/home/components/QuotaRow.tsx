import type { TenantQuotaLine } from '@shared/api/quotas';
import { QuotaBar } from '@shared/components/QuotaBar';
import { isDevice, useAmount } from '@shared/components/values';
import { formatAmount } from '@shared/lib/units';
import { Link } from '@tanstack/react-router';
import { useTranslation } from 'react-i18next';

/** The tenant's quota as one row of bars, one a flavor and resource. */
export function QuotaRow({ tenant, lines }: { tenant: string; lines: readonly TenantQuotaLine[] }) {
  const { t, i18n } = useTranslation('home');
  const { t: shared } = useTranslation();
  const amount = useAmount();
  if (lines.length === 0) return <p className="muted">{t('noQuota')}</p>;
  const clusters = new Set(lines.map(({ cluster }) => cluster.slug)).size;
  return (
    <ul className="quota-row">
      {lines.map((line) => (
        <li key={`${line.quota_id} ${line.flavor} ${line.resource}`}>
          <Link to="/t/$tenant/quotas" params={{ tenant }}>
            <span className="quota-row-name">
              {isDevice(line.resource)
                ? line.flavor
                : shared(`resource.${line.resource === 'memory' ? 'memory' : 'cpu'}`)}
              {clusters > 1 ? <span className="muted"> {line.cluster.name}</span> : null}
            </span>
            <span className="tabular muted">
              {formatAmount(line.resource, line.used, i18n.language)} / {amount(line.resource, line.nominal)}
            </span>
          </Link>
          <QuotaBar line={line} />
        </li>
      ))}
    </ul>
  );
}
