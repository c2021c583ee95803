import { RobotOutlined, TeamOutlined, UserOutlined } from '@ant-design/icons';
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
  /** Shows what a person may do and why; absent where whoever looks may not ask. */
  onAsk?: ((member: Member) => void) | undefined;
  add: ReactNode;
}

function WhoIcon({ member }: { member: Member }) {
  if (member.group) return <TeamOutlined className="muted" />;
  return member.user?.kind === 'service' ? <RobotOutlined className="muted" /> : <UserOutlined className="muted" />;
}

/** Who has which role, and where. */
export function MembersTable({ tenantId, roles, mayManage, onAsk, add }: Props) {
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
  const kindOf = (member: Member) => {
    if (!member.user) return t('group');
    return member.user.kind === 'service' ? t('program') : member.user.email;
  };
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
          <WhoIcon member={member} />
          <span>
            {nameOf(member)}
            <span className="muted"> {kindOf(member)}</span>
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
    ...(mayManage || onAsk
      ? [
          {
            key: 'acts',
            title: '',
            always: true,
            render: (member: Member) => (
              <Flex gap={4} justify="flex-end">
                {onAsk && member.user ? (
                  <Button size="small" type="text" onClick={() => onAsk(member)}>
                    {t('access.ask')}
                  </Button>
                ) : null}
                {mayManage ? (
                  <Button size="small" type="text" danger onClick={() => ask(member)}>
                    {shared('remove')}
                  </Button>
                ) : null}
              </Flex>
            ),
          },
        ]
      : []),
  ];
  return (
    <ResourceTable
      name={tenantId ? 'members' : 'platform-members'}
      label={shared('pages.members')}
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
