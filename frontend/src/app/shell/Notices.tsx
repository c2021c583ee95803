import { useKey } from '@shared/i18n/key';
import { usePlace } from '@shared/session/place';
import { Alert } from 'antd';

/** What holds for everything on this page: the tenant's state. */
export function Notices() {
  const key = useKey();
  const { tenant } = usePlace();
  if (!tenant || tenant.phase === 'active') return null;
  return <Alert banner type="warning" title={key(`shell:notice.${tenant.phase}`, { tenant: tenant.name })} />;
}
