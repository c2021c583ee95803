import { etagOf, http } from '@shared/api/http';
import { useAct } from '@shared/api/useAct';
import { ConfirmByTyping } from '@shared/components/ConfirmByTyping';
import { EmptyState } from '@shared/components/EmptyState';
import { FormModal } from '@shared/components/FormModal';
import { PageHeader } from '@shared/components/PageHeader';
import { type Column, ResourceTable } from '@shared/components/ResourceTable';
import { SearchField } from '@shared/components/SearchField';
import { RelativeTime } from '@shared/components/values';
import type { ListSearch } from '@shared/routing/search';
import { useView } from '@shared/routing/view';
import { may, usePlace } from '@shared/session/place';
import { useQuery } from '@tanstack/react-query';
import { Button, Flex, Form, Input } from 'antd';
import { useCallback, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Group, groupsQuery } from '../api';
import { GroupUsers } from '../components/GroupUsers';

type Dialog = { kind: 'new' } | { kind: 'rename' | 'remove'; group: Group };

export function GroupsPage() {
  const { t } = useTranslation('platform');
  const { t: shared } = useTranslation();
  const place = usePlace();
  const [view, setView] = useView<ListSearch>();
  const query = useQuery(groupsQuery(view));
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const search = useCallback((q: string) => setView({ q }, { replace: true }), [setView]);
  const close = () => setDialog(null);
  const mayManage = may(place, 'groups.manage', 'platform');
  const remove = useAct<Group>({
    act: (group) => http.delete(`/groups/${group.id}/`, { etag: etagOf(group) }),
    done: t('groups.removed'),
    changes: [['groups'], ['members']],
    onDone: close,
    onProblem: () => undefined,
  });
  const add = mayManage ? (
    <Button type="primary" onClick={() => setDialog({ kind: 'new' })}>
      {t('groups.new')}
    </Button>
  ) : null;
  const columns: Column<Group>[] = [
    { key: 'name', title: shared('name'), always: true, order: 'name', render: (group) => group.name },
    {
      key: 'users',
      title: t('groups.people'),
      numeric: true,
      render: (group) => <span className="tabular">{group.users.length}</span>,
    },
    {
      key: 'created',
      title: t('users.created'),
      order: 'created',
      render: (group) => <RelativeTime at={group.created_at} />,
    },
    ...(mayManage
      ? [
          {
            key: 'acts',
            title: '',
            always: true,
            render: (group: Group) => (
              <Flex gap={4} justify="flex-end">
                <Button size="small" type="text" onClick={() => setDialog({ kind: 'rename', group })}>
                  {t('groups.rename')}
                </Button>
                <Button size="small" type="text" danger onClick={() => setDialog({ kind: 'remove', group })}>
                  {shared('remove')}
                </Button>
              </Flex>
            ),
          },
        ]
      : []),
  ];
  const nameField = (
    <Form.Item name="name" label={shared('name')} rules={[{ required: true, whitespace: true, max: 100 }]}>
      <Input autoComplete="off" />
    </Form.Item>
  );
  return (
    <div className="page">
      <PageHeader title={shared('pages.groups')} actions={add} api={{ method: 'GET', path: '/groups/', query: view }} />
      <ResourceTable
        name="groups"
        label={shared('pages.groups')}
        query={query}
        columns={columns}
        defaultOrder="-created"
        filtered={Boolean(view.q)}
        onClearFilters={() => setView({ q: undefined })}
        expand={(group) => <GroupUsers group={group} mayManage={mayManage} />}
        filters={<SearchField label={t('groups.search')} value={view.q ?? ''} onChange={search} />}
        empty={
          <EmptyState title={t('groups.empty')} action={add}>
            {t('groups.emptyText')}
          </EmptyState>
        }
      />
      <FormModal<{ name: string }>
        open={dialog?.kind === 'new'}
        title={t('groups.new')}
        submit={t('groups.make')}
        initial={{}}
        act={(given) => http.post('/groups/', given)}
        done={t('groups.made')}
        changes={[['groups']]}
        onClose={close}
      >
        {nameField}
      </FormModal>
      {dialog?.kind === 'rename' ? (
        <FormModal<{ name: string }>
          open
          title={t('groups.rename')}
          submit={shared('save')}
          initial={{ name: dialog.group.name }}
          act={(given) => http.patch(`/groups/${dialog.group.id}/`, given, { etag: etagOf(dialog.group) })}
          done={shared('saved')}
          changes={[['groups'], ['members']]}
          onClose={close}
        >
          {nameField}
        </FormModal>
      ) : null}
      {dialog?.kind === 'remove' ? (
        <ConfirmByTyping
          open
          title={t('groups.remove', { name: dialog.group.name })}
          action={t('groups.removeAct')}
          word={dialog.group.name}
          pending={remove.isPending}
          error={remove.error}
          onConfirm={() => remove.mutate(dialog.group)}
          onCancel={close}
        >
          <span>{t('groups.removeText', { count: dialog.group.users.length })}</span>
        </ConfirmByTyping>
      ) : null}
    </div>
  );
}
