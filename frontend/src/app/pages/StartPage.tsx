import { EmptyState } from '@shared/components/EmptyState';
import { may, useStanding } from '@shared/session/place';
import { Link, Navigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';

/** `/`: on to where the person was last, or can be. */
export function StartPage() {
  const { t } = useTranslation('shell');
  const place = useStanding();
  const { session, tenant, project } = place;
  if (tenant && project)
    return <Navigate to="/t/$tenant/p/$project" params={{ tenant: tenant.slug, project: project.slug }} replace />;
  if (tenant) return <Navigate to="/t/$tenant/projects" params={{ tenant: tenant.slug }} replace />;
  const onboards = may(place, 'tenants.onboard', 'platform');
  return (
    <div className="page">
      {onboards ? (
        <EmptyState
          title={t('start.firstTenant.title')}
          action={
            <Link to="/platform/tenants/new">
              <Button type="primary">{t('start.firstTenant.action')}</Button>
            </Link>
          }
          command="curl -X POST /api/v1/tenants/"
        >
          {t('start.firstTenant.text')}
        </EmptyState>
      ) : (
        <EmptyState title={t('start.nowhere.title')}>
          {t('start.nowhere.text', { email: session.user.email })}
        </EmptyState>
      )}
    </div>
  );
}
