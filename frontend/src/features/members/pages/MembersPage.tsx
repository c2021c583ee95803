import { can } from '@shared/components/Can';
import { PageHeader } from '@shared/components/PageHeader';
import { useTenant } from '@shared/session/place';
import { Button, Collapse } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { TENANT_ROLES } from '../api';
import { AddMember } from '../components/AddMember';
import { MembersTable } from '../components/MembersTable';
import { RoleTable } from '../components/RoleTable';

export function MembersPage() {
  const { t } = useTranslation('members');
  const tenant = useTenant();
  const [adding, setAdding] = useState(false);
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
        title={t('title')}
        facts={<span>{tenant.name}</span>}
        actions={add}
        api={{ method: 'GET', path: `/tenants/${tenant.id}/members/` }}
      />
      <MembersTable tenantId={tenant.id} roles={TENANT_ROLES} mayManage={mayManage} add={add} />
      <Collapse
        ghost
        style={{ marginTop: 16 }}
        items={[{ key: 'roles', label: t('roles.title'), children: <RoleTable roles={TENANT_ROLES} /> }]}
      />
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
