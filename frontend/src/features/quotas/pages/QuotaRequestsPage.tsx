import { PageHeader } from '@shared/components/PageHeader';
import { useTranslation } from 'react-i18next';
import { Requests } from '../components/Requests';

/** Requests of all tenants, for platform roles. */
export function QuotaRequestsPage() {
  const { t } = useTranslation('quotas');
  return (
    <div className="page">
      <PageHeader title={t('requests.title')} api={{ method: 'GET', path: '/quota-requests/' }} />
      <Requests tenant={null} />
    </div>
  );
}
