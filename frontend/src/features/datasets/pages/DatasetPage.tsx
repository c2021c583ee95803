import { can } from '@shared/components/Can';
import { ErrorPanel } from '@shared/components/ErrorPanel';
import { FormModal } from '@shared/components/FormModal';
import { PageHeader } from '@shared/components/PageHeader';
import { PageLoading } from '@shared/components/PageLoading';
import { useLiveObject } from '@shared/live/useStream';
import { useView } from '@shared/routing/view';
import { useHeld, useProject } from '@shared/session/place';
import { useQuery } from '@tanstack/react-query';
import { Link, useNavigate, useParams } from '@tanstack/react-router';
import { Button, Form, Input } from 'antd';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { changeDataset, type Dataset, datasetPath, datasetQuery } from '../api';
import { useRemovals } from '../components/useRemovals';
import { VersionPanel } from '../components/VersionPanel';
import { useVersions, VersionTable } from '../components/VersionTable';

interface View {
  version?: number;
  folder?: string;
}

export function DatasetPage() {
  const { t } = useTranslation('datasets');
  const { t: shared } = useTranslation();
  const { tenant, project } = useProject();
  const { dataset: id } = useParams({ strict: false }) as { dataset: string };
  const [{ version: number, folder = '' }, change] = useView<View>();
  const options = datasetQuery(project.id, id);
  const dataset = useQuery(options);
  const versions = useVersions(project, id);
  const navigate = useNavigate();
  const [changing, setChanging] = useState(false);
  const mayWrite = can(useHeld(), 'datasets.write');
  const { askToRemove } = useRemovals(dataset.data);
  useLiveObject<Dataset>(options.queryKey, { tenant: tenant.id, project: project.id, kinds: ['dataset'] });

  if (dataset.error) return <ErrorPanel error={dataset.error} retry={() => void dataset.refetch()} />;
  if (!dataset.data) return <PageLoading />;
  const { name, description, licence, created_by } = dataset.data;
  const params = { tenant: tenant.slug, project: project.slug };
  const rows = versions.data?.results ?? [];
  const shown = rows.find((row) => row.number === number) ?? (number === undefined ? rows[0] : undefined);
  return (
    <div className="page">
      <PageHeader
        title={name}
        trail={[
          <Link key="all" to="/t/$tenant/p/$project/datasets" params={params}>
            {shared('pages.datasets')}
          </Link>,
        ]}
        facts={
          <>
            {licence && <span>{licence}</span>}
            <span>
              {t('by')} {created_by.name}
            </span>
            {description && <span>{description}</span>}
          </>
        }
        actions={
          mayWrite && (
            <>
              <Button onClick={() => setChanging(true)}>{t('change')}</Button>
              <Button danger onClick={askToRemove}>
                {t('remove')}
              </Button>
              <Button
                type="primary"
                onClick={() =>
                  void navigate({ to: '/t/$tenant/p/$project/datasets/register', params, search: { dataset: name } })
                }
              >
                {t('newVersion')}
              </Button>
            </>
          )
        }
        api={{ method: 'GET', path: datasetPath(project.id, id, 'versions/') }}
      />
      <VersionTable
        query={versions}
        {...(shown ? { shown: shown.id } : {})}
        onShow={(next) => change({ version: next, folder: '' })}
      />
      {shown && (
        <VersionPanel
          key={shown.id}
          dataset={dataset.data}
          version={shown}
          folder={folder}
          onOpen={(where) => change({ folder: where })}
        />
      )}
      <FormModal<{ description: string; licence: string }, Dataset>
        open={changing}
        title={t('change')}
        submit={t('save')}
        initial={{ description, licence }}
        act={(given) => changeDataset(dataset.data, given)}
        done={t('changed')}
        changes={[options.queryKey, ['projects', project.id, 'datasets']]}
        onClose={() => setChanging(false)}
      >
        <Form.Item name="description" label={t('description')}>
          <Input.TextArea maxLength={2000} autoSize={{ minRows: 2 }} />
        </Form.Item>
        <Form.Item name="licence" label={t('licence')} extra={t('licenceHelp')}>
          <Input maxLength={100} />
        </Form.Item>
      </FormModal>
    </div>
  );
}
