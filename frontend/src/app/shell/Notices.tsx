import { usePlace } from '@shared/session/place';
import { Alert } from 'antd';
import { useTranslation } from 'react-i18next';

/** What holds for everything on this page: the tenant's state. */
export function Notices() {
  const { t } = useTranslation('shell');
  const { tenant } = usePlace();
  if (!tenant || tenant.phase === 'active') return null;
  return <Alert banner type="warning" title={t(`notice.${tenant.phase}`, { tenant: tenant.name })} />;
}
