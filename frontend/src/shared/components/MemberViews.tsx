import { can } from '@shared/components/Can';
import { useTenant } from '@shared/session/place';
import { useNavigate } from '@tanstack/react-router';
import { Segmented } from 'antd';
import { useTranslation } from 'react-i18next';

const VIEWS = {
  members: '/t/$tenant/members',
  invitations: '/t/$tenant/members/invitations',
  programs: '/t/$tenant/members/service-accounts',
} as const;

type View = keyof typeof VIEWS;

/** The pages about who may work in a tenant, as one. */
export function MemberViews({ now }: { now: View }) {
  const { t } = useTranslation();
  const tenant = useTenant();
  const navigate = useNavigate();
  const manages = can(tenant, 'members.manage') || tenant.projects.some((project) => can(project, 'members.manage'));
  const shown: View[] = [
    'members',
    ...(manages ? (['invitations'] as const) : []),
    ...(can(tenant, 'members.view') ? (['programs'] as const) : []),
  ];
  return (
    <Segmented<View>
      aria-label={t('memberViews.label')}
      style={{ marginBottom: 16 }}
      value={now}
      onChange={(view) => void navigate({ to: VIEWS[view], params: { tenant: tenant.slug } })}
      options={shown.map((view) => ({ value: view, label: t(`memberViews.${view}`) }))}
    />
  );
}
