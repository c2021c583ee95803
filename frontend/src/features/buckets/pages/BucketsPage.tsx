import { can } from '@shared/components/Can';
import { EmptyState } from '@shared/components/EmptyState';
import { PageHeader } from '@shared/components/PageHeader';
import { type Column, ResourceTable } from '@shared/components/ResourceTable';
import { RelativeTime } from '@shared/components/values';
import { formatNumber } from '@shared/lib/units';
import { useLivePage } from '@shared/live/useStream';
import type { ListSearch } from '@shared/routing/search';
import { useView } from '@shared/routing/view';
import { useHeld, useProject } from '@shared/session/place';
import { useQuery } from '@tanstack/react-query';
import { Link } from '@tanstack/react-router';
import { Button } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { type Bucket, bucketsPath, bucketsQuery } from '../api';
import { BucketForm } from '../components/BucketForm';
import { Fill } from '../components/Fill';

export function BucketsPage() {
  const { t, i18n } = useTranslation('buckets');
  const { t: shared } = useTranslation();
  const { tenant, project } = useProject();
  const [view] = useView<ListSearch>();
  const options = bucketsQuery(project.id, view);
  const query = useQuery(options);
  const { changes, refresh } = useLivePage<Bucket>(options.queryKey, {
    tenant: tenant.id,
    project: project.id,
    kinds: ['bucket'],
  });
  const [making, setMaking] = useState(false);
  const mayManage = can(useHeld(), 'buckets.manage');
  const columns: Column<Bucket>[] = [
    {
      key: 'name',
      title: t('name'),
      always: true,
      order: 'name',
      render: (bucket) => (
        <Link
          to="/t/$tenant/p/$project/buckets/$bucket"
          params={{ tenant: tenant.slug, project: project.slug, bucket: bucket.id }}
        >
          {bucket.name}
        </Link>
      ),
    },
    { key: 'fill', title: t('used'), render: (bucket) => <Fill bucket={bucket} /> },
    {
      key: 'files',
      title: t('files'),
      numeric: true,
      render: (bucket) => formatNumber(bucket.files, i18n.language),
    },
    {
      key: 'expiry',
      title: t('expiry'),
      render: (bucket) => (bucket.expire_after_days ? t('days', { count: bucket.expire_after_days }) : t('forever')),
    },
    {
      key: 'measured',
      title: t('measured'),
      render: (bucket) => <RelativeTime at={bucket.measured_at} none={t('notYet')} />,
    },
    { key: 'by', title: t('by'), render: (bucket) => bucket.created_by.name },
  ];
  const add = mayManage ? (
    <Button type="primary" onClick={() => setMaking(true)}>
      {t('new')}
    </Button>
  ) : null;
  return (
    <div className="page">
      <PageHeader
        title={shared('pages.buckets')}
        facts={<span>{t('intro')}</span>}
        actions={add}
        api={{ method: 'GET', path: bucketsPath(project.id), query: view }}
      />
      <ResourceTable
        name="buckets"
        label={shared('pages.buckets')}
        query={query}
        columns={columns}
        defaultOrder="name"
        changes={changes}
        onRefresh={() => void refresh()}
        empty={
          <EmptyState title={t('empty')} action={add}>
            {t('emptyText')}
          </EmptyState>
        }
      />
      <BucketForm open={making} project={project.id} onClose={() => setMaking(false)} />
    </div>
  );
}
