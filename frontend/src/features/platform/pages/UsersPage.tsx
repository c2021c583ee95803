import { MoreOutlined } from '@ant-design/icons';
import { etagOf, http } from '@shared/api/http';
import { useAct } from '@shared/api/useAct';
import { EmptyState } from '@shared/components/EmptyState';
import { FormModal } from '@shared/components/FormModal';
import { PageHeader } from '@shared/components/PageHeader';
import { type Column, ResourceTable } from '@shared/components/ResourceTable';
import { SearchField } from '@shared/components/SearchField';
import { SecretOnce } from '@shared/components/SecretOnce';
import { RelativeTime } from '@shared/components/values';
import { useView } from '@shared/routing/view';
import { may, usePlace } from '@shared/session/place';
import { useQuery } from '@tanstack/react-query';
import { App, Button, Dropdown, Flex, Form, Input, Select, Tag } from 'antd';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type User, type UsersView, usersQuery } from '../api';
import { Deactivate } from '../components/Deactivate';
import { ViewAs } from '../components/ViewAs';

export function UsersPage() {
  const { t } = useTranslation('platform');
  const { t: shared } = useTranslation();
  const { t: look } = useTranslation('leaving');
  const place = usePlace();
  const { modal } = App.useApp();
  const [view, setView] = useView<UsersView>();
  const query = useQuery(usersQuery(view));
  const [dialog, setDialog] = useState<'new' | User | null>(null);
  const [secret, setSecret] = useState<{ email: string; password: string } | null>(null);
  const search = useCallback((q: string) => setView({ q }, { replace: true }), [setView]);
  const mayManage = may(place, 'users.manage', 'platform');
  const mayLook = may(place, 'users.view-as', 'platform');
  const [leaving, setLeaving] = useState<User | null>(null);
  const [seen, setSeen] = useState<User | null>(null);
  const reactivate = useAct<User>({
    act: (user) => http.post(`/users/${user.id}/reactivate/`, {}),
    done: shared('saved'),
    changes: [['users']],
  });
  const reset = useAct<User, { password: string }>({
    act: (user) => http.post(`/users/${user.id}/reset-password/`, {}),
    onDone: ({ password }, { email }) => setSecret({ email, password }),
    changes: [['users']],
  });
  const askReset = (user: User) =>
    modal.confirm({
      title: t('users.reset', { name: user.name }),
      content: t('users.resetText'),
      okText: t('users.resetAct'),
      onOk: () => reset.mutateAsync(user).catch(() => undefined),
    });
  const secure = useAct<{ user: User; act: 'end-sessions' | 'remove-second-factors' }>({
    act: ({ user, act }) => http.post(`/users/${user.id}/${act}/`, {}),
    done: shared('saved'),
    changes: [['users']],
  });
  const askSecurity = (user: User, act: 'end-sessions' | 'remove-second-factors') =>
    modal.confirm({
      title: t(act === 'end-sessions' ? 'users.endSessionsAsk' : 'users.removeFactorsAsk', { name: user.name }),
      content: t(act === 'end-sessions' ? 'users.endSessionsText' : 'users.removeFactorsText'),
      okText: t(act === 'end-sessions' ? 'users.endSessions' : 'users.removeFactors'),
      okButtonProps: { danger: true },
      onOk: () => secure.mutateAsync({ user, act }).catch(() => undefined),
    });
  const askActivity = (user: User) =>
    user.is_active
      ? setLeaving(user)
      : modal.confirm({
          title: t('users.activate', { name: user.name }),
          okText: t('users.activateAct'),
          onOk: () => reactivate.mutateAsync(user).catch(() => undefined),
        });
  const add = mayManage ? (
    <Button type="primary" onClick={() => setDialog('new')}>
      {t('users.new')}
    </Button>
  ) : null;
  const columns: Column<User>[] = [
    {
      key: 'name',
      title: shared('name'),
      always: true,
      render: (user) => (
        <Flex gap={8} align="center">
          {user.name}
          {user.is_active ? null : <Tag>{t('users.inactive')}</Tag>}
          {user.password_is_temporary ? <Tag>{t('users.temporary')}</Tag> : null}
        </Flex>
      ),
    },
    { key: 'email', title: t('users.email'), order: 'email', render: (user) => user.email },
    {
      key: 'login',
      title: t('users.login'),
      render: (user) => <RelativeTime at={user.last_login} none={t('users.never')} />,
    },
    {
      key: 'second',
      title: t('users.second'),
      render: (user) => t(user.has_second_factor ? 'users.secondYes' : 'users.secondNo'),
    },
    {
      key: 'created',
      title: t('users.created'),
      order: 'created',
      render: (user) => <RelativeTime at={user.created_at} />,
    },
    ...(mayManage
      ? [
          {
            key: 'acts',
            title: '',
            always: true,
            render: (user: User) => (
              <Flex justify="flex-end">
                <Dropdown
                  trigger={['click']}
                  menu={{
                    items: [
                      { key: 'rename', label: t('users.rename'), onClick: () => setDialog(user) },
                      {
                        key: 'sessions',
                        label: t('users.endSessions'),
                        onClick: () => askSecurity(user, 'end-sessions'),
                      },
                      ...(user.has_second_factor
                        ? [
                            {
                              key: 'factors',
                              label: t('users.removeFactors'),
                              onClick: () => askSecurity(user, 'remove-second-factors'),
                            },
                          ]
                        : []),
                      ...(mayLook && user.is_active && user.id !== place.session.user.id
                        ? [
                            {
                              key: 'view',
                              label: look('viewAs.title', { name: user.name }),
                              onClick: () => setSeen(user),
                            },
                          ]
                        : []),
                      { key: 'reset', label: t('users.resetAct'), onClick: () => askReset(user) },
                      {
                        key: 'activity',
                        label: t(user.is_active ? 'users.deactivateAct' : 'users.activateAct'),
                        danger: user.is_active,
                        disabled: user.id === place.session.user.id,
                        onClick: () => askActivity(user),
                      },
                    ],
                  }}
                >
                  <Button
                    size="small"
                    type="text"
                    icon={<MoreOutlined />}
                    aria-label={t('users.acts', { name: user.name })}
                  />
                </Dropdown>
              </Flex>
            ),
          },
        ]
      : []),
  ];
  return (
    <div className="page">
      <PageHeader title={shared('pages.users')} actions={add} api={{ method: 'GET', path: '/users/', query: view }} />
      <ResourceTable
        name="users"
        label={shared('pages.users')}
        query={query}
        columns={columns}
        defaultOrder="-created"
        filtered={Boolean(view.q || view.is_active)}
        onClearFilters={() => setView({ q: undefined, is_active: undefined })}
        filters={
          <>
            <SearchField label={t('users.search')} value={view.q ?? ''} onChange={search} />
            <Select
              allowClear
              aria-label={t('users.activity')}
              placeholder={t('users.activity')}
              style={{ width: 160 }}
              value={view.is_active}
              onChange={(is_active?: string) => setView({ is_active })}
              options={[
                { value: 'true', label: t('users.active') },
                { value: 'false', label: t('users.inactive') },
              ]}
            />
          </>
        }
        empty={
          <EmptyState title={t('users.empty')} action={add}>
            {t('users.emptyText')}
          </EmptyState>
        }
      />
      {leaving ? <Deactivate user={leaving} onClose={() => setLeaving(null)} /> : null}
      {seen ? <ViewAs user={seen} onClose={() => setSeen(null)} /> : null}
      <FormModal<{ email: string; name: string; language: string }, User & { password: string }>
        open={dialog === 'new'}
        title={t('users.new')}
        submit={t('users.make')}
        initial={{ language: 'en' }}
        act={(given) => http.post('/users/', given)}
        changes={[['users']]}
        onClose={() => setDialog(null)}
        onDone={setSecret}
      >
        <Form.Item name="email" label={t('users.email')} rules={[{ required: true, type: 'email' }]}>
          <Input type="email" autoComplete="off" />
        </Form.Item>
        <Form.Item name="name" label={shared('name')} rules={[{ required: true, whitespace: true, max: 150 }]}>
          <Input autoComplete="off" />
        </Form.Item>
        <Form.Item name="language" label={t('users.language')}>
          <Select
            options={[
              { value: 'en', label: 'English' },
              { value: 'zh-hans', label: '简体中文' },
            ]}
          />
        </Form.Item>
      </FormModal>
      {dialog && dialog !== 'new' ? (
        <FormModal<{ name: string }>
          open
          title={t('users.rename')}
          submit={shared('save')}
          initial={{ name: dialog.name }}
          act={(given) => http.patch(`/users/${dialog.id}/`, given, { etag: etagOf(dialog) })}
          done={shared('saved')}
          changes={[['users']]}
          onClose={() => setDialog(null)}
        >
          <Form.Item name="name" label={shared('name')} rules={[{ required: true, whitespace: true, max: 150 }]}>
            <Input autoComplete="off" />
          </Form.Item>
        </FormModal>
      ) : null}
      <SecretOnce
        secret={secret?.password ?? null}
        title={t('password.title', { email: secret?.email ?? '' })}
        label={t('password.label')}
        warning={t('password.once')}
        kept={t('password.kept')}
        onClose={() => setSecret(null)}
      />
    </div>
  );
}
