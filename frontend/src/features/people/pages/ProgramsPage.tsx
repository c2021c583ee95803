import { http } from '@shared/api/http';
import { can } from '@shared/components/Can';
import { EmptyState } from '@shared/components/EmptyState';
import { FormModal } from '@shared/components/FormModal';
import { MemberViews } from '@shared/components/MemberViews';
import { PageHeader } from '@shared/components/PageHeader';
import { type Column, ResourceTable } from '@shared/components/ResourceTable';
import { RelativeTime } from '@shared/components/values';
import { useLivePage } from '@shared/live/useStream';
import type { ListSearch } from '@shared/routing/search';
import { useView } from '@shared/routing/view';
import { useTenant } from '@shared/session/place';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { programsPath, programsQuery, ROLES, type ServiceAccount } from '../api';
import { RoleSelect } from '../components/RoleSelect';

const PAGE = '/t/$tenant/members/service-accounts/$account';

interface Given {
  name: string;
  description?: string;
  role?: string;
  project?: string;
}

export function ProgramsPage() {
  const { t } = useTranslation('people');
  const tenant = useTenant();
  const navigate = useNavigate();
  const [view] = useView<ListSearch>();
  const options = programsQuery(tenant.id, view);
  const query = useQuery(options);
  const { changes, refresh } = useLivePage<ServiceAccount>(options.queryKey, {
    tenant: tenant.id,
    kinds: ['service-account'],
  });
  const [making, setMaking] = useState(false);
  const page = (account: ServiceAccount) => ({ tenant: tenant.slug, account: account.id });
  const columns: Column<ServiceAccount>[] = [
    {
      key: 'name',
      title: t('programs.name'),
      always: true,
      order: 'name',
      render: (account) => (
        <Link to={PAGE} params={page(account)} className="mono">
          {account.name}
        </Link>
      ),
    },
    { key: 'description', title: t('programs.description'), render: (account) => account.description },
    {
      key: 'since',
      title: t('programs.since'),
      order: 'created',
      render: (account) => <RelativeTime at={account.created_at} />,
    },
  ];
  const add = can(tenant, 'members.manage') ? (
    <Button type="primary" onClick={() => setMaking(true)}>
      {t('programs.new')}
    </Button>
  ) : null;
  return (
    <div className="page">
      <PageHeader
        title={t('programs.title')}
        facts={<span>{tenant.name}</span>}
        actions={add}
        api={{ method: 'GET', path: programsPath(tenant.id), query: view }}
      />
      <MemberViews now="programs" />
      <ResourceTable
        name="service-accounts"
        label={t('programs.title')}
        query={query}
        columns={columns}
        defaultOrder="-created"
        changes={changes}
        onRefresh={() => void refresh()}
        empty={
          <EmptyState title={t('programs.empty')} action={add}>
            {t('programs.emptyText')}
          </EmptyState>
        }
      />
      <FormModal<Given, ServiceAccount>
        open={making}
        title={t('programs.new')}
        submit={t('programs.make')}
        initial={{ role: 'developer' }}
        act={(given) => http.post(programsPath(tenant.id), given)}
        changes={[
          ['service-accounts', tenant.id],
          ['members', tenant.id],
        ]}
        onClose={() => setMaking(false)}
        onDone={(account) => void navigate({ to: PAGE, params: page(account) })}
      >
        <Form.Item
          name="name"
          label={t('programs.name')}
          extra={t('programs.nameHelp')}
          rules={[{ required: true, pattern: /^[a-z]([a-z0-9-]{0,38}[a-z0-9])?$/, message: t('programs.nameHelp') }]}
        >
          <Input autoComplete="off" className="mono" />
        </Form.Item>
        <Form.Item name="description" label={t('programs.description')}>
          <Input autoComplete="off" maxLength={300} />
        </Form.Item>
        <Form.Item name="role" label={t('programs.role')}>
          <RoleSelect roles={ROLES.filter((role) => role !== 'owner')} allowClear placeholder={t('programs.noRole')} />
        </Form.Item>
        <Form.Item name="project" label={t('invitations.where')}>
          <Select
            allowClear
            placeholder={t('invitations.whole')}
            options={tenant.projects.map((project) => ({ value: project.id, label: project.name }))}
          />
        </Form.Item>
      </FormModal>
    </div>
  );
}
