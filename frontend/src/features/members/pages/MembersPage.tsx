import { can } from '@shared/components/Can';
import { MemberViews } from '@shared/components/MemberViews';
import { PageHeader } from '@shared/components/PageHeader';
import { useTenant } from '@shared/session/place';
import { useSession } from '@shared/session/session';
import { Button, Collapse } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Member, nameOf, TENANT_ROLES } from '../api';
import { AccessDialog } from '../components/AccessDialog';
import { AddMember } from '../components/AddMember';
import { MembersTable } from '../components/MembersTable';
import { RoleTable } from '../components/RoleTable';

export function MembersPage() {
  const { t } = useTranslation('members');
  const { t: shared } = useTranslation();
  const tenant = useTenant();
  const { can: everywhere } = useSession();
  const [adding, setAdding] = useState(false);
  const [asked, setAsked] = useState<Member | 'own' | null>(null);
  const mayAsk = can(tenant, 'members.manage') || everywhere.includes('audit.view');
  const mayManage = can(tenant, 'members.manage') || tenant.projects.some((project) => can(project, 'members.manage'));
  const roles = TENANT_ROLES.filter((role) => role !== 'owner' || can(tenant, 'owners.manage'));
  const add = mayManage ? (
    <Button type="primary" onClick={() => setAdding(true)}>
      {t('add')}
    </Button>
  ) : null;
  return (
    <div className="page">
      <PageHeader
        title={shared('pages.members')}
        facts={<span>{tenant.name}</span>}
        actions={
          <>
            <Button onClick={() => setAsked('own')}>{t('access.own')}</Button>
            {add}
          </>
        }
        api={{ method: 'GET', path: `/tenants/${tenant.id}/members/` }}
      />
      <MemberViews now="members" />
      <MembersTable
        tenantId={tenant.id}
        roles={TENANT_ROLES}
        mayManage={mayManage}
        onAsk={mayAsk ? setAsked : undefined}
        add={add}
      />
      <Collapse
        ghost
        style={{ marginTop: 16 }}
        items={[{ key: 'roles', label: t('roles.title'), children: <RoleTable roles={TENANT_ROLES} /> }]}
      />
      {asked ? (
        <AccessDialog
          tenant={tenant}
          who={asked === 'own' ? null : { id: asked.user?.id ?? '', name: nameOf(asked) }}
          project={asked === 'own' ? null : asked.project_id}
          onClose={() => setAsked(null)}
        />
      ) : null}
      <AddMember
        open={adding}
        tenantId={tenant.id}
        roles={roles}
        projects={tenant.projects}
        onClose={() => setAdding(false)}
      />
    </div>
  );
}
