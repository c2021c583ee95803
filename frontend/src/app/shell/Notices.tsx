import { useKey } from '@shared/i18n/key';
import { usePlace } from '@shared/session/place';
import { Alert } from 'antd';
import { lazy, Suspense } from 'react';

const ViewBanner = lazy(() => import('./ViewBanner'));

/** What holds for everything on this page: that support looks as somebody else, or the tenant's state. */
export function Notices() {
  const key = useKey();
  const { session, tenant } = usePlace();
  if (session.viewer)
    return (
      <Suspense>
        <ViewBanner session={session} />
      </Suspense>
    );
  if (!tenant || tenant.phase === 'active') return null;
  return <Alert banner type="warning" title={key(`shell:notice.${tenant.phase}`, { tenant: tenant.name })} />;
}
