import { clustersQuery } from '@shared/api/clusters';
import { etagOf, http } from '@shared/api/http';
import { useAct } from '@shared/api/useAct';
import { ConfirmByTyping } from '@shared/components/ConfirmByTyping';
import { EmptyState } from '@shared/components/EmptyState';
import { FormModal } from '@shared/components/FormModal';
import { PageHeader } from '@shared/components/PageHeader';
import { type Column, ResourceTable } from '@shared/components/ResourceTable';
import { RelativeTime } from '@shared/components/values';
import { useKey } from '@shared/i18n/key';
import type { ListSearch } from '@shared/routing/search';
import { useView } from '@shared/routing/view';
import { may, usePlace } from '@shared/session/place';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button, Flex, Form, Input, Select } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Cohort, cohortsQuery } from '../api';

const RECLAIMS = ['never', 'lower-priority', 'any'] as const;

type Dialog = { kind: 'new' } | { kind: 'edit' | 'remove'; cohort: Cohort };

interface Given {
  cluster: string;
  name: string;
  description: string;
  reclaim_within_cohort: string;
}

export function CohortsPage() {
  const { t } = useTranslation('quotas');
  const { t: shared } = useTranslation();
  const key = useKey();
  const place = usePlace();
  const [view, setView] = useView<ListSearch & { cluster?: string }>();
  const query = useQuery(cohortsQuery(view));
  const clusters = useQuery(clustersQuery({ limit: 200 }));
  const [dialog, setDialog] = useState<Dialog | null>(null);
  const close = () => setDialog(null);
  const mayManage = may(place, 'quotas.manage', 'platform');
  const remove = useAct<Cohort>({
    act: (cohort) => http.delete(`/cohorts/${cohort.id}/`, { etag: etagOf(cohort) }),
    done: t('cohorts.removed'),
    changes: [['cohorts']],
    onDone: close,
    onProblem: () => undefined,
  });
  const reclaim = (value: string) => key(`quotas:cohorts.reclaims.${value}`, { fallback: value });
  const add = mayManage ? (
    <Button type="primary" onClick={() => setDialog({ kind: 'new' })}>
      {t('cohorts.add')}
    </Button>
  ) : null;
  const columns: Column<Cohort>[] = [
    {
      key: 'name',
      title: shared('name'),
      always: true,
      order: 'name',
      render: (cohort) => (
        <Link to="/platform/quotas" search={{ cohort: cohort.id }}>
          {cohort.name}
        </Link>
      ),
    },
    { key: 'cluster', title: t('list.cluster'), render: (cohort) => cohort.cluster.name },
    { key: 'reclaim', title: t('cohorts.reclaim'), render: (cohort) => reclaim(cohort.reclaim_within_cohort) },
    { key: 'description', title: shared('description'), render: (cohort) => cohort.description },
    {
      key: 'created',
      title: t('cohorts.since'),
      optional: true,
      order: 'created',
      render: (cohort) => <RelativeTime at={cohort.created_at} />,
    },
    ...(mayManage
      ? [
          {
            key: 'acts',
            title: '',
            always: true,
            render: (cohort: Cohort) => (
              <Flex gap={4} justify="flex-end">
                <Button size="small" type="text" onClick={() => setDialog({ kind: 'edit', cohort })}>
                  {shared('edit')}
                </Button>
                <Button size="small" type="text" danger onClick={() => setDialog({ kind: 'remove', cohort })}>
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
      <Form.Item name="reclaim_within_cohort" label={t('cohorts.reclaim')} extra={t('cohorts.reclaimHelp')}>
        <Select options={RECLAIMS.map((value) => ({ value, label: reclaim(value) }))} />
      </Form.Item>
      <Form.Item name="description" label={shared('description')} rules={[{ max: 300 }]}>
        <Input autoComplete="off" />
      </Form.Item>
    </>
  );
  return (
    <div className="page">
      <PageHeader title={t('cohorts.title')} actions={add} api={{ method: 'GET', path: '/cohorts/', query: view }} />
      <ResourceTable
        name="cohorts"
        label={t('cohorts.title')}
        query={query}
        columns={columns}
        defaultOrder="name"
        filtered={Boolean(view.cluster)}
        onClearFilters={() => setView({ cluster: undefined })}
        filters={
          <Select
            allowClear
            aria-label={t('list.cluster')}
            placeholder={t('list.cluster')}
            style={{ width: 170 }}
            value={view.cluster}
            onChange={(cluster?: string) => setView({ cluster })}
            options={clusters.data?.results.map(({ id, name }) => ({ value: id, label: name })) ?? []}
          />
        }
        empty={
          <EmptyState title={t('cohorts.empty')} action={add}>
            {t('cohorts.emptyText')}
          </EmptyState>
        }
      />
      <FormModal<Given>
        open={dialog?.kind === 'new'}
        title={t('cohorts.add')}
        submit={t('cohorts.add')}
        initial={{ description: '', reclaim_within_cohort: 'any' }}
        act={(given) => http.post('/cohorts/', given)}
        done={t('cohorts.added')}
        changes={[['cohorts']]}
        onClose={close}
      >
        <Form.Item name="cluster" label={t('list.cluster')} rules={[{ required: true }]}>
          <Select
            loading={clusters.isPending}
            options={clusters.data?.results.map(({ id, name }) => ({ value: id, label: name })) ?? []}
          />
        </Form.Item>
        <Form.Item name="name" label={shared('name')} rules={[{ required: true, max: 40 }]}>
          <Input autoComplete="off" spellCheck={false} />
        </Form.Item>
        {fields}
      </FormModal>
      {dialog?.kind === 'edit' ? (
        <FormModal<Given>
          open
          title={t('cohorts.edit', { name: dialog.cohort.name })}
          submit={shared('save')}
          initial={dialog.cohort as never}
          act={({ description, reclaim_within_cohort }) =>
            http.patch(
              `/cohorts/${dialog.cohort.id}/`,
              { description, reclaim_within_cohort },
              { etag: etagOf(dialog.cohort) },
            )
          }
          done={shared('saved')}
          changes={[['cohorts']]}
          onClose={close}
        >
          {fields}
        </FormModal>
      ) : null}
      {dialog?.kind === 'remove' ? (
        <ConfirmByTyping
          open
          title={t('cohorts.remove', { name: dialog.cohort.name })}
          action={t('cohorts.removeAct')}
          word={dialog.cohort.name}
          pending={remove.isPending}
          error={remove.error}
          onConfirm={() => remove.mutate(dialog.cohort)}
          onCancel={close}
        >
          <span>{t('cohorts.removeText')}</span>
        </ConfirmByTyping>
      ) : null}
    </div>
  );
}
