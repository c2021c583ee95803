import { can } from '@shared/components/Can';
import { ProjectList } from '@shared/components/ProjectList';
import type { Column } from '@shared/components/ResourceTable';
import { RelativeTime } from '@shared/components/values';
import { formatNumber } from '@shared/lib/units';
import { useHeld, useProject } from '@shared/session/place';
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
    <ProjectList
      name="buckets"
      kind="bucket"
      path={bucketsPath}
      query={bucketsQuery}
      title={shared('pages.buckets')}
      intro={t('intro')}
      columns={columns}
      add={add}
      empty={[t('empty'), t('emptyText')]}
    >
      <BucketForm open={making} project={project.id} onClose={() => setMaking(false)} />
    </ProjectList>
  );
}
