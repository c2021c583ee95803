import { tenantsQuery } from '@shared/api/tenants';
import { PageHeader } from '@shared/components/PageHeader';
import { useView } from '@shared/routing/view';
import { useTenant } from '@shared/session/place';
import { useQuery } from '@tanstack/react-query';
import { Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type AuditView, auditPath } from '../api';
import { Trail } from '../components/Trail';

export function TenantAuditPage() {
  const { t } = useTranslation('audit');
  const { t: shared } = useTranslation();
  const tenant = useTenant();
  const [view] = useView<AuditView>();
  return (
    <div className="page">
      <PageHeader
        title={shared('pages.audit')}
        facts={<span>{t('facts')}</span>}
        api={{ method: 'GET', path: auditPath(tenant.id), query: view }}
      />
      <Trail tenantId={tenant.id} />
    </div>
  );
}

export function PlatformAuditPage() {
  const { t } = useTranslation('audit');
  const { t: shared } = useTranslation();
  const [view, setView] = useView<AuditView>();
  const [typed, setTyped] = useState('');
  const tenants = useQuery(tenantsQuery({ q: typed, limit: 50 }));
  return (
    <div className="page">
      <PageHeader
        title={shared('pages.platformAudit')}
        facts={<span>{t('facts')}</span>}
        api={{ method: 'GET', path: auditPath(null), query: view }}
      />
      <Trail
        tenantId={null}
        filters={
          <Select
            allowClear
            showSearch={{ filterOption: false, onSearch: setTyped }}
            aria-label={t('ofTenant')}
            placeholder={t('ofPlatform')}
            style={{ width: 200 }}
            value={view.tenant}
            loading={tenants.isFetching}
            onChange={(tenant?: string) => setView({ tenant })}
            options={tenants.data?.results.map(({ id, name }) => ({ value: id, label: name })) ?? []}
          />
        }
      />
    </div>
  );
}
