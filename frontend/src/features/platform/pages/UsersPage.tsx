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

export function UsersPage() {
  const { t } = useTranslation('platform');
  const { t: shared } = useTranslation();
  const place = usePlace();
  const { modal } = App.useApp();
  const [view, setView] = useView<UsersView>();
  const query = useQuery(usersQuery(view));
  const [dialog, setDialog] = useState<'new' | User | null>(null);
  const [secret, setSecret] = useState<{ email: string; password: string } | null>(null);
  const search = useCallback((q: string) => setView({ q }, { replace: true }), [setView]);
  const mayManage = may(place, 'users.manage', 'platform');
  const activate = useAct<{ user: User; is_active: boolean }>({
    act: ({ user, is_active }) => http.patch(`/users/${user.id}/`, { is_active }, { etag: etagOf(user) }),
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
  const askActivity = (user: User) =>
    modal.confirm({
      title: t(user.is_active ? 'users.deactivate' : 'users.activate', { name: user.name }),
      content: user.is_active ? t('users.deactivateText') : null,
      okText: t(user.is_active ? 'users.deactivateAct' : 'users.activateAct'),
      okButtonProps: { danger: user.is_active },
      onOk: () => activate.mutateAsync({ user, is_active: !user.is_active }).catch(() => undefined),
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
      <PageHeader title={t('users.title')} actions={add} api={{ method: 'GET', path: '/users/', query: view }} />
      <ResourceTable
        name="users"
        label={t('users.title')}
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
