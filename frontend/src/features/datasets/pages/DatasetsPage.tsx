import { can } from '@shared/components/Can';
import { ProjectList } from '@shared/components/ProjectList';
import type { Column } from '@shared/components/ResourceTable';
import { RelativeTime } from '@shared/components/values';
import { useHeld, useProject } from '@shared/session/place';
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
    <ProjectList
      name="datasets"
      kind="dataset"
      path={datasetsPath}
      query={datasetsQuery}
      title={shared('pages.datasets')}
      intro={t('intro')}
      columns={columns}
      add={add}
      empty={[t('empty'), t('emptyText')]}
    />
  );
}
