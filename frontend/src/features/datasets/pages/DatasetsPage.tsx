import { can } from '@shared/components/Can';
import { EmptyState } from '@shared/components/EmptyState';
import { PageHeader } from '@shared/components/PageHeader';
import { type Column, ResourceTable } from '@shared/components/ResourceTable';
import { RelativeTime } from '@shared/components/values';
import { useLivePage } from '@shared/live/useStream';
import type { ListSearch } from '@shared/routing/search';
import { useView } from '@shared/routing/view';
import { useHeld, useProject } from '@shared/session/place';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate } from '@tanstack/react-router';
import { Button } from 'antd';
import { useTranslation } from 'react-i18next';
import { type Dataset, datasetsPath, datasetsQuery } from '../api';

export function DatasetsPage() {
  const { t } = useTranslation('datasets');
  const { t: shared } = useTranslation();
  const { tenant, project } = useProject();
  const params = { tenant: tenant.slug, project: project.slug };
  const navigate = useNavigate();
  const [view] = useView<ListSearch>();
  const options = datasetsQuery(project.id, view);
  const query = useQuery(options);
  const { changes, refresh } = useLivePage<Dataset>(options.queryKey, {
    tenant: tenant.id,
    project: project.id,
    kinds: ['dataset'],
  });
  const columns: Column<Dataset>[] = [
    {
      key: 'name',
      title: t('name'),
      always: true,
      order: 'name',
      render: (dataset) => (
        <Link to="/t/$tenant/p/$project/datasets/$dataset" params={{ ...params, dataset: dataset.id }}>
          {dataset.name}
        </Link>
      ),
    },
    { key: 'newest', title: t('newest'), numeric: true, render: ({ newest }) => newest || t('noVersion') },
    { key: 'licence', title: t('licence'), render: ({ licence }) => licence },
    { key: 'description', title: t('description'), render: ({ description }) => description },
    { key: 'by', title: t('by'), render: ({ created_by }) => created_by.name },
    { key: 'made', title: t('made'), order: 'created', render: ({ created_at }) => <RelativeTime at={created_at} /> },
  ];
  const add = can(useHeld(), 'datasets.write') ? (
    <Button type="primary" onClick={() => void navigate({ to: '/t/$tenant/p/$project/datasets/register', params })}>
      {t('register')}
    </Button>
  ) : null;
  return (
    <div className="page">
      <PageHeader
        title={shared('pages.datasets')}
        facts={<span>{t('intro')}</span>}
        actions={add}
        api={{ method: 'GET', path: datasetsPath(project.id), query: view }}
      />
      <ResourceTable
        name="datasets"
        label={shared('pages.datasets')}
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
    </div>
  );
}
