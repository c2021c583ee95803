import { PageHeader } from '@shared/components/PageHeader';
import { may, usePlace } from '@shared/session/place';
import { Button, Collapse } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { PLATFORM_ROLES, TENANT_ROLES } from '../api';
import { AddMember } from '../components/AddMember';
import { MembersTable } from '../components/MembersTable';
import { RoleTable } from '../components/RoleTable';

export function PlatformMembersPage() {
  const { t } = useTranslation('members');
  const { t: shared } = useTranslation();
  const place = usePlace();
  const [adding, setAdding] = useState(false);
  const mayManage = may(place, 'roles.appoint', 'platform');
  const add = mayManage ? (
    <Button type="primary" onClick={() => setAdding(true)}>
      {t('add')}
    </Button>
  ) : null;
  return (
    <div className="page">
      <PageHeader
        title={shared('pages.platformMembers')}
        actions={add}
        api={{ method: 'GET', path: '/platform/members/' }}
      />
      <MembersTable tenantId={null} roles={PLATFORM_ROLES} mayManage={mayManage} add={add} />
      <Collapse
        ghost
        style={{ marginTop: 16 }}
        items={[
          {
            key: 'roles',
            label: t('roles.title'),
            children: <RoleTable roles={[...PLATFORM_ROLES, ...TENANT_ROLES]} />,
          },
        ]}
      />
      <AddMember open={adding} tenantId={null} roles={PLATFORM_ROLES} onClose={() => setAdding(false)} />
    </div>
  );
}
