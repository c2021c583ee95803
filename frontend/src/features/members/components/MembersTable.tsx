import { TeamOutlined, UserOutlined } from '@ant-design/icons';
import { etagOf, http } from '@shared/api/http';
import { useAct } from '@shared/api/useAct';
import { EmptyState } from '@shared/components/EmptyState';
import { type Column, ResourceTable } from '@shared/components/ResourceTable';
import { SearchField } from '@shared/components/SearchField';
import { RelativeTime } from '@shared/components/values';
import { useKey } from '@shared/i18n/key';
import { useLivePage } from '@shared/live/useStream';
import { useView } from '@shared/routing/view';
import { useQuery } from '@tanstack/react-query';
import { App, Button, Flex, Select, Tag } from 'antd';
import { type ReactNode, useCallback } from 'react';
import { useTranslation } from 'react-i18next';
import { type Member, type MembersView, membersPath, membersQuery, nameOf } from '../api';

interface Props {
  tenantId: string | null;
  roles: readonly string[];
  mayManage: boolean;
  add: ReactNode;
}

/** Who has which role, and where. */
export function MembersTable({ tenantId, roles, mayManage, add }: Props) {
  const { t } = useTranslation('members');
  const { t: shared } = useTranslation();
  const key = useKey();
  const { modal } = App.useApp();
  const [view, setView] = useView<MembersView>();
  const options = membersQuery(tenantId, view);
  const query = useQuery(options);
  const { changes, refresh } = useLivePage<Member>(options.queryKey, {
    tenant: tenantId ?? 'platform',
    kinds: ['member'],
  });
  const search = useCallback((q: string) => setView({ q }, { replace: true }), [setView]);
  const roleName = (role: string) => key(`shared:role.${role}.name`, { fallback: role });
  const remove = useAct<Member>({
    act: (member) => http.delete(`${membersPath(tenantId)}${member.id}/`, { etag: etagOf(member) }),
    done: t('removed'),
    changes: [['members', tenantId]],
  });
  const ask = (member: Member) =>
    modal.confirm({
      title: t('remove', { name: nameOf(member), role: roleName(member.role) }),
      content: t('removeText'),
      okText: t('removeAct'),
      okButtonProps: { danger: true },
      onOk: () => remove.mutateAsync(member).catch(() => undefined),
    });
  const columns: Column<Member>[] = [
    {
      key: 'name',
      title: t('name'),
      always: true,
      render: (member) => (
        <Flex gap={8} align="center">
          {member.group ? <TeamOutlined className="muted" /> : <UserOutlined className="muted" />}
          <span>
            {nameOf(member)}
            {member.user ? (
              <span className="muted"> {member.user.email}</span>
            ) : (
              <span className="muted"> {t('group')}</span>
            )}
          </span>
          {member.user && !member.user.is_active ? <Tag>{t('inactive')}</Tag> : null}
        </Flex>
      ),
    },
    { key: 'role', title: t('roleLabel'), render: (member) => roleName(member.role) },
    ...(tenantId
      ? [
          {
            key: 'where',
            title: t('where'),
            render: (member: Member) =>
              member.project_slug ? (
                <code className="mono">{member.project_slug}</code>
              ) : (
                <span className="muted">{t('wholeTenant')}</span>
              ),
          },
        ]
      : []),
    { key: 'since', title: t('since'), order: 'created', render: (member) => <RelativeTime at={member.created_at} /> },
    ...(mayManage
      ? [
          {
            key: 'acts',
            title: '',
            always: true,
            render: (member: Member) => (
              <Flex justify="flex-end">
                <Button size="small" type="text" danger onClick={() => ask(member)}>
                  {shared('remove')}
                </Button>
              </Flex>
            ),
          },
        ]
      : []),
  ];
  return (
    <ResourceTable
      name={tenantId ? 'members' : 'platform-members'}
      label={t('title')}
      query={query}
      columns={columns}
      defaultOrder="-created"
      filtered={Boolean(view.q || view.role)}
      onClearFilters={() => setView({ q: undefined, role: undefined })}
      changes={changes}
      onRefresh={() => void refresh()}
      filters={
        <>
          <SearchField label={t('search')} value={view.q ?? ''} onChange={search} />
          <Select
            allowClear
            aria-label={t('roleLabel')}
            placeholder={t('roleLabel')}
            style={{ width: 170 }}
            value={view.role}
            onChange={(role?: string) => setView({ role })}
            options={roles.map((role) => ({ value: role, label: roleName(role) }))}
          />
        </>
      }
      empty={
        <EmptyState title={t('empty')} action={add}>
          {t('emptyText')}
        </EmptyState>
      }
    />
  );
}
