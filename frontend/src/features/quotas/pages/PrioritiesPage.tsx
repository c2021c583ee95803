import { etagOf, http } from '@shared/api/http';
import { useAct } from '@shared/api/useAct';
import { ConfirmByTyping } from '@shared/components/ConfirmByTyping';
import { EmptyState } from '@shared/components/EmptyState';
import { FormModal } from '@shared/components/FormModal';
import { PageHeader } from '@shared/components/PageHeader';
import { type Column, ResourceTable } from '@shared/components/ResourceTable';
import { Duration } from '@shared/components/values';
import type { ListSearch } from '@shared/routing/search';
import { useView } from '@shared/routing/view';
import { may, usePlace } from '@shared/session/place';
import { useQuery } from '@tanstack/react-query';
import { Button, Checkbox, Flex, Form, Input, InputNumber } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Priority, prioritiesQuery } from '../api';

type Dialog = { kind: 'new' } | { kind: 'edit' | 'remove'; priority: Priority };
type Given = Omit<Priority, 'id' | 'generation'>;

export function PrioritiesPage() {
  const { t } = useTranslation('quotas');
  const { t: shared } = useTranslation();
  const place = usePlace();
  const [view] = useView<ListSearch>();
  const query = useQuery(prioritiesQuery(view));
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const close = () => setDialog(null);
  const mayManage = may(place, 'priorities.manage', 'platform');
  const remove = useAct<Priority>({
    act: (priority) => http.delete(`/priorities/${priority.id}/`, { etag: etagOf(priority) }),
    done: t('priorities.removed'),
    changes: [['priorities']],
    onDone: close,
    onProblem: () => undefined,
  });
  const add = mayManage ? (
    <Button type="primary" onClick={() => setDialog({ kind: 'new' })}>
      {t('priorities.add')}
    </Button>
  ) : null;
  const columns: Column<Priority>[] = [
    {
      key: 'name',
      title: shared('name'),
      always: true,
      order: 'name',
      render: (priority) => <strong>{priority.name}</strong>,
    },
    { key: 'value', title: t('priorities.value'), numeric: true, order: 'value', render: (priority) => priority.value },
    {
      key: 'within',
      title: t('priorities.within'),
      render: (priority) =>
        priority.starts_within_seconds === null ? (
          <span className="muted">{t('priorities.withinDefault')}</span>
        ) : (
          <Duration seconds={priority.starts_within_seconds} />
        ),
    },
    {
      key: 'restricted',
      title: t('priorities.who'),
      render: (priority) => (priority.restricted ? t('priorities.restricted') : t('priorities.everybody')),
    },
    { key: 'description', title: shared('description'), render: (priority) => priority.description },
    ...(mayManage
      ? [
          {
            key: 'acts',
            title: '',
            always: true,
            render: (priority: Priority) => (
              <Flex gap={4} justify="flex-end">
                <Button size="small" type="text" onClick={() => setDialog({ kind: 'edit', priority })}>
                  {shared('edit')}
                </Button>
                <Button size="small" type="text" danger onClick={() => setDialog({ kind: 'remove', priority })}>
                  {shared('remove')}
                </Button>
              </Flex>
            ),
          },
        ]
      : []),
  ];
  const fields = (
    <>
      <Form.Item
        name="value"
        label={t('priorities.value')}
        extra={t('priorities.valueHelp')}
        rules={[{ required: true }]}
      >
        <InputNumber precision={0} min={-1_000_000} max={1_000_000} style={{ width: 160 }} />
      </Form.Item>
      <Form.Item name="starts_within_seconds" label={t('priorities.within')} extra={t('priorities.withinHelp')}>
        <InputNumber precision={0} min={1} max={86_400} suffix="s" style={{ width: 160 }} />
      </Form.Item>
      <Form.Item name="restricted" valuePropName="checked" extra={t('priorities.restrictedHelp')}>
        <Checkbox>{t('priorities.restricted')}</Checkbox>
      </Form.Item>
      <Form.Item name="description" label={shared('description')} rules={[{ max: 300 }]}>
        <Input autoComplete="off" />
      </Form.Item>
    </>
  );
  return (
    <div className="page">
      <PageHeader
        title={t('priorities.title')}
        actions={add}
        api={{ method: 'GET', path: '/priorities/', query: view }}
      />
      <ResourceTable
        name="priorities"
        label={t('priorities.title')}
        query={query}
        columns={columns}
        defaultOrder="-value"
        empty={
          <EmptyState title={t('priorities.empty')} action={add}>
            {t('priorities.emptyText')}
          </EmptyState>
        }
      />
      <FormModal<Given>
        open={dialog?.kind === 'new'}
        title={t('priorities.add')}
        submit={t('priorities.add')}
        initial={{ value: 0, description: '', restricted: false, starts_within_seconds: null }}
        act={(given) => http.post('/priorities/', given)}
        done={t('priorities.added')}
        changes={[['priorities']]}
        onClose={close}
      >
        <Form.Item name="name" label={shared('name')} rules={[{ required: true, max: 40 }]}>
          <Input autoComplete="off" spellCheck={false} />
        </Form.Item>
        {fields}
      </FormModal>
      {dialog?.kind === 'edit' ? (
        <FormModal<Given>
          open
          title={t('priorities.edit', { name: dialog.priority.name })}
          submit={shared('save')}
          initial={dialog.priority}
          act={(given) => http.patch(`/priorities/${dialog.priority.id}/`, given, { etag: etagOf(dialog.priority) })}
          done={shared('saved')}
          changes={[['priorities']]}
          onClose={close}
        >
          {fields}
        </FormModal>
      ) : null}
      {dialog?.kind === 'remove' ? (
        <ConfirmByTyping
          open
          title={t('priorities.remove', { name: dialog.priority.name })}
          action={t('priorities.removeAct')}
          word={dialog.priority.name}
          pending={remove.isPending}
          error={remove.error}
          onConfirm={() => remove.mutate(dialog.priority)}
          onCancel={close}
        >
          <span>{t('priorities.removeText')}</span>
        </ConfirmByTyping>
      ) : null}
    </div>
  );
}
